package mutate

import "go/ast"

var selectOperators = []Operator{
	{"default-added", "does not wait in a select", defaultAdded},
	{"default-dropped", "waits in a select that should not", defaultDropped},
	{"case-dropped", "leaves out a case of a select", caseDropped},
}

func (p *program) cases(yield func(s *ast.SelectStmt, c *ast.CommClause)) {
	for s := range each[*ast.SelectStmt](p) {
		for _, c := range s.Body.List {
			yield(s, c.(*ast.CommClause))
		}
	}
}

func defaultAdded(p *program) {
	for s := range each[*ast.SelectStmt](p) {
		p.emit(s, atEnd(s.Body, "default:"))
	}
}

func defaultDropped(p *program) {
	p.cases(func(_ *ast.SelectStmt, c *ast.CommClause) {
		if c.Comm == nil {
			p.emit(c, drop(c))
		}
	})
}

func caseDropped(p *program) {
	p.cases(func(s *ast.SelectStmt, c *ast.CommClause) {
		if c.Comm != nil && len(s.Body.List) > 1 {
			p.emit(c, drop(c))
		}
	})
}
