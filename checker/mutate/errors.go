package mutate

import (
	"go/ast"
	"strings"
)

var errorOperators = []Operator{
	{"check-dropped", "goes on, where it should return", checkDropped},
	{"error-dropped", "returns no error", errorDropped},
	{"error-not-wrapped", "returns an error that errors.Is does not recognise", errorNotWrapped},
}

// checkDropped makes the condition of an if false whose body leaves the function or
// the loop. The variables stay used.
func checkDropped(p *program) {
	for s := range each[*ast.IfStmt](p) {
		if len(s.Body.List) == 0 {
			continue
		}
		switch s.Body.List[len(s.Body.List)-1].(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			p.emit(s, wrap(s.Cond, "false && (", ")")...)
		}
	}
}

func errorDropped(p *program) {
	for r := range each[*ast.ReturnStmt](p) {
		if len(r.Results) == 0 {
			continue
		}
		last := r.Results[len(r.Results)-1]
		if _, calls := last.(*ast.CallExpr); p.typeOf(last) != "error" || calls && p.functionOf(last.(*ast.CallExpr)) != "fmt.Errorf" {
			continue
		}
		p.emit(r, replace(last, "nil"))
	}
}

func errorNotWrapped(p *program) {
	for lit := range each[*ast.BasicLit](p) {
		if strings.Contains(lit.Value, "%w") {
			p.emit(lit, replace(lit, strings.ReplaceAll(lit.Value, "%w", "%v")))
		}
	}
}
