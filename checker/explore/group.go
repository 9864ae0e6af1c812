package explore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"racelab/checker/labrt/wire"
)

// A Task is a test and how to explore it.
type Task struct {
	Test    TestID
	Options Options
}

// UntilFailure explores tests until one fails in a way that decides, and returns the
// outcomes of all up to that one. Several are explored at a time, so that no worker
// waits for us between small ones. The outcomes depend on the tasks and the window of r
// alone.
func UntilFailure(ctx context.Context, r Runner, tasks []Task) (outcomes []Outcome, err error) {
	for len(tasks) > 0 {
		more, err := upToFailure(ctx, r, tasks)
		if err != nil {
			return nil, err
		}
		outcomes, tasks = append(outcomes, more...), tasks[len(more):]
		if slices.ContainsFunc(more[len(more)-1].Failures, decides) {
			break
		}
	}
	return outcomes, nil
}

// decides reports whether nothing needs to be known after a failure: it was reproduced, or
// others like it would each cost as much as thousands of schedules.
func decides(f Failure) bool {
	end := f.Found.Ending.End
	return f.Reproduced || end == Hung || end == Large
}

// upToFailure explores tests up to the first that fails, reproduced or not. With an error
// come the outcomes so far.
func upToFailure(ctx context.Context, r Runner, tasks []Task) (outcomes []Outcome, err error) {
	g := group{runner: r, tasks: tasks, failed: len(tasks)}
	err = drive(ctx, r, &g, func(int) bool { return true }, func(Ran) {})
	for _, s := range g.sessions[:min(g.failed+1, len(g.sessions))] {
		if err == nil {
			err = s.finish(ctx)
		}
		outcomes = append(outcomes, s.outcome)
	}
	return outcomes, err
}

// A group is the strategies of several tests, each of which has a job in turn.
type group struct {
	runner   Runner
	tasks    []Task
	sessions []*session // of the first tasks: those that have begun
	active   []*session // that may have further jobs
	turn     int        // among the active
	flying   []*session // whose each job is that is not answered
	failed   int        // the first session that has a failure; the number of tasks if none
}

// Next returns a job of the next test that has one.
func (g *group) Next() (wire.Job, bool) {
	for waiting := 0; g.fill() && waiting < len(g.active); {
		g.turn %= len(g.active)
		s := g.active[g.turn]
		j, ok := s.next()
		switch {
		case ok:
			g.turn++
			g.flying = append(g.flying, s)
			return j, true
		case s.unanswered == 0:
			g.active = slices.Delete(g.active, g.turn, g.turn+1)
			waiting = 0
		default:
			g.turn++
			waiting++
		}
	}
	return wire.Job{}, false
}

// fill begins as many tests as may have jobs at a time, and reports whether any has.
func (g *group) fill() bool {
	for n := len(g.sessions); n < len(g.tasks) && n <= g.failed && len(g.active) < g.runner.Window(); n++ {
		s := newSession(g.runner, g.tasks[n])
		g.sessions, g.active = append(g.sessions, s), append(g.active, s)
	}
	return len(g.active) > 0
}

// Learn tells the test whose job it was. When one fails, those after it are of no
// interest any more.
func (g *group) Learn(r Ran) {
	s := g.flying[0]
	g.flying = g.flying[1:]
	s.learn(r)
	if i := slices.Index(g.sessions, s); i < g.failed && len(s.outcome.Failures) > 0 {
		g.failed = i
		g.active = slices.DeleteFunc(g.active, func(a *session) bool { return slices.Index(g.sessions, a) > i })
	}
}

func newSession(r Runner, t Task) *session {
	o := t.Options
	if o.Symptoms == nil {
		o.Symptoms = Symptoms
	}
	if o.Strategy == nil {
		o.Strategy = NewPlan(t.Test.Index, o.Seed)
	}
	s := &session{test: t.Test, options: o, runner: inScenario{r, t.Test}, start: time.Now(), seen: newSeenEndings()}
	s.limits.budget, s.limits.first = o.Budget.Steps, cmp.Or(o.Budget.First, o.Budget.Steps/2)
	return s
}

// next returns the next job, if there is one just now.
func (s *session) next() (wire.Job, bool) {
	if !s.more() {
		return wire.Job{}, false
	}
	j, ok := s.options.Strategy.Next()
	if ok {
		s.sent++
		s.unanswered++
		j.Limit = max(j.Limit, s.limits.begins())
	}
	return s.test.job(j), ok
}

func (s *session) learn(r Ran) {
	s.unanswered--
	s.options.Strategy.Learn(r)
	s.note(r)
}

// finish says what the test has shown, and makes the schedules of its failures simpler.
func (s *session) finish(ctx context.Context) error {
	s.cover()
	allowed := allowance{steps: s.options.Budget.Steps / minimiseShare}
	if t := s.options.Budget.Time; t > 0 {
		allowed.until = time.Now().Add(t)
	}
	for i := range s.outcome.Failures {
		if err := s.confirm(ctx, &s.outcome.Failures[i], &allowed); err != nil {
			return err
		}
	}
	return nil
}

// job makes a job of a strategy one of the test. Scenarios have the limit that they had
// when the reference ran in them.
func (t TestID) job(j wire.Job) wire.Job {
	if t.Scenario != "" {
		j.Scenario, j.Limit = t.Scenario, t.Limit
	}
	return j
}

// inScenario runs jobs with the scenario of a test, if that is one.
type inScenario struct {
	Runner
	test TestID
}

// Send is the Runner's.
func (r inScenario) Send(j wire.Job) error { return r.Runner.Send(r.test.job(j)) }
