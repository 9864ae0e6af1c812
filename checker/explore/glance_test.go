package explore

import (
	"testing"

	"racelab/checker/labrt/wire"
)

// A Glance is few schedules, and those few in which a goroutine tries in vain or is
// slow: it finds bugs of that kind.
func TestGlance(t *testing.T) {
	const few, slow = 3, 4
	glance := func(p *program) Outcome {
		return explore(t, p, Options{Strategy: NewGlance(GlanceBudget{Few: few, Overtaken: slow}, 0)})
	}
	if out := glance(lostUpdate); out.Coverage.Schedules != few {
		t.Errorf("%d schedules, want %d", out.Coverage.Schedules, few)
	}
	const most = 2
	if out := explore(t, lostUpdate, Options{Strategy: NewGlance(GlanceBudget{Few: 1, Preempted: most}, 0)}); out.Coverage.Schedules != 1+most {
		t.Errorf("%d schedules, want %d and %d with a preemption", out.Coverage.Schedules, 1, most)
	}
	if out := explore(t, lostUpdate, Options{Strategy: NewGlance(GlanceBudget{Few: 1, Slow: 10}, 0)}); out.Failing == 0 {
		t.Errorf("in none of %d schedules is one slow at the wrong moment", out.Coverage.Schedules)
	}
	for _, bug := range bugs {
		switch bug.name {
		case "slower than a timer", "gives up after six tries":
			out := glance(bug.p)
			if n := out.Coverage.Schedules; out.Failing == 0 || n <= few || n > few+maxVictims+slow {
				t.Errorf("%s: %d of %d schedules fail", bug.name, out.Failing, n)
			}
		}
	}
}

// A short scenario that turns out to start goroutines is explored in more schedules.
func TestGlanceGrows(t *testing.T) {
	for _, tt := range []struct {
		goroutines, steps int
		want              int // schedules
	}{{1, 5, 1}, {2, 5, 3}, {2, 500, 1}} {
		g := NewGlance(GlanceBudget{Few: 1, Grown: &GlanceBudget{Few: 2}, Short: 100}, 0)
		n := 0
		for j, ok := g.Next(); ok; j, ok = g.Next() {
			n++
			g.Learn(Ran{Job: j, Ending: wire.Ending{History: &wire.History{Goroutines: tt.goroutines, Steps: tt.steps}}})
		}
		if n != tt.want {
			t.Errorf("%d goroutines, %d steps: %d schedules, want %d", tt.goroutines, tt.steps, n, tt.want)
		}
	}
}
