package mutate

import (
	"go/ast"

	"golang.org/x/tools/go/ast/inspector"
)

var goOperators = []Operator{
	{"go-removed", "calls, where it should start a goroutine", goRemoved},
	{"go-uncounted", "starts a goroutine that nobody waits for", goUncounted},
	{"go-added", "starts a goroutine, where it should call", goAdded},
	{"send-in-goroutine", "sends in a goroutine of its own", sendInGoroutine},
}

const wgGo = "(*sync.WaitGroup).Go"

func goRemoved(p *program) {
	for g := range each[*ast.GoStmt](p) {
		p.emit(g, replace(g, p.text(g.Call)))
	}
	p.methodStmts(func(s ast.Stmt, c call) { p.emit(s, replace(s, p.text(c.Args[0])+"()")) }, wgGo)
}

func goUncounted(p *program) {
	p.methodStmts(func(s ast.Stmt, c call) { p.emit(s, replace(s, "go "+p.text(c.Args[0])+"()")) }, wgGo)
}

func goAdded(p *program) {
	p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
		s, ok := list[i].(*ast.ExprStmt)
		if !ok {
			return
		}
		c, ok := s.X.(*ast.CallExpr)
		if !ok {
			return
		}
		if m, isMethod := p.callOf(c); isMethod && (m.of("sync.Mutex") || m.of("sync.RWMutex") || m.method == wgGo) {
			return // nobody does that
		}
		p.emit(s, insert(s.Pos(), "go "))
	})
}

func sendInGoroutine(p *program) {
	p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
		if s, ok := list[i].(*ast.SendStmt); ok {
			p.emit(s, replace(s, "go func() { "+p.text(s)+" }()"))
		}
	})
}
