package mutate

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/inspector"
)

var flowOperators = []Operator{
	{"defer-dropped", "does at once what was deferred", deferDropped},
	{"loop-once", "ends a loop after the first round", loopOnce},
	{"returns-early", "returns before the function is at its end", returnsEarly},
	{"statements-swapped", "does two things in the other order", statementsSwapped},
	{"statement-dropped", "leaves out a statement", statementDropped},
}

func deferDropped(p *program) {
	for d := range each[*ast.DeferStmt](p) {
		p.emit(d, replace(d, p.text(d.Call)))
	}
}

func loopOnce(p *program) {
	once := func(body *ast.BlockStmt) {
		if len(body.List) > 0 && !leaves(body.List[len(body.List)-1]) {
			p.emit(body, atEnd(body, "break"))
		}
	}
	for l := range each[*ast.ForStmt](p) {
		if l.Cond != nil {
			once(l.Body)
		}
	}
	for l := range each[*ast.RangeStmt](p) {
		once(l.Body)
	}
}

// leaves reports whether nothing after the statement is reached.
func leaves(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// returnsEarly returns before the last statement that is more than a return. To leave
// out more than one is seldom harder to see.
func returnsEarly(p *program) {
	for fn := range p.functions() {
		list := bodyOf(fn.Node()).List
		for i := len(list) - 1; i > 0; i-- {
			if !leaves(list[i]) {
				p.emit(list[i], before(list[i], p.zeroReturn(fn.Node())))
				break
			}
		}
	}
}

// statementsSwapped leaves out declarations, which cannot move, and what locks: the
// operators of locks do that.
func statementsSwapped(p *program) {
	p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
		if i+1 < len(list) && p.moves(list[i]) && p.moves(list[i+1]) {
			p.emit(list[i], replace(list[i], p.text(list[i+1])), replace(list[i+1], p.text(list[i])))
		}
	})
}

func (p *program) moves(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return s.Tok != token.DEFINE
	case *ast.ExprStmt, *ast.DeferStmt:
		c, _, ok := p.stmtCall(s)
		return !ok || !(locking{call: c}).locks() && !(locking{call: c}).unlocks()
	case *ast.IncDecStmt, *ast.SendStmt, *ast.GoStmt, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SelectStmt:
		return true
	}
	return false
}

func statementDropped(p *program) {
	p.statements(func(_ inspector.Cursor, list []ast.Stmt, i int) {
		switch s := list[i].(type) {
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				p.emit(s, drop(s))
			}
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt, *ast.RangeStmt, *ast.ForStmt:
			p.emit(s, drop(s))
		}
	})
}
