package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"racelab/checker/schedule"
)

// Accesses of plain variables are no yield points: there are too many of them. But
// where the race detector has named two lines, what the program does depends on the
// order of the accesses there. So statements on such lines become steps: each has a
// yield point before it, and one more between what it reads and what it writes. One that
// only writes has that one alone.

// racingLines returns the group of each racing line of a file, counted from 1.
func racingLines(groups [][]schedule.Line, file int) map[int]int {
	lines := map[int]int{}
	for i, group := range groups {
		for _, l := range group {
			if l.File == file {
				lines[l.Number] = i + 1
			}
		}
	}
	return lines
}

// accesses makes yield points in the statements of a list that are on racing lines. The
// lines of a statement within another one are not that other one's.
func (f *file) accesses(list []ast.Stmt) {
	claimed := map[int]bool{}
	for _, s := range list {
		if isClause(s) {
			continue
		}
		for line := f.line(s.Pos()); line <= f.line(s.End()); line++ {
			if group := f.racing[line]; group > 0 {
				f.access(s, group)
				claimed[line] = true
				break
			}
		}
	}
	for line := range claimed {
		delete(f.racing, line)
	}
}

// isClause reports whether s has no place before it for a call.
func isClause(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// access rewrites
//
//	x += v
//	racelab_sched.Reads(1); x = racelab_sched.Writes(1, racelab_sched.Read(x) + (v))
//
//	x = v
//	x = racelab_sched.Writes[T](1, v)
//
// where v is nobody else's, and puts a yield point before any other statement.
func (f *file) access(s ast.Stmt, group int) {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		if !operates(s.X) { // it is written twice
			f.over(s.TokPos, s.End(), fmt.Sprintf(" = %s %s 1)", f.changed(s.X, group), s.Tok.String()[:1]))
		}
	case *ast.AssignStmt:
		if f.assignment(s, group) && f.onlyWrites(s) {
			return
		}
	}
	f.before(s.Pos(), fmt.Sprintf("%s(%d); ", f.sched("Reads"), group))
}

// assignment puts a yield point before what is written, and reports whether it could.
func (f *file) assignment(s *ast.AssignStmt, group int) bool {
	if len(s.Lhs) != 1 || len(s.Rhs) != 1 || isBlank(s.Lhs[0]) {
		return false
	}
	to, from := s.Lhs[0], s.Rhs[0]
	switch op := strings.TrimSuffix(s.Tok.String(), "="); {
	case s.Tok == token.DEFINE:
		return false
	case s.Tok == token.ASSIGN:
		text, ok := f.typeText(f.typeOf(to), s.Pos())
		if ok {
			f.wrap(from, fmt.Sprintf("%s[%s](%d, ", f.sched("Writes"), text, group))
		}
		return ok
	case operates(to):
		return false
	default:
		f.over(s.TokPos, s.TokPos+token.Pos(len(op)+1), fmt.Sprintf("= %s %s (", f.changed(to, group), op))
		f.after(from.End(), "))")
		return true
	}
}

// changed begins the call that takes the new value of x, which is made of the old one.
func (f *file) changed(x ast.Expr, group int) string {
	return fmt.Sprintf("%s(%d, %s(%s)", f.sched("Writes"), group, f.sched("Read"), f.text(x, x.Pos()))
}
