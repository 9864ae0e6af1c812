package explore

import (
	"context"

	"racelab/checker/labrt/wire"
)

// minimiseRuns is how many schedules are run for a simpler one, at most.
const minimiseRuns = 200

// minimiseShare is what part of the steps that exploring may take the search for simpler
// schedules may take.
const minimiseShare = 4

// A minimiser looks for a simpler schedule that shows the same.
type minimiser struct {
	runner  Runner
	same    func(Ran) bool
	left    int        // schedules that it may run …
	allowed *allowance // … and what they may take
}

// A cost orders schedules: fewer preemptions, then fewer picks, then fewer
// steps are simpler.
type cost struct{ preemptions, picks, steps int }

func costOf(r Ran) cost {
	picks, preemptions := PicksOf(r.Trace)
	return cost{preemptions, len(picks), len(r.Trace.Steps)}
}

func (c cost) less(other cost) bool {
	if c.preemptions != other.preemptions {
		return c.preemptions < other.preemptions
	}
	if c.picks != other.picks {
		return c.picks < other.picks
	}
	return c.steps < other.steps
}

// minimise returns the simplest schedule that it finds, as picks, and without luck if it
// takes none. Where the trace is not known, or its picks do not show the same, found stays
// as it is.
func (m *minimiser) minimise(ctx context.Context, found Ran) (Ran, error) {
	if !found.Answered() {
		return found, nil
	}
	plain := found
	plain.Job.Luck = 0
	best, ok, err := m.run(ctx, plain, pure(found))
	if err == nil && !ok && found.Job.Luck > 0 {
		best, ok, err = m.run(ctx, found, pure(found))
	}
	if err != nil || !ok {
		return found, err
	}
	if best, err = m.shrink(ctx, best); err != nil {
		return found, err
	}
	fewer, ok, err := m.search(ctx, best)
	if err != nil || !ok {
		return best, err
	}
	return m.shrink(ctx, fewer)
}

// shrink leaves out picks as long as that helps.
func (m *minimiser) shrink(ctx context.Context, best Ran) (Ran, error) {
	for again := true; again && m.more(); {
		var err error
		if best, again, err = m.pass(ctx, best); err != nil {
			return best, err
		}
	}
	return best, nil
}

// search looks for a schedule with fewer preemptions, which need not be like
// best at all.
func (m *minimiser) search(ctx context.Context, best Ran) (fewer Ran, ok bool, err error) {
	bound := costOf(best).preemptions - 1
	if bound < 0 {
		return best, false, nil
	}
	left := m.left
	more := func(sent int) bool { return !ok && sent < left && !m.allowed.spent() }
	err = drive(ctx, m.runner, alikeTo{NewBoundedSearch(best.Job.Test, bound), best.Job}, more, func(r Ran) {
		m.left--
		m.allowed.taken += r.Ending.Steps
		if !ok && r.Answered() && m.same(r) {
			fewer, ok = asPicks(r), true
		}
	})
	return fewer, ok, err
}

// An alikeTo strategy's schedules have the luck and the limit of a job.
type alikeTo struct {
	Strategy
	job wire.Job
}

// Next returns the next job.
func (a alikeTo) Next() (wire.Job, bool) {
	j, ok := a.Strategy.Next()
	j.Luck, j.Limit = a.job.Luck, a.job.Limit
	return j, ok
}

// more reports whether another schedule may be run.
func (m *minimiser) more() bool { return m.left > 0 && !m.allowed.spent() }

// asPicks is r with the picks that its trace takes: of its own some may have
// been missed, others idle.
func asPicks(r Ran) Ran {
	r.Job.Picks = pure(r)
	return r
}

// pure are the picks that lead to a trace.
func pure(r Ran) wire.Picks {
	picks, _ := PicksOf(r.Trace)
	return picks
}

// pass leaves out picks, in ever smaller groups, and reports whether it found
// something simpler.
func (m *minimiser) pass(ctx context.Context, best Ran) (Ran, bool, error) {
	before := costOf(best)
	for size := len(best.Job.Picks); size > 0; size /= 2 {
		for from := 0; from < len(best.Job.Picks) && m.more(); {
			to := min(from+size, len(best.Job.Picks))
			rest := append(append(wire.Picks{}, best.Job.Picks[:from]...), best.Job.Picks[to:]...)
			less, ok, err := m.run(ctx, best, rest)
			if err != nil {
				return best, false, err
			}
			if ok && costOf(less).less(costOf(best)) {
				best = less
			} else {
				from = to
			}
		}
	}
	return best, costOf(best).less(before), nil
}

// run runs picks and reports whether they show the same.
func (m *minimiser) run(ctx context.Context, like Ran, picks wire.Picks) (Ran, bool, error) {
	m.left--
	r, err := One(ctx, m.runner, wire.Job{Test: like.Job.Test, Chooser: wire.Stay, Luck: like.Job.Luck, Limit: like.Job.Limit, Picks: picks})
	m.allowed.taken += r.Ending.Steps
	if err != nil || !r.Answered() || !m.same(r) {
		return like, false, err
	}
	return asPicks(r), true, nil
}
