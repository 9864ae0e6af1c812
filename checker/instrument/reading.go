package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// The race detector names lines, and not what is read or written in them. What the statements
// on racing lines change is what races; where another one reads just that, the value is told.

// A place is a variable or a field, or so many steps into it: elements, what it points to.
type place struct {
	object types.Object
	depth  int
}

func (f *file) placeOf(e ast.Expr) (p place, ok bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return f.placeNamed(e)
	case *ast.SelectorExpr:
		return f.placeNamed(e.Sel)
	case *ast.IndexExpr:
		p, ok = f.placeOf(e.X)
	case *ast.StarExpr:
		p, ok = f.placeOf(e.X)
	}
	p.depth++
	return p, ok
}

func (f *file) placeNamed(id *ast.Ident) (place, bool) {
	v, ok := f.unit.info.ObjectOf(id).(*types.Var)
	if !ok {
		return place{}, false
	}
	return place{object: v.Origin()}, true
}

// noteChanges notes what the statements on racing lines change, by the group of the lines.
func (u *unit) noteChanges() {
	u.changes = map[int]map[place]bool{}
	for _, f := range u.files {
		if len(f.racing) == 0 {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, to := range n.Lhs {
					f.noteChange(n, to)
				}
			case *ast.IncDecStmt:
				f.noteChange(n, n.X)
			}
			return true
		})
	}
}

func (f *file) noteChange(s ast.Stmt, to ast.Expr) {
	group := f.racing[f.line(s.Pos())]
	if p, ok := f.placeOf(to); ok && group > 0 {
		if f.unit.changes[group] == nil {
			f.unit.changes[group] = map[place]bool{}
		}
		f.unit.changes[group][p] = true
	}
}

// noteReads notes in the statements of a list what is read on racing lines, so that its value
// is told: a step comes directly before such a statement, and none before what is read.
func (f *file) noteReads(list []ast.Stmt) {
	for _, s := range list {
		group := f.racing[f.line(s.Pos())]
		changed := f.unit.changes[group]
		if group == 0 || len(changed) == 0 || f.holdsOthers(s) {
			continue
		}
		r := reading{file: f, line: f.line(s.Pos()), changed: changed}
		for _, e := range evaluated(s) {
			r.values(e)
		}
		if len(r.found) == 1 && !r.unclear && f.mentions(s, r.found[0]) == 1 {
			f.told[r.found[0]] = true
		}
	}
}

// holdsOthers reports whether there is another statement on the line on which s begins: that
// one may be the step.
func (f *file) holdsOthers(s ast.Stmt) bool {
	line, others := f.line(s.Pos()), false
	ast.Inspect(s, func(n ast.Node) bool {
		_, isBlock := n.(*ast.BlockStmt)
		if inner, ok := n.(ast.Stmt); ok && inner != s && !isBlock {
			others = others || f.line(inner.Pos()) <= line
		}
		return !others
	})
	return others
}

// evaluated are the expressions that a statement evaluates first, and once.
func evaluated(s ast.Stmt) []ast.Expr {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return s.Results
	case *ast.AssignStmt:
		if isLookup := len(s.Lhs) > len(s.Rhs); (s.Tok == token.ASSIGN || s.Tok == token.DEFINE) && (!isLookup || isCall(s.Rhs[0])) {
			return s.Rhs
		}
	case *ast.ExprStmt:
		return []ast.Expr{s.X}
	case *ast.IfStmt:
		if s.Init == nil {
			return []ast.Expr{s.Cond}
		}
	case *ast.SwitchStmt:
		if s.Init == nil && s.Tag != nil {
			return []ast.Expr{s.Tag}
		}
	}
	return nil
}

func isCall(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok
}

// A reading looks in expressions for what is read of the places that racing lines change.
type reading struct {
	*file
	line    int
	changed map[place]bool
	calls   int
	found   []ast.Expr
	unclear bool // something may be a step before it is read, or after that
}

// values looks in an expression whose value is taken, and not its address.
func (r *reading) values(e ast.Expr) {
	if p, ok := r.placeOf(e); ok && r.changed[p] && r.file.line(e.Pos()) == r.line && r.file.line(e.End()) == r.line && !r.isUnshared(e) {
		r.found = append(r.found, ast.Unparen(e))
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		r.values(e.X)
		r.values(e.Y)
	case *ast.UnaryExpr:
		if e.Op == token.ARROW {
			r.unclear = true
		} else if e.Op != token.AND {
			r.values(e.X)
		}
	case *ast.IndexExpr:
		r.values(e.Index)
	case *ast.CompositeLit:
		for _, element := range e.Elts {
			if kv, ok := element.(*ast.KeyValueExpr); ok {
				element = kv.Value
			}
			r.values(element)
		}
	case *ast.CallExpr:
		r.call(e)
	default:
		r.unclear = r.unclear || operates(e)
	}
}

// call looks in the arguments of a call: they are evaluated before it, and after any other.
func (r *reading) call(e *ast.CallExpr) {
	switch {
	case r.unit.info.Types[e.Fun].IsType(), r.isBuiltin(e.Fun, "min", "max"):
	case r.isBuiltin(e.Fun, "len", "cap") && channelOf(r.typeOf(e.Args[0])) == nil:
		r.unclear = r.unclear || operates(e.Args[0])
		return
	default:
		r.calls++
		r.unclear = r.unclear || r.calls > 1 || len(r.found) > 0 || operates(e.Fun)
	}
	for _, arg := range e.Args {
		r.values(arg)
	}
}

func (r *reading) isBuiltin(fun ast.Expr, names ...string) bool {
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = r.unit.info.ObjectOf(id).(*types.Builtin)
	return ok && slices.Contains(names, id.Name)
}

// mentions counts how often a statement, without the statements within, names what e does.
func (f *file) mentions(s ast.Stmt, e ast.Expr) int {
	want, _ := f.placeOf(e)
	n := 0
	ast.Inspect(s, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok {
			if p, ok := f.placeNamed(id); ok && p.object == want.object {
				n++
			}
		}
		_, isBlock := node.(*ast.BlockStmt)
		return !isBlock
	})
	if a, ok := s.(*ast.AssignStmt); ok {
		for _, to := range a.Lhs {
			if p, ok := f.placeOf(to); ok && p.object == want.object {
				n-- // that is written
			}
		}
	}
	return n
}
