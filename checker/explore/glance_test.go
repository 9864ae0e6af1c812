package explore

import "testing"

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
