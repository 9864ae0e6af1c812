// Package native runs the tests of a program as Go runs them, many times: under
// the race detector, and with go-deadlock's locks. It says what the executions
// mean.
package native

import (
	"cmp"
	"context"
	"slices"
	"time"

	"racelab/checker/evidence"
	"racelab/checker/finding"
	"racelab/checker/instrument"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
	"racelab/checker/sandbox"
)

// A setting is the circumstances of one execution.
type setting struct {
	procs   int  // GOMAXPROCS
	waits   bool // random waits at locks and atomics, where another goroutine may come between
	patient bool // go-deadlock waits longer before it reports
}

// One run is no verdict: a run shows a data race about half of the time, and a
// lock that is released between check and act hardly ever. Exploring does not
// leave that to luck. These executions see what the scheduler does not control:
// the real clock, and goroutines that really run at the same time.
var (
	raceSettings = []setting{
		{procs: 1},
		{procs: 2, waits: true},
		{procs: 4},
		{procs: 8, waits: true},
	}
	lockSettings = []setting{{procs: 4}, {procs: 1}}
)

// A Tester runs the tests of one program.
type Tester struct {
	Sandbox  sandbox.Runner
	Program  *program.Program
	Wall     time.Duration // for one execution of all tests; 0: the default
	First    bool          // Race ends at the first execution that shows something
	Progress func(string)  // told, in a few words, what takes long just now

	stuck   bool // the tests are known to deadlock
	written bool // Program was built as it was written
}

// Race runs the tests under the race detector, again and again.
func (t Tester) Race(ctx context.Context) (evidence.Shown, error) {
	return t.runAll(ctx, wire.Race, raceSettings, t.First)
}

// AsWritten runs a program under the race detector in which there is nothing of racelab's:
// one that does right only where it notices that it is looked at does wrong here.
func (t Tester) AsWritten(ctx context.Context) (evidence.Shown, error) {
	t.written = true
	return t.runAll(ctx, wire.Race, raceSettings, false)
}

// Lock runs the tests with go-deadlock's locks. That they are silent about data
// races there means nothing: its bookkeeping hides them. It also takes time: when
// the tests end in mode race and not here, that is no error, and no pass either. When
// they did not end there, they are not run: nobody waits twice for that. When they
// deadlocked there they will again, so idleness tells that here, too.
func (t Tester) Lock(ctx context.Context, race evidence.Shown) (evidence.Shown, error) {
	settings := lockSettings
	if slices.ContainsFunc(race.Findings, func(f finding.Finding) bool { return f.Kind == finding.Timeout }) {
		settings = nil
	}
	t.stuck = slices.ContainsFunc(race.Findings, evidence.IsDeadlock)
	out, err := t.runAll(ctx, wire.Lock, settings, false)
	out.Run.Planned = len(lockSettings)
	out.Findings = slices.DeleteFunc(out.Findings, func(f finding.Finding) bool {
		if f.Kind != finding.Timeout {
			return false
		}
		out.Doubt = cmp.Or(out.Doubt, finding.Doubtf(finding.DoubtBudget, "with go-deadlock's locks the tests did not end in time"))
		return true
	})
	return out, err
}

func (t Tester) runAll(ctx context.Context, mode wire.Mode, settings []setting, first bool) (evidence.Shown, error) {
	named := finding.Mode(mode)
	if t.written {
		named = finding.WrittenMode
	}
	out := evidence.Shown{Observed: evidence.Observations{}, Run: finding.Run{Mode: named, Tests: len(t.Program.Tests), Planned: len(settings)}}
	counts := evidence.Tally{Mode: named}
	patience := enough
	for _, with := range settings {
		ex, err := t.executeFairly(ctx, mode, with)
		if err != nil {
			return out, err
		}
		d := diagnose(ex, t.Program)
		counts.Add(d.findings)
		note(&out, ex, d, with)
		if first && len(d.findings) > 0 {
			break
		}
		if patience -= d.slow; patience <= 0 {
			break // another execution would take as long and show the same
		}
	}
	slices.Sort(out.Run.Procs)
	out.Findings = counts.Findings()
	return out, nil
}

// note takes in what one execution showed, but for its findings.
func note(out *evidence.Shown, ex execution, d diagnosis, with setting) {
	out.Doubt = cmp.Or(out.Doubt, d.doubt)
	out.Run.Executions++
	if len(d.findings) > 0 {
		out.Run.Failing++
	}
	if with.waits && !ex.Written {
		out.Run.Delayed++
	}
	if !slices.Contains(out.Run.Procs, with.procs) {
		out.Run.Procs = append(out.Run.Procs, with.procs)
	}
	out.Ended = out.Ended || ex.Log.Done
	out.Observed.Add(ex.Log.Results)
}

// The limits of one execution of all tests, which takes up to 400 ms.
const (
	defaultOwn = 3 * time.Second
	// outlives is for each test of a program that sleeps: its goroutines may have half a
	// second, and are waited for.
	outlives = 500 * time.Millisecond
	// testsOwn is that of a program whose tests may sleep, timersOwn of one that may do
	// so itself.
	testsOwn  = 5 * time.Second
	timersOwn = 10 * time.Second
	// idleLimit is how long all goroutines of a program that sets no timer may
	// wait before a dump of them is taken. (The Go run-time's own "all goroutines
	// are asleep" does not work with cgo, which the race detector needs.)
	idleLimit = 300 * time.Millisecond
	// mostMemory is some ten times what the tests of a right fix take. It is looked at now and
	// then.
	mostMemory = 1 << 30
	// lockIdleLimit leaves go-deadlock time to report, after a second.
	lockIdleLimit = 1500 * time.Millisecond
)

// limits are in the process's own time: a slow machine must not tell.
func (t Tester) limits(mode wire.Mode) sandbox.Limits {
	own := defaultOwn
	if len(t.Program.Timed) > 0 || slices.ContainsFunc(t.Program.Written, instrument.Sleeps) {
		own += time.Duration(len(t.Program.Tests)) * outlives
	}
	limits := sandbox.Limits{Output: program.OutputKept, Memory: mostMemory}
	switch {
	case t.stuck:
		limits.Idle = lockIdleLimit
	case len(t.Program.Timed) > 0:
		own = max(own, timersOwn)
	case t.Program.Timers: // a goroutine that waits for a timer looks stuck
		own = max(own, testsOwn)
	case mode == wire.Race:
		limits.Idle = idleLimit
	case mode == wire.Lock:
		limits.Idle = lockIdleLimit
	}
	limits.Own = cmp.Or(t.Wall, own)
	return limits
}

// executeFairly runs the program once. One that was idle and is not deadlocked may sleep:
// it is run again, and may be idle. So is one in which a lock was not free for long.
func (t Tester) executeFairly(ctx context.Context, mode wire.Mode, with setting) (execution, error) {
	limits := t.limits(mode)
	ex, err := t.execute(ctx, mode, with, limits)
	stopped := ex.Exit.Idled || ex.Exit.Code == wire.ExitStuck && !ex.Exit.TimedOut
	if err != nil || !stopped || slices.ContainsFunc(diagnose(ex, t.Program).findings, evidence.IsDeadlock) {
		return ex, err
	}
	t.Progress("the tests did not end; trying again with more time")
	limits.Idle, with.patient = 0, true
	return t.execute(ctx, mode, with, limits)
}
