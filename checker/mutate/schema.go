package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"

	"racelab/checker/source"
)

// A Schema is one program with many mutants in it: a number chooses whose bodies its
// functions have, 0 the original's. So many mutants cost one build (mutant schemata:
// Untch, Offutt and Harrold, ISSTA 1993).
type Schema struct {
	Files map[string][]byte
	// Numbers has that of each mutant, or 0: it differs in more than the bodies of
	// functions, and is not in the schema.
	Numbers []int
}

// NewSchema puts mutants of p into one program. The function Mutant of the package at
// chooser tells it the number.
func NewSchema(p Program, mutants []Mutant, chooser string) Schema {
	s := Schema{Files: maps.Clone(p.Files), Numbers: make([]int, len(mutants))}
	files := map[string]*mixed{}
	for name, text := range p.Files {
		if f := source.ParseFile(name, text); f.Err == nil {
			files[name] = &mixed{File: f, was: functionsAndOthers(f), cases: map[*ast.FuncDecl][]string{}}
		}
	}
	next := 1
	for i, m := range mutants {
		if f := files[m.File]; f != nil && f.add(source.ParseFile(m.File, m.Files[m.File]), next) {
			s.Numbers[i] = next
			next++
		}
	}
	for name, f := range files {
		s.Files[name] = f.text(chooser)
	}
	return s
}

// A mixed is a file of the program with the bodies that its functions have in mutants.
type mixed struct {
	*source.File
	was     []declaration
	cases   map[*ast.FuncDecl][]string // of the switch at the top of a function
	imports []string                   // that only mutants have
}

// add takes in the bodies of one mutant, unless it differs in something else.
func (f *mixed) add(m *source.File, number int) bool {
	is := functionsAndOthers(m)
	if m.Err != nil || !slices.EqualFunc(f.was, is, sameButForBody) {
		return false
	}
	cases := map[*ast.FuncDecl]string{}
	for i, d := range f.was {
		if changed := is[i]; changed.body != d.body {
			if hasLabels(d.fn) || hasLabels(changed.fn) || assignsParameter(changed.fn) {
				return false
			}
			cases[d.fn] = fmt.Sprintf("case %d:\n%s\n%s", number, inBraces(m, changed.fn), endOf(d.fn))
		}
	}
	for fn, text := range cases {
		f.cases[fn] = append(f.cases[fn], text)
	}
	for _, path := range m.Imports() {
		if !slices.Contains(f.Imports(), path) && !slices.Contains(f.imports, path) {
			f.imports = append(f.imports, path)
		}
	}
	return len(cases) > 0
}

// endOf keeps a mutant's body from running into the original's. One that returns
// something cannot.
func endOf(fn *ast.FuncDecl) string {
	if fn.Type.Results == nil {
		return "return"
	}
	return ""
}

// text is the file with all bodies in it.
func (f *mixed) text(chooser string) []byte {
	if len(f.cases) == 0 {
		return f.Text
	}
	var imports strings.Builder
	for _, path := range f.imports {
		fmt.Fprintf(&imports, "\n\nimport %q", path)
	}
	edits := []edit{insert(f.Syntax.Name.End(), fmt.Sprintf("\n\nimport schemata %q%s", chooser, imports.String()))}
	for fn, cases := range f.cases {
		edits = append(edits, atTop(fn.Body, "switch schemata.Mutant() {\n"+strings.Join(cases, "\n")+"\n}"))
	}
	text, _ := applied(f.File, edits)
	return text
}

// A declaration is one but for the imports, with the body apart if it is a function.
type declaration struct {
	fn         *ast.FuncDecl
	head, body string // without comments and layout
}

func sameButForBody(a, b declaration) bool {
	return a.head == b.head && (a.fn == nil) == (b.fn == nil)
}

func functionsAndOthers(f *source.File) []declaration {
	var out []declaration
	for _, decl := range f.Syntax.Decls {
		if isImport(decl) {
			continue
		}
		d := declaration{head: meaning(between(f, decl.Pos(), decl.End()))}
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
			d.fn, d.head, d.body = fn, meaning(between(f, fn.Pos(), fn.Body.Lbrace)), meaning(inBraces(f, fn))
		}
		out = append(out, d)
	}
	return out
}

func inBraces(f *source.File, fn *ast.FuncDecl) []byte {
	return between(f, fn.Body.Lbrace+1, fn.Body.Rbrace)
}

// hasLabels reports whether fn has one: in a schema it would stand there twice.
func hasLabels(fn *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		_, label := n.(*ast.LabeledStmt)
		found = found || label
		return !found
	})
	return found
}

// assignsParameter reports whether fn has "ctx, cancel := f(ctx)" with a parameter or
// result on the left: in a block within fn that declares another variable.
func assignsParameter(fn *ast.FuncDecl) bool {
	known := map[string]bool{}
	for _, list := range []*ast.FieldList{fn.Recv, fn.Type.Params, fn.Type.Results} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				known[name.Name] = name.Name != "_"
			}
		}
	}
	return slices.ContainsFunc(fn.Body.List, func(s ast.Stmt) bool {
		a, ok := s.(*ast.AssignStmt)
		return ok && a.Tok == token.DEFINE && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool {
			name, ok := e.(*ast.Ident)
			return ok && known[name.Name]
		})
	})
}
