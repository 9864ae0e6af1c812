package instrument

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"racelab/checker/source"
)

// A unit is what the compiler compiles at once: a package with its tests, or the
// tests in a package of their own.
type unit struct {
	fset  *token.FileSet
	files []*file // in the order in which the compiler gets them
	types *types.Package
	info  *types.Info
	tests map[types.Object]bool
	// changes are the places that the statements on racing lines change, by group.
	changes map[int]map[place]bool

	// prefix begins all names that the rewriting makes up; no other name in the
	// unit begins with it.
	prefix string
}

// A file is one file of a unit, and how it is to be changed.
type file struct {
	edits
	unit   *unit
	index  int // in the unit
	source *source.File
	syntax *ast.File

	kept    map[ast.Node]bool     // operations that the statement around them rewrites
	later   map[ast.Node]bool     // calls that are deferred
	called  map[ast.Expr]bool     // what names the function of a call
	okTypes map[ast.Expr]ast.Expr // by receive: the operand that v, ok = <-ch assigns ok to
	anchors map[string]bool       // see anchored
	shared  map[string]string     // generated functions, by name
	inits   map[*ast.FuncDecl]int // the init functions, with their numbers in the unit
	racing  map[int]int           // lines whose accesses become yield points: see accesses
	told    map[ast.Expr]bool     // what is read there, and told
}

// newUnit prepares the rewriting of a unit that compiles.
func newUnit(typed *source.Typed) *unit {
	u := &unit{fset: typed.Fset, types: typed.Types, info: typed.Info}
	for i, f := range typed.Files {
		u.files = append(u.files, &file{
			edits: edits{f.Text, map[int]*change{}}, unit: u, index: i, source: f, syntax: f.Syntax,
			kept: map[ast.Node]bool{}, later: map[ast.Node]bool{}, called: map[ast.Expr]bool{}, okTypes: map[ast.Expr]ast.Expr{},
			anchors: map[string]bool{}, shared: map[string]string{},
			inits: map[*ast.FuncDecl]int{}, told: map[ast.Expr]bool{},
		})
	}
	u.prefix = u.unusedPrefix()
	u.numberInits()
	u.findTests()
	return u
}

// unusedPrefix returns a prefix that does not occur in the unit.
func (u *unit) unusedPrefix() string {
	prefix := ourPrefix
	taken := func(f *file) bool { return bytes.Contains(f.src, []byte(prefix)) }
	for i := 1; slices.ContainsFunc(u.files, taken); i++ {
		prefix = fmt.Sprintf("racelab%d_", i)
	}
	return prefix
}
