package mutate

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/ast/inspector"
)

var lockOperators = []Operator{
	{"lock-and-unlock-dropped", "leaves out a Lock and every Unlock that belongs to it", lockAndUnlockDropped},
	{"lock-dropped", "leaves out a Lock", lockDropped},
	{"unlock-dropped", "leaves out an Unlock", unlockDropped},
	{"unlock-at-once", "unlocks at once, where the Unlock was deferred", unlockAtOnce},
	{"unlock-on-return", "unlocks before each return, where the Unlock was deferred: not on a panic", unlockOnReturn},
	{"try-lock", "gives up when some calls of TryLock had no success", tryLock},
}

// A locking is a statement that locks or unlocks.
type locking struct {
	call
	stmt     ast.Stmt
	deferred bool
	list     []ast.Stmt // in which it stands
	index    int
	in       inspector.Cursor // the function
}

func (l locking) locks() bool   { return l.name() == "Lock" || l.name() == "RLock" }
func (l locking) unlocks() bool { return l.name() == "Unlock" || l.name() == "RUnlock" }

// opposite is the call that undoes what l does.
func (l locking) opposite() string {
	return map[string]string{"Lock": "Unlock", "RLock": "RUnlock", "Unlock": "Lock", "RUnlock": "RLock"}[l.name()]
}

// lockings are the statements in fn, not in functions within it, that lock or unlock.
func (p *program) lockings(fn inspector.Cursor) []locking {
	var out []locking
	p.lists(func(in inspector.Cursor, list []ast.Stmt) {
		if enclosing(in) != fn {
			return
		}
		for i, s := range list {
			c, deferred, ok := p.stmtCall(s)
			l := locking{c, s, deferred, list, i, fn}
			if ok && (l.locks() || l.unlocks()) {
				out = append(out, l)
			}
		}
	})
	return out
}

// sections yields each Lock with the Unlocks of the same lock in the same function.
func (p *program) sections(yield func(lock locking, unlocks []locking)) {
	for fn := range p.functions() {
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

func unlockAtOnce(p *program) {
	p.sections(func(_ locking, unlocks []locking) {
		for _, u := range unlocks {
			if u.deferred {
				p.emit(u.stmt, replace(u.stmt, p.text(u.CallExpr)))
			}
		}
	})
}

func unlockOnReturn(p *program) {
	p.sections(func(lock locking, unlocks []locking) {
		for _, u := range unlocks {
			if !u.deferred || !p.mayPanic(bodyOf(u.in.Node())) {
				continue
			}
			edits := []edit{drop(u.stmt)}
			for _, r := range p.returns(u.in) {
				if r.Pos() > u.stmt.End() {
					edits = append(edits, before(r, p.text(u.CallExpr)))
				}
			}
			if body := bodyOf(u.in.Node()); results(u.in.Node()) == nil {
				edits = append(edits, atEnd(body, p.text(u.CallExpr)))
			}
			p.emit(u.stmt, edits...)
		}
	})
}

// mayPanic reports whether a function does more than to read and write variables: it
// calls more than Lock and Unlock, or looks up an index.
func (p *program) mayPanic(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr, *ast.SliceExpr:
			found = true
		case *ast.CallExpr:
			c, ok := p.callOf(n)
			l := locking{call: c}
			found = found || !ok || !l.locks() && !l.unlocks() && !c.of("sync.Cond")
		}
		return !found
	})
	return found
}

func tryLock(p *program) {
	try := map[string]string{"Lock": "TryLock", "RLock": "TryRLock"}
	p.sections(func(lock locking, _ []locking) {
		for _, times := range []int{0, 10} {
			p.emit(lock.stmt, replace(lock.stmt, fmt.Sprintf("for tries := 0; !%s.%s(); tries++ {\nif tries == %d {\n%s\n}\nruntime.Gosched()\n}",
				p.text(lock.on), try[lock.name()], times, p.zeroReturn(lock.in.Node()))))
		}
	})
}
