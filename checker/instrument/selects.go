package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// A comm is what a case of a select does.
type comm struct {
	op      ast.Node // the receive or the send
	channel ast.Expr
	value   ast.Expr        // to send; nil for a receive
	assign  *ast.AssignStmt // of what is received; nil if it is not kept
}

func communication(s ast.Stmt) comm {
	var c comm
	switch s := s.(type) {
	case *ast.SendStmt:
		return comm{op: s, channel: s.Chan, value: s.Value}
	case *ast.AssignStmt:
		c.assign = s
		c.op = ast.Unparen(s.Rhs[0])
	case *ast.ExprStmt:
		c.op = ast.Unparen(s.X)
	}
	c.channel = c.op.(*ast.UnaryExpr).X
	return c
}

// selects rewrites
//
//	select { case v := <-a: A; case b <- x: B; }
//	switch racelab_0, racelab_1 := racelab_sched.RecvCase(a), racelab_sched.SendCase(b)(x); racelab_sched.Select(false, racelab_0, racelab_1) {
//	case 0: v := racelab_0.Val(); A; case 1: B; default: select {}; }
//
// So break, labels and ending in all cases mean what they did.
func (f *file) selects(n *ast.SelectStmt) {
	if len(n.Body.List) == 0 {
		f.before(n.Pos(), f.sched("Forever")+"(); ")
		return
	}
	var clauses []*ast.CommClause
	hasDefault := false
	for _, s := range n.Body.List {
		if clause := s.(*ast.CommClause); clause.Comm != nil {
			clauses = append(clauses, clause)
		} else {
			hasDefault = true
		}
	}
	of, ok := f.elements(clauses)
	if len(clauses) == 0 || !ok {
		return
	}
	var names, cases []string
	for i, clause := range clauses {
		names = append(names, f.made(fmt.Sprint(i)))
		cases = append(cases, f.operand(communication(clause.Comm), of[i]))
	}
	for i, clause := range clauses {
		f.clause(clause, i, names[i])
	}
	f.over(n.Select, n.Select+token.Pos(len("select")), fmt.Sprintf("switch %s := %s; %s%s(%t, %s)",
		strings.Join(names, ", "), strings.Join(cases, ", "), f.at(n.Select), f.sched("Select"), hasDefault, strings.Join(names, ", ")))
	if !hasDefault {
		f.after(n.Body.Rbrace, "; default: select {}; ")
	}
}

// elements returns how the functions for the cases must be instantiated.
func (f *file) elements(clauses []*ast.CommClause) (of []string, ok bool) {
	for _, clause := range clauses {
		text, ok := f.element(communication(clause.Comm).channel)
		if !ok {
			return nil, false
		}
		of = append(of, text)
	}
	return of, true
}

// operand is what a case waits for, where its operands stood.
func (f *file) operand(c comm, of string) string {
	at, channel := f.at(c.op.Pos()), f.text(c.channel, c.op.Pos())
	if c.value == nil {
		return at + f.sched("RecvCase") + of + "(" + channel + ")"
	}
	return at + f.sched("SendCase") + of + "(" + channel + ")(" + f.text(c.value, c.channel.End()) + ")"
}

// clause puts the index of the case in the place of its operation, and after
// the colon, what is done with what was received.
func (f *file) clause(n *ast.CommClause, index int, name string) {
	if assign := communication(n.Comm).assign; assign != nil {
		f.before(n.Colon+1, f.received(assign, name, n.Colon+1))
	}
	f.over(n.Comm.Pos(), n.Comm.End(), fmt.Sprint(index))
}

func (f *file) received(assign *ast.AssignStmt, name string, next token.Pos) string {
	var lhs []string
	for _, e := range assign.Lhs {
		lhs = append(lhs, f.text(e, assign.Pos()))
	}
	got := name + ".Val()"
	if len(lhs) == 2 {
		got = name + ".Val2()"
	}
	text := fmt.Sprintf(" %s %s %s; ", strings.Join(lhs, ", "), assign.Tok, got)
	if f.okTypes[ast.Unparen(assign.Rhs[0])] != nil { // an untyped boolean, as the language has it
		v, open := f.made("v"), f.made("ok")
		text = fmt.Sprintf(" %s, %s := %s; %s %s %s, %[2]s == (0 == 0); ", v, open, got, strings.Join(lhs, ", "), assign.Tok, v)
	}
	if f.line(assign.Pos()) != f.line(next) {
		text = f.at(assign.Pos()) + text + f.at(next)
	}
	return text
}
