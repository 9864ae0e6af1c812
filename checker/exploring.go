package checker

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"racelab/checker/detect/interleave"
	"racelab/checker/detect/tsan"
	"racelab/checker/exercise"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/instrument"
	"racelab/checker/labrt/wire"
	"racelab/checker/stage"
)

// What exploring may cost. Schedules are counted, and their steps for programs
// whose schedules are long, so that the verdict does not depend on the machine.
const (
	schedulesPerTest = 256
	// stepsPerTest takes some seconds. The exercises' tests take 50,000 at most.
	stepsPerTest = 1_000_000
	// timePerTest is a last resort, for tests that work for long between their steps.
	timePerTest = time.Minute / 2
	// failuresEnough is after how many failing schedules a test is not explored
	// any further: it has failed.
	failuresEnough = 10
	// explorePatience is what one schedule may take of its process's own time. On a
	// slow machine, too, thousands of schedules take less.
	explorePatience = 3 * time.Second
	processes       = 2
	// exploreProcs is GOMAXPROCS: one goroutine runs at a time anyway, and hands over
	// faster where there is one processor.
	exploreProcs = 1
)

// exploration is what exploring all tests showed.
type exploration struct {
	outcome
	digests map[string][]string      // of each test, of what it observed
	slowest map[string]time.Duration // on the virtual clock
}

// explorer runs the tests of one workspace under the controlled scheduler.
type explorer struct {
	*check
	src      finding.Sources
	namer    *interleave.Namer
	children *explore.Children
	runner   explore.Runner // of the children
	want     *reference     // to compare with; nil for the reference itself
}

func (c *check) newExplorer(ws *stage.Workspace, binary string, want *reference) (*explorer, error) {
	files, err := readSources(ws.Dir(stage.Plain))
	if err != nil {
		return nil, err
	}
	src := ws.Sources(stage.Lab)
	raceLog := filepath.Join(ws.RunDir(), "explore")
	children := explore.NewChildren(explore.Program{
		Argv: []string{binary}, Dir: ws.Dir(stage.Lab), Env: runEnv(ws, wire.Explore, exploreProcs, raceLog),
		RaceLog: raceLog, Patience: explorePatience, Output: outputKept,
	}, processes)
	return &explorer{
		check: c, src: src, namer: interleave.NewNamer(src, files), want: want,
		children: children, runner: named{children},
	}, nil
}

// readSources reads the Go files in a folder.
func readSources(dir string) (map[string][]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// explore runs every test in many schedules.
func (c *check) explore(ctx context.Context, ws *stage.Workspace, binary string, want *reference) (exploration, error) {
	c.progress("exploring interleavings")
	out := exploration{digests: map[string][]string{}, slowest: map[string]time.Duration{}}
	out.run = finding.Run{Mode: string(wire.Explore), Tests: len(ws.Tests)}
	e, err := c.newExplorer(ws, binary, want)
	if err != nil {
		return out, err
	}
	defer e.children.Close()
	for i, test := range ws.Tests {
		found, err := explore.Test(ctx, e.runner, explore.Target{Test: i, Name: test}, explore.Options{
			Budget:   explore.Budget{Schedules: schedulesPerTest, Steps: stepsPerTest, Time: timePerTest},
			Failures: failuresEnough,
			Signs:    func(r explore.Ran) []string { return e.signs(test, r) },
		})
		if err != nil {
			return out, err
		}
		out.add(e, test, found)
	}
	return out, nil
}

// add takes in what one test showed.
func (x *exploration) add(e *explorer, test string, found explore.Outcome) {
	x.run.Schedules += found.Coverage.Schedules
	x.run.Failing += found.Failing
	x.run.Coverage = append(x.run.Coverage, coverage(test, found.Coverage))
	for _, s := range found.Shown {
		x.digests[test] = append(x.digests[test], s.Digest)
	}
	x.slowest[test] = found.Slowest.Virtual
	for _, f := range found.Failures {
		if fault := e.faultOf(test, f); fault != "" {
			x.fault = cmp.Or(x.fault, fault)
			continue
		}
		x.findings = append(x.findings, e.findings(test, f, found.Coverage.Schedules)...)
	}
	x.findings = append(x.findings, e.lostConcurrency(test, found)...)
}

func coverage(test string, c explore.Coverage) finding.Coverage {
	out := finding.Coverage{
		Test: test, Schedules: c.Schedules, Sampled: c.Sampled, Interleavings: c.Distinct,
		Complete: c.Claim.Any(), Undetermined: c.Undetermined > 0, Timed: c.Timed,
	}
	switch {
	case c.Claim.All():
		out.Bound = -1
	case c.Claim.Any():
		out.Bound = c.Claim.Bound
	}
	if c.Claim.Any() {
		out.Interleavings = c.Claim.Interleavings
	}
	return out
}

// The signs of package explore are too coarse where a report says more, and
// there are some that it does not know.
const (
	signLong  = "long"  // too many steps
	signLate  = "late"  // too long on the virtual clock
	signOther = "other" // it observed something that the reference never does
)

// signs names what is wrong with a schedule of a test.
func (e *explorer) signs(test string, r explore.Ran) []string {
	var signs []string
	for _, s := range explore.Signs(r) {
		if s == explore.SignRace {
			signs = append(signs, e.races(r)...)
			continue
		}
		signs = append(signs, s)
	}
	switch {
	case r.Ending.End == wire.TooLong && r.Job.Policy != wire.PCT: // which is not fair
		signs = append(signs, signLong)
	case r.Ending.End == wire.TooLate && !r.Ending.Over:
		signs = append(signs, signLate)
	case r.Ending.End == wire.TooLate:
		signs = append(signs, explore.SignLeak)
	}
	if e.want != nil && e.exercise.Outcome == exercise.OutcomeOne && r.Answered() && r.Ending.Over && !r.Ending.Failed && e.want.differs(test, r.Ending.Shown) {
		signs = append(signs, signOther)
	}
	return signs
}

// races are the signs of the races that were reported: each place is one.
func (e *explorer) races(r explore.Ran) []string {
	var signs []string
	for _, f := range e.raceFindings(r) {
		if key := identity(f); !slices.Contains(signs, key) {
			signs = append(signs, key)
		}
	}
	if len(signs) == 0 {
		return []string{explore.SignRace} // a report that cannot be read
	}
	return signs
}

func (e *explorer) raceFindings(r explore.Ran) []finding.Finding {
	reports, err := tsan.Parse(strings.NewReader(strings.Join(r.Races, "")))
	if err != nil {
		return nil
	}
	return tsan.Findings(reports, e.src)
}

// named gives tests their own names back in what children record and print.
type named struct{ explore.Runner }

// Receive is the Runner's.
func (n named) Receive(ctx context.Context) (explore.Ran, error) {
	r, err := n.Runner.Receive(ctx)
	undo := func(text string) string { return string(instrument.Undo([]byte(text))) }
	r.Stderr = undo(r.Stderr)
	for i := range r.Races {
		r.Races[i] = undo(r.Races[i])
	}
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
