package mutate

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

var channelOperators = []Operator{
	{"close-dropped", "does not close, cancel or stop", closeDropped},
	{"close-doubled", "closes, cancels or stops twice", closeDoubled},
	{"close-moved-up", "closes, cancels or stops one statement too early", closeMovedUp},
	{"close-moved-down", "closes, cancels or stops one statement too late", closeMovedDown},
	{"capacity", "makes a channel with room for one more, one less, none, or for many", capacity},
	{"end-ignored", "takes the zero value of a closed channel for one that was sent", endIgnored},
}

// ending reports whether a statement closes a channel, cancels a context, or stops or
// closes what has such a method.
func (p *program) ending(s ast.Stmt) bool {
	c := callIn(s)
	if c == nil {
		return false
	}
	if p.functionOf(c) == "close" || p.typeOf(c.Fun) == "context.CancelFunc" {
		return true
	}
	m, ok := p.callOf(c)
	return ok && (m.name() == "Stop" || m.name() == "Close" || m.name() == "Cancel")
}

// callIn is the call that a statement is, at once or deferred; nil if it is none.
func callIn(s ast.Stmt) *ast.CallExpr {
	switch s := s.(type) {
	case *ast.ExprStmt:
		c, _ := s.X.(*ast.CallExpr)
		return c
	case *ast.DeferStmt:
		return s.Call
	}
	return nil
}

func (p *program) endings(yield func(list []ast.Stmt, i int)) {
	p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
		if p.ending(list[i]) {
			yield(list, i)
		}
	})
}

func closeDropped(p *program) {
	p.endings(func(list []ast.Stmt, i int) {
		c := callIn(list[i])
		if p.functionOf(c) == "close" {
			p.emit(list[i], drop(list[i]))
			return
		}
		kept := c.Fun // so that the variable is used
		if m, ok := p.callOf(c); ok {
			kept = m.on
		}
		p.emit(list[i], replace(list[i], "_ = "+p.text(kept)))
	})
}

func closeDoubled(p *program) {
	p.endings(func(list []ast.Stmt, i int) { p.emit(list[i], after(list[i], p.text(list[i]))) })
}

func closeMovedUp(p *program) {
	p.endings(func(list []ast.Stmt, i int) {
		if i > 0 {
			p.emit(list[i], drop(list[i]), before(list[i-1], p.text(list[i])))
		}
	})
}

func closeMovedDown(p *program) {
	p.endings(func(list []ast.Stmt, i int) {
		if i+1 < len(list) {
			p.emit(list[i], drop(list[i]), after(list[i+1], p.text(list[i])))
		}
	})
}

func capacity(p *program) {
	for c := range each[*ast.CallExpr](p) {
		if p.functionOf(c) != "make" || !p.isChannel(c) {
			continue
		}
		if len(c.Args) == 1 {
			p.emit(c, insert(c.Args[0].End(), ", 1"))
			p.emit(c, insert(c.Args[0].End(), ", 1000"))
			continue
		}
		size := p.text(c.Args[1])
		others := []string{size + "+1", "", "1000"}
		if v := p.Info.Types[c.Args[1]].Value; v == nil || v.ExactString() != "1" {
			others = append(others, size+"-1")
		}
		for _, other := range others {
			p.emit(c, edit{c.Args[0].End(), c.Rparen, strings.TrimSuffix(", "+other, ", ")})
		}
	}
}

// endIgnored drops what is done when ok is false in v, ok := <-c.
func endIgnored(p *program) {
	for a := range each[*ast.AssignStmt](p) {
		if len(a.Lhs) != 2 || len(a.Rhs) != 1 {
			continue
		}
		receive, isReceive := ast.Unparen(a.Rhs[0]).(*ast.UnaryExpr)
		ok, named := a.Lhs[1].(*ast.Ident)
		if !isReceive || receive.Op != token.ARROW || !named || ok.Name == "_" {
			continue
		}
		p.emit(a, after(a, ok.Name+" = true"))
	}
}
