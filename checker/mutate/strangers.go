package mutate

import (
	"go/ast"
	"go/token"
	"slices"

	"racelab/checker/source"
)

// strange are the names of functions and variables of a wrong program that the
// right one does not have, or not so, and for which there is no righting; and of what uses
// them. Whoever replaces a function by one that does without them hides all that may be wrong
// in them.
type strange map[string]bool

// strangers finds them. own and functions are the functions of the wrong and of the right program.
func strangers(own, functions map[string]foreign, files, right map[string][]byte, righted []Righting) strange {
	s := strange{}
	for head, fn := range own {
		isRighted := slices.ContainsFunc(righted, func(r Righting) bool { return r.is(fn) })
		if to, ok := functions[head]; !isRighted && (!ok || to.body != fn.body) {
			s[fn.fn.Name.Name] = true
		}
	}
	known := variables(right)
	for name, head := range variables(files) {
		if known[name] != head {
			s[name] = true
		}
	}
	for before := -1; before < len(s); {
		before = len(s)
		for _, fn := range own {
			if s.in(fn.fn.Body) {
				s[fn.fn.Name.Name] = true
			}
		}
	}
	return s
}

// is reports whether r is of a function.
func (r Righting) is(fn foreign) bool { return r.File == fn.in.Name && r.Line == fn.line() }

// usedBy reports whether the function of a righting uses strangers.
func (s strange) usedBy(own map[string]foreign, r Righting) bool {
	for _, fn := range own {
		if r.is(fn) && s.in(fn.fn.Body) {
			return true
		}
	}
	return false
}

func (s strange) in(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && s[id.Name]
		return !found
	})
	return found
}

// variables are those of a program's packages, with their declarations.
func variables(files map[string][]byte) map[string]string {
	out := map[string]string{}
	for name, text := range files {
		f := source.ParseFile(name, text)
		if f.Err != nil {
			continue
		}
		for _, decl := range f.Syntax.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.VAR {
				continue
			}
			for _, spec := range d.Specs {
				for _, id := range spec.(*ast.ValueSpec).Names {
					out[id.Name] = meaning(between(f, spec.Pos(), spec.End()))
				}
			}
		}
	}
	return out
}
