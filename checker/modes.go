package checker

import (
	"cmp"
	"context"
	"slices"
	"time"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
	"racelab/checker/stage"
)

// A setting is the circumstances of one execution.
type setting struct {
	procs  int  // GOMAXPROCS
	delays bool // random waits at locks and atomics, to let others come between
}

// One run is no verdict: a racy program may be caught in half of them, and one
// that gives a lock back between check and act in hardly any. It is exploring that
// does not leave it to luck; these executions see what is not under its control:
// the real clock, and goroutines that really run at the same time.
var (
	raceSettings = []setting{
		{1, false},
		{2, true},
		{4, false},
		{8, true},
	}
	lockSettings = []setting{{procs: 4}, {procs: 1}}
)

// outcome is what the executions in one mode showed.
type outcome struct {
	findings []finding.Finding
	observed observations
	fault    string
	ended    bool // one of them at least came to its end
	run      finding.Run
}

// runRace runs the tests natively under the race detector, again and again.
func (c *check) runRace(ctx context.Context, ws *stage.Workspace, binary string) (outcome, error) {
	return c.runMode(ctx, ws, binary, wire.Race, raceSettings)
}

// runLock runs the tests with go-deadlock's locks. That they are silent about
// data races there means nothing: its bookkeeping hides them. It also takes time:
// a program that natively ends and here does not is no error, and no pass either.
func (c *check) runLock(ctx context.Context, ws *stage.Workspace, binary string) (outcome, error) {
	out, err := c.runMode(ctx, ws, binary, wire.Lock, lockSettings)
	out.findings = slices.DeleteFunc(out.findings, func(f finding.Finding) bool {
		if f.Kind != finding.Timeout {
			return false
		}
		out.fault = cmp.Or(out.fault, "with go-deadlock's locks the tests did not end in time")
		return true
	})
	return out, err
}

func (c *check) runMode(ctx context.Context, ws *stage.Workspace, binary string, mode wire.Mode, settings []setting) (outcome, error) {
	out := outcome{observed: observations{}, run: finding.Run{Mode: string(mode), Tests: len(ws.Tests)}}
	counts := tally{mode: string(mode)}
	patience := enough
	for _, with := range settings {
		ex, err := c.executeFairly(ctx, ws, binary, mode, with)
		if err != nil {
			return out, err
		}
		d := diagnose(ex, ws)
		counts.add(d.findings)
		out.fault = cmp.Or(out.fault, d.fault)
		out.run.Executions++
		if len(d.findings) > 0 {
			out.run.Failing++
		}
		if with.delays {
			out.run.Delayed++
		}
		if !slices.Contains(out.run.Procs, with.procs) {
			out.run.Procs = append(out.run.Procs, with.procs)
		}
		out.ended = out.ended || ex.Log.Done
		out.observed.add(ex)
		if patience -= d.slow; patience <= 0 {
			break // each further one would cost as much and say the same
		}
	}
	slices.Sort(out.run.Procs)
	out.findings = counts.result()
	return out, nil
}

// The limits of one execution of all tests, which takes some 50 ms.
const (
	defaultWall = 5 * time.Second
	// idleLimit is how long a program may wait without any timer set before it
	// is asked what for. (The Go run-time's own "all goroutines are asleep" does
	// not work with cgo, which the race detector needs.)
	idleLimit = 300 * time.Millisecond
	// lockIdleLimit leaves go-deadlock time to report, after a second.
	lockIdleLimit = 1500 * time.Millisecond
	// outputKept is how much is kept of what it prints, in bytes.
	outputKept = 256 << 10
)

func (c *check) limits(ws *stage.Workspace, mode wire.Mode) sandbox.Limits {
	limits := sandbox.Limits{Wall: time.Duration(c.exercise.Limits.Run), Output: outputKept}
	if limits.Wall == 0 {
		limits.Wall = defaultWall
	}
	if ws.Timers { // who waits for one looks stuck, so let the machine be no reason to look
		limits.Own, limits.Wall = limits.Wall, 0
	} else {
		limits.Idle = map[wire.Mode]time.Duration{wire.Race: idleLimit, wire.Lock: lockIdleLimit}[mode]
	}
	return limits
}

// executeFairly runs the binary once. One that reaches a limit without being
// deadlocked may just sleep, or be on a machine that has no time for it: it gets
// another chance, with twice the time, of its own and not of the machine's, and
// all the idleness it wants.
func (c *check) executeFairly(ctx context.Context, ws *stage.Workspace, binary string, mode wire.Mode, with setting) (execution, error) {
	limits := c.limits(ws, mode)
	ex, err := execute(ctx, ws, binary, mode, with, limits)
	stopped := ex.Exit.TimedOut || ex.Exit.Idled || ex.Exit.Code == wire.ExitStuck
	if err != nil || !stopped || slices.ContainsFunc(diagnose(ex, ws).findings, isDeadlock) {
		return ex, err
	}
	c.progress("the tests did not end; trying again with more time")
	limits.Own, limits.Wall, limits.Idle = 2*max(limits.Wall, limits.Own), 0, 0
	return execute(ctx, ws, binary, mode, with, limits)
}
