package explored

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/contract"
	"racelab/checker/detect/interleave"
	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// stepsPerScenario is what a scenario of a contract may cost. There are many, and each is
// small: stepsPerContract is for all of one sort, and takes some seconds, too.
const (
	stepsPerScenario = 100_000
	stepsPerContract = stepsPerTest
)

// mostOvertaken are in how many schedules of a scenario a goroutine is slow, where
// timers could overtake one: of one goroutine, which has few moments, and of several.
var mostOvertaken = [...]int{16, 4}

// contractTest begins the name of a scenario where a test is named.
const contractTest = "Contract/"

// badAnswer is a scenario in which a call ended as it never does with the reference.
const badAnswer explore.SymptomKind = "bad answer"

// terms asks the program for its contract.
func (e *session) terms(ctx context.Context) (wire.Terms, error) {
	ran, err := explore.One(ctx, e.runner, wire.Job{Chooser: wire.Stay, Scenario: wire.ListTerms})
	if err != nil {
		return wire.Terms{}, err
	}
	for _, ev := range ran.Events {
		if ev.Terms != nil {
			return *ev.Terms, nil
		}
	}
	return wire.Terms{}, fmt.Errorf("the contract of %s cannot be read: %s %s", e.Exercise.ID, ran.Ending.End, ran.Stderr)
}

// specify runs the reference solution in every scenario of its contract, one call
// after the other.
func (e *session) specify(ctx context.Context) (*contract.Book, error) {
	terms, err := e.terms(ctx)
	if err != nil {
		return nil, err
	}
	return contract.Specify(terms, func(tries []contract.Try) ([]wire.History, error) {
		var jobs []wire.Job
		for _, t := range tries {
			jobs = append(jobs, wire.Job{Chooser: wire.Stay, Scenario: t.Scenario.String(), Sequential: true, Order: t.Order})
		}
		all, err := explore.All(ctx, e.runner, jobs)
		if err != nil {
			return nil, err
		}
		var histories []wire.History
		for _, ran := range all {
			switch {
			case tooLong(ran):
				histories = append(histories, wire.History{})
				continue
			case ran.Ending.History == nil:
				return nil, fmt.Errorf("the reference solution ends scenario %s with %s: %s", ran.Job.Scenario, ran.Ending.End, ran.Stderr)
			}
			histories = append(histories, *ran.Ending.History)
		}
		return histories, nil
	})
}

// scenarios explores the scenarios of the contract: those of one goroutine, then
// those of several, each until one fails, which is among the smallest then. Those that
// were cut short, though no time has to pass in them, are tried again with more steps:
// such a call may never return.
func (e *session) scenarios(ctx context.Context, out *evidence.Shown) error {
	var cut []contract.Spec
	for i, specs := range [][]contract.Spec{e.Want.Contract.Sequential, e.Want.Contract.Concurrent} {
		var tasks []explore.Task
		shared := &explore.Shared{Steps: stepsPerContract}
		for _, spec := range specs {
			task := e.task(spec, mostOvertaken[i])
			if i == 0 {
				task.Test.Limit = circleSteps - 1 // a call may make many others, which is no circle
			}
			task.Options.Shared = shared
			tasks = append(tasks, task)
		}
		outcomes, err := explore.UntilFailure(ctx, e.runner, tasks)
		if err != nil {
			return err
		}
		for n, found := range outcomes {
			out.Run.Scenarios++
			e.addScenario(out, specs[n], found)
			if cutShort(found.Coverage) {
				out.Run.ScenariosCut++
				if specs[n].Prompt() {
					cut = append(cut, specs[n])
				}
			}
		}
		if e.First && len(out.Findings) > 0 {
			return nil
		}
	}
	err := e.longScenarios(ctx, out, cut)
	if len(out.Findings) == 0 {
		out.Doubt = cmp.Or(out.Doubt, mostlyUnknown(out.Run))
	}
	return err
}

func (e *session) task(spec contract.Spec, overtaken int) explore.Task {
	few := explore.GlanceBudget{Few: spec.Budget, Preempted: spec.Preempted, Slow: spec.Slow, Stopped: spec.Stopped, Overtaken: overtaken}
	if many := contract.InOrders; spec.OneCall() {
		few.Grown = &explore.GlanceBudget{Few: many.Budget, Preempted: many.Preempted, Slow: many.Slow, Overtaken: overtaken}
		few.Short = contract.ShortSteps
	}
	o := explore.Options{
		Budget:   explore.Budget{Steps: stepsPerScenario, Time: timePerTest},
		Strategy: explore.NewGlance(few, 0),
		Failures: 1,
		Symptoms: func(r explore.Ran) []explore.Symptom { return e.scenarioSymptoms(spec, r) },
	}
	if e.First {
		o.Minimise = justReplay
	}
	return explore.Task{Test: explore.TestID{Name: e.nameOf(spec), Scenario: spec.Scenario}, Options: o}
}

// addScenario takes in what one scenario showed.
func (e *session) addScenario(out *evidence.Shown, spec contract.Spec, found explore.Outcome) {
	e.spec = &spec
	defer func() { e.spec = nil }()
	out.Run.ScenarioSchedules += found.Coverage.Schedules
	out.Run.Failing += found.Failing
	for _, f := range found.Failures {
		if doubt := e.doubtOf(e.nameOf(spec), f); doubt != (finding.Doubt{}) {
			out.Doubt = cmp.Or(out.Doubt, doubt)
			continue
		}
		out.Findings = append(out.Findings, e.findings(e.nameOf(spec), f, found.Coverage.Schedules)...)
	}
}

// nameOf is what a scenario is called where a test is named.
func (e *session) nameOf(spec contract.Spec) string {
	return contractTest + e.Want.Contract.Name(spec)
}

// scenarioSymptoms tells what is wrong with a schedule of a scenario. Whether a call
// may block for ever is the reference's to say; what is made before the calls may not.
func (e *session) scenarioSymptoms(spec contract.Spec, r explore.Ran) []explore.Symptom {
	if tooLong(r) && !circles(r) { // it polls, or has much to do: how that ends is not known
		return slices.DeleteFunc(e.testSymptoms("", r), func(s explore.Symptom) bool { return s.Kind != explore.Race })
	}
	answer, ok := contract.Breach{}, true
	hangsBefore := !begun(r.Ending.History)
	if !hangsBefore {
		if out, found := spec.Outstanding(*r.Ending.History); found && !explore.Overtakes(r.Trace) {
			return []explore.Symptom{{Kind: badAnswer, Defect: out}}
		}
	}
	if r.Ending.History != nil && r.Ending.End != wire.Crashed && !hangsBefore {
		answer, ok = spec.Judge(*r.Ending.History)
		if answer.Kind == finding.HeldUp && explore.Overtakes(r.Trace) {
			ok = true // a goroutine was slow, and the call is not to blame
		}
	}
	var all []explore.Symptom
	for _, s := range e.testSymptoms("", r) {
		switch s.Kind {
		case explore.Deadlock:
			if hangsBefore {
				all = append(all, s)
			}
		case tooLate:
		case explore.Leak:
			if ok && !blocked(r.Ending.History) {
				all = append(all, s)
			}
		default:
			all = append(all, s)
		}
	}
	if !ok {
		all = append(all, explore.Symptom{Kind: badAnswer, Defect: answer})
	}
	return all
}

// begun reports whether any call was made. If not, the objects of the scenario are not
// ready: what makes them has not returned.
func begun(h *wire.History) bool {
	return h != nil && slices.ContainsFunc(h.Calls, func(c wire.CallRecord) bool { return c.Began > 0 })
}

func blocked(h *wire.History) bool {
	return h != nil && slices.ContainsFunc(h.Calls, func(c wire.CallRecord) bool { return c.Ended == 0 })
}

// showScenario adds to findings which calls were made, and what came back, and what races in
// the same schedule.
func (e *session) showScenario(found []finding.Finding, f explore.Failure) {
	if e.spec == nil {
		return
	}
	h := f.Minimal.Ending.History
	if h == nil { // its process has died
		h = e.spec.Asked()
	}
	blame := -1
	if answer, ok := f.Symptom.Defect.(contract.Breach); ok {
		blame = answer.Call
	}
	for i := range found {
		found[i].Evidence.Scenario = e.Want.Contract.Show(*e.spec, *h, blame)
		found[i].Evidence.Tests = nil
		for _, race := range e.raceFindings(f.Minimal) {
			found[i].Evidence.Races = append(found[i].Evidence.Races, race.Identity())
		}
	}
}

// specOf returns the scenario that a test of a schedule is, nil if it is none.
func (x Explorer) specOf(test string) *contract.Spec {
	name, ok := strings.CutPrefix(test, contractTest)
	if !ok || x.Want == nil || x.Want.Contract == nil {
		return nil
	}
	if s, ok := x.Want.Contract.Find(name); ok {
		return &s
	}
	return nil
}

// badAnswers is the finding of a call that ended as it never does with the
// reference.
func (e *session) badAnswers(f explore.Failure) []finding.Finding {
	h, answer := *f.Minimal.Ending.History, f.Symptom.Defect.(contract.Breach)
	out := finding.Finding{
		Kind: finding.WrongResult, Detector: finding.Contract, Severity: finding.Error,
		Fact:     finding.Fact{Answer: e.Want.Contract.Answer(*e.spec, h, answer)},
		Location: finding.Location{File: e.Exercise.Files[0]},
	}
	switch answer.Kind {
	case finding.HeldUp:
		out.Kind = finding.LostConcurrency
	case finding.NoReturn, finding.Woken:
		if tooLong(f.Minimal) {
			out.Kind = finding.Timeout
			break
		}
		out.Kind = finding.Deadlock
		out.Related = e.whoWaits(f.Minimal, answer.Kind == finding.Woken)
	}
	return []finding.Finding{out}
}

// whoWaits is where the goroutines wait at the end of a schedule, and for whom; or where
// they did before the last calls woke them.
func (e *session) whoWaits(r explore.Ran, woken bool) []finding.Related {
	end := r.Ending
	end.End, end.Over = wire.Stuck, false
	record := interleave.Read(r.Events, end)
	if woken {
		record.Waits = record.Waited
	}
	for _, f := range record.Findings(e.namer.Names(record), e.Program.Sources) {
		return f.Related
	}
	return nil
}
