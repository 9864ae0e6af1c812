package gradebook

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"io"
	"net/url"
	"slices"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// sarifSchema names the schema as the standard does.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// SARIF writes a run for each student: a result for each problem and warning, with its
// interleaving, and a notification for what could not be graded or was not handed in.
// See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
func SARIF(w io.Writer, s record.Stream, _ Style) error {
	log := sarif.NewReport()
	log.Schema = sarifSchema
	empty, err := json.Marshal(log)
	before, after, ok := bytes.Cut(empty, []byte(sarifRuns))
	if err != nil || !ok {
		return fmt.Errorf("a log of SARIF has no runs: %w", err)
	}
	return writeList(w, string(before)+sarifRuns, ",", string(after)+"\n", func(yield func(any, error) bool) {
		for of, err := range s.Students() {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(sarifRun(outcomes(of), s.Racelab), nil) {
				return
			}
		}
	})
}

// sarifRuns is where the runs of an empty log would be.
const sarifRuns = `"runs":[`

// sarifRun is of one student. GitHub tells runs apart by the part of the id before its last
// slash, so that a student's takes the place of the earlier one, and of no other student's.
func sarifRun(all []outcome, version string) *sarif.Run {
	run := sarif.NewRun()
	run.Tool = sarif.NewTool().WithDriver(sarif.NewToolComponent().WithName("racelab").WithVersion(cmp.Or(version, "unknown")))
	run.AutomationDetails = sarif.NewRunAutomationDetails().WithID("racelab/" + url.PathEscape(strings.ToValidUTF8(all[0].Student, "\ufffd")) + "/")
	done := sarif.NewInvocation().WithExecutionSuccessful(overall(all) != unclear)
	run.AddInvocation(done)
	rules := rulesOf(run, all)
	prints := fingerprints{}
	for _, o := range all {
		if o.Verdict == nil || o.Status == unclear {
			done.AddToolExecutionNotification(notification(o))
		}
		if o.Verdict == nil {
			continue
		}
		for _, f := range o.Verdict.Findings {
			r := result(o, f).WithRuleIndex(rules[f.Kind])
			r.PartialFingerprints = map[string]string{"racelab/v1": prints.of(o, f)}
			run.AddResult(r)
		}
	}
	return run
}

// notification says why an exercise has no results.
func notification(o outcome) *sarif.Notification {
	level := sarif.LevelNote
	if o.Status == unclear {
		level = sarif.LevelError
	}
	return sarif.NewNotification().WithLevel(level).WithMessage(sarifText(o.Exercise + ": " + o.Message))
}

// rulesOf adds a rule for each kind of finding that there is, in the order of reports. It
// returns the place of each.
func rulesOf(run *sarif.Run, all []outcome) map[finding.Kind]int {
	at := map[finding.Kind]int{}
	for _, o := range all {
		if o.Verdict != nil {
			for _, f := range o.Verdict.Findings {
				at[f.Kind] = 0
			}
		}
	}
	var kinds []finding.Kind
	for k := range at {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b finding.Kind) int {
		return cmp.Or(cmp.Compare(a.Rank(), b.Rank()), cmp.Compare(a, b))
	})
	for i, k := range kinds {
		at[k] = i
		run.Tool.Driver.AddRule(ruleOf(k))
	}
	return at
}

func ruleOf(k finding.Kind) *sarif.ReportingDescriptor {
	help := "`racelab explain " + string(k) + "` shows " + cmp.Or(report.About(k), "more")
	return sarif.NewRule(string(k)).
		WithShortDescription(sarif.NewMultiformatMessageString().WithText(report.Summary(k))).
		WithFullDescription(sarif.NewMultiformatMessageString().WithText(cmp.Or(report.Why(k), report.Summary(k)))).
		WithHelp(sarif.NewMultiformatMessageString().WithText(help).WithMarkdown(help))
}

func result(o outcome, f finding.Finding) *sarif.Result {
	level := sarif.LevelError
	if f.Severity == finding.Warning {
		level = sarif.LevelWarning
	}
	r := sarif.NewRuleResult(string(f.Kind)).WithLevel(level).WithMessage(sarifText(report.Message(f)))
	place := sarifPlace(o.Exercise, placeOf(f))
	if call := calledIn(f); call != "" && len(place.LogicalLocations) == 0 {
		place.AddLogicalLocation(function(call))
	}
	r.AddLocation(place)
	for i, related := range f.Related {
		l := flowPlace(o.Exercise, related.Location).WithID(i + 1)
		r.AddRelatedLocation(l.WithMessage(sarifText(related.Message)))
	}
	if f.Evidence.Trace != nil {
		r.AddCodeFlow(codeFlow(o.Exercise, f))
	}
	return r
}

// sarifPlace is a place in a student's repository. A place in the contract of an exercise
// is nobody's to see, and there is no line 0.
func sarifPlace(exercise string, l finding.Location) *sarif.Location {
	out := sarif.NewLocation()
	if l.File == finding.ContractFile {
		return out
	}
	uri := url.URL{Path: strings.ToValidUTF8(pathOf(exercise, l.File), "\ufffd")}
	out.PhysicalLocation = sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewSimpleArtifactLocation(uri.EscapedPath()).WithURIBaseID("%SRCROOT%"))
	if l.Line > 0 && l.File != "" {
		out.PhysicalLocation.WithRegion(sarif.NewSimpleRegion(l.Line, l.Line))
	}
	if l.Function != "" {
		out.AddLogicalLocation(function(l.Function))
	}
	return out
}

func function(name string) *sarif.LogicalLocation {
	return sarif.NewLogicalLocation().WithFullyQualifiedName(terminal.Line(name)).WithKind("function")
}

// calledIn is the function or method that a scenario calls where it goes wrong; "" if that
// is not known.
func calledIn(f finding.Finding) string {
	if f.Fact.Answer == nil || len(f.Fact.Answer.Call) > longProblem {
		return ""
	}
	expr, err := parser.ParseExpr(f.Fact.Answer.Call)
	if err != nil {
		return ""
	}
	call, ok := expr.(*ast.CallExpr)
	if !ok {
		return ""
	}
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// sarifText is a message. In one, [text](place) would be a link.
func sarifText(text string) *sarif.Message {
	return sarif.NewTextMessage(strings.ReplaceAll(terminal.Limit(terminal.Line(text), longProblem), "](", "] ("))
}
