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
		if lock.name() != "Lock" {
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
