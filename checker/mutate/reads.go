package mutate

import "go/ast"

var readOperators = []Operator{
	{"rlock-for-lock", "takes the lock for reading, where it is for writing", rlockForLock},
	{"lock-for-rlock", "takes the lock for writing, where it is for reading", lockForRLock},
}

var toRead = map[string]string{"Lock": "RLock", "Unlock": "RUnlock", "TryLock": "TryRLock"}

// A Mutex becomes an RWMutex, so that it can be locked for reading.
func rlockForLock(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		if lock.name() != "Lock" || p.onlyReads(bodyOf(lock.in.Node())) {
			return
		}
		edits := []edit{}
		if lock.of("sync.Mutex") {
			_, v := p.field(lock.on)
			if v == nil {
				return
			}
			field := p.declaration(v)
			if field == nil || p.text(field.Type) != "sync.Mutex" {
				return
			}
			edits = append(edits, replace(field.Type, "sync.RWMutex"))
		}
		for _, l := range append(unlocks, lock) {
			edits = append(edits, replace(methodName(l.CallExpr), toRead[l.name()]))
		}
		p.emit(lock.stmt, edits...)
	})
}

// onlyReads reports whether a function is that of a reader, to which a lock for reading
// is as good as another: it returns what it finds, and calls nothing but Lock and Unlock.
func (p *program) onlyReads(body *ast.BlockStmt) bool {
	for _, s := range body.List {
		c, _, isCall := p.stmtCall(s)
		r, isReturn := s.(*ast.ReturnStmt)
		switch {
		case isCall && ((locking{call: c}).locks() || (locking{call: c}).unlocks()):
		case isReturn && !callsWithin(r):
		default:
			return false
		}
	}
	return true
}

func callsWithin(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		_, ok := n.(*ast.CallExpr)
		found = found || ok
		return !found
	})
	return found
}

func lockForRLock(p *program) {
	toWrite := map[string]string{"RLock": "Lock", "RUnlock": "Unlock"}
	p.sections(func(lock locking, unlocks []locking) {
		if lock.name() != "RLock" {
			return
		}
		var edits []edit
		for _, l := range append(unlocks, lock) {
			edits = append(edits, replace(methodName(l.CallExpr), toWrite[l.name()]))
		}
		p.emit(lock.stmt, edits...)
	})
}

// methodName is where the name of the method stands that is called.
func methodName(c *ast.CallExpr) *ast.Ident { return ast.Unparen(c.Fun).(*ast.SelectorExpr).Sel }
