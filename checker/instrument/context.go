package instrument

import (
	"go/ast"
	"go/types"
)

// contextErr rewrites ctx.Err(), also where the context is embedded:
//
//	s.Err()
//	racelab_sched.CtxErr(s.Context)
func (f *file) contextErr(call *ast.CallExpr, fun *ast.SelectorExpr) {
	selection := f.unit.info.Selections[fun]
	if selection == nil || selection.Kind() != types.MethodVal || !isContextErr(selection.Obj().(*types.Func)) {
		return
	}
	path, ok := f.embeddedPath(selection)
	if !ok {
		return
	}
	f.before(call.Pos(), f.sched("CtxErr")+"(")
	f.over(fun.X.End(), call.End(), path+")")
}

func isContextErr(m *types.Func) bool {
	if m.Name() != "Err" || m.Pkg() == nil || m.Pkg().Path() != "context" {
		return false
	}
	recv, ok := m.Signature().Recv().Type().(*types.Named)
	return ok && recv.Obj().Name() == "Context"
}

// embeddedPath is the selector of the embedded fields that lead to the method. It
// returns false when one of them is not exported to this package.
func (f *file) embeddedPath(s *types.Selection) (path string, ok bool) {
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		field := t.Underlying().(*types.Struct).Field(i)
		if !field.Exported() && field.Pkg() != f.unit.types {
			return "", false
		}
		path += "." + field.Name()
		t = field.Type()
	}
	return path, true
}
