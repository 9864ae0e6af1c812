package gradebook

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// codeFlow is the interleaving that shows a finding: a thread flow for each goroutine that
// does something, and each step with its place in the order of all.
func codeFlow(exercise string, f finding.Finding) *sarif.CodeFlow {
	in := *f.Evidence.Trace
	flow := sarif.NewCodeFlow()
	flows := map[finding.GoroutineName]*sarif.ThreadFlow{}
	of := func(name finding.GoroutineName) *sarif.ThreadFlow {
		if flows[name] == nil {
			flows[name] = sarif.NewThreadFlow().WithID(string(name)).WithMessage(sarifText(laneWords(name, in, f.Evidence.Scenario != nil)))
			flow.AddThreadFlow(flows[name])
		}
		return flows[name]
	}
	for i, s := range in.Steps {
		of(s.Goroutine).AddLocation(flowStep(exercise, s).WithExecutionOrder(i + 1))
	}
	for i, w := range in.Left {
		of(w.Goroutine).AddLocation(flowEnd(exercise, w).WithExecutionOrder(len(in.Steps) + i + 1))
	}
	return flow
}

// laneWords say what a goroutine runs. Those that a scenario starts run what is nobody's to
// see.
func laneWords(name finding.GoroutineName, in finding.Interleaving, scenario bool) string {
	for _, l := range in.Goroutines {
		if l.Name == name && l.Function != "" && l.Started.File != finding.ContractFile && (l.Started.File != "" || !scenario) {
			return fmt.Sprintf("goroutine %s runs %s", name, l.Function)
		}
	}
	return fmt.Sprintf("goroutine %s", name)
}

func flowStep(exercise string, s finding.Step) *sarif.ThreadFlowLocation {
	words := fmt.Sprintf("%s: %s", s.Goroutine, report.Step(s))
	out := sarif.NewThreadFlowLocation().WithImportance("important")
	if s.Wrong {
		out.WithImportance("essential")
		if s.Why != "" {
			words += ": " + s.Why
		}
	}
	for _, kind := range stepKinds[s.Op] {
		out.AddKind(kind)
	}
	return out.WithLocation(flowPlace(exercise, s.Location).WithMessage(sarifText(words)))
}

// stepKinds are SARIF's own words for what a step does.
var stepKinds = map[finding.Op][]string{
	finding.OpLock:     {"acquire", "lock"},
	finding.OpReadLock: {"acquire", "lock"},
	finding.OpTryLock:  {"acquire", "lock"},
	finding.OpUnlock:   {"release", "lock"},
	finding.OpRace:     {"memory", "danger"},
	finding.OpEnd:      {"exit"},
}

// flowEnd is where a goroutine stays for ever.
func flowEnd(exercise string, w finding.Waiting) *sarif.ThreadFlowLocation {
	words := fmt.Sprintf("%s cannot go on: %s", w.Goroutine, strings.TrimSpace(string(w.Op)+" "+w.Object))
	var holders []string
	for _, name := range w.For {
		holders = append(holders, string(name))
	}
	if len(holders) > 0 {
		words += ", which waits for " + strings.Join(holders, ", ")
	}
	return sarif.NewThreadFlowLocation().WithImportance("essential").
		WithLocation(flowPlace(exercise, w.Location).WithMessage(sarifText(words)))
}

// flowPlace is where a step is taken, if that is known.
func flowPlace(exercise string, l finding.Location) *sarif.Location {
	if !shown(l) {
		return sarif.NewLocation()
	}
	return sarifPlace(exercise, l)
}
