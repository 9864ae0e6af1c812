package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

var sizeOperators = []Operator{
	{"narrow-integer", "keeps a number in fewer bits", narrowInteger},
	{"narrow-atomic", "keeps an atomic number in fewer bits", narrowAtomic},
	{"bounded", "forgets what comes after the first few", bounded},
	{"off-by-one", "counts the bound in, or leaves it out", offByOne},
}

// narrowInteger converts what is written into fields, and into variables that
// functions share, to a smaller type and back.
func narrowInteger(p *program) {
	narrow := func(at ast.Node, x ast.Expr, value string, sizes ...int) {
		t, ok := p.Info.TypeOf(x).(*types.Basic)
		if !ok || t.Info()&types.IsInteger == 0 {
			return
		}
		for _, bits := range sizes {
			p.emit(at, replace(at, fmt.Sprintf("%s = %s(int%d(%s))", p.text(x), t.Name(), bits, value)))
		}
	}
	for a := range each[*ast.AssignStmt](p) {
		if len(a.Lhs) != 1 || a.Tok == token.DEFINE {
			continue
		}
		value := p.text(a.Rhs[0])
		if op := strings.TrimSuffix(a.Tok.String(), "="); op != "" {
			value = p.text(a.Lhs[0]) + " " + op + " " + value
		}
		narrow(a, a.Lhs[0], value, 8, 32)
	}
	for s := range each[*ast.IncDecStmt](p) {
		narrow(s, s.X, p.text(s.X)+" "+s.Tok.String()[:1]+" 1", 8, 16) // no test counts further
	}
}

func narrowAtomic(p *program) {
	var edits []edit
	for id := range each[*ast.Ident](p) {
		switch id.Name {
		case "Int64":
			edits = append(edits, replace(id, "Int32"))
		case "int64":
			edits = append(edits, replace(id, "int32"))
		}
	}
	for id := range each[*ast.Ident](p) {
		if id.Name == "Int64" {
			p.emit(id, edits...)
			return
		}
	}
}

// few is more than a test needs that has not thought of it, and less than a learner's
// array would hold.
var few = []int{4, 64}

func bounded(p *program) {
	for c := range each[*ast.CallExpr](p) {
		for _, n := range few {
			switch {
			case p.functionOf(c) == "append" && !c.Ellipsis.IsValid() && len(c.Args) == 2:
				p.emit(c, insert(c.End(), fmt.Sprintf("[:min(len(%s)+1, %d)]", p.text(c.Args[0]), n)))
			case p.functionOf(c) == "make" && len(c.Args) == 2 && !p.isChannel(c) && p.Info.Types[c.Args[1]].Value == nil:
				p.emit(c, replace(c.Args[1], fmt.Sprintf("min(%s, %d)", p.text(c.Args[1]), n)))
			}
		}
	}
}

func offByOne(p *program) {
	other := map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}
	for b := range each[*ast.BinaryExpr](p) {
		if op := other[b.Op]; op != "" {
			p.emit(b, edit{b.OpPos, b.OpPos + token.Pos(len(b.Op.String())), op})
		}
	}
}
