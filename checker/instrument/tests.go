package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"racelab/checker/source"
)

// ourPrefix begins the names that the rewriting makes up. It also becomes the prefix
// of every test's name, so that the go command does not take it for a test.
const ourPrefix = "racelab_"

// Undo restores the original names of tests and initialisers in the output of a
// process.
func Undo(printed []byte) []byte {
	for _, made := range madeNames {
		printed = made.pattern.ReplaceAll(printed, []byte(made.original))
	}
	return printed
}

// The patterns begin with letters and not with a word boundary, because package
// regexp finds a literal prefix fast.
var madeNames = []struct {
	pattern  *regexp.Regexp
	original string
}{
	{regexp.MustCompile(`racelab_Test`), "Test"},
	{regexp.MustCompile(`racelab_init_v\d+`), "init"},
	{regexp.MustCompile(`racelab_init_(\d+)`), "init.$1"},
}

// findTests finds the test functions of the unit.
func (u *unit) findTests() {
	u.tests = map[types.Object]bool{}
	for _, f := range u.files {
		for _, decl := range f.syntax.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && f.source.IsTest() && source.IsTest(fn) {
				u.tests[u.info.Defs[fn.Name]] = true
			}
		}
	}
}

// renameTests renames test functions where they are declared and used.
func (f *file) renameTests() {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && f.unit.tests[f.unit.info.ObjectOf(id)] {
			f.before(id.Pos(), ourPrefix)
		}
		return true
	})
}

// testingImport is how the stand-in of package testing is imported.
const testingImport = "lab \"racelab/checker/labrt/testing\""

// contractImport is how the package is imported that contracts are written with.
const contractImport = `"racelab/checker/labrt/contract"`

// Harness returns the source of a test file of package pkg that lists its tests, and
// its contract if there is one.
func Harness(pkg string, tests []string, contract bool) []byte {
	var b strings.Builder
	b.WriteString("//line racelab/harness.go:1\n") // not a file of the exercise, in any stack
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t%s\n\t%s\n)\n\n", pkg, testingImport, contractImport)
	b.WriteString("var RacelabTests = []lab.InternalTest{\n")
	for _, name := range tests {
		fmt.Fprintf(&b, "\t{Name: %q, F: %s%s},\n", name, ourPrefix, name)
	}
	terms := "nil"
	if contract {
		terms = "Contract"
	}
	fmt.Fprintf(&b, "}\n\nvar RacelabContract func() contract.Contract = %s\n", terms)
	return []byte(b.String())
}

// Main returns the source of the program that runs the tests of a package with a
// harness.
func Main(importPath string) []byte {
	return fmt.Appendf(nil, "package main\n\nimport (\n\t%s\n\ttests %q\n)\n\nfunc main() { lab.Main(tests.RacelabTests, tests.RacelabContract) }\n",
		testingImport, importPath)
}
