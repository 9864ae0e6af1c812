package mutate

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

var whichLockOperators = []Operator{
	{"lock-of-the-call", "makes a new lock in every call", lockOfTheCall},
	{"lock-of-the-package", "has one lock for all, in a variable of the package, where it may be held for long", lockOfThePackage},
	{"second-lock", "locks another lock in one function than in the others", secondLock},
	{"one-lock-for-two", "has one lock where there are two", oneLockForTwo},
	{"lock-order-swapped", "takes two locks in the other order", lockOrderSwapped},
	{"value-receiver", "works on a copy, and locks the copy's lock", valueReceiver},
}

// lockType is the type of the lock, "sync.Mutex" or "sync.RWMutex".
func (l locking) lockType() string {
	t, _, _ := strings.Cut(strings.TrimPrefix(l.method, "(*"), ")")
	return t
}

func lockOfTheCall(p *program) {
	for fn := range p.functions() {
		byLock := map[string][]edit{}
		var order []locking
		for _, l := range p.lockings(fn) {
			on := p.text(l.on)
			if byLock[on] == nil {
				order = append(order, l)
			}
			byLock[on] = append(byLock[on], replace(l.on, "own"))
		}
		for _, l := range order {
			if !l.of("sync.Mutex") && !l.of("sync.RWMutex") {
				continue
			}
			p.emit(l.stmt, append(byLock[p.text(l.on)], atTop(bodyOf(fn.Node()), "var own "+l.lockType()))...)
		}
	}
}

// field is the field of a struct that e selects, nil if it selects none.
func (p *program) field(e ast.Expr) (*ast.SelectorExpr, *types.Var) {
	s, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil, nil
	}
	v, ok := p.Info.Uses[s.Sel].(*types.Var)
	if !ok || !v.IsField() {
		return nil, nil
	}
	return s, v
}

// A lockUse is where a function locks or unlocks the lock in a field.
type lockUse struct {
	locking
	selects *ast.SelectorExpr
}

// lockFields are the fields that are locked, in order of appearance, with their uses.
func (p *program) lockFields() (order []*types.Var, uses map[*types.Var][]lockUse) {
	uses = map[*types.Var][]lockUse{}
	for fn := range p.functions() {
		for _, l := range p.lockings(fn) {
			s, v := p.field(l.on)
			if v == nil || !l.of("sync.Mutex") && !l.of("sync.RWMutex") {
				continue
			}
			if uses[v] == nil {
				order = append(order, v)
			}
			uses[v] = append(uses[v], lockUse{l, s})
		}
	}
	return order, uses
}

func lockOfThePackage(p *program) {
	order, uses := p.lockFields()
	for _, v := range order {
		edits, slow := []edit{declare(p.file, "var lock "+uses[v][0].lockType())}, false
		for _, u := range uses[v] {
			edits = append(edits, replace(u.on, "lock"))
			slow = slow || p.waitsUnder(u.locking)
		}
		if slow {
			p.emit(uses[v][0].stmt, edits...)
		}
	}
}

// waitsUnder reports whether something that may take long is done under the lock.
func (p *program) waitsUnder(l locking) bool {
	found := false
	p.sections(func(lock locking, unlocks []locking) {
		if lock.stmt != l.stmt {
			return
		}
		from, to := lock.inside(unlocks)
		for _, s := range lock.list[min(from, to):to] {
			found = found || p.mayWait(s)
		}
	})
	return found
}

// declaration is where a field is declared.
func (p *program) declaration(v *types.Var) *ast.Field {
	for f := range each[*ast.Field](p) {
		for _, name := range f.Names {
			if p.Info.Defs[name] == v {
				return f
			}
		}
	}
	return nil
}

func secondLock(p *program) {
	order, uses := p.lockFields()
	for _, v := range order {
		field := p.declaration(v)
		if field == nil || len(field.Names) != 1 {
			continue
		}
		byFunction := map[inspector.Cursor][]edit{}
		var in []lockUse
		for _, u := range uses[v] {
			if byFunction[u.in] == nil {
				in = append(in, u)
			}
			byFunction[u.in] = append(byFunction[u.in], replace(u.selects.Sel, "second"))
		}
		if len(in) < 2 {
			continue
		}
		for _, u := range in {
			p.emit(u.stmt, append(byFunction[u.in], before(field, "second "+u.lockType()))...)
		}
	}
}

func oneLockForTwo(p *program) {
	order, uses := p.lockFields()
	for _, v := range order {
		for _, other := range order {
			if v == other || !sameStruct(p.declarationOwner(v), p.declarationOwner(other)) || v.Pos() > other.Pos() {
				continue
			}
			var edits []edit
			for _, u := range uses[other] {
				edits = append(edits, replace(u.selects.Sel, v.Name()))
			}
			p.emit(uses[other][0].stmt, edits...)
		}
	}
}

// declarationOwner is the struct that a field is declared in.
func (p *program) declarationOwner(v *types.Var) *ast.StructType {
	for s := range each[*ast.StructType](p) {
		if s.Pos() <= v.Pos() && v.Pos() < s.End() {
			return s
		}
	}
	return nil
}

func sameStruct(a, b *ast.StructType) bool { return a != nil && a == b }

func lockOrderSwapped(p *program) {
	for fn := range p.functions() {
		var last *locking
		for _, l := range p.lockings(fn) {
			if !l.locks() || l.deferred {
				continue
			}
			if last != nil && p.text(last.on) != p.text(l.on) && len(last.list) == len(l.list) && last.list[0] == l.list[0] {
				p.emit(l.stmt, replace(last.stmt, p.text(l.stmt)), replace(l.stmt, p.text(last.stmt)))
			}
			last = &l
		}
	}
}

func valueReceiver(p *program) {
	for fn := range p.functions() {
		decl, ok := fn.Node().(*ast.FuncDecl)
		if !ok || receiverType(decl) == nil || len(p.lockings(fn)) == 0 && !p.writesField(decl.Body) {
			continue
		}
		if star, ok := decl.Recv.List[0].Type.(*ast.StarExpr); ok {
			p.emit(decl, replace(star, p.text(star.X)))
		}
	}
}

// writesField reports whether a field is assigned to.
func (p *program) writesField(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				_, v := p.field(x)
				found = found || v != nil
			}
		case *ast.IncDecStmt:
			_, v := p.field(n.X)
			found = found || v != nil
		}
		return !found
	})
	return found
}
