package native

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"racelab/checker/detect/gostack"
	"racelab/checker/detect/leak"
	"racelab/checker/detect/lockorder"
	"racelab/checker/detect/tsan"
	"racelab/checker/evidence"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
)

// A diagnosis is what one execution means.
type diagnosis struct {
	findings []finding.Finding
	doubt    finding.Doubt // why nothing can be concluded from it
	slow     int           // its share of enough
}

// enough bounds the time for a program that fails slowly: one execution that
// reached its limit, or three that were idle or leaked. Then the rest of the
// executions is left out.
const enough = 3

// slowness is the share of enough that an execution takes which showed something.
// An execution that shows nothing has none: a pass needs all of them.
func slowness(ex execution) int {
	switch {
	case ex.Exit.Idled:
		return 1
	case ex.Exit.TimedOut, ex.Exit.Flooded, ex.Exit.Hungry, ex.Exit.Code == wire.ExitStuck:
		return enough
	case ex.Exit.Wall > time.Second: // goleak waits before it reports; a stack overflows after a while
		return 1
	}
	return 0
}

// diagnose interprets all that an execution left behind. When it was not clean and
// no detector says why, the way in which the process ended has to.
func diagnose(ex execution, p *program.Program) diagnosis {
	src := p.Sources
	src.Timed = p.Timed
	d := diagnosis{}
	d.findings = slices.Concat(ex.Log.Findings(src), leaks(ex, src))
	if ex.Mode == wire.Race {
		d.addRaces(ex, src)
		d.findings = append(d.findings, hang(ex, src)...)
	} else {
		d.findings = slices.Concat(d.findings, locks(ex, src))
	}
	if !ex.Log.Done && ex.Log.Hang == "" {
		d.addCrash(ex, src)
	}
	if !clean(ex, p) && d.doubt == (finding.Doubt{}) && !slices.ContainsFunc(d.findings, accountsForTheEnd) {
		d.explainEnd(ex)
	}
	if len(d.findings) > 0 {
		d.slow = slowness(ex)
	}
	return d
}

// accountsForTheEnd reports whether a program in which f was found may well end
// as something else than clean. A potential deadlock ends nothing.
func accountsForTheEnd(f finding.Finding) bool {
	return f.Kind != finding.LockOrder && f.Kind != finding.RecursiveLock
}

// clean reports whether the execution ended as a pass needs it: by itself, with a
// genuine and complete record. What it says of races, leaks and locks is not
// looked at.
func clean(ex execution, p *program.Program) bool {
	ended := ex.Exit.Code == 0 && !ex.Exit.TimedOut && !ex.Exit.Idled && !ex.Exit.Flooded && !ex.Exit.Hungry
	return ended && (ex.Written || !ex.Forged && ex.Log.Complete(p.Tests, ex.Mode == wire.Lock))
}

// addRaces interprets the race log, in which the detector may also have written
// that it failed.
func (d *diagnosis) addRaces(ex execution, src finding.Sources) {
	reports, err := tsan.Parse(bytes.NewReader(ex.RaceLog))
	if err != nil {
		d.doubt = finding.Doubtf(finding.DoubtTampering, "the race log cannot be read: %v", err)
		return
	}
	d.findings = slices.Concat(tsan.Findings(reports, src), d.findings)
	if faults := tsan.Faults(reports); len(faults) > 0 {
		d.doubt = finding.Doubtf(finding.DoubtBudget, "the race detector failed: %s", faults[0])
	}
}

func leaks(ex execution, src finding.Sources) []finding.Finding {
	var out []finding.Finding
	for _, t := range ex.Log.Results {
		if t.Leak == "" {
			continue
		}
		goroutines, err := leak.Parse(strings.NewReader(t.Leak))
		if err != nil {
			continue
		}
		for _, f := range leak.Findings(goroutines, src) {
			f.Evidence.Tests = []string{t.Name}
			out = append(out, f)
		}
	}
	return out
}

// hang interprets the goroutines of an execution that did not end by itself.
func hang(ex execution, src finding.Sources) []finding.Finding {
	if ex.Log.Hang == "" {
		return nil
	}
	dump, err := gostack.Parse(strings.NewReader(ex.Log.Hang))
	if err != nil {
		return nil
	}
	dump.Reason = gostack.Quit
	return during(ex, gostack.Diagnose(dump, src))
}

// locks interprets go-deadlock's reports. A lock that was waited for longer than
// go-deadlock's time-out is a deadlock only if the goroutine dump shows one, and
// then it is reported once.
func locks(ex execution, src finding.Sources) []finding.Finding {
	reports, err := lockorder.Parse(strings.NewReader(strings.Join(ex.Log.Reports, "\n")))
	if err != nil {
		return nil
	}
	var found []finding.Finding
	for _, r := range lockorder.Correct(reports, calls(ex)) {
		found = append(found, lockFindings(r, ex, src)...)
	}
	stuck := hang(ex, src)
	switch {
	case !slices.ContainsFunc(stuck, evidence.IsDeadlock):
		found = slices.DeleteFunc(found, evidence.IsDeadlock)
		if !ex.Exit.TimedOut && !ex.Exit.Idled {
			return found // go-deadlock's time-out was reached, ours was not
		}
	case slices.ContainsFunc(found, evidence.IsDeadlock):
		return found
	}
	return append(found, stuck...)
}

// lockFindings turns one report into findings. A goroutine that locks a mutex which
// it holds waits for ever, unless another goroutine unlocks it. When the program
// ended, one did: then it is a warning. A second read lock is an error all the
// same, because it hangs as soon as a writer comes between.
func lockFindings(r lockorder.Report, ex execution, src finding.Sources) []finding.Finding {
	found := lockorder.Findings([]lockorder.Report{r}, src)
	if r.Kind == finding.RecursiveLock && ex.Log.Done && !slices.ContainsFunc(r.Takes, lockorder.Take.Reads) {
		for i := range found {
			found[i].Severity = finding.Warning
		}
	}
	return found
}

func calls(ex execution) []lockorder.Call {
	var out []lockorder.Call
	for _, e := range ex.Log.Calls {
		call := lockorder.Call{Lock: e.Lock, Goroutine: e.Goroutine}
		for _, f := range e.Stack {
			call.Frames = append(call.Frames, lockorder.CallFrame(f))
		}
		out = append(out, call)
	}
	return out
}

// addCrash interprets what the Go run-time printed: a panic or a fatal error.
func (d *diagnosis) addCrash(ex execution, src finding.Sources) {
	dump, err := gostack.Parse(bytes.NewReader(ex.Exit.Stderr))
	if err != nil {
		return
	}
	for _, f := range during(ex, gostack.Diagnose(dump, src)) {
		if f.Location.File == "" && len(f.Related) > 0 {
			f.Location = f.Related[0].Location
		}
		if f.Location.File == "" && crashedInOurs(dump) {
			d.doubt = cmp.Or(d.doubt, finding.Doubtf(finding.DoubtMachine, "racelab's own run-time crashed: %s", dump.Message))
			continue
		}
		d.findings = append(d.findings, f)
	}
}

// crashedInOurs looks at the innermost frame that is not the Go run-time's. In any
// other package outside the exercise, the exercise has passed in what crashes: a nil
// function to WaitGroup.Go, or wg.Done to time.AfterFunc.
func crashedInOurs(dump gostack.Dump) bool {
	if len(dump.Goroutines) == 0 {
		return false
	}
	for _, frame := range dump.Goroutines[0].Stack {
		if frame.Function == "panic" || strings.HasPrefix(frame.Function, "runtime.") {
			continue
		}
		return gostack.IsHarness(frame.Function)
	}
	return false
}

// during notes which test was running.
func during(ex execution, findings []finding.Finding) []finding.Finding {
	if test := ex.Log.Running(); test != "" {
		for i := range findings {
			findings[i].Evidence.Tests = []string{test}
		}
	}
	return findings
}

// explainEnd is for an execution that was not clean and in which no detector saw
// anything.
func (d *diagnosis) explainEnd(ex execution) {
	add := func(f finding.Finding) { d.findings = append(d.findings, f) }
	switch {
	case ex.Forged:
		add(evidence.Forged(ex.Exit.Stderr))
	case ex.Exit.Hungry:
		add(evidence.TooMuchMemory(mostMemory, ex.Exit.Stderr))
	case ex.Exit.Flooded:
		add(evidence.NoEnd(finding.NoEnd{Test: ex.Log.Running(), Prints: true}, ex.Exit.Stderr))
	case ex.Exit.TimedOut, ex.Exit.Idled:
		add(evidence.NoEnd(finding.NoEnd{Test: ex.Log.Running()}, ex.Exit.Stderr))
	case ex.Exit.Code == wire.ExitFault:
		d.doubt = finding.Doubtf(finding.DoubtMachine, "racelab's run-time could not work: %s", evidence.Tail(ex.Exit.Stderr))
	case ex.Exit.Code == wire.ExitStuck:
		d.doubt = finding.Doubtf(finding.DoubtMachine, "a lock was not free for some seconds, but nothing shows a deadlock; the machine may be too busy")
	case ex.Exit.Signal != 0:
		d.doubt = finding.Doubtf(finding.DoubtMachine, "the tests were ended from outside (%v); the machine may be out of memory", ex.Exit.Signal)
	case ex.Exit.Code == program.RaceExit:
		d.doubt = finding.Doubtf(finding.DoubtTampering, "the race detector's exit status came without a report")
	default:
		add(evidence.EndedItself(ex.Log.Running(), ex.Exit.Code, ex.Exit.Stderr))
	}
}
