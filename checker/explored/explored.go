// Package explored runs the tests of a program under the controlled scheduler, in
// many schedules, and says what the facts mean that package explore returns.
package explored

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"racelab/checker/contract"
	"racelab/checker/detect/gostack"
	"racelab/checker/detect/interleave"
	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
	"racelab/checker/sandbox"
	"racelab/checker/worker"
)

// What exploring may cost. Schedules are counted, and their steps for programs
// whose schedules are long, so that the verdict does not depend on the machine.
const (
	schedulesPerTest = 256
	// stepsPerTest takes some seconds. The exercises' tests take 50,000 at most. All tests
	// together may take stepsPerProgram: each a share of what those before it have left.
	stepsPerTest    = 1_000_000
	stepsPerProgram = 2 * stepsPerTest
	// timePerTest is a last resort, for tests that work for long between their steps.
	timePerTest = time.Minute / 2
	// failuresEnough is after how many defects, or failing schedules that show nothing
	// new, a test is not explored any further: it has failed.
	failuresEnough = 10
	// schedulesFirst are run of every test, before any gets more, when only the first
	// failure is asked for: most programs that fail do so within them.
	schedulesFirst = 16
	// schedulesRacing are run of a test to find what its data races lead to: either order
	// of two accesses comes early.
	schedulesRacing = 64
	// exploreProcs is GOMAXPROCS: one goroutine runs at a time anyway, and hands over
	// faster where there is one processor.
	exploreProcs = 1
)

// An Explorer explores one program.
type Explorer struct {
	Sandbox  sandbox.Runner
	Exercise exercise.Exercise
	Program  *program.Program
	Want     *evidence.Reference // to compare with; nil for the reference itself
	Trace    bool                // findings come with their interleavings
	Nearest  bool                // Replay looks for the nearest schedule that passes, too
	First    bool                // Explore ends at the first failure, and makes its schedule no simpler
	Limits   Limits
	// Workers is how many processes run schedules at the same time, at most
	// worker.Window. Nothing but the time that it takes depends on it.
	Workers int
}

// Limits bound what one schedule may take. Zero values stand for the defaults of
// package worker.
type Limits struct {
	Patience time.Duration // of its process's own time
	Memory   int64         // bytes that its process may have
}

// A session is one call of Explore or Replay.
type session struct {
	Explorer
	namer   *interleave.Namer
	workers *worker.Pool
	runner  explore.Runner // of the workers
	spec    *contract.Spec // of the scenario that is being looked at; nil for tests
	noEnd   bool           // a test does not end, so that exploring takes long and tells nothing
}

// begin starts a session. The caller ends it with workers.Close.
func (e Explorer) begin() *session {
	p, logs := e.Program, filepath.Join(e.Program.Runs, "explore")
	_ = os.MkdirAll(logs, 0o755) // without it the processes say what is wrong
	raceLog := filepath.Join(logs, "race")
	config := wire.Config{Mutant: p.Mutant}
	if e.Want != nil { // what the reference does must not depend on what it names
		config.Constants = wire.Constants(p.Constants)
	}
	workers := worker.NewPool(worker.Program{
		Argv: []string{p.Binary}, Within: p.Within(logs), Dir: p.Dir, Env: p.Env(wire.Explore, exploreProcs, raceLog),
		RaceLog: raceLog, Config: config, Patience: e.Limits.Patience, Memory: e.Limits.Memory, Output: program.OutputKept, Sandbox: e.Sandbox,
	}, e.Workers)
	return &session{Explorer: e, namer: interleave.NewNamer(p.Sources, p.Written), workers: workers, runner: named{workers}}
}

// Explore runs every test, and every scenario of the contract, in many schedules.
func (e Explorer) Explore(ctx context.Context) (evidence.Shown, error) {
	s := e.begin()
	defer s.workers.Close()
	if e.First {
		return s.untilFirst(ctx)
	}
	out, err := s.tests(ctx, e.Program.Tests, explore.Options{Budget: budget(schedulesPerTest), Failures: failuresEnough})
	if err == nil {
		err = s.contract(ctx, &out)
	}
	return out, err
}

// Glance explores as Explore does with First, but for what takes long: it may miss a
// failure.
func (e Explorer) Glance(ctx context.Context) (evidence.Shown, error) {
	s := e.begin()
	defer s.workers.Close()
	return s.glance(ctx)
}

// Consequences runs some tests of a program whose racing lines are yield points, each
// until something fails: what these races lead to.
func (e Explorer) Consequences(ctx context.Context, tests []string) (evidence.Shown, error) {
	s := e.begin()
	defer s.workers.Close()
	return s.tests(ctx, tests, explore.Options{Budget: budget(schedulesRacing), Failures: 1})
}

// Survey runs some tests in a few schedules each or, with whole, in as many as Explore does
// and whatever fails, to see what share of them does.
func (e Explorer) Survey(ctx context.Context, tests []string, whole bool) (evidence.Shown, error) {
	s := e.begin()
	defer s.workers.Close()
	if whole {
		return s.tests(ctx, tests, explore.Options{Budget: budget(schedulesPerTest)})
	}
	return s.tests(ctx, tests, explore.Options{Budget: budget(schedulesFirst), Failures: failuresEnough})
}

// Try runs some tests in a few schedules each, to see which of them pass: each until something
// fails, and with First only until one does.
func (e Explorer) Try(ctx context.Context, tests []string) (evidence.Shown, error) {
	s := e.begin()
	defer s.workers.Close()
	return s.tests(ctx, tests, firstOf(schedulesFirst))
}

// untilFirst runs a few schedules of every test, then the scenarios, then many
// schedules of every test, until something fails.
func (e *session) untilFirst(ctx context.Context) (evidence.Shown, error) {
	quick, err := e.glance(ctx)
	if err != nil || len(quick.Findings) > 0 {
		return quick, err
	}
	out, err := e.tests(ctx, e.Program.Tests, firstOf(schedulesPerTest))
	out.Doubt = cmp.Or(out.Doubt, quick.Doubt)
	out.Run.Scenarios, out.Run.ScenarioSchedules, out.Run.ScenariosCut = quick.Run.Scenarios, quick.Run.ScenarioSchedules, quick.Run.ScenariosCut
	return out, err
}

func (e *session) glance(ctx context.Context) (evidence.Shown, error) {
	out, err := e.tests(ctx, e.Program.Tests, firstOf(schedulesFirst))
	if err == nil && len(out.Findings) == 0 {
		err = e.contract(ctx, &out)
	}
	return out, err
}

// firstOf are the options of whoever asks only whether some schedule fails.
func firstOf(schedules int) explore.Options {
	return explore.Options{Budget: budget(schedules), Failures: 1, Minimise: justReplay}
}

// justReplay is explore.Options.Minimise for a schedule that nobody will look at.
const justReplay = -1

func budget(schedules int) explore.Budget {
	return explore.Budget{Schedules: schedules, First: stepsPerTest / 2, Time: timePerTest}
}

// tests explores one test after the other.
func (e *session) tests(ctx context.Context, tests []string, o explore.Options) (evidence.Shown, error) {
	out := evidence.Shown{Digests: map[string][]string{}, Slowest: map[string]time.Duration{}}
	out.Run = finding.Run{Mode: finding.ExploreMode, Tests: len(tests)}
	left := stepsPerProgram
	for i, test := range tests {
		o.Budget.Steps = min(stepsPerTest, max(left, 0)/(len(tests)-i)+1)
		o.Symptoms = func(r explore.Ran) []explore.Symptom { return e.symptoms(test, r) }
		found, err := explore.Test(ctx, e.runner, explore.TestID{Index: slices.Index(e.Program.Tests, test), Name: test}, o)
		if err != nil {
			return out, err
		}
		left -= found.Coverage.Steps
		e.add(&out, test, found)
		if o.Budget.Schedules == schedulesPerTest { // fewer need not have the fastest among them
			out.Findings = append(out.Findings, e.lostConcurrency(test, found)...)
		}
		if e.noEnd = neverEnds(found.Coverage); e.noEnd || e.First && len(out.Findings) > 0 {
			break
		}
	}
	return out, nil
}

// neverEnds reports whether schedules took their processes with them, or as many steps as
// they may, and no schedule ended.
func neverEnds(c explore.Coverage) bool {
	return c.Stopped == explore.StoppedLost || cutShort(c)
}

// contract explores the scenarios, or says what they do where the program is the
// reference.
func (e *session) contract(ctx context.Context, out *evidence.Shown) (err error) {
	switch {
	case !e.Program.Contract || e.noEnd:
	case e.Want == nil:
		out.Contract, err = e.specify(ctx)
	case e.Want.Contract != nil:
		err = e.scenarios(ctx, out)
	}
	return err
}

// add takes in what one test showed.
func (e *session) add(x *evidence.Shown, test string, found explore.Outcome) {
	if c := found.Coverage; c.Skipped > 0 && c.Skipped == c.Schedules { // too long to be explored
		x.Run.Coverage = append(x.Run.Coverage, finding.Coverage{Test: test, Skipped: true})
		return
	}
	x.Run.Schedules += found.Coverage.Schedules
	x.Run.Failing += found.Failing
	x.Run.Coverage = append(x.Run.Coverage, e.coverage(test, found.Coverage))
	for _, shown := range found.Shown {
		x.Digests[test] = append(x.Digests[test], shown.Digest)
	}
	x.Slowest[test] = found.Slowest.Virtual
	x.Doubt = cmp.Or(x.Doubt, unknown(test, found.Coverage))
	for _, f := range found.Failures {
		if doubt := cmp.Or(e.doubtOf(test, f), e.realTime(test, f)); doubt != (finding.Doubt{}) {
			x.Doubt = cmp.Or(x.Doubt, doubt)
			continue
		}
		x.Findings = append(x.Findings, e.findings(test, f, found.Coverage.Schedules)...)
	}
}

// muchLonger is how many times longer than all that end a schedule is that perhaps never
// ends.
const muchLonger = 10

// unknown says why schedules that were cut short leave open whether the test is right,
// if they do.
func unknown(test string, c explore.Coverage) finding.Doubt {
	if c.Over == 0 || c.Ended > 0 && c.Over < muchLonger*c.Longest {
		return finding.Doubt{}
	}
	limit := fmt.Sprintf("within %d steps", c.Over-1)
	if c.OverBy == wire.TooMuch {
		limit += ", and the record of it grew too large"
	}
	if c.Ended == 0 {
		return finding.Doubtf(finding.DoubtBudget, "no schedule of %s ended %s", test, limit)
	}
	return finding.Doubtf(finding.DoubtBudget, "a schedule of %s did not end %s; those that did took %d at most", test, limit, c.Longest)
}

func (e *session) coverage(test string, c explore.Coverage) finding.Coverage {
	out := finding.Coverage{
		Test: test, Schedules: c.Schedules, Sampled: c.Sampled, Interleavings: c.Distinct,
		Complete: c.Claim.Any(), Undetermined: c.Undetermined > 0, Timed: c.Timed, Drawn: c.Drawn, Outside: string(c.Outside),
		Cut: c.Cut,
	}
	switch {
	case c.Claim.All():
		out.Bound = -1
	case c.Claim.Any():
		out.Bound = c.Claim.Bound
	}
	if at, ok := e.Program.Sources.Place(gostack.Frames(c.OutsideAt)); ok {
		out.OutsideAt = &at
	}
	if c.Claim.Any() {
		out.Interleavings = c.Claim.Interleavings
	}
	return out
}
