package mutate

import (
	"go/ast"
	"go/types"
	"strings"

	"racelab/checker/source"

	"golang.org/x/tools/go/ast/inspector"
)

// A program is one file of a package, with what operators ask about it.
type program struct {
	*source.Typed
	file *source.File
	tree inspector.Cursor
	emit func(at ast.Node, edits ...edit)
}

// text is how a node is written.
func (p *program) text(n ast.Node) string {
	from := p.Fset.PositionFor(n.Pos(), false).Offset
	to := p.Fset.PositionFor(n.End(), false).Offset
	return string(p.file.Text[from:to])
}

// A call is a call of a method of the standard library: of mu.Lock(), on is mu and
// method is "(*sync.Mutex).Lock".
type call struct {
	*ast.CallExpr
	on     ast.Expr
	method string
}

// name is the method's own, such as "Lock".
func (c call) name() string { return c.method[strings.LastIndexByte(c.method, '.')+1:] }

// callOf reads e as the call of a method.
func (p *program) callOf(e ast.Node) (call, bool) {
	c, ok := e.(*ast.CallExpr)
	if !ok {
		return call{}, false
	}
	s, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr)
	if !ok {
		return call{}, false
	}
	fn, ok := p.Info.Uses[s.Sel].(*types.Func)
	if !ok || p.Info.Selections[s] == nil {
		return call{}, false
	}
	return call{c, s.X, fn.FullName()}, true
}

// stmtCall reads a statement, or the deferred part of one, as the call of a method.
func (p *program) stmtCall(s ast.Node) (c call, deferred, ok bool) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		c, ok = p.callOf(s.X)
	case *ast.DeferStmt:
		c, ok = p.callOf(s.Call)
		deferred = true
	}
	return c, deferred, ok
}

// receiverType is the type that a method is declared for, nil of a function.
func receiverType(fn *ast.FuncDecl) *ast.Ident {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return nil
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	name, _ := t.(*ast.Ident)
	return name
}

// lists yields every list of statements: of blocks, and of the cases of switch and
// select.
func (p *program) lists(yield func(in inspector.Cursor, list []ast.Stmt)) {
	for c := range p.tree.Preorder((*ast.BlockStmt)(nil), (*ast.CaseClause)(nil), (*ast.CommClause)(nil)) {
		switch n := c.Node().(type) {
		case *ast.BlockStmt:
			yield(c, n.List)
		case *ast.CaseClause:
			yield(c, n.Body)
		case *ast.CommClause:
			yield(c, n.Body)
		}
	}
}
