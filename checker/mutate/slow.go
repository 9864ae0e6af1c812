package mutate

import (
	"go/ast"
	"go/types"
)

// mayWait reports whether what happens in n may take as long as somebody else likes:
// it calls what its callers handed in, reads or writes, waits for goroutines to end, or
// calls a function of the package that does. Nobody notices whether several goroutines
// do anything else at the same time.
func (p *program) mayWait(n ast.Node) bool { return p.waitsWithin(n, map[*types.Func]bool{}) }

func (p *program) waitsWithin(n ast.Node, seen map[*types.Func]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit: // runs when it is called, by whoever does
			return false
		case *ast.CallExpr:
			found = found || p.callWaits(n, seen)
		}
		return !found
	})
	return found
}

func (p *program) callWaits(c *ast.CallExpr, seen map[*types.Func]bool) bool {
	var called types.Object
	switch f := ast.Unparen(c.Fun).(type) {
	case *ast.Ident:
		called = p.Info.Uses[f]
	case *ast.SelectorExpr:
		called = p.Info.Uses[f.Sel]
		if s := p.Info.Selections[f]; s != nil && types.IsInterface(s.Recv()) {
			return true
		}
	}
	switch called := called.(type) {
	case *types.Var: // a function value
		return true
	case *types.Func:
		if called.Pkg() != p.Types {
			return called.Name() == "Wait" || called.Pkg() != nil && called.Pkg().Path() == "io"
		}
		if seen[called] {
			return false
		}
		seen[called] = true
		for fn := range each[*ast.FuncDecl](p) {
			if p.Info.Defs[fn.Name] == called && fn.Body != nil {
				return p.waitsWithin(fn.Body, seen)
			}
		}
	}
	return false
}
