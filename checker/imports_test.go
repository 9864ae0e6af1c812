package checker_test

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A listedPackage is what go list says of a package.
type listedPackage struct {
	ImportPath string
	Imports    []string // direct
	Deps       []string // of the package and of racelab's packages that it depends on
}

// A wall says what a group of packages must not know. It keeps the rooms of the
// design apart: data goes one way, and each room can be tested without the others.
type wall struct {
	why  string
	in   string                       // import path of the room; those beneath belong to it
	bars func(string) bool            // import paths that must not be known
	sees func(listedPackage) []string // what of a package is looked at
}

const module = "racelab/"

// detectors are the libraries that may be linked into a learner's program.
// With go-deadlock comes goid, which tells the scheduler which goroutine calls.
var detectors = []string{
	"github.com/sasha-s/go-deadlock", "go.uber.org/goleak", "github.com/google/go-cmp", "github.com/petermattis/goid",
}

var walls = []wall{
	{"the shared words depend on nobody who uses them", "racelab/checker/finding", ours(), direct},
	{"what there is to draw follows from the steps alone", "racelab/checker/diagram", ours("racelab/checker/finding"), direct},
	{"a parser reads text, whoever printed it", "racelab/checker/detect", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"a parser knows no exercise", "racelab/checker/detect", ours("racelab/checker/finding", "racelab/checker/source", "racelab/checker/schedule", "racelab/checker/detect", "racelab/checker/labrt/wire"), direct},
	{"a report shows a verdict and decides nothing", "racelab/checker/report", ours("racelab/checker/diagram", "racelab/checker/finding", "racelab/checker/report", "racelab/checker/schedule"), direct},
	{"a page shows texts, whoever wrote them", "racelab/checker/report/webpage", ours(), direct},
	{"running a process is not interpreting it", "racelab/checker/sandbox", ours("racelab/checker/sandbox"), direct},
	{"a wall is the same whatever is within", "racelab/checker/sandbox/wall", ours(), direct},
	{"a build cache keeps what anybody builds", "racelab/checker/gotool/buildcache", ours(), direct},
	{"an exercise is data: reading it runs nothing", "racelab/checker/exercise", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"evidence is data", "racelab/checker/evidence", anyOf("os", "os/exec", "racelab/checker/sandbox", "racelab/checker/program", "racelab/checker/exercise"), direct},
	{"a contract is judged where nothing runs", "racelab/checker/contract", ours("racelab/checker/finding", "racelab/checker/labrt/wire"), direct},
	{"evidence is compared where nothing runs", "racelab/checker/evidence", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"what may be submitted is told by reading", "racelab/checker/policy", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"a submission is read before anything else is known", "racelab/checker/submission", ours("racelab/checker/exercise", "racelab/checker/finding"), direct},
	{"staging runs nothing", "racelab/checker/stage", anyOf("os/exec", "racelab/checker/sandbox"), direct},
	{"a program does not know how it will be run", "racelab/checker/program", anyOf("racelab/checker/native", "racelab/checker/explored", "racelab/checker/evidence", "racelab/checker/explore"), all},
	{"native runs know no schedule", "racelab/checker/native", anyOf("racelab/checker/explored", "racelab/checker/explore", "racelab/checker/schedule", "racelab/checker/exercise"), direct},
	{"exploring knows nothing of native runs", "racelab/checker/explored", anyOf("racelab/checker/native"), all},
	{"a cache knows nothing of what it keeps", "racelab/checker/cache", ours("racelab/checker/atomicfile"), direct},
	{"what a check said is kept, whoever compares", "racelab/checker/lastcheck", ours("racelab/checker/cache", "racelab/checker/finding"), direct},
	{"the go command is told what to do, and does not know why", "racelab/checker/gotool", ours("racelab/checker/sandbox"), direct},
	{"nobody beneath the pipeline reaches up to it", "racelab/checker", exactly("racelab/checker"), all},
	{"a class is graded by whoever is handed in", "racelab/checker/classroom", anyOf("os/exec", "racelab/checker/sandbox", "racelab/checker/native", "racelab/checker/explored"), all},
	{"what was handed in is read, and nothing of it run", "racelab/checker/classroom/handin", ours("racelab/checker/exercise", "racelab/checker/finding", "racelab/checker/submission"), direct},
	{"grades are shown where nobody is graded", "racelab/checker/classroom/gradebook", ours("racelab/checker/classroom/page", "racelab/checker/classroom/record", "racelab/checker/finding", "racelab/checker/report"), direct},
	{"a page shows records and grades nobody", "racelab/checker/classroom/page", ours("racelab/checker/classroom/record", "racelab/checker/finding", "racelab/checker/report"), direct},
	{"points are made of records, whatever is done with them", "racelab/checker/classroom/points", ours("racelab/checker/classroom/record", "racelab/checker/classroom/roster", "racelab/checker/exercise", "racelab/checker/finding"), direct},
	{"an editor is told what was found by whoever is handed in", "racelab/checker/lsp", ours("racelab/checker/finding", "racelab/checker/lastcheck", "racelab/checker/report"), direct},
	{"an appeal is heard by whoever is handed in", "racelab/checker/classroom/appeal", ours("racelab/checker/exercise", "racelab/checker/finding", "racelab/checker/rubric"), direct},
	{"who sees what is told of records, whatever renders them", "racelab/checker/classroom/audience", ours("racelab/checker/classroom/record", "racelab/checker/exercise", "racelab/checker/finding", "racelab/checker/report"), direct},
	{"a ready-made file is text, and knows nothing of grading", "racelab/checker/classroom/engine", ours(), direct},
	{"mutants are made of sources, whatever is done with them", "racelab/checker/mutate", ours("racelab/checker/source"), direct},
	{"a promise is held against verdicts, whoever checked", "racelab/checker/proof", ours("racelab/checker/exercise", "racelab/checker/finding", "racelab/checker/mutate", "racelab/checker/report", "racelab/checker/stage", "racelab/checker/submission"), direct},
	{"a game is played, whatever runs its program", "racelab/checker/game", ours("racelab/checker/finding", "racelab/checker/game", "racelab/checker/report"), direct},
	{"a game runs nothing", "racelab/checker/game", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"judging runs nothing", "racelab/checker/rubric", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{
		"exercises and solutions are handed in, so that others can be", "racelab/checker",
		anyOf("racelab/cmd", "racelab/exercises", "racelab/solutions", "racelab/hints"), all,
	},
	{"an engine that knows no exercise can run any package's tests", "racelab/checker/explore", ours("racelab/checker/explore", "racelab/checker/schedule", "racelab/checker/labrt/wire"), direct},
	{"strategies run nothing", "racelab/checker/explore", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"a worker runs schedules and does not choose them", "racelab/checker/worker", ours("racelab/checker/explore", "racelab/checker/sandbox", "racelab/checker/labrt/wire"), direct},
	{"a command knows verdicts, not how they came about", "racelab/cmd", anyOf("racelab/checker/labrt", "racelab/checker/native", "racelab/checker/explored", "racelab/checker/explore", "racelab/checker/worker", "racelab/checker/evidence", "racelab/checker/detect"), direct},
	{"a screen shows rows and takes keys, whatever they stand for", "racelab/cmd/racelab/menu", ours("racelab/checker/report/terminal"), direct},
	{"a screen runs nothing", "racelab/cmd/racelab/menu", anyOf("os/exec", "racelab/checker/sandbox"), all},
	{"an editor is named where nothing runs", "racelab/cmd/racelab/editor", ours(), direct},
	{"a schedule is a value", "racelab/checker/schedule", ours("racelab/checker/labrt/wire"), direct},
	{"what is linked into a learner's program stays small", "racelab/checker/labrt", ours("racelab/checker/labrt"), direct},
	{"what is linked into a learner's program stays small", "racelab/checker/labrt", foreign(detectors...), direct},
}

// direct is what the package imports; all is that and what racelab's own packages
// beneath it import. What a library imports for itself is not looked at: go/build
// could start the go command, and package source has it read a few lines.
func direct(p listedPackage) []string { return p.Imports }
func all(p listedPackage) []string    { return p.Deps }

// within reports whether path is room or lies beneath it.
func within(path, room string) bool { return path == room || strings.HasPrefix(path, room+"/") }

func anyOf(rooms ...string) func(string) bool {
	return func(path string) bool {
		return slices.ContainsFunc(rooms, func(room string) bool { return within(path, room) })
	}
}

// ours bars racelab's own packages, except some.
func ours(except ...string) func(string) bool {
	allowed := anyOf(except...)
	return func(path string) bool { return strings.HasPrefix(path, module) && !allowed(path) }
}

// exactly bars one package, not those beneath it.
func exactly(path string) func(string) bool {
	return func(p string) bool { return p == path }
}

// foreign bars packages of other modules, except some. The standard library's
// paths have no dot in the first element.
func foreign(except ...string) func(string) bool {
	allowed := anyOf(except...)
	return func(path string) bool {
		first, _, _ := strings.Cut(path, "/")
		return strings.Contains(first, ".") && !allowed(path)
	}
}

// breaches lists what the packages know and must not.
func breaches(packages []listedPackage) []string {
	var out []string
	for _, w := range walls {
		for _, p := range packages {
			// Tools that record the detectors' output run them, of course.
			if !within(p.ImportPath, w.in) || strings.Contains(p.ImportPath, "/internal/") {
				continue
			}
			for _, dep := range w.sees(p) {
				if w.bars(dep) {
					out = append(out, p.ImportPath+" must not import "+dep+": "+w.why)
				}
			}
		}
	}
	return out
}

func TestImports(t *testing.T) {
	for _, breach := range breaches(listPackages(t)) {
		t.Error(breach)
	}
}

// listPackages asks the go command for all packages of this module.
func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports", module+"...")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var packages []listedPackage
	for dec := json.NewDecoder(out); ; {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	addDeps(packages)
	// A wall around nothing holds nothing back: a room was renamed.
	for _, w := range walls {
		if !slices.ContainsFunc(packages, func(p listedPackage) bool { return within(p.ImportPath, w.in) }) {
			t.Errorf("there is no package in %s", w.in)
		}
	}
	return packages
}

// addDeps follows the imports of racelab's packages.
func addDeps(packages []listedPackage) {
	imports := map[string][]string{}
	for _, p := range packages {
		imports[p.ImportPath] = p.Imports
	}
	for i, p := range packages {
		seen := map[string]bool{}
		var visit func(path string)
		visit = func(path string) {
			for _, to := range imports[path] {
				if !seen[to] {
					seen[to] = true
					visit(to)
				}
			}
		}
		visit(p.ImportPath)
		packages[i].Deps = slices.Collect(maps.Keys(seen))
	}
}

// The walls hold: each of these would be seen.
func TestImportsSeesBreaches(t *testing.T) {
	for _, p := range []listedPackage{
		{ImportPath: "racelab/checker/finding", Imports: []string{"racelab/checker/stage"}},
		{ImportPath: "racelab/checker/detect/tsan", Deps: []string{"os/exec"}},
		{ImportPath: "racelab/checker/detect/tsan", Imports: []string{"racelab/checker/exercise"}},
		{ImportPath: "racelab/checker/report", Imports: []string{"racelab/checker/rubric"}},
		{ImportPath: "racelab/checker/sandbox", Imports: []string{"racelab/checker/finding"}},
		{ImportPath: "racelab/checker/stage", Deps: []string{"racelab/solutions"}},
		{ImportPath: "racelab/checker/stage", Imports: []string{"os/exec"}},
		{ImportPath: "racelab/checker/native", Imports: []string{"racelab/checker/explore"}},
		{ImportPath: "racelab/checker/explored", Deps: []string{"racelab/checker/native"}},
		{ImportPath: "racelab/checker/evidence", Imports: []string{"racelab/checker/program"}},
		{ImportPath: "racelab/checker/rubric", Deps: []string{"racelab/checker"}},
		{ImportPath: "racelab/checker", Deps: []string{"racelab/exercises"}},
		{ImportPath: "racelab/checker/labrt/rt", Imports: []string{"golang.org/x/tools/go/ast/astutil"}},
		{ImportPath: "racelab/checker/labrt/rt", Imports: []string{"racelab/checker/finding"}},
	} {
		if got := breaches([]listedPackage{p}); len(got) != 1 {
			t.Errorf("%v gives %q, want one breach", p, got)
		}
	}
	for _, p := range []listedPackage{
		{ImportPath: "racelab/checker/finding", Imports: []string{"slices"}},
		{ImportPath: "racelab/checker/detect/leak", Imports: []string{"racelab/checker/finding", "racelab/checker/detect/gostack"}},
		{ImportPath: "racelab/checker/labrt/sync", Imports: []string{"github.com/sasha-s/go-deadlock", "racelab/checker/labrt/rt", "sync"}},
		{ImportPath: "racelab/cmd/racelab", Deps: []string{"racelab/solutions", "os/exec"}},
	} {
		if got := breaches([]listedPackage{p}); len(got) != 0 {
			t.Errorf("%v gives %q, want no breach", p, got)
		}
	}
}
