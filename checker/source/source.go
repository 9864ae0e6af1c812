// Package source parses the files of a Go package once and type-checks them once,
// for all steps that need them: the policy, the instrumenter, go vet's analyzers, the
// comparison of APIs, the names of objects in a report.
//
// Syntax trees and types must not be changed: several steps read them at the same
// time. It starts no process.
package source

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// A File is one parsed Go file.
type File struct {
	Name string // as it is in all positions
	Text []byte
	// Syntax is the tree with comments; where Err is not nil, what could be parsed
	// of it. It is never nil.
	Syntax *ast.File
	// Err is a scanner.ErrorList with the syntax errors, nil if there are none.
	Err error
	// Excluded means that build constraints leave the file out.
	Excluded bool
	Fset     *token.FileSet // shared with the other files of its package
}

// ParseFile parses a file that belongs to no Package. It ignores build constraints.
func ParseFile(name string, text []byte) *File {
	return parseFile(token.NewFileSet(), name, text)
}

func parseFile(fset *token.FileSet, name string, text []byte) *File {
	if text == nil {
		text = []byte{} // for nil, the parser would read the file called name
	}
	syntax, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return &File{Name: name, Text: text, Syntax: syntax, Err: err, Fset: fset}
}

// Position is where pos is after all //line directives: where stacks of the
// compiled program say it is.
func (f *File) Position(pos token.Pos) token.Position { return f.Fset.Position(pos) }

// Line is the line of pos in the file itself, whatever its //line directives say.
func (f *File) Line(pos token.Pos) int { return f.Fset.PositionFor(pos, false).Line }

// Clause is the name in the package clause, "" if there is none.
func (f *File) Clause() string { return f.Syntax.Name.Name }

// Imports are the import paths in the file, in order.
func (f *File) Imports() []string {
	var paths []string
	for _, spec := range f.Syntax.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// IsTest reports whether the file is built only for tests.
func (f *File) IsTest() bool { return isTestFile(f.Name) }

func isTestFile(name string) bool { return strings.HasSuffix(name, "_test.go") }

// Tests are the names of the file's test functions, in order.
func (f *File) Tests() []string {
	var names []string
	for _, decl := range f.Syntax.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && f.IsTest() && IsTest(fn) {
			names = append(names, fn.Name.Name)
		}
	}
	return names
}

// IsTest reports whether the go command takes a function in a test file for a
// test: it is called TestXxx and has one parameter.
func IsTest(fn *ast.FuncDecl) bool {
	return fn.Recv == nil && fn.Name.Name != "TestMain" && IsTestName(fn.Name.Name, "Test") &&
		len(fn.Type.Params.List) == 1
}

// IsTestName reports whether name is prefix with something after it that does not
// begin with a lower-case letter, as the go command wants it of tests, benchmarks
// and the like.
func IsTestName(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	return ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z')
}

// PackageClause returns the name in the package clause of a file, "" if it has none
// that can be read. It parses nothing after that.
func PackageClause(src []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}
