package exercise

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestValidateFaultless(t *testing.T) {
	ex, problems, err := Validate(fixture().content(), fixtureID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("the fixture has a problem: %s", p)
	}
	if ex.ID != fixtureID || len(ex.Variants) != 6 || len(ex.Hints) != 3 {
		t.Errorf("read %q with %d variants and %d hints, want %q, 6 and 3", ex.ID, len(ex.Variants), len(ex.Hints), fixtureID)
	}
}

// A fault is one edit of the fixture and the one problem it leads to.
type fault struct {
	name     string
	file     string
	old, new string // replaced once; an empty old replaces the whole file
	want     string // begins with the place
}

func TestValidateManifest(t *testing.T) {
	testFaults(t, []fault{
		{"number", fxManifest, "number  = 7", "number  = 8", fxManifest + `:1: number and slug make "08-till"`},
		{"slug", fxManifest, `"till"`, `"Till_"`, fxManifest + `:2: slug "Till_": use lower-case`},
		{"no title", fxManifest, `"The till"`, `""`, fxManifest + `:3: no title`},
		{"part", fxManifest, "part    = 2", "", fxManifest + `: part 0`},
		{"learn", fxManifest, `"Why an addition is not one step."`, `"atomics"`, fxManifest + `:7: learn says`},
		{"outcome", fxManifest, `"one"`, `"two"`, fxManifest + `:6: outcome "two": say "one"`},
		{"no files", fxManifest, `["till.go"]`, `[]`, fxManifest + `:5: files is empty`},
		{"missing file", fxManifest, `["till.go"]`, `["till.go", "gone.go"]`, fxManifest + `:5: files names gone.go, which is missing`},
		{"file twice", fxManifest, `["till.go"]`, `["till.go", "till.go"]`, fxManifest + `:5: files names till.go twice`},
		{"test as file", fxManifest, `["till.go"]`, `["till.go", "till_test.go"]`, fxManifest + `:5: files: "till_test.go" is no plain Go file`},
		{"file elsewhere", fxManifest, `["till.go"]`, `["till.go", "../till.go"]`, fxManifest + `:5: files: "../till.go" is no plain Go file`},
		{"unused import", fxManifest, "part ", "imports = [\"os/exec\"]\npart ", fxManifest + `:4: imports allows "os/exec"`},
		{"unknown kind", fxManifest, `kind     = "data-race"`, `kind     = "race"`, fxManifest + `:9: "race" is no kind of finding`},
		{"policy expected", fxManifest, `kind      = "wrong-result"`, `kind      = "policy"`, fxManifest + `:13: a broken program compiles and keeps the rules`},
		{"unknown detector", fxManifest, `"tests"`, `"luck"`, fxManifest + `:13: "luck" is no detector: use one of compiler, policy, vet, race`},
		{"expected twice", fxManifest, "[[rubric]]", "[[expect]]\nkind = \"data-race\"\ndetector = \"race\"\n\n[[rubric]]", fxManifest + `:18: data-race by race is expected twice`},
		{"nothing certain", fxManifest, `detector = "race"`, "detector = \"race\"\nsometimes = true", fxManifest + `:9: nothing is expected every time`},
		{"points", fxManifest, "points = 6", "points = 5", fxManifest + `:18: the rubric adds up to 9 points`},
		{"no points", fxManifest, "points = 4\n", "points = 4\n[[rubric]]\nname = \"x\"\nkinds = [\"vet\"]\n", fxManifest + `:27: "x" is worth 0 points`},
		{"no kinds", fxManifest, `kinds  = ["wrong-result", "panic"]`, `kinds = []`, fxManifest + `:23: "The sum is right" names no kinds`},
		{"kind twice", fxManifest, `["data-race"]`, `["data-race", "data-race"]`, fxManifest + `:18: "No data race" names data-race twice`},
		{"kind unknown", fxManifest, `"panic"`, `"panics"`, fxManifest + `:23: "panics" is no kind of finding`},
		{"line without name", fxManifest, `"No data race"`, `" "`, fxManifest + `:18: a rubric line without a name`},
		{"expected kind free", fxManifest, `["wrong-result", "panic"]`, `["panic"]`, fxManifest + `:18: no line of the rubric loses points for wrong-result`},
		{"rejected kind free", fxRejected + "half.go", "Rejected: data-race", "Rejected: deadlock", fxManifest + `:18: no line of the rubric loses points for deadlock`},
		{"run too short", fxManifest, "points = 4\n", "points = 4\n[limits]\nrun = \"10ms\"\n", fxManifest + `:27: limits.run is 10ms: use 500ms to 30s`},
		{"factor", fxManifest, "points = 4\n", "points = 4\n[concurrency]\nfactor = 1.0\n", fxManifest + `:27: concurrency.factor is 1`},
	})
}

func TestValidateProse(t *testing.T) {
	testFaults(t, []fault{
		{"no README", fxReadme, "", "", fxReadme + `: missing or empty: tell the story`},
		{"title", fxReadme, "# 07. The till", "# The till", fxReadme + `:1: begins with "# The till": make it "# 07. The till"`},
		{"no story", fxReadme, "A shop counts its money, and on busy days some of it is missing.", "", fxReadme + `:1: no story`},
		{"no section", fxReadme, "## Your task", "## The task", fxReadme + `: no section "## Your task"`},
		{"empty section", fxReadme, "Repair till.go; its exported API stays.", "", fxReadme + `:5: "## Your task" is empty`},
		{"order", fxReadme, "", swapped(fixture()[fxReadme], "## Run it", "## Your task"), fxReadme + `:5: "## Run it" stands before "## Your task"`},
		{"no check", fxReadme, "racelab check 07", "racelab check 7", fxReadme + ":9: does not say `racelab check 07`"},
		{"no go test", fxReadme, "go test -race ./exercises/07-till", "go test", fxReadme + ":9: does not say `go test -race ./exercises/07-till`"},
		{"no Python", fxReadme, "```python", "```", fxReadme + ":14: no ```python snippet"},
		{"no link", fxReadme, "https://go.dev/ref/mem", "the memory model", fxReadme + `:22: 1 items in the list: give one to three pointers`},
		{"too many pointers", fxReadme, "- https", "- https://go.dev\n- and\n- so on\n- https", fxReadme + `:22: 4 items`},
		{"spoiler in a block", fxReadme, "Repair till.go", "    t.cents.Add(int64(n)) // so\n\nRepair till.go", fxReadme + `:7: gives away a line of the reference (t.cents.Add(int64(n)))`},
		{"no hints", fxHints, "", "", fxHints + `: missing or empty: write three hints`},
		{"hints' title", fxHints, "# 07. The till", "# 7. The till", fxHints + `:1: begins with "# 7. The till"`},
		{"two hints", fxHints, "## 3\n\nMake the addition one step.\n", "", fxHints + `: 2 hints: write three`},
		{"empty hint", fxHints, "Make the addition one step.\n", "", fxHints + `:11: hint 3 is empty`},
		{"misnumbered", fxHints, "## 2", "## Two", fxHints + `:7: "## Two" where "## 2" belongs`},
		{"spoiler in a hint", fxHints, "`sync/atomic`", "`t.cents.Add(int64(n))`", fxHints + `:9: gives away a line of the reference`},
		{"unfinished", fxHints, "Look at Take.", "TODO", fxHints + `:5: unfinished`},
		{"carriage return", fxHints, "Look at Take.", "Look.\r", fxHints + `:5: has a carriage return`},
		{"no newline", fxHints, "one step.\n", "one step.", fxHints + `:13: the last line has no end`},
	})
}

// swapped exchanges two headings.
func swapped(text, a, b string) string {
	return strings.NewReplacer(a, b, b, a).Replace(text)
}

func TestValidateSpoilersSpare(t *testing.T) {
	tr := fixture()
	// A line of the broken program, a short one, and Python that is Go as well.
	tr[fxSolution] = strings.Replace(tr[fxSolution], "counters.Wait()", "self.cents += 1\n\tcounters.Wait()", 1)
	tr[fxReadme] = strings.Replace(tr[fxReadme], "self.cents += n", "self.cents += 1", 1)
	tr[fxHints] = strings.Replace(tr[fxHints], "Look at Take.", "Look at `counters.Go(func() {`.", 1)
	expectProblems(t, tr, nil)
}

func TestValidateCode(t *testing.T) {
	testFaults(t, []fault{
		{"does not parse", fxCode, "import \"sync\"", "import sync", fxCode + `:4: does not parse: missing import path`},
		{"not formatted", fxCode, "name  string", "name string", fxCode + `:8: not formatted: run gofmt -w ` + fxCode},
		{"not formatted, in testdata", fxRejected + "half.go", "name  string", "name string", fxRejected + "half.go:11: not formatted"},
		{"too short", fxCode, "", "// Package till is short.\npackage till\n", fxCode + `: the program has 2 lines: make it 30 to 120`},
		{"too long", fxCode, "// New returns", strings.Repeat("// Long.\n", 100) + "// New returns", fxCode + `: the program has 130 lines`},
		{"foreign import", fxCode, "import \"sync\"", "import (\n\t\"sync\"\n\n\t_ \"example.com/x\"\n)", fxCode + `:7: imports "example.com/x": use the standard library only`},
		{"tells", fxCode, "// New returns an empty till.", "// New: here is the bug.", fxCode + `:12: the comment says "bug"`},
		{"no reference", fxSolution, "", "", fxSolution + `: missing or empty: write the reference`},
		{"reference exports less", fxSolution, "func (t *Till) Name()", "func (t *Till) label()", fxSolution + `: does not export Till.Name: keep`},
		{"reference exports more", fxSolution, "\tname  string", "\tLabel string\n\tname  string", fxSolution + `: exports Till.Label, which the broken program does not`},
		{"reference is broken", fxSolution, "", strings.Replace(fixtureCode, "an empty till", "a new till", 1), fxSolution + `: the same program as the broken one`},
		{"reference without why", fxSolution, " // every counter adds to it", "", fxSolution + `: no comment that the broken program lacks`},
		{"other package", fxSolution, "package till", "package till2", fxSolution + `:2: package till2: the exercise's package is till`},
		{"variant's package", fxRejected + "half.go", "\npackage till", "\npackage half", fxRejected + `half.go:5: package half`},
		{"header joined", fxAccepted + "lock.go", "style.\n\n// Package", "style.\n// Package", fxAccepted + `lock.go:1: the header is the package's doc comment`},
		{"no sentence", fxRejected + "half.go", "It still races.", "races", fxRejected + `half.go:1: "races" is not one whole sentence`},
		{"same as reference", fxAccepted + "lock.go", "", "// Accepted: the same.\n\n" + fixture()[fxSolution], fxAccepted + `lock.go: the same program as the reference`},
		{"same as broken", fxRejected + "half.go", "", "// Rejected: data-race\n// Feedback: It races.\n\n" + fixtureCode, fxRejected + `half.go: the same program as the broken program`},
		{"same as another", fxRejected + "late.go", `more() string { return "late" }`, `moreOf() string { return "half" }`, fxRejected + `late.go: the same program as ` + fxRejected + `half.go`},
		{"one accepted", fxAccepted + "owner.go", "", "", `solutions/07-till/testdata/accepted: 1 accepted fixes: write at least two`},
		{"three rejected", fxRejected + "late.go", "", "", `solutions/07-till/testdata/rejected: 3 rejected fixes: write at least four`},
	})
}

func TestValidateTests(t *testing.T) {
	imports := "import (\n"
	testFaults(t, []fault{
		{"none", fxTest, "", "", `exercises/07-till: 0 test files`},
		{"package", fxTest, "package till_test", "package till", fxTest + `:1: package till: make it till_test`},
		{"unnamed import", fxTest, "\ttill \"racelab", "\t\"racelab", fxTest + `:7: import it as till "racelab/exercises/07-till"`},
		{"other exercise", fxTest, "exercises/07-till", "exercises/08-x", fxTest + `: does not import "racelab/exercises/07-till"`},
		{"foreign import", fxTest, imports, imports + "\t_ \"go.uber.org/goleak\"\n", fxTest + `:4: imports "go.uber.org/goleak"`},
		{"synctest", fxTest, "\t\"testing\"\n", "\t\"testing\"\n\t_ \"testing/synctest\"\n", fxTest + `:5: uses testing/synctest`},
		{"TestMain", fxTest, "func TestTake", "func TestMain(m *testing.T) {}\n\nfunc TestTake", fxTest + `:10: has TestMain`},
		{"benchmark", fxTest, "func TestTake", "func BenchmarkTake(t *testing.T) {}\n\nfunc TestTake", fxTest + `:10: has BenchmarkTake`},
		{"no test", fxTest, "func TestTake", "func Testtake", fxTest + `: has no TestXxx`},
		{"parallel", fxTest, "x.Take(1, 2, 3)", "t.Parallel()", fxTest + `:13: uses t.Parallel: of testing.T use only Run, Error`},
		{"parallel in a subtest", fxTest, "x.Take(4)", "t.Parallel()", fxTest + `:16: uses t.Parallel`},
		{"testing.B", fxTest, "func TestTake", "func more(b *testing.B) {}\n\nfunc TestTake", fxTest + `:10: uses testing.B`},
		{"time.After", fxTest, "time.Sleep(time.Millisecond)", "<-time.After(1)", fxTest + `:12: uses time.After: no timeouts in tests`},
		{"long sleep", fxTest, "time.Sleep(time.Millisecond)", "time.Sleep(time.Second / 5)\n\ttime.Sleep(60 * time.Millisecond)", fxTest + `:13: sleeps 60ms`},
		{"no Attr", fxTest, `t.Attr("name", x.Name())`, `t.Log("name", x.Name())`, fxTest + `: never calls t.Attr, and outcome is "one"`},
	})
}

// A *testing.T of another name is one; what is called t and is none is none.
func TestValidateTestsKnowsT(t *testing.T) {
	tr := fixture()
	tr[fxTest] = strings.Replace(tr[fxTest], "func TestTake",
		"func use(tt *testing.T, t time.Timer) {\n\tt.Stop()\n\ttt.SkipNow()\n}\n\nfunc TestTake", 1)
	expectProblems(t, tr, []string{fxTest + ":12: uses tt.SkipNow"})
}

// A test may leave itself out where testing.Short is true.
func TestValidateShort(t *testing.T) {
	tr := fixture()
	tr[fxTest] = strings.Replace(tr[fxTest], "func TestTake",
		"func TestLong(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip(\"it takes long\")\n\t}\n}\n\nfunc TestTake", 1)
	expectProblems(t, tr, nil)
}

func TestValidateOutcomeAnyNeedsNoAttr(t *testing.T) {
	tr := fixture()
	tr[fxManifest] = strings.Replace(tr[fxManifest], `"one"`, `"any"`, 1)
	tr[fxTest] = strings.Replace(tr[fxTest], `t.Attr("name", x.Name())`, "", 1)
	tr[fxTest] = strings.Replace(tr[fxTest], "\n\t\n", "\n", 1)
	expectProblems(t, tr, nil)
}

func TestValidateStray(t *testing.T) {
	tr := fixture()
	tr["exercises/07-till/till.go~"] = "x\n"
	tr["exercises/07-till/more.go"] = "package till\n"
	tr["solutions/07-till/equivalents.toml"], tr["solutions/07-till/testdata/contract_test.go"] = "# none\n", "package till_test\n"
	tr["solutions/07-till/testdata/accepted/in-a-folder/till.go"] = "// Accepted: another style.\n\n" + fixtureVariant("folder")
	tr["solutions/07-till/testdata/accepted/in-a-folder/more.go"] = "package till\n"
	tr["exercises/07-till/testdata/x"] = "x\n"
	tr["solutions/07-till/notes.md"] = "x\n"
	tr["solutions/07-till/testdata/accepted/.lock.go.swp"] = "x\n"
	tr["solutions/07-till/testdata/rejected/Half.go"] = "// Rejected: data-race\n// Feedback: No.\n\npackage till\n"
	tr["solutions/07-till/testdata/undecided/x.go"] = "package till\n"
	expectProblems(t, tr, []string{
		"exercises/07-till/more.go: no part of an exercise",
		"exercises/07-till/testdata: a folder that no exercise has",
		"exercises/07-till/till.go~: no part of an exercise",
		"solutions/07-till/notes.md: no part of an exercise",
		"solutions/07-till/testdata/accepted/.lock.go.swp: no part of an exercise",
		"solutions/07-till/testdata/accepted/in-a-folder/more.go: no part of an exercise",
		"solutions/07-till/testdata/rejected/Half.go: no part of an exercise",
		"solutions/07-till/testdata/undecided: a folder that no exercise has",
	})
}

func TestExported(t *testing.T) {
	const src = `package x

const A, b = 1, 2

var C int

type (
	D struct {
		E, f int
		g
	}
	H interface{ I() }
	j struct{ K int }
	L[T any] struct{}
)

func M()         {}
func n()         {}
func (D) O()     {}
func (d *D) P()  {}
func (j) Q()     {}
func (l *L[T]) R() {}
func (D) s()     {}
`
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(slices.Sorted(maps.Keys(exported(file))), " ")
	if want := "A C D D.E D.O D.P H H.I L L.R M"; got != want {
		t.Errorf("exported %s, want %s", got, want)
	}
}

func TestValidateLinks(t *testing.T) {
	src := fixture().content()
	src.Exercises.(fstest.MapFS)["07-till/extra.go"] = &fstest.MapFile{Data: []byte("till.go"), Mode: fs.ModeSymlink | 0o777}
	_, problems, err := Validate(src, fixtureID)
	if err != nil {
		t.Fatal(err)
	}
	matchProblems(t, problems, []string{"exercises/07-till/extra.go: not a regular file"})
}

func TestValidateCannotRead(t *testing.T) {
	for _, f := range []fault{
		{"unknown key", fxManifest, "part ", "colour = 1\npart ", "exercise.toml:4: unknown key colour"},
		{"not TOML", fxManifest, "part    = 2", "part", "exercise.toml:4: toml: "},
		{"no manifest", fxManifest, "", "", "exercise.toml"},
		{"no feedback", fxRejected + "half.go", "// Feedback: It still races.\n", "", "no \"// Feedback"},
		{"no kind", fxRejected + "half.go", "Rejected: data-race", "Rejected: racing", "no kind of finding"},
		{"no reason", fxAccepted + "lock.go", "Accepted", "Fine", "no \"// Accepted"},
	} {
		t.Run(f.name, func(t *testing.T) {
			_, _, err := Validate(f.apply(t).content(), fixtureID)
			if err == nil || !strings.Contains(err.Error(), f.want) {
				t.Errorf("the error is %v, want one with %q", err, f.want)
			}
		})
	}
	if _, _, err := Validate(Content{Exercises: fixture().content().Exercises}, fixtureID); err == nil {
		t.Error("validating without solutions and hints gave no error")
	}
}

func TestValidateLayout(t *testing.T) {
	tr := fixture()
	for name, content := range fixture() {
		tr[strings.Replace(name, "07-till", "08-till", 1)] = content
	}
	tr["exercises/exercises.go"] = "package exercises\n"
	tr["exercises/notes.txt"] = "x\n"
	tr["solutions/09-gone/x.go"] = "package gone\n"
	tr["hints/07-till.txt"] = "x\n"
	tr["hints/11-next.md"] = "x\n"
	src := tr.content()
	set, err := Load(src)
	if err != nil {
		t.Fatal(err)
	}
	matchProblems(t, ValidateLayout(src, set), []string{
		"exercises/08-till/exercise.toml: number 7 is also that of 07-till",
		`exercises/08-till/exercise.toml: slug "till" is also that of 07-till`,
		"exercises/notes.txt: belongs to no exercise",
		"solutions/09-gone: belongs to no exercise",
		"hints/07-till.txt: belongs to no exercise",
		"hints/11-next.md: belongs to no exercise",
	})
}

// testFaults applies each fault to a fixture of its own and demands its problem.
// Other problems may follow from the same edit.
func testFaults(t *testing.T, faults []fault) {
	t.Helper()
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			_, problems, err := Validate(f.apply(t).content(), fixtureID)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range problems {
				if strings.HasPrefix(p.String(), f.want) {
					return
				}
			}
			t.Errorf("no problem begins with\n\t%s\ngot\n\t%s", f.want, lines(problems))
		})
	}
}

func (f fault) apply(t *testing.T) tree {
	t.Helper()
	tr := fixture()
	switch {
	case f.old != "" && !strings.Contains(tr[f.file], f.old):
		t.Fatalf("%s of the fixture has no %q", f.file, f.old)
	case f.old != "":
		tr[f.file] = strings.Replace(tr[f.file], f.old, f.new, 1)
	case f.new == "":
		delete(tr, f.file)
	default:
		tr[f.file] = f.new
	}
	return tr
}

// expectProblems demands exactly these problems, in this order.
func expectProblems(t *testing.T, tr tree, want []string) {
	t.Helper()
	_, problems, err := Validate(tr.content(), fixtureID)
	if err != nil {
		t.Fatal(err)
	}
	matchProblems(t, problems, want)
}

func matchProblems(t *testing.T, problems []Problem, want []string) {
	t.Helper()
	ok := len(problems) == len(want)
	for i := range want {
		ok = ok && strings.HasPrefix(problems[i].String(), want[i])
	}
	if !ok {
		t.Errorf("the problems are\n\t%s\nwant\n\t%s", lines(problems), strings.Join(want, "\n\t"))
	}
}

func lines(problems []Problem) string {
	out := make([]string, len(problems))
	for i, p := range problems {
		out[i] = p.String()
	}
	return strings.Join(out, "\n\t")
}
