package mutate

import (
	"fmt"
	"go/ast"
	"go/types"
)

var dataOperators = []Operator{
	{"copy-dropped", "hands out, or keeps, what belongs to others, and not a copy of it", copyDropped},
	{"field-of-the-package", "has a variable of the package for a field", fieldOfThePackage},
}

// copies are functions whose result is a copy of their argument.
var copies = map[string]bool{"slices.Clone": true, "maps.Clone": true, "bytes.Clone": true}

func copyDropped(p *program) {
	for c := range each[*ast.CallExpr](p) {
		switch {
		case copies[p.functionOf(c)]:
			p.emit(c, replace(c, p.text(c.Args[0])))
		case p.functionOf(c) == "append" && len(c.Args) == 2 && c.Ellipsis.IsValid() && p.fresh(c.Args[0]):
			p.emit(c, replace(c, p.text(c.Args[1])))
		}
	}
	for s := range each[*ast.ExprStmt](p) {
		c, ok := s.X.(*ast.CallExpr)
		if !ok || p.functionOf(c) != "copy" {
			continue
		}
		if _, named := c.Args[0].(*ast.Ident); named {
			p.emit(s, replace(s, p.text(c.Args[0])+" = "+p.text(c.Args[1])))
		}
	}
}

// fresh reports whether e is a slice that nobody else has: nil, or an empty one.
func (p *program) fresh(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return len(e.Elts) == 0
	case *ast.CallExpr: // []T(nil)
		return len(e.Args) == 1 && p.Info.Types[e.Fun].IsType() && p.text(e.Args[0]) == "nil"
	}
	return false
}

// fields yields the fields of the file's structs.
func (p *program) fields(yield func(f *ast.Field, name *ast.Ident, v *types.Var)) {
	for s := range each[*ast.StructType](p) {
		for _, f := range s.Fields.List {
			for _, name := range f.Names {
				if v, ok := p.Info.Defs[name].(*types.Var); ok {
					yield(f, name, v)
				}
			}
		}
	}
}

func fieldOfThePackage(p *program) {
	p.fields(func(f *ast.Field, name *ast.Ident, v *types.Var) {
		if name.IsExported() || isLock(v.Type()) { // see lockOfThePackage
			return
		}
		edits := []edit{declare(p.file, "var shared "+p.text(f.Type))}
		for s := range each[*ast.SelectorExpr](p) {
			if p.Info.Uses[s.Sel] == v {
				edits = append(edits, replace(s, "shared"))
			}
		}
		set, ok := p.literals(name.Name, v)
		if ok && len(edits) > 1 {
			p.emit(name, append(edits, set...)...)
		}
	})
}

// literals take a field out of the composite literals that set it, and set the
// variable of the package instead.
func (p *program) literals(name string, v *types.Var) (edits []edit, ok bool) {
	for c := range p.tree.Preorder((*ast.CompositeLit)(nil)) {
		lit := c.Node().(*ast.CompositeLit)
		for i, e := range lit.Elts {
			pair, keyed := e.(*ast.KeyValueExpr)
			if !keyed {
				continue
			}
			if key, named := pair.Key.(*ast.Ident); !named || p.Info.Uses[key] != v {
				continue
			}
			whole := ast.Expr(lit)
			if u, pointed := c.Parent().Node().(*ast.UnaryExpr); pointed {
				whole = u
			}
			until := lit.Rbrace
			if i+1 < len(lit.Elts) {
				until = lit.Elts[i+1].Pos()
			}
			edits = append(edits,
				insert(whole.Pos(), fmt.Sprintf("func() %s {\nshared = %s\nreturn ", p.typeOf(whole), p.text(pair.Value))),
				edit{pair.Pos(), until, " "}, insert(whole.End(), "\n}()"))
		}
	}
	return edits, true
}
