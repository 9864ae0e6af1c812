package explored

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"racelab/checker/detect/gostack"
	"racelab/checker/detect/interleave"
	"racelab/checker/detect/testevent"
	"racelab/checker/detect/tsan"
	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/worker"
)

// findings says what a failing schedule means. A schedule may show several
// defects; each symptom has a schedule of its own.
func (e *session) findings(test string, f explore.Failure, schedules int) []finding.Finding {
	found := e.ofSymptom(test, f)
	_, preemptions := explore.PicksOf(f.Minimal.Trace)
	f.Schedule.Racing = e.Program.Racing
	for i := range found {
		found[i].Evidence.Mode = finding.ExploreMode
		nameTest(&found[i], test)
		found[i].Evidence.Seen, found[i].Evidence.Runs = f.Share, schedules
		found[i].Evidence.SchedulesRun = f.Number
		found[i].Evidence.Strategy = strategies[f.Found.Job.Chooser]
		if f.Minimal.Answered() && !tooLong(f.Minimal) { // else there is no end to be shown
			found[i].Evidence.Schedule = f.Schedule.String()
			found[i].Evidence.Preemptions = &preemptions
			if e.Trace {
				in := e.interleaving(test, f.Minimal)
				markLast(&in, found[i].Fact)
				found[i].Evidence.Trace = &in
			}
		}
	}
	e.showScenario(found, f)
	e.showOrigin(found, f.Minimal)
	for i := range found {
		if in := found[i].Evidence.Trace; in != nil {
			e.explain(in, found[i:i+1], f.Minimal)
		}
	}
	return found
}

// showOrigin adds what the findings of a schedule come of that say nothing of it themselves:
// wrong results, crashes, and data races in what the learner's code calls.
func (e *session) showOrigin(found []finding.Finding, r explore.Ran) {
	record := interleave.Read(r.Events, r.Ending)
	for i, f := range found {
		if f.Kind == finding.WrongResult || f.Kind == finding.Panic || f.Kind == finding.DataRace && evidence.InTests(f, e.isLearners) {
			found[i].Origin = record.Origin(f.Kind == finding.WrongResult, e.namer.Names(record), e.Program.Sources)
		}
	}
}

// explain marks the steps of an interleaving that its findings come of.
func (e *session) explain(in *finding.Interleaving, found []finding.Finding, r explore.Ran) {
	record := interleave.Read(r.Events, r.Ending)
	for _, f := range found {
		for _, i := range record.Explaining(f, e.namer.Names(record), e.Program.Sources) {
			in.Steps[i].Explains = true
		}
	}
}

func (e *session) isLearners(l finding.Location) bool { return e.Program.Sources.IsEditable(l.File) }

// nameTest says which test showed f. Of another outcome it is known which of the
// subtests.
func nameTest(f *finding.Finding, test string) {
	if f.Detector != finding.Reference {
		f.Evidence.Tests = []string{test}
	}
}

// strategies are the names of those that found a schedule.
var strategies = map[wire.Chooser]finding.Strategy{
	wire.Stay: finding.Exhaustive, wire.Slow: finding.Delay, wire.PCT: finding.PCT, wire.POS: finding.POS, wire.Random: finding.Random,
}

// ofSymptom returns those of the findings of a schedule that belong to the symptom.
func (e *session) ofSymptom(test string, f explore.Failure) []finding.Finding {
	switch f.Symptom.Kind {
	case explore.Race:
		return slices.DeleteFunc(e.raceFindings(f.Minimal), func(r finding.Finding) bool { return raceSymptom(r) != f.Symptom })
	case explore.Failed:
		return testevent.Collect(f.Minimal.Events).Findings(e.Program.Sources)
	case badAnswer:
		return e.badAnswers(f)
	case otherOutcome:
		return e.otherOutcomes(test, f.Minimal)
	case explore.Lost:
		return e.death(test, f.Minimal)
	case explore.Deadlock, explore.Leak, explore.Crash, tooLate:
		record := interleave.Read(f.Minimal.Events, f.Minimal.Ending)
		return record.Findings(e.namer.Names(record), e.Program.Sources)
	case explore.Forgery:
		return []finding.Finding{evidence.Forged(nil)}
	case explore.Hang, explore.Memory:
		return nil // see doubtOf
	default: // else a schedule that fails would pass in silence
		panic(fmt.Sprintf("no finding belongs to symptom %q", f.Symptom.Kind))
	}
}

// death says why a process ended in the middle of a schedule: what it printed
// tells of a crash, or else it ended itself.
func (e *session) death(test string, r explore.Ran) []finding.Finding {
	dump, err := gostack.Parse(strings.NewReader(r.Stderr))
	if found := gostack.Diagnose(dump, e.Program.Sources); err == nil && len(found) > 0 {
		return found
	}
	return []finding.Finding{evidence.EndedItself(test, r.Code, []byte(r.Stderr))}
}

// doubtOf says why a failure is no finding, if it is none.
func (e *session) doubtOf(test string, f explore.Failure) finding.Doubt {
	switch {
	case f.Symptom == (explore.Symptom{Kind: explore.Race}):
		return finding.Doubtf(finding.DoubtTampering, "a report of the race detector in a schedule of %s cannot be read", test)
	case f.Symptom.Kind == explore.Hang && e.waitsOutside(f.Found) != "":
		return finding.Doubtf(finding.DoubtUndetermined, "in a schedule of %s a goroutine waited for %s, which no schedule decides", test, e.waitsOutside(f.Found))
	case f.Symptom.Kind == explore.Hang:
		return finding.Doubtf(finding.DoubtBudget, "in a schedule of %s a goroutine ran or waited for long without reaching a yield point, so that no other goroutine could run%s",
			test, e.busyAt(f.Found))
	case f.Symptom.Kind == explore.Memory:
		return finding.Doubtf(finding.DoubtBudget, "a schedule of %s took more than %d MiB of memory", test, cmp.Or(e.Limits.Memory, worker.DefaultMemory)>>20)
	case f.Symptom.Kind == explore.Lost && f.Found.Code < 0:
		return finding.Doubtf(finding.DoubtMachine, "while %s was explored its process was ended from outside; the machine may be out of memory", test)
	case !f.Reproduced:
		return finding.Doubtf(finding.DoubtUndetermined, "%s failed in one schedule and not when the same schedule was run again%s", test, e.undecided(f.Found))
	}
	return finding.Doubt{}
}

// busyAt is where the goroutine ran.
func (e *session) busyAt(r explore.Ran) string {
	for _, g := range dumped(r) {
		if at, ok := e.Program.Sources.Place(g.Stack); ok && gostack.WaitOf(g.State).Verb == finding.Runs {
			return fmt.Sprintf(" (%s:%d)", at.File, at.Line)
		}
	}
	return ""
}

// dumped are the goroutines of a schedule that hung.
func dumped(r explore.Ran) []gostack.Goroutine {
	for _, ev := range r.Events {
		if ev.Event != wire.Hang {
			continue
		}
		if dump, err := gostack.Parse(strings.NewReader(ev.Text)); err == nil {
			return dump.Goroutines
		}
	}
	return nil
}

// otherOutcomes compares what a schedule observed with the reference.
func (e *session) otherOutcomes(test string, r explore.Ran) []finding.Finding {
	got := evidence.Observations{}
	got.Add(testevent.Collect(r.Events).Results)
	found := e.Want.Observed.Compare(got, 1)
	if len(found) == 0 { // natively the reference did not even show what can be compared
		found = []finding.Finding{evidence.OtherOutcome(test)}
	}
	return found
}

// lostConcurrency compares how long the test takes on the virtual clock: its
// fastest schedule with the reference's slowest one.
func (e *session) lostConcurrency(test string, found explore.Outcome) []finding.Finding {
	factor := e.Exercise.Concurrency.Factor
	if e.Want == nil || factor == 0 || found.Failing > 0 {
		return nil
	}
	limit, took := time.Duration(factor*float64(e.Want.Slowest[test])), found.Fastest.Virtual
	if limit == 0 || took <= limit {
		return nil
	}
	return []finding.Finding{{
		Kind: finding.LostConcurrency, Detector: finding.Scheduler, Severity: finding.Error,
		Fact:     finding.Fact{Slower: &finding.Slower{Test: test, Took: took, Reference: e.Want.Slowest[test]}},
		Location: finding.Location{File: e.Exercise.Files[0]},
		Evidence: finding.Evidence{
			Mode: finding.ExploreMode, Tests: []string{test},
			Seen: found.Coverage.Schedules, Runs: found.Coverage.Schedules, SchedulesRun: found.Coverage.Schedules,
		},
	}}
}

// interleaving is the order of events in a schedule that was run in detail. The
// places of races come from the race detector, the preemptions from the trace.
func (e *session) interleaving(test string, r explore.Ran) finding.Interleaving {
	record := interleave.Read(r.Events, r.Ending)
	in := record.Interleaving(test, e.namer.Names(record), e.Program.Sources)
	e.namer.NameAccesses(record, in.Steps)
	reports, _ := tsan.Parse(strings.NewReader(strings.Join(r.Races, "")))
	interrupted := explore.Preemptions(r.Trace)
	for i := range in.Steps {
		s := &in.Steps[i]
		s.Preempts = slices.Contains(interrupted, s.Number)
		if s.Op != finding.OpRace || len(reports) == 0 {
			continue
		}
		if accesses := reports[0].Accesses; len(accesses) > 0 {
			s.Location, _ = e.Program.Sources.Place(accesses[0].Stack)
			s.Fault = &finding.Fault{Kind: finding.FaultRace, Conflict: reports[0].Conflict(e.Program.Sources)}
		}
		reports = reports[1:]
	}
	e.markAccesses(&in, r.Races)
	return in
}

// markLast marks the last step of an interleaving in which no step is marked: then
// the result is wrong, and no single step.
func markLast(in *finding.Interleaving, came finding.Fact) {
	if len(in.Steps) == 0 || slices.ContainsFunc(in.Steps, func(s finding.Step) bool { return s.Wrong }) {
		return
	}
	last := &in.Steps[len(in.Steps)-1]
	last.Wrong, last.Fault = true, &finding.Fault{Kind: finding.FaultFact, Fact: &came}
}
