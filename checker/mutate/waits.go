package mutate

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/inspector"
)

var waitOperators = []Operator{
	{"signal-for-broadcast", "wakes one goroutine, where all should wake", signalForBroadcast},
	{"signal-dropped", "wakes nobody", signalDropped},
	{"if-for-for", "looks only once after a Wait whether what it waits for is true", ifForFor},
	{"wait-dropped", "does not wait", waitDropped},
	{"sleep-for-wait", "sleeps, where it should wait", sleepForWait},
	{"timeout-for-wait", "waits for some time only", timeoutForWait},
	{"add-in-goroutine", "calls Add in the goroutine that is counted", addInGoroutine},
	{"add-dropped", "does not count", addDropped},
	{"done-dropped", "does not say that it is done", doneDropped},
	{"done-doubled", "says twice that it is done", doneDoubled},
}

// methodStmts yields the statements that call one of the methods.
func (p *program) methodStmts(yield func(s ast.Stmt, c call), methods ...string) {
	p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
		c, _, ok := p.stmtCall(list[i])
		for _, m := range methods {
			if ok && c.method == m {
				yield(list[i], c)
			}
		}
	})
}

func (p *program) dropMethod(methods ...string) {
	p.methodStmts(func(s ast.Stmt, _ call) { p.emit(s, drop(s)) }, methods...)
}

func signalForBroadcast(p *program) {
	p.methodStmts(func(s ast.Stmt, c call) {
		p.emit(s, replace(methodName(c.CallExpr), "Signal"))
	}, "(*sync.Cond).Broadcast")
}

func signalDropped(p *program) { p.dropMethod("(*sync.Cond).Broadcast", "(*sync.Cond).Signal") }

func ifForFor(p *program) {
	for loop := range each[*ast.ForStmt](p) {
		if loop.Init != nil || loop.Post != nil || loop.Cond == nil || !p.waitsIn(loop.Body) {
			continue
		}
		p.emit(loop, edit{loop.For, loop.For + token.Pos(len("for")), "if"})
	}
}

func (p *program) waitsIn(body *ast.BlockStmt) bool {
	for _, s := range body.List {
		if c, _, ok := p.stmtCall(s); ok && c.method == "(*sync.Cond).Wait" {
			return true
		}
	}
	return false
}

func waitDropped(p *program) {
	p.waits(func(s ast.Stmt, _ string) { p.emit(s, drop(s)) })
}

func sleepForWait(p *program) {
	p.waits(func(s ast.Stmt, _ string) { p.emit(s, replace(s, "time.Sleep(10 * time.Millisecond)")) })
}

func timeoutForWait(p *program) {
	const late = "case <-time.After(10 * time.Millisecond):\n}"
	p.waits(func(s ast.Stmt, channel string) {
		if channel == "" {
			p.emit(s, replace(s, "over := make(chan struct{})\ngo func() {\n"+p.text(s)+"\nclose(over)\n}()\nselect {\ncase <-over:\n"+late))
			return
		}
		p.emit(s, replace(s, "select {\ncase "+channel+":\n"+late))
	})
}

// waits yields the statements that only wait: for others that count down, or for a
// channel. channel is the operation on it.
func (p *program) waits(yield func(s ast.Stmt, channel string)) {
	p.methodStmts(func(s ast.Stmt, _ call) { yield(s, "") }, "(*sync.WaitGroup).Wait")
	p.statements(func(in inspector.Cursor, list []ast.Stmt, i int) {
		switch s := list[i].(type) {
		case *ast.SendStmt:
			yield(s, p.text(s))
		case *ast.ExprStmt:
			if receive, ok := s.X.(*ast.UnaryExpr); ok && receive.Op == token.ARROW {
				yield(s, p.text(s))
			}
		}
	})
}

func addInGoroutine(p *program) {
	p.methodStmts(func(s ast.Stmt, c call) {
		p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
			if list[i] != s {
				return
			}
			for _, next := range list[i+1:] {
				if g, ok := next.(*ast.GoStmt); ok {
					if fn, ok := g.Call.Fun.(*ast.FuncLit); ok {
						p.emit(s, drop(s), atTop(fn.Body, p.text(s)))
					}
				}
			}
		})
	}, "(*sync.WaitGroup).Add")
}

func addDropped(p *program)  { p.dropMethod("(*sync.WaitGroup).Add") }
func doneDropped(p *program) { p.dropMethod("(*sync.WaitGroup).Done") }

func doneDoubled(p *program) {
	p.methodStmts(func(s ast.Stmt, _ call) { p.emit(s, after(s, p.text(s))) }, "(*sync.WaitGroup).Done")
}
