package mutate

import (
	"go/ast"

	"golang.org/x/tools/go/ast/inspector"
)

var lockOperators = []Operator{
	{"lock-and-unlock-dropped", "leaves out a Lock and every Unlock that belongs to it", lockAndUnlockDropped},
	{"lock-dropped", "leaves out a Lock", lockDropped},
	{"unlock-dropped", "leaves out an Unlock", unlockDropped},
	{"defer-dropped", "unlocks at once, where the Unlock was deferred", deferDropped},
}

// A locking is a statement that locks or unlocks.
type locking struct {
	call
	stmt     ast.Stmt
	deferred bool
	list     []ast.Stmt // in which it stands
	index    int
}

func (l locking) locks() bool   { return l.name() == "Lock" || l.name() == "RLock" }
func (l locking) unlocks() bool { return l.name() == "Unlock" || l.name() == "RUnlock" }

// lockings are the statements in fn, not in functions within it, that lock or unlock.
func (p *program) lockings(fn inspector.Cursor) []locking {
	var out []locking
	p.lists(func(in inspector.Cursor, list []ast.Stmt) {
		if function(in) != fn.Node() {
			return
		}
		for i, s := range list {
			c, deferred, ok := p.stmtCall(s)
			l := locking{c, s, deferred, list, i}
			if ok && (l.locks() || l.unlocks()) {
				out = append(out, l)
			}
		}
	})
	return out
}

// function is the innermost function that c is in.
func function(c inspector.Cursor) ast.Node {
	for fn := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return fn.Node()
	}
	return nil
}

// sections yields each Lock with the Unlocks of the same lock in the same function.
func (p *program) sections(yield func(lock locking, unlocks []locking)) {
	for fn := range p.tree.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		all := p.lockings(fn)
		for _, lock := range all {
			if !lock.locks() || lock.deferred {
				continue
			}
			var unlocks []locking
			for _, u := range all {
				if u.unlocks() && p.text(u.on) == p.text(lock.on) {
					unlocks = append(unlocks, u)
				}
			}
			yield(lock, unlocks)
		}
	}
}

func lockAndUnlockDropped(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		edits := []edit{drop(lock.stmt)}
		for _, u := range unlocks {
			edits = append(edits, drop(u.stmt))
		}
		p.emit(lock.stmt, edits...)
	})
}

func lockDropped(p *program) {
	p.sections(func(lock locking, _ []locking) { p.emit(lock.stmt, drop(lock.stmt)) })
}

func unlockDropped(p *program) {
	p.sections(func(_ locking, unlocks []locking) {
		for _, u := range unlocks {
			p.emit(u.stmt, drop(u.stmt))
		}
	})
}

func deferDropped(p *program) {
	p.sections(func(_ locking, unlocks []locking) {
		for _, u := range unlocks {
			if u.deferred {
				p.emit(u.stmt, replace(u.stmt, p.text(u.CallExpr)))
			}
		}
	})
}
