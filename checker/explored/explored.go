// Package explored runs the tests of a program under the controlled scheduler, in
// many schedules, and says what the facts mean that package explore returns.
package explored

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"racelab/checker/contract"
	"racelab/checker/detect/gostack"
	"racelab/checker/detect/interleave"
	"racelab/checker/detect/tsan"
	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/instrument"
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
	p, raceLog := e.Program, filepath.Join(e.Program.Runs, "explore")
	config := wire.Config{Mutant: p.Mutant}
	if e.Want != nil { // what the reference does must not depend on what it names
		config.Constants = wire.Constants(p.Constants)
	}
	workers := worker.NewPool(worker.Program{
		Argv: []string{p.Binary}, Dir: p.Dir, Env: p.Env(wire.Explore, exploreProcs, raceLog),
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

// untilFirst runs a few schedules of every test, then the scenarios, then many
// schedules of every test, until something fails.
func (e *session) untilFirst(ctx context.Context) (evidence.Shown, error) {
	quick, err := e.glance(ctx)
	if err != nil || len(quick.Findings) > 0 {
		return quick, err
	}
	out, err := e.tests(ctx, e.Program.Tests, firstOf(schedulesPerTest))
	out.Fault = cmp.Or(out.Fault, quick.Fault)
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
	x.Fault = cmp.Or(x.Fault, unknown(test, found.Coverage))
	for _, f := range found.Failures {
		if fault := cmp.Or(e.faultOf(test, f), e.realTime(test, f)); fault != "" {
			x.Fault = cmp.Or(x.Fault, fault)
			continue
		}
		x.Findings = append(x.Findings, e.findings(test, f, found.Coverage.Schedules)...)
	}
}

// muchLonger is how many times longer than all that end a schedule is that perhaps never
// ends.
const muchLonger = 10

// unknown says why schedules that were cut short leave open whether the test is right;
// "" if they do not.
func unknown(test string, c explore.Coverage) string {
	if c.Over == 0 || c.Ended > 0 && c.Over < muchLonger*c.Longest {
		return ""
	}
	limit := fmt.Sprintf("within %d steps", c.Over-1)
	if c.OverBy == wire.TooMuch {
		limit += ", and the record of it grew too large"
	}
	if c.Ended == 0 {
		return fmt.Sprintf("no schedule of %s ended %s", test, limit)
	}
	return fmt.Sprintf("a schedule of %s did not end %s; those that did took %d at most", test, limit, c.Longest)
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

// Symptoms that package explore does not know, since they take a reference or a
// limit to tell.
const (
	tooLate      explore.SymptomKind = "too late"      // too long on the virtual clock
	otherOutcome explore.SymptomKind = "other outcome" // it observed something that the reference never does
)

// symptoms tells what is wrong with a schedule of a test, or of the scenario that is
// being looked at.
func (e *session) symptoms(test string, r explore.Ran) []explore.Symptom {
	if e.spec != nil {
		return e.scenarioSymptoms(*e.spec, r)
	}
	return e.testSymptoms(test, r)
}

func (e *session) testSymptoms(test string, r explore.Ran) []explore.Symptom {
	var all []explore.Symptom
	add := func(k explore.SymptomKind) { all = append(all, explore.Symptom{Kind: k}) }
	for _, s := range explore.Symptoms(r) {
		if s.Kind == explore.Race {
			all = append(all, e.races(r)...)
		} else {
			all = append(all, s)
		}
	}
	switch {
	case r.Ending.End == wire.TooLate && !r.Ending.Over:
		add(tooLate)
	case r.Ending.End == wire.TooLate:
		add(explore.Leak)
	}
	if e.Exercise.Outcome == exercise.OutcomeOne && e.differs(test, r) {
		add(otherOutcome)
	}
	return all
}

// differs reports whether a schedule in which the test passed observed something
// that the reference never does.
func (e *session) differs(test string, r explore.Ran) bool {
	passed := r.Answered() && r.Ending.Over && !r.Ending.Failed
	return e.Want != nil && passed && e.Want.Differs(test, r.Ending.Shown)
}

// races are the races that were reported. Each has an identity of its own.
func (e *session) races(r explore.Ran) []explore.Symptom {
	var all []explore.Symptom
	for _, f := range e.raceFindings(r) {
		if s := raceSymptom(f); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return []explore.Symptom{{Kind: explore.Race}} // a report that cannot be read
	}
	return all
}

func raceSymptom(f finding.Finding) explore.Symptom {
	return explore.Symptom{Kind: explore.Race, Defect: f.Identity()}
}

func (e *session) raceFindings(r explore.Ran) []finding.Finding {
	reports, err := tsan.Parse(strings.NewReader(strings.Join(r.Races, "")))
	if err != nil {
		return nil
	}
	return tsan.Findings(reports, e.Program.Sources)
}

// named gives tests their own names back in what workers record and print.
type named struct{ explore.Runner }

// Receive is the Runner's.
func (n named) Receive(ctx context.Context) (explore.Ran, error) {
	r, err := n.Runner.Receive(ctx)
	undo := func(text string) string { return string(instrument.Undo([]byte(text))) }
	r.Stderr = undo(r.Stderr)
	for i := range r.Races {
		r.Races[i] = undo(r.Races[i])
	}
	undoStack(r.Ending.OutsideAt)
	for _, e := range r.Events {
		undoStack(e.Stack)
		if e.Explored != nil {
			undoStack(e.Explored.Stack)
			undoStack(e.Explored.Created)
			for _, h := range e.Explored.Holds {
				undoStack(h.Stack)
			}
		}
	}
	return r, err
}

func undoStack(stack []wire.CallFrame) {
	for i := range stack {
		stack[i].Function = string(instrument.Undo([]byte(stack[i].Function)))
	}
}
