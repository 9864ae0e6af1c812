package mutate

import (
	"go/ast"
	"go/types"
	"iter"
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
func (p *program) text(n ast.Node) string { return string(between(p.file, n.Pos(), n.End())) }

// A call is a call of a method: of mu.Lock(), on is mu and method is
// "(*sync.Mutex).Lock".
type call struct {
	*ast.CallExpr
	on     ast.Expr
	method string
}

// name is the method's own, such as "Lock".
func (c call) name() string { return c.method[strings.LastIndexByte(c.method, '.')+1:] }

// of reports whether it is a method of the named type, such as "sync.Mutex".
func (c call) of(t string) bool { return strings.HasPrefix(c.method, "(*"+t+").") }

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
	return call{c, s.X, fn.Origin().FullName()}, true
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

// functionOf is the function of a package that c calls, such as "slices.Clone", or a
// builtin, such as "close".
func (p *program) functionOf(c *ast.CallExpr) string {
	switch f := ast.Unparen(c.Fun).(type) {
	case *ast.SelectorExpr:
		if fn, ok := p.Info.Uses[f.Sel].(*types.Func); ok && p.Info.Selections[f] == nil {
			return fn.Origin().FullName()
		}
	case *ast.Ident:
		if b, ok := p.Info.Uses[f].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// typeOf is the type of an expression, written out; "" where it has none.
func (p *program) typeOf(e ast.Expr) string {
	t := p.Info.TypeOf(e)
	if t == nil {
		return ""
	}
	return types.TypeString(t, func(other *types.Package) string {
		if other == p.Types {
			return ""
		}
		return other.Name()
	})
}

// isChannel reports whether e is one.
func (p *program) isChannel(e ast.Expr) bool {
	t := p.Info.TypeOf(e)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// each yields the nodes of a type, in the order of the file.
func each[N ast.Node](p *program) iter.Seq[N] {
	return func(yield func(N) bool) {
		var n N
		for c := range p.tree.Preorder(n) {
			if !yield(c.Node().(N)) {
				return
			}
		}
	}
}

// functions are the declared ones and those within them.
func (p *program) functions() iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		for fn := range p.tree.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			if bodyOf(fn.Node()) != nil && !yield(fn) {
				return
			}
		}
	}
}

// enclosing is the innermost function that c is in; without one it is not valid.
func enclosing(c inspector.Cursor) inspector.Cursor {
	for fn := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return fn
	}
	return inspector.Cursor{}
}

func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

// results are those of a function, nil if it has none.
func results(fn ast.Node) *ast.FieldList {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Type.Results
	case *ast.FuncLit:
		return fn.Type.Results
	}
	return nil
}

// returns are the return statements of a function, not of functions within it.
func (p *program) returns(fn inspector.Cursor) []*ast.ReturnStmt {
	var out []*ast.ReturnStmt
	for c := range fn.Preorder((*ast.ReturnStmt)(nil)) {
		if enclosing(c) == fn {
			out = append(out, c.Node().(*ast.ReturnStmt))
		}
	}
	return out
}

// zeroReturn is a statement that returns zero values, or the named results as they
// are.
func (p *program) zeroReturn(fn ast.Node) string {
	var values []string
	if list := results(fn); list != nil {
		for _, field := range list.List {
			if len(field.Names) > 0 {
				return "return"
			}
			values = append(values, "*new("+p.text(field.Type)+")")
		}
	}
	return strings.TrimSpace("return " + strings.Join(values, ", "))
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

// statements yields every statement of every list.
func (p *program) statements(yield func(in inspector.Cursor, list []ast.Stmt, i int)) {
	p.lists(func(in inspector.Cursor, list []ast.Stmt) {
		for i := range list {
			yield(in, list, i)
		}
	})
}
