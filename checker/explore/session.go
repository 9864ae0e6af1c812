package explore

import (
	"context"
	"slices"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// A session is the exploration of one test.
type session struct {
	test    TestID
	options Options
	runner  Runner
	start   time.Time
	outcome Outcome
	seen    seenEndings
	timely  int    // schedules that Outcome.Fastest and Slowest are of
	limits  limits // of schedules
	repeats int    // failing schedules since a symptom was new
	lost    int    // schedules that took their process with them, and time
	stopped string // why no further schedules were begun

	sent, unanswered int // jobs
}

// lostEnough is how many schedules of a test may hang or fill the memory before it
// is given up: each costs as much as thousands of others.
const lostEnough = 2

// A defect that every schedule shows leaves room for the one behind it: for so many
// schedules, unless they are long.
const (
	roomSchedules = 32
	roomSteps     = 20_000
	longSteps     = 200_000 // after which one defect is enough
)

// enough reports whether enough has failed: so many defects, or so many schedules
// with nothing new when there was room for that.
func (s *session) enough() bool {
	n := s.options.Failures
	roomy := s.outcome.Coverage.Schedules >= roomSchedules || s.limits.taken >= roomSteps
	long := s.limits.taken >= longSteps && len(s.outcome.Failures) > 0
	return n > 0 && (len(s.outcome.Failures) >= n || s.repeats >= n && roomy || long)
}

// more reports whether another schedule may begin.
func (s *session) more() bool {
	budget := s.options.Budget
	switch {
	case s.limits.waits():
		return false
	case s.enough():
		s.stopped = StoppedFailing
	case s.options.Failures > 0 && (s.lost >= lostEnough || s.lost > 0 && s.outcome.Coverage.Ended == 0):
		s.stopped = StoppedLost
	case budget.Schedules > 0 && s.sent >= budget.Schedules:
		s.stopped = StoppedSchedules
	case budget.Steps > 0 && s.limits.taken >= budget.Steps:
		s.stopped = StoppedSteps
	case s.test.Scenario != "" && s.outcome.Coverage.Over > 0 && s.outcome.Coverage.Ended == 0:
		s.stopped = StoppedSteps // a scenario never gets more: others would be cut short, too
	case s.options.Shared.spent() && s.sent > 0:
		s.stopped = StoppedSteps
	case budget.Time > 0 && time.Since(s.start) >= budget.Time:
		s.stopped = StoppedTime
	default:
		return true
	}
	return false
}

// note takes in a schedule that was run.
func (s *session) note(r Ran) {
	o := &s.outcome
	o.Coverage.count(r)
	s.limits.ended(r)
	s.options.Shared.take(r.Ending.Steps)
	if r.Ending.End == Hung || r.Ending.End == Large {
		s.lost++
	}
	if s.proves() {
		s.seen.note(r)
	}
	if symptoms := s.options.Symptoms(r); len(symptoms) > 0 {
		o.Failing++
		s.repeats++
		for _, symptom := range symptoms {
			s.failed(symptom, r)
		}
	}
	if !r.Answered() || !r.Ending.Over {
		return
	}
	if !Overtakes(r.Trace) { // else a goroutine was slow, and the test is not to blame
		s.timed(r)
	}
	s.shown(r)
}

// proves reports whether the strategy may claim something, which the others' schedules
// must then bear out.
func (s *session) proves() bool {
	_, ok := s.options.Strategy.(prover)
	return ok
}

func (s *session) timed(r Ran) {
	o := &s.outcome
	s.timely++
	at := Timed{Virtual: time.Duration(r.Ending.Virtual), Job: r.Job}
	if s.timely == 1 || at.Virtual < o.Fastest.Virtual {
		o.Fastest = at
	}
	if s.timely == 1 || at.Virtual > o.Slowest.Virtual {
		o.Slowest = at
	}
}

func (s *session) failed(symptom Symptom, r Ran) {
	i := slices.IndexFunc(s.outcome.Failures, func(f Failure) bool { return f.Symptom == symptom })
	if i < 0 {
		i, s.repeats = len(s.outcome.Failures), 0
		s.outcome.Failures = append(s.outcome.Failures, Failure{Symptom: symptom, Found: r, Number: s.outcome.Coverage.Schedules})
	}
	s.outcome.Failures[i].Share++
}

// maxShown bounds what is kept: a test may show something else every time.
const maxShown = 1000

func (s *session) shown(r Ran) {
	o := &s.outcome
	i := slices.IndexFunc(o.Shown, func(sh Shown) bool { return sh.Digest == r.Ending.Shown })
	switch {
	case i >= 0:
		o.Shown[i].Times++
	case len(o.Shown) < maxShown:
		o.Shown = append(o.Shown, Shown{Digest: r.Ending.Shown, Job: r.Job, Times: 1})
	}
}

// cover completes the coverage: a claim of the strategy's counts when nothing
// that any schedule has shown is against it.
func (s *session) cover() {
	c := &s.outcome.Coverage
	c.Stopped, c.Distinct, c.Claim = s.stopped, len(s.seen.states), noClaim
	by, ok := s.options.Strategy.(prover)
	if !ok {
		return
	}
	p := by.proof()
	c.Undetermined += p.undetermined
	c.Contradicted = s.seen.against(p)
	if c.Contradicted+c.Undetermined == 0 && c.Outside == "" {
		c.Claim = p.claim
	}
}

// confirm makes the schedule of a failure simpler and runs it twice more. One
// that hung or filled the memory is not worth the time that it would take.
func (s *session) confirm(ctx context.Context, f *Failure, allowed *allowance) error {
	f.Minimal = f.Found
	if end := f.Found.Ending.End; end == Hung || end == Large {
		return nil
	}
	m := minimiser{runner: s.runner, left: s.options.Minimise, allowed: allowed, same: func(r Ran) bool {
		return slices.Contains(s.options.Symptoms(r), f.Symptom)
	}}
	switch {
	case m.left == 0:
		m.left = minimiseRuns
	case m.left < 0:
		m.left = 0 // it is only expressed as picks
	}
	least, err := m.minimise(ctx, f.Found)
	if err != nil {
		return err
	}
	if err := s.reproduce(ctx, f, least, m.same); err != nil {
		return err
	}
	if !f.Reproduced {
		s.outcome.Coverage.Undetermined++
		s.outcome.Coverage.Claim = noClaim
	}
	if f.Minimal.Answered() && f.Minimal.Job.Chooser == wire.Stay {
		f.Schedule = schedule.Of(s.test.Name, f.Minimal.Job, f.Minimal.Trace)
	}
	return nil
}

// A failure counts as reproduced when a second and a third run show it. Of a data race,
// some more runs may not: the race detector takes one in a hundred or so for ordered,
// when two places in memory fall into the same slot of package sync's pools.
// Where a schedule of the test has not done again what it did, or code outside of the
// scheduler's control took part, two runs that show it may be luck.
// An access that races with several others is reported with one of them, which the
// detector draws: another race in the same schedule speaks for this one, once it was
// seen again itself.
const (
	confirmations = 2
	confirmDoubts = 6
	raceMisses    = 3
	raceOthers    = 20
)

// reproduce runs the schedule of a failure again.
func (s *session) reproduce(ctx context.Context, f *Failure, least Ran, same func(Ran) bool) error {
	misses, others := 0, 0
	if f.Symptom.Kind == Race {
		misses, others = raceMisses, raceOthers
	}
	wanted := confirmations
	if c := &s.outcome.Coverage; c.Undetermined > 0 || c.Outside != "" {
		wanted = confirmDoubts
	}
	for itself := false; wanted > 0 || !itself; {
		last := wanted <= 1 // the others need no details, which take long
		job := least.Job
		job.Detail = last
		r, err := One(ctx, s.runner, job)
		if err != nil {
			return err
		}
		again := alike(least, r)
		switch {
		case again && same(r):
			wanted--
			itself = last
			f.Minimal = r
		case again && others > 0 && s.races(r):
			wanted--
			others--
		case again && misses > 0:
			misses--
		default:
			f.Minimal, f.Reproduced = r, false
			return nil
		}
	}
	f.Reproduced = true
	return nil
}

// races reports whether a schedule showed a data race, whichever it was.
func (s *session) races(r Ran) bool {
	return slices.ContainsFunc(s.options.Symptoms(r), func(shown Symptom) bool { return shown.Kind == Race })
}

// alike reports whether two schedules went the same way to the same end. Of a
// process that was lost nothing more than that is known.
func alike(a, b Ran) bool {
	return a.Ending.End == b.Ending.End && schedule.Hash(a.Trace) == schedule.Hash(b.Trace)
}
