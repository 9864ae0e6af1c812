// Package instrument rewrites Go source so that it runs under racelab's
// run-time: source in, source out, and no line moves.
//
// Today it swaps imports for their stand-ins and renames tests, so that a
// harness of ours can call them. It does not check that the source type-checks;
// what it cannot parse it returns as an error.
package instrument

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// standIns are the packages that have one, by import path. Each stand-in's
// package name is that of the original, so that the path is all that changes.
var standIns = map[string]string{
	"sync":        "racelab/checker/labrt/sync",
	"sync/atomic": "racelab/checker/labrt/sync/atomic",
}

// testStandIns are swapped in test files as well.
var testStandIns = map[string]string{
	"testing": "racelab/checker/labrt/testing",
}

// testPrefix is put before the name of every test, so that the go command does
// not take them for its own.
const testPrefix = "racelab_"

// Undo gives tests their own names back in what a tool printed.
func Undo(printed []byte) []byte {
	return bytes.ReplaceAll(printed, []byte(testPrefix+"Test"), []byte("Test"))
}

// An edit replaces src[start:end].
type edit struct {
	start, end int
	text       string
}

// File rewrites one file of a package.
func File(name string, src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	edits := append(swapImports(fset, file, standIns), importRuntime(fset, file))
	if strings.HasSuffix(name, "_test.go") {
		edits = append(edits, swapImports(fset, file, testStandIns)...)
		edits = append(edits, renameTests(fset, file)...)
	}
	return apply(src, edits), nil
}

// importRuntime has every file import the run-time, so that it is initialised
// before any code of the submission runs.
func importRuntime(fset *token.FileSet, file *ast.File) edit {
	end := fset.Position(file.Name.End()).Offset
	return edit{end, end, `; import _ "racelab/checker/labrt/rt"`}
}

func swapImports(fset *token.FileSet, file *ast.File, by map[string]string) []edit {
	var edits []edit
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the compiler will say so
		}
		if to, ok := by[path]; ok {
			start := fset.Position(spec.Path.Pos()).Offset
			edits = append(edits, edit{start, start + len(spec.Path.Value), strconv.Quote(to)})
		}
	}
	return edits
}

// Tests returns the names of the test functions in a test file, in order.
func Tests(name string, src []byte) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && isTest(fn) {
			names = append(names, fn.Name.Name)
		}
	}
	return names, nil
}

// isTest follows the go command: TestXxx, where Xxx does not start with a
// lower-case letter, with one parameter.
func isTest(fn *ast.FuncDecl) bool {
	rest, ok := strings.CutPrefix(fn.Name.Name, "Test")
	return ok && fn.Recv == nil && fn.Name.Name != "TestMain" &&
		(rest == "" || !('a' <= rest[0] && rest[0] <= 'z')) &&
		len(fn.Type.Params.List) == 1
}

// renameTests renames test functions wherever they are named. Selectors (x.TestY)
// name something else.
func renameTests(fset *token.FileSet, file *ast.File) []edit {
	tests := map[string]bool{}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && isTest(fn) {
			tests[fn.Name.Name] = true
		}
	}
	var edits []edit
	var visit func(ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			return false
		case *ast.Ident:
			if tests[n.Name] {
				start := fset.Position(n.Pos()).Offset
				edits = append(edits, edit{start, start, testPrefix})
			}
		}
		return true
	}
	ast.Inspect(file, visit)
	return edits
}

// apply makes the edits, which must not overlap, from the last to the first.
func apply(src []byte, edits []edit) []byte {
	slices.SortFunc(edits, func(a, b edit) int { return b.start - a.start })
	out := slices.Clone(src)
	for _, e := range edits {
		out = slices.Replace(out, e.start, e.end, []byte(e.text)...)
	}
	return out
}

// Harness returns the source of the test file that runs the tests of package
// pkg through the run-time.
func Harness(pkg string, tests []string) []byte {
	var b strings.Builder
	b.WriteString("//line racelab/harness.go:1\n") // not a file of the exercise, in any stack
	fmt.Fprintf(&b, "package %s\n\n", pkg)
	b.WriteString("import (\n\t\"testing\"\n\n\tlab \"racelab/checker/labrt/testing\"\n)\n\n")
	b.WriteString("func TestMain(*testing.M) {\n\tlab.Main([]lab.InternalTest{\n")
	for _, name := range tests {
		fmt.Fprintf(&b, "\t\t{Name: %q, F: %s%s},\n", name, testPrefix, name)
	}
	b.WriteString("\t})\n}\n")
	return []byte(b.String())
}
