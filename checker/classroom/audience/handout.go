package audience

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// A handout is the tests that were handed out with an exercise: their files and names.
type handout struct {
	files []string
	tests []string
}

// newHandout looks into an exercise. Of one that is not there nothing was handed out.
func newHandout(set exercise.Set, id string) (h handout) {
	i := slices.IndexFunc(set, func(ex exercise.Exercise) bool { return ex.ID == id })
	if i < 0 {
		return h
	}
	h.files, _ = set[i].TestFiles()
	for _, name := range h.files {
		text, err := fs.ReadFile(set[i].Dir, name)
		if err != nil {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				h.tests = append(h.tests, f.Name.Name)
			}
		}
	}
	return h
}

// hasTest reports whether a test, or part of one, was handed out. "" names none.
func (h handout) hasTest(name string) bool {
	name, _, _ = strings.Cut(name, "/")
	return name == "" || slices.Contains(h.tests, name)
}

// hides reports whether a file is a hidden one. Whatever else is there is the student's.
func (h handout) hides(file string) bool {
	name := path.Base(file)
	return strings.HasSuffix(name, "_test.go") && !slices.Contains(h.files, name)
}

// finding is one without what is hidden. What cannot be taken out alone takes all that
// stands beside it along: kind and place remain, and what was said of it in words.
func (h handout) finding(f finding.Finding) finding.Finding {
	f.Message = report.Message(f)
	if test := testOf(f.Fact); !h.hasTest(test) {
		f.Fact, f.Message = finding.Fact{}, "a test that is not among those handed out shows it"
	}
	if h.betrays(f.Fact) {
		f.Fact = finding.Fact{}
	}
	f.Message = h.masked(f.Message)
	f.Location = h.place(f.Location)
	f.Related = slices.DeleteFunc(slices.Clone(f.Related), func(r finding.Related) bool { return h.hides(r.File) || h.betrays(r) })
	f.Evidence = h.evidence(f.Evidence)
	if h.betrays(f) {
		f = finding.Finding{Kind: f.Kind, Detector: f.Detector, Severity: f.Severity, Message: "racelab found this: " + string(f.Kind), Location: f.Location}
	}
	return f
}

// testOf is the test that a fact names.
func testOf(f finding.Fact) string {
	switch {
	case f.Failure != nil:
		return f.Failure.Test
	case f.Difference != nil:
		return f.Difference.Test
	case f.Slower != nil:
		return f.Slower.Test
	case f.Exit != nil:
		return f.Exit.Test
	case f.NoEnd != nil:
		return f.NoEnd.Test
	}
	return ""
}

func (h handout) place(l finding.Location) finding.Location {
	if h.hides(l.File) {
		return finding.Location{}
	}
	return l
}

func (h handout) evidence(e finding.Evidence) finding.Evidence {
	e.Tests = slices.DeleteFunc(slices.Clone(e.Tests), func(test string) bool { return !h.hasTest(test) })
	if test, _, _ := strings.Cut(e.Schedule, ":"); !h.hasTest(test) {
		e.Schedule = ""
	}
	if h.betrays(e.Output) {
		e.Output = ""
	}
	if h.betrays(e.Diff) {
		e.Diff = ""
	}
	e.Goroutines = slices.Clone(e.Goroutines)
	for i, g := range e.Goroutines {
		e.Goroutines[i].Stack, e.Goroutines[i].CreatedBy = h.frames(g.Stack), h.frames(g.CreatedBy)
	}
	if e.Trace != nil {
		trace := h.interleaving(*e.Trace)
		e.Trace = &trace
	}
	return e
}

func (h handout) frames(all []finding.Frame) []finding.Frame {
	return slices.DeleteFunc(slices.Clone(all), func(f finding.Frame) bool { return h.hides(f.File) })
}

func (h handout) interleaving(in finding.Interleaving) finding.Interleaving {
	in.Goroutines = slices.Clone(in.Goroutines)
	for i, lane := range in.Goroutines {
		name, _, _ := strings.Cut(lane.Function, ".")
		if h.hides(lane.Started.File) || lane.Started.File == "" && lane.Name != finding.Clock && !h.hasTest(name) {
			in.Goroutines[i].Function = ""
		}
		in.Goroutines[i].Started = h.place(lane.Started)
	}
	in.Steps = slices.Clone(in.Steps)
	for i, s := range in.Steps {
		in.Steps[i].Location = h.place(s.Location)
		if s.Fault != nil && s.Fault.Conflict != nil && h.betrays(s.Fault.Conflict) {
			fault := *s.Fault
			fault.Conflict, in.Steps[i].Fault = nil, &fault
		}
	}
	in.Left = slices.Clone(in.Left)
	for i, w := range in.Left {
		in.Left[i].Location = h.place(w.Location)
		in.Left[i].Holds = slices.Clone(w.Holds)
		for j, hold := range w.Holds {
			in.Left[i].Holds[j].Location = h.place(hold.Location)
		}
	}
	return in
}

// testName is the name of a test in a text.
var testName = regexp.MustCompile(`\bTest[A-Z0-9_]\w*`)

// masked is a text without the names of tests that were not handed out.
func (h handout) masked(text string) string {
	return testName.ReplaceAllStringFunc(text, func(name string) string {
		if h.hasTest(name) {
			return name
		}
		return "a hidden test"
	})
}

var (
	testFile = regexp.MustCompile(`[\w.-]+_test\.go`)
	// scenario is the name of a scenario, as schedules begin with it.
	scenario = regexp.MustCompile(`\bContract/\d`)
)

// betrays reports whether a value names something hidden, wherever in it.
func (h handout) betrays(value any) bool {
	text, err := json.Marshal(value)
	if err != nil {
		return true
	}
	for _, file := range testFile.FindAllString(string(text), -1) {
		if h.hides(file) {
			return true
		}
	}
	return scenario.Match(text) && !h.hasTest("Contract")
}
