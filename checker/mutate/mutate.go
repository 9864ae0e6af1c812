// Package mutate makes mutants of a right program: copies that each have one mistake
// in them which people make in concurrent code. The tests of an exercise are as good
// as the mutants that they tell from the right program.
//
// The operators are those for concurrent Java (Bradbury, Cordy and Dingel, Mutation
// 2006), made for Go, with more that Go's own primitives ask for. Sources go in and
// sources come out: nothing here runs a program. A mutant that does not type-check, or
// says the same as the program or another mutant, is left out. Whether a mutant is
// wrong is not known here: some are equivalent.
//
// It also makes rightings of a wrong program: see Rightings.
package mutate

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"io"
	"maps"
	"slices"

	"racelab/checker/source"

	"golang.org/x/tools/go/ast/inspector"
)

// A Mutant is a program with one mistake in it.
type Mutant struct {
	// ID names the mutant among those of its program: operator, function, and a hash
	// of the declarations that differ. It stays the same as long as these do, but for
	// comments and layout.
	ID       string
	Operator string // which mistake: a name from Operators
	File     string // where it is
	Line     int    // of the original
	Function string // "" outside of functions
	Diff     string // against the original, without the names of files
	Files    map[string][]byte

	key string // the same for mutants that say the same
}

// An Operator makes one kind of mistake.
type Operator struct {
	Name string
	Does string // what it does to the program, for people

	apply func(*program)
}

// Operators are all of them. Of two that make the same mutant the first one counts.
func Operators() []Operator {
	return slices.Concat(lockOperators, sectionOperators, whichLockOperators, readOperators, atomicOperators,
		waitOperators, goOperators, channelOperators, selectOperators, dataOperators, sizeOperators, errorOperators, flowOperators)
}

// A Program is what mutants are made of.
type Program struct {
	Path      string // import path
	GoVersion string
	Files     map[string][]byte
	// Imports knows the packages of the standard library that the program imports,
	// and sync, sync/atomic and time. It need not be for several goroutines at once.
	Imports types.Importer
}

// Mutants returns all mutants of a program, in the order of operators and places.
func Mutants(p Program) ([]Mutant, error) {
	parsed := source.Parse(p.Path, p.GoVersion, p.Files)
	checked := parsed.Check(p.Imports)
	if err := checked.Err(); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, f := range checked.Own.Files {
		seen[meaning(f.Text)] = true
	}
	var all []Mutant
	for _, op := range Operators() {
		for _, f := range checked.Own.Files {
			tree := inspector.New([]*ast.File{f.Syntax}).Root()
			op.apply(&program{Typed: checked.Own, file: f, tree: tree, emit: func(at ast.Node, edits ...edit) {
				m, ok := p.mutant(f, at, edits)
				if ok && !seen[m.key] && p.compiles(m) {
					seen[m.key] = true
					m.Operator = op.Name
					m.ID = m.id(f)
					all = append(all, m)
				}
			}})
		}
	}
	return all, nil
}

// mutant is the program with some edits to a file, unless they do not fit.
func (p Program) mutant(f *source.File, at ast.Node, edits []edit) (Mutant, bool) {
	text, ok := applied(f, edits)
	if !ok {
		return Mutant{}, false
	}
	text, err := format.Source(withImports(text))
	if err != nil {
		return Mutant{}, false
	}
	m := Mutant{File: f.Name, Line: f.Line(at.Pos()), Function: functionAt(f, at.Pos()), Files: maps.Clone(p.Files), key: meaning(text)}
	m.Files[f.Name] = text
	m.Diff = changes(f.Text, text)
	return m, true
}

// id is the mutant's ID: it depends on the declarations that are not the program's, and
// on nothing else in the file.
func (m Mutant) id(original *source.File) string {
	known := declarations(original)
	sum := sha256.New()
	for _, decl := range declarations(source.ParseFile(m.File, m.Files[m.File])) {
		if !slices.Contains(known, decl) {
			io.WriteString(sum, decl+"\n")
		}
	}
	return fmt.Sprintf("%s/%s/%x", m.Operator, cmp.Or(m.Function, "-"), sum.Sum(nil)[:3])
}

// declarations say what each declaration of the file does, but for the imports.
func declarations(f *source.File) []string {
	var out []string
	for _, decl := range f.Syntax.Decls {
		if !isImport(decl) {
			out = append(out, meaning(between(f, decl.Pos(), decl.End())))
		}
	}
	return out
}

func (p Program) compiles(m Mutant) bool {
	return source.Parse(p.Path, p.GoVersion, m.Files).Check(p.Imports).Err() == nil
}

// functionAt is the declared function that has pos in it, as "Name" or "Type.Name".
func functionAt(f *source.File, pos token.Pos) string {
	for _, decl := range f.Syntax.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || pos < fn.Pos() || pos >= fn.End() {
			continue
		}
		if name := receiverType(fn); name != nil {
			return name.Name + "." + fn.Name.Name
		}
		return fn.Name.Name
	}
	return ""
}
