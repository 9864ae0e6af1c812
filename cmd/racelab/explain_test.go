package main

import (
	"errors"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/policy"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/submission"
	"racelab/exercises"
)

// Each page has the same sections, so that a reader finds what they look for.
func TestExplainPages(t *testing.T) {
	for _, k := range finding.Kinds() {
		t.Run(string(k), func(t *testing.T) {
			page := explainPage(t, k)
			at := -1
			for _, heading := range []string{"# ", "\n## Wrong\n", "\n## Right\n", "\n## In Python\n", "\n## How racelab finds it\n", "\n## What a pass does not prove\n"} {
				i := strings.Index(page, heading)
				if i <= at {
					t.Errorf("%q is missing, or not in its place", strings.TrimSpace(heading))
				}
				at = i
			}
			if !strings.Contains(page, "```python\n") {
				t.Error("no Python example")
			}
			checkWidth(t, page)
		})
	}
}

func checkWidth(t *testing.T, page string) {
	t.Helper()
	for line := range strings.Lines(terminal.Markdown(page, 80, terminal.Palette{})) {
		if n := terminal.Width(strings.TrimRight(line, "\n")); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// A page has the title under which a report shows the kind.
func TestExplainTitles(t *testing.T) {
	for _, k := range finding.Kinds() {
		title, _, _ := strings.Cut(explainPage(t, k), "\n")
		if want := "# " + report.Summary(k); title != want {
			t.Errorf("%s: the title is %q, want %q", k, title, want)
		}
	}
}

// The page about the policy lists what every exercise allows, which reports
// leave to it.
func TestExplainPolicyListsImports(t *testing.T) {
	ex := exercise.Exercise{Manifest: exercise.Manifest{Files: []string{"bank.go"}}, Dir: fstest.MapFS{}}
	sub := submission.Submission{Files: map[string][]byte{"bank.go": []byte("package bank\n\nimport \"os\"\n")}}
	findings := policy.Check(ex, sub, source.Parse("bank", "", sub.Files))
	if len(findings) != 1 {
		t.Fatalf("got %+v", findings)
	}
	page := explainPage(t, finding.Policy)
	for _, path := range findings[0].Fact.Breach.Allowed {
		if !strings.Contains(page, "`"+path+"`") {
			t.Errorf("%s is missing", path)
		}
	}
}

// Every file belongs to a kind, or to a topic, which has its own sections and
// the title under which explain lists it.
func TestExplainNothingStray(t *testing.T) {
	files, err := explanations.ReadDir("explain")
	if err != nil || len(files) != len(finding.Kinds())+len(topics) {
		t.Errorf("%d pages for %d kinds and %d topics, %v", len(files), len(finding.Kinds()), len(topics), err)
	}
	for _, topic := range topics {
		page := explainPage(t, finding.Kind(topic.name))
		if title, _, _ := strings.Cut(page, "\n"); title != "# "+topic.subject {
			t.Errorf("%s: the title is %q, want %q", topic.name, title, topic.subject)
		}
		checkWidth(t, page)
	}
}

// The replay that the page about exploring explains is what racelab shows, and its
// schedule is one.
func TestExplainExploreIsTrue(t *testing.T) {
	page := explainPage(t, "explore")
	recorded, err := os.ReadFile("../../checker/report/testdata/replay/explained.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, sample, _ := strings.Cut(page, "```text\n")
	sample, _, _ = strings.Cut(sample, "```")
	if sample == "" || !strings.Contains(string(recorded), sample) {
		t.Errorf("not what is shown of testdata/replay/explained.txtar:\n%s", sample)
	}
	m := regexp.MustCompile("`(TestBothWays:[^`]*)`").FindStringSubmatch(page)
	if m == nil || !strings.Contains(string(recorded), `"`+m[1]+`"`) {
		t.Fatalf("it names the schedule %q", m)
	}
	if s, err := schedule.Parse(m[1]); err != nil || len(s.Picks) != 1 {
		t.Errorf("Parse(%q) = %v, %v", m[1], s, err)
	}
}

// The table of Python's constructs leads to every exercise, and to none that there is not.
func TestExplainPythonNamesExercises(t *testing.T) {
	ids, err := exercise.IDs(exercise.Content{Exercises: exercises.FS})
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(explainPage(t, "python"), "| Exercise |\n")
	var named []string
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		named = append(named, regexp.MustCompile(`\d+`).FindAllString(cells[len(cells)-2], -1)...)
	}
	for _, id := range ids {
		if !slices.Contains(named, id[:2]) {
			t.Errorf("no row is about %s", id)
		}
	}
	for _, n := range named {
		if !slices.ContainsFunc(ids, func(id string) bool { return id[:2] == n }) {
			t.Errorf("there is no exercise %s", n)
		}
	}
}

// What is shown as right compiles, and so does what is shown as wrong, except
// where not compiling is the point.
func TestExplainExamplesCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the export data of the standard library")
	}
	for _, k := range finding.Kinds() {
		t.Run(string(k), func(t *testing.T) {
			wrong, right := examples(t, explainPage(t, k))
			if err := compiles(right); err != nil {
				t.Errorf("right: %v", err)
			}
			if err := compiles(wrong); (err != nil) != (k == finding.Build) {
				t.Errorf("wrong: %v", err)
			}
			for _, src := range []string{wrong, right} {
				if got, err := format.Source([]byte(src)); err != nil || string(got) != src {
					t.Errorf("not formatted (%v):\n%s", err, src)
				}
			}
		})
	}
}

// The commands that the pages name exist.
func TestExplainNamesCommands(t *testing.T) {
	for _, k := range finding.Kinds() {
		page := explainPage(t, k)
		for _, m := range regexp.MustCompile("`racelab explain ([^`]*)`").FindAllStringSubmatch(page, -1) {
			if !slices.Contains(pageNames(), m[1]) {
				t.Errorf("%s: `racelab explain %s` does not exist", k, m[1])
			}
		}
	}
}

func explainPage(t *testing.T, k finding.Kind) string {
	t.Helper()
	data, err := explanations.ReadFile("explain/" + string(k) + ".md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var goFence = regexp.MustCompile("(?s)```go\n(.*?)```\n")

func examples(t *testing.T, page string) (wrong, right string) {
	t.Helper()
	_, rest, _ := strings.Cut(page, "\n## Wrong\n")
	m := goFence.FindAllStringSubmatch(rest, -1)
	if len(m) < 2 {
		t.Fatalf("%d Go examples, want a wrong and a right one", len(m))
	}
	return m[0][1], m[1][1]
}

// stdlib imports the standard library once for all examples.
var stdlib = sync.OnceValue(importer.Default)

func compiles(src string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "example.go", src, parser.ParseComments)
	if err != nil {
		return err
	}
	var problems []error
	conf := types.Config{Importer: stdlib(), Error: func(err error) { problems = append(problems, err) }}
	_, _ = conf.Check("example", fset, []*ast.File{file}, nil) // Error has them all
	return errors.Join(problems...)
}
