package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// onlyWrites reports whether a statement x = v reads nothing that another goroutine could
// write: what it writes is then all that can race.
func (f *file) onlyWrites(s *ast.AssignStmt) bool {
	return s.Tok == token.ASSIGN && f.isUnshared(s.Rhs[0]) && f.findsAlone(s.Lhs[0])
}

// findsAlone reports whether nothing has to be read that is anybody else's to find the
// variable to.
func (f *file) findsAlone(to ast.Expr) bool {
	switch to := ast.Unparen(to).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		id, ok := ast.Unparen(to.X).(*ast.Ident)
		return ok && (f.isPackage(id) || f.isUnshared(id))
	case *ast.IndexExpr:
		return f.isUnshared(to.X) && f.isUnshared(to.Index)
	case *ast.StarExpr:
		return f.isUnshared(to.X)
	}
	return false
}

// isUnshared reports whether e has a value that no other goroutine could change. What the
// learner's functions read they read in lines of their own; others read in this one.
func (f *file) isUnshared(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit, *ast.FuncLit:
		return true
	case *ast.Ident:
		v, isVar := f.unit.info.ObjectOf(e).(*types.Var)
		return !isVar || f.isPrivate(v)
	case *ast.SelectorExpr:
		_, isVar := f.unit.info.ObjectOf(e.Sel).(*types.Var)
		return !isVar && (f.isPackage(e.X) || f.isUnshared(e.X))
	case *ast.UnaryExpr:
		return e.Op != token.AND && e.Op != token.ARROW && f.isUnshared(e.X)
	case *ast.BinaryExpr:
		return f.isUnshared(e.X) && f.isUnshared(e.Y)
	case *ast.CallExpr:
		shared := func(arg ast.Expr) bool { return !f.isUnshared(arg) }
		return f.readsElsewhere(e) && !slices.ContainsFunc(e.Args, shared)
	}
	return false
}

// readsElsewhere reports whether a call reads nothing in its own line that its arguments refer
// to: it looks at values alone, or is of a function of the learner's.
func (f *file) readsElsewhere(call *ast.CallExpr) bool {
	if fn := f.function(call.Fun); fn != nil {
		return f.isOwn(fn.Pkg().Path()) && f.isUnshared(call.Fun) && !f.copiesReceiver(call.Fun)
	}
	id, _ := ast.Unparen(call.Fun).(*ast.Ident)
	measures := id != nil && (id.Name == "len" || id.Name == "cap") // a slice's are in the variable
	return f.isUnshared(call.Fun) && !f.copiesReceiver(call.Fun) && !slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		switch f.typeOf(arg).Underlying().(type) {
		case *types.Basic:
			return false
		case *types.Slice:
			return !measures
		}
		return true
	})
}

// copiesReceiver reports whether fun is a method that gets a copy of what a pointer points to,
// or of an interface.
func (f *file) copiesReceiver(fun ast.Expr) bool {
	e, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s := f.unit.info.Selections[e]
	if s == nil || s.Kind() != types.MethodVal || isPointer(s.Obj().(*types.Func).Signature().Recv().Type()) {
		return false
	}
	return isPointer(s.Recv()) || len(s.Index()) > 1 || types.IsInterface(s.Recv())
}

func (f *file) isPackage(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = f.unit.info.ObjectOf(id).(*types.PkgName)
	return ok
}

// isPrivate reports whether nobody else can change a variable: it is used in the function
// alone that declares it, or keeps the value that it was declared with, and nobody is told
// its address, or that of a part of it.
func (f *file) isPrivate(v *types.Var) bool {
	if v.IsField() || v.Parent() == nil || v.Parent() == v.Pkg().Scope() {
		return false
	}
	var in []ast.Node // what the walk is within
	users := map[ast.Node]bool{}
	changed, addressed := false, false
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if n == nil {
			in = in[:len(in)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok && f.unit.info.ObjectOf(id) == v {
			users[functionAround(in)] = true
			f.eachPart(in, id, func(around ast.Node, part ast.Expr) {
				changed = changed || f.isChanged(around, part)
				addressed = addressed || f.isAddressed(around, part)
			})
		}
		in = append(in, n)
		return true
	})
	return !addressed && (len(users) == 1 || !changed)
}

// eachPart tells of a variable, and of those parts of it that are looked at here: x, x.field,
// x.field[i]. in is what is around it.
func (f *file) eachPart(in []ast.Node, id *ast.Ident, tell func(around ast.Node, part ast.Expr)) {
	part := ast.Expr(id)
	for _, around := range slices.Backward(in) {
		tell(around, part)
		of := part
		switch n := around.(type) {
		case *ast.ParenExpr:
			part = n
			continue
		case *ast.SelectorExpr:
			if s := f.unit.info.Selections[n]; s == nil || s.Kind() != types.FieldVal {
				return
			}
			part = n
		case *ast.IndexExpr:
			if n.X != of {
				return
			}
			part = n
		default:
			return
		}
		switch f.typeOf(of).Underlying().(type) {
		case *types.Struct, *types.Array:
		default: // what it refers to is no part of it
			return
		}
	}
}

// functionAround is the innermost function of nodes that are within each other.
func functionAround(in []ast.Node) ast.Node {
	for _, n := range slices.Backward(in) {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}

// isChanged reports whether the node around a part of a variable gives it another value.
func (f *file) isChanged(around ast.Node, part ast.Expr) bool {
	if id, ok := part.(*ast.Ident); ok && f.unit.info.Defs[id] != nil {
		return false
	}
	switch n := around.(type) {
	case *ast.AssignStmt:
		return slices.Contains(n.Lhs, part)
	case *ast.IncDecStmt:
		return true
	case *ast.RangeStmt:
		return n.Key == part || n.Value == part
	}
	return false
}

// isAddressed reports whether the node around a part of a variable may hand out its address:
// &v, a method of it, a slice of it.
func (f *file) isAddressed(around ast.Node, part ast.Expr) bool {
	switch n := around.(type) {
	case *ast.UnaryExpr:
		return n.Op == token.AND
	case *ast.SelectorExpr:
		s := f.unit.info.Selections[n]
		return n.X == part && s != nil && s.Kind() != types.FieldVal && !isPointer(f.typeOf(part))
	case *ast.SliceExpr:
		_, slice := f.typeOf(part).Underlying().(*types.Slice)
		return n.X == part && !slice
	}
	return false
}
