package mutate

import (
	"go/ast"
	"go/token"
	"slices"

	"racelab/checker/source"
)

// swaps are the operators that people take for one another.
var swaps = [][]token.Token{
	{token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ},
	{token.ADD, token.SUB},
	{token.ADD_ASSIGN, token.SUB_ASSIGN},
	{token.INC, token.DEC},
}

// Flips are the copies of p in which one operator of the function of a righting is another
// one, as far as they type-check. Where one of them does all that the righting does, that
// operator is what is wrong in the function. There is none where the function compares several
// values: another operator in the first comparison may keep a wrong second one from being
// reached.
func Flips(p Program, r Righting) []Mutant {
	f := source.ParseFile(r.File, p.Files[r.File])
	if f.Err != nil {
		return nil
	}
	var out []Mutant
	for _, d := range functionsAndOthers(f) {
		if d.fn == nil || stackName(d.fn) != r.Function || comparisons(d.fn.Body) > 1 {
			continue
		}
		ast.Inspect(d.fn.Body, func(n ast.Node) bool {
			at, op := operatorOf(n)
			for _, other := range takenFor(op) {
				if m, ok := p.mutant(f, d.fn, []edit{{at, at + token.Pos(len(op.String())), other.String()}}); ok && p.compiles(m) {
					out = append(out, m)
				}
			}
			return true
		})
	}
	return out
}

// comparisons are how many values a function compares, but for errors and the like with nil.
func comparisons(body *ast.BlockStmt) int {
	count := 0
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if slices.Contains(swaps[0], n.Op) && !isNil(n.X) && !isNil(n.Y) {
				count++
			}
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
			count += 2
		}
		return true
	})
	return count
}

func isNil(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "nil"
}

func operatorOf(n ast.Node) (token.Pos, token.Token) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return n.OpPos, n.Op
	case *ast.AssignStmt:
		return n.TokPos, n.Tok
	case *ast.IncDecStmt:
		return n.TokPos, n.Tok
	}
	return token.NoPos, token.ILLEGAL
}

// takenFor are the other operators that op may stand for.
func takenFor(op token.Token) []token.Token {
	for _, alike := range swaps {
		if slices.Contains(alike, op) {
			return slices.DeleteFunc(slices.Clone(alike), func(other token.Token) bool { return other == op })
		}
	}
	return nil
}
