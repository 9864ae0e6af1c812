package mutate

import (
	"go/ast"
	"go/types"
	"strings"
)

var sectionOperators = []Operator{
	{"section-shrunk", "leaves the first statement, or the last one, out of a critical section", sectionShrunk},
	{"section-split", "unlocks and locks again within a critical section", sectionSplit},
	{"section-grown", "takes one statement more into a critical section", sectionGrown},
	{"section-to-the-end", "holds the lock to the end of the function", sectionToTheEnd},
	{"lock-added", "holds the lock in a method that does not lock", lockAdded},
	{"one-at-a-time", "runs an exported function that may wait for one caller at a time", oneAtATime},
}

// deferredNext is the deferred Unlock in the statement after a Lock.
func (l locking) deferredNext(unlocks []locking) (locking, bool) {
	for _, u := range unlocks {
		if u.deferred && u.index == l.index+1 && u.list[u.index] == u.stmt && l.index+1 < len(l.list) && l.list[l.index+1] == u.stmt {
			return u, true
		}
	}
	return locking{}, false
}

// inside are the numbers of the statements in the list of the Lock that are in its
// critical section.
func (l locking) inside(unlocks []locking) (from, to int) {
	from, to = l.index+1, len(l.list)
	if _, ok := l.deferredNext(unlocks); ok {
		from++
	}
	for _, u := range unlocks {
		if !u.deferred && u.index > l.index && u.index < to && l.list[u.index] == u.stmt {
			to = u.index
		}
	}
	return from, to
}

func sectionShrunk(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		from, to := lock.inside(unlocks)
		if from >= to {
			return
		}
		if _, ends := lock.list[from].(*ast.ReturnStmt); !ends {
			edits, locked := []edit{drop(lock.stmt)}, p.text(lock.stmt)
			if u, ok := lock.deferredNext(unlocks); ok {
				edits = append(edits, drop(u.stmt))
				locked += "\n" + p.text(u.stmt)
			}
			p.emit(lock.stmt, append(edits, after(lock.list[from], locked))...)
		}
		if to < len(lock.list) && to-from > 1 {
			u := lock.list[to]
			p.emit(u, drop(u), before(lock.list[to-1], p.text(u)))
		}
	})
}

func sectionSplit(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		from, to := lock.inside(unlocks)
		on := p.text(lock.on)
		if to > from && !p.touchesShared(lock.list[to-1]) {
			to-- // to return what is one's own needs no lock
		}
		for i := from + 1; i < to; i++ {
			p.emit(lock.list[i], before(lock.list[i], on+"."+lock.opposite()+"()\n"+on+"."+lock.name()+"()"))
		}
	})
}

// touchesShared reports whether a statement may do more than return constants,
// parameters and variables of the function.
func (p *program) touchesShared(s ast.Stmt) bool {
	r, ok := s.(*ast.ReturnStmt)
	if !ok {
		return true
	}
	for _, e := range r.Results {
		switch e := e.(type) {
		case *ast.BasicLit:
		case *ast.Ident:
			if v, ok := p.Info.Uses[e].(*types.Var); ok && v.Parent() == p.Types.Scope() {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func sectionGrown(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		if lock.index > 0 {
			previous, locked := lock.list[lock.index-1], p.text(lock.stmt)
			edits := []edit{drop(lock.stmt)}
			if u, ok := lock.deferredNext(unlocks); ok {
				edits = append(edits, drop(u.stmt))
				locked += "\n" + p.text(u.stmt)
			}
			p.emit(lock.stmt, append(edits, before(previous, locked))...)
		}
		for _, u := range unlocks {
			if !u.deferred && u.index+1 < len(u.list) {
				p.emit(u.stmt, drop(u.stmt), after(u.list[u.index+1], p.text(u.stmt)))
			}
		}
	})
}

func sectionToTheEnd(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		rest := lock.list[lock.index+1:]
		if _, to := lock.inside(unlocks); to < len(lock.list) {
			rest = lock.list[to+1:]
		}
		if len(rest) == 1 && !p.touchesShared(rest[0]) {
			return
		}
		edits := []edit{after(lock.stmt, "defer "+p.text(lock.on)+"."+lock.opposite()+"()")}
		for _, u := range unlocks {
			if u.deferred {
				return
			}
			edits = append(edits, drop(u.stmt))
		}
		p.emit(lock.stmt, edits...)
	})
}

// lockField is the name of the first field of a struct that is a lock, "" if none is.
func lockField(t types.Type) string {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	for f := range s.Fields() {
		if isLock(f.Type()) {
			return f.Name()
		}
	}
	return ""
}

func isLock(t types.Type) bool {
	name := strings.TrimPrefix(types.TypeString(t, nil), "*")
	return name == "sync.Mutex" || name == "sync.RWMutex"
}

func lockAdded(p *program) {
	for fn := range p.functions() {
		decl, ok := fn.Node().(*ast.FuncDecl)
		if !ok || receiverType(decl) == nil || len(decl.Recv.List[0].Names) == 0 || len(p.lockings(fn)) > 0 {
			continue
		}
		receiver := decl.Recv.List[0].Names[0]
		if field := lockField(p.Info.TypeOf(decl.Recv.List[0].Type)); field != "" {
			lock := receiver.Name + "." + field
			p.emit(decl, atTop(decl.Body, lock+".Lock()\ndefer "+lock+".Unlock()"))
		}
	}
}

func oneAtATime(p *program) {
	for fn := range p.functions() {
		if decl, ok := fn.Node().(*ast.FuncDecl); ok && decl.Name.IsExported() && p.mayWait(decl.Body) {
			p.emit(decl, atTop(decl.Body, "turn.Lock()\ndefer turn.Unlock()"), declare(p.file, "var turn sync.Mutex"))
		}
	}
}
