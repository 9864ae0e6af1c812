package explore

import (
	"context"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// fewest is with how few preemptions a search of some schedules shows a symptom; -1
// when it does not.
func fewest(t *testing.T, p *program, kind SymptomKind, schedules int) int {
	t.Helper()
	found := -1
	more := func(sent int) bool { return found < 0 && sent < schedules }
	err := drive(t.Context(), &simRunner{p: p}, NewBoundedSearch(0, Unbounded), more, func(r Ran) {
		if slices.Contains(Symptoms(r), Symptom{Kind: kind}) {
			_, found = PicksOf(r.Trace)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A schedule that was made simpler fails in the same way, is never worse, and
// has as few preemptions as possible where a short search can tell.
func TestMinimiseMakesSchedulesSimpler(t *testing.T) {
	for _, bug := range bugs {
		want := fewest(t, bug.p, bug.kind, 120)
		for seed := range uint64(300) {
			found := newMachine(bug.p, wire.Job{Chooser: wire.Random, Seed: seed}).run()
			if !slices.Contains(Symptoms(found), Symptom{Kind: bug.kind}) {
				continue
			}
			r := &simRunner{p: bug.p, window: 4}
			m := minimiser{allowed: &allowance{}, runner: r, left: minimiseRuns, same: func(r Ran) bool { return slices.Contains(Symptoms(r), Symptom{Kind: bug.kind}) }}
			got, err := m.minimise(t.Context(), found)
			if err != nil {
				t.Fatal(err)
			}
			before, after := costOf(found), costOf(got)
			if !m.same(got) || before.less(after) || want >= 0 && after.preemptions > want || r.ran > minimiseRuns {
				t.Errorf("%s, seed %d: %v becomes %v in %d schedules; a search needs %d preemptions", bug.name, seed, before, after, r.ran, want)
			}
			if again := newMachine(bug.p, got.Job).run(); again.Ending.Missed > 0 || costOf(again) != after {
				t.Errorf("%s, seed %d: %v is not what it was", bug.name, seed, got.Job)
			}
			if seed > uint64(seeds(20)) {
				break
			}
		}
	}
}

// Minimise less than zero: the schedule is expressed as picks and left at that.
func TestMinimiseCanBeLeftOut(t *testing.T) {
	s := NewSampler(0, wire.Random, 1)
	out := explore(t, lockCycle(2, 3), Options{Strategy: s, Budget: Budget{Schedules: 200}, Failures: 1, Minimise: -1})
	f, ok := failure(out, Deadlock)
	if !ok || !f.Reproduced || costOf(f.Minimal) != costOf(f.Found) || f.Minimal.Job.Chooser != wire.Stay {
		t.Errorf("%+v", f)
	}
	if r := replay(t, lockCycle(2, 3), f.Schedule.String()); r.Ending.End != wire.Stuck {
		t.Errorf("%s gives %s", f.Schedule, r.Ending.End)
	}
}

// What was lost with its process has no steps to compare: that it dies again is
// enough. What hangs is not run again, and not in another order either.
func TestLostSchedulesAreConfirmedAsFarAsCanBe(t *testing.T) {
	for end, want := range map[wire.EndKind]struct {
		reproduced bool
		stopped    string
		schedules  int
	}{
		Died: {true, StoppedSchedules, 40},
		Hung: {false, StoppedLost, 1},
	} {
		out, err := Test(t.Context(), &lossy{end: end}, TestID{Name: "TestX"}, Options{Budget: Budget{Schedules: 40, Steps: 1000}, Failures: 100})
		if err != nil {
			t.Fatal(err)
		}
		f, ok := failure(out, ofEnd[end])
		if !ok || f.Reproduced != want.reproduced || out.Coverage.Stopped != want.stopped || out.Coverage.Schedules != want.schedules || out.Coverage.Claim.Any() {
			t.Errorf("%+v, %+v", out.Coverage, out.Failures)
		}
		if f.Schedule.Test != "" {
			t.Errorf("schedule %s of nothing", f.Schedule)
		}
	}
}

// The race detector names one of the accesses that an access races with, now this one,
// now that one. Races that appear by turns are reproduced both; one that is never seen
// again is not.
func TestRacesByTurnsAreReproduced(t *testing.T) {
	for name, want := range map[string]struct {
		of         int // the second race appears in one of so many schedules
		until      int // and in none after so many
		reproduced bool
	}{
		"by turns":  {of: 2, until: 1 << 30, reproduced: true},
		"seldom":    {of: 7, until: 1 << 30, reproduced: true},
		"only once": {of: 7, until: 10},
	} {
		symptoms := func(r Ran) []Symptom {
			if n := r.Ending.Races; n%want.of == 0 && n < want.until {
				return []Symptom{{Kind: Race, Defect: "second"}}
			}
			return []Symptom{{Kind: Race, Defect: "first"}}
		}
		out, err := Test(t.Context(), &counting{}, TestID{Name: "TestX"}, Options{Budget: Budget{Schedules: 9, Steps: 1000}, Failures: 100, Symptoms: symptoms})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Failures) != 2 || !out.Failures[0].Reproduced || out.Failures[1].Reproduced != want.reproduced {
			t.Errorf("%s: %+v", name, out.Failures)
		}
	}
}

// A counting runner gives every schedule the same ending, but for the races: they are
// the schedule's number.
type counting struct {
	lossy
	sent int
}

func (c *counting) Receive(ctx context.Context) (Ran, error) {
	r, err := c.lossy.Receive(ctx)
	c.sent++
	r.Ending = wire.Ending{End: wire.AllEnded, Job: r.Job.ID, Over: true, Races: c.sent}
	return r, err
}

// A lossy runner loses every schedule in the same way.
type lossy struct {
	end  wire.EndKind
	jobs []wire.Job
}

func (l *lossy) Window() int { return 4 }

func (l *lossy) Send(j wire.Job) error {
	l.jobs = append(l.jobs, j)
	return nil
}

func (l *lossy) Receive(context.Context) (Ran, error) {
	j := l.jobs[0]
	l.jobs = l.jobs[1:]
	return Ran{Job: j, Ending: wire.Ending{End: l.end, Job: j.ID}, Code: 2}, nil
}
