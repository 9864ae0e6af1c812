package exercise

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"time"

	"racelab/checker/source"
)

// methodsOfT are what tests may use of testing.T: what racelab's own harness
// offers when it drives the schedule.
var methodsOfT = []string{
	"Run", "Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow", "Failed", "Log", "Logf",
	"Helper", "Cleanup", "Name", "Context", "Attr", "Skip",
}

// clocks are functions with which a test would wait to see that something does not
// happen. racelab has its own clock, and on a loaded machine no time is long enough.
var clocks = map[string][]string{
	"time":    {"After", "AfterFunc", "NewTimer", "NewTicker", "Tick"},
	"context": {"WithTimeout", "WithTimeoutCause", "WithDeadline", "WithDeadlineCause"},
}

// longestSleep bounds a sleep in a test. About a millisecond makes a bad interleaving
// likely; a few more reveal a fix that gives up when nothing happens for a while.
// Much more makes every run slow.
const longestSleep = 50 * time.Millisecond

// tests checks the exercise's test file.
func (a *audit) tests() {
	names, err := a.ex.TestFiles()
	if err != nil || len(names) != 1 {
		a.add(a.inExercise(""), 0, "%d test files: write one, named after the program", len(names))
		return
	}
	file := a.inExercise(names[0])
	if len(a.ex.Files) > 0 {
		if want := strings.TrimSuffix(a.ex.Files[0], ".go") + "_test.go"; names[0] != want {
			a.add(file, 0, "name it %s, after the program", want)
		}
	}
	src := a.sources[file]
	if src == nil {
		return
	}
	if want := a.packageName() + "_test"; want != "_test" && src.Clause() != want {
		a.add(file, src.Line(src.Syntax.Name.Pos()), "package %s: make it %s, so that only the exported API is used", src.Clause(), want)
	}
	a.standardOnly(file, a.ex.ImportPath())
	a.importsExercise(file, src)
	a.testFunctions(file, src)
	t := &testRules{audit: a, file: file, src: src}
	t.visit(src.Syntax, nil)
	if a.ex.Outcome == OutcomeOne && !t.attr {
		a.add(file, 0, `never calls t.Attr, and outcome is "one": record what every right fix shows`)
	}
}

func (a *audit) importsExercise(file string, src *source.File) {
	at := slices.Index(src.Imports(), a.ex.ImportPath())
	if at < 0 {
		a.add(file, 0, "does not import %q: import it under the name %s", a.ex.ImportPath(), a.packageName())
		return
	}
	if name := src.Syntax.Imports[at].Name; name == nil || name.Name != a.packageName() {
		a.add(file, src.Line(src.Syntax.Imports[at].Pos()), "import it as %s %q: the path does not show the package's name", a.packageName(), a.ex.ImportPath())
	}
	if at := slices.Index(src.Imports(), "testing/synctest"); at >= 0 {
		a.add(file, src.Line(src.Syntax.Imports[at].Pos()), "uses testing/synctest: racelab runs the tests in a bubble of its own, and bubbles do not nest")
	}
}

// testFunctions checks that there are tests, and only tests.
func (a *audit) testFunctions(file string, src *source.File) {
	tests := 0
	for _, d := range src.Syntax.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		name := f.Name.Name
		switch {
		case name == "TestMain" || name == "init":
			a.add(file, src.Line(f.Pos()), "has %s: racelab starts the tests itself; set up in the test", name)
		case source.IsTestName(name, "Test"):
			tests++
		case source.IsTestName(name, "Benchmark"), source.IsTestName(name, "Fuzz"), source.IsTestName(name, "Example"):
			a.add(file, src.Line(f.Pos()), "has %s: racelab runs only tests; remove it", name)
		}
	}
	if tests == 0 {
		a.add(file, 0, "has no TestXxx: write the invariants as tests")
	}
}

// testRules looks at what tests call.
type testRules struct {
	*audit
	file string
	src  *source.File
	attr bool
}

// visit walks n; ts are the names of the *testing.T in scope.
func (r *testRules) visit(n ast.Node, ts []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			r.function(n.Type, n.Body, ts)
			return false
		case *ast.FuncLit:
			r.function(n.Type, n.Body, ts)
			return false
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				r.selector(n, x.Name, n.Sel.Name, ts)
			}
		case *ast.CallExpr:
			r.sleep(n)
		}
		return true
	})
}

func (r *testRules) function(typ *ast.FuncType, body *ast.BlockStmt, ts []string) {
	inside := slices.Clone(ts)
	for _, field := range typ.Params.List {
		isT := isPointerToT(field.Type)
		for _, name := range field.Names {
			inside = slices.DeleteFunc(inside, func(t string) bool { return t == name.Name })
			if isT {
				inside = append(inside, name.Name)
			}
		}
		r.visit(field.Type, ts)
	}
	if body != nil {
		r.visit(body, inside)
	}
}

func isPointerToT(typ ast.Expr) bool {
	star, ok := typ.(*ast.StarExpr)
	if !ok {
		return false
	}
	sel, ok := star.X.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == "testing" && sel.Sel.Name == "T"
}

func (r *testRules) selector(n ast.Node, x, sel string, ts []string) {
	switch {
	case slices.Contains(ts, x):
		r.attr = r.attr || sel == "Attr"
		if !slices.Contains(methodsOfT, sel) {
			r.add(r.file, r.src.Line(n.Pos()), "uses %s.%s: of testing.T use only %s", x, sel, strings.Join(methodsOfT, ", "))
		}
	case x == "testing" && sel != "T" && sel != "Short":
		r.add(r.file, r.src.Line(n.Pos()), "uses testing.%s: tests get a *testing.T, may ask testing.Short, and nothing else", sel)
	case slices.Contains(clocks[x], sel):
		r.add(r.file, r.src.Line(n.Pos()), "uses %s.%s: no timeouts in tests, racelab has its own clock", x, sel)
	}
}

// sleep reports time.Sleep with a constant that is too long.
func (r *testRules) sleep(call *ast.CallExpr) {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fun.Sel.Name != "Sleep" || len(call.Args) != 1 {
		return
	}
	if d := constantDuration(call.Args[0]); d > longestSleep {
		r.add(r.file, r.src.Line(call.Pos()), "sleeps %v: make it a millisecond or a few; a test must be right without it", d)
	}
}

var units = map[string]time.Duration{
	"Nanosecond": time.Nanosecond, "Microsecond": time.Microsecond, "Millisecond": time.Millisecond,
	"Second": time.Second, "Minute": time.Minute, "Hour": time.Hour,
}

// constantDuration evaluates "n * time.Unit" as people write it, 0 for all else.
func constantDuration(e ast.Expr) time.Duration {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return units[e.Sel.Name]
	case *ast.BasicLit:
		n, _ := strconv.ParseInt(e.Value, 0, 64)
		return time.Duration(n)
	case *ast.BinaryExpr:
		if e.Op == token.MUL {
			return constantDuration(e.X) * constantDuration(e.Y)
		}
	}
	return 0
}
