package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// A comm is the communication of a case of a select.
type comm struct {
	op      ast.Node // the receive or the send
	channel ast.Expr
	value   ast.Expr        // to send; nil for a receive
	assign  *ast.AssignStmt // of the received value; nil if it is not assigned
}

// communication returns the parts of a case's statement. A default has no op.
func communication(clause *ast.CommClause) (c comm) {
	switch s := clause.Comm.(type) {
	case nil:
		return c
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
// A switch is used so that break, labels and terminating statements mean what they
// did.
func (f *file) selects(n *ast.SelectStmt) {
	if len(n.Body.List) == 0 {
		f.before(n.Pos(), f.sched("Forever")+"(); ")
		return
	}
	var clauses []*ast.CommClause
	var operands, names []string
	for _, s := range n.Body.List {
		clause := s.(*ast.CommClause)
		if clause.Comm == nil {
			continue
		}
		operand, ok := f.operand(communication(clause))
		if !ok {
			return
		}
		names = append(names, f.made(fmt.Sprint(len(clauses))))
		clauses, operands = append(clauses, clause), append(operands, operand)
	}
	if len(clauses) == 0 {
		return // there is a default, and nothing else
	}
	for i, clause := range clauses {
		f.clause(clause, i, names[i])
	}
	hasDefault := len(clauses) < len(n.Body.List)
	variables := strings.Join(names, ", ")
	f.over(n.Select, n.Body.Lbrace+1, fmt.Sprintf("switch %s := %s; %s%s(%t, %[1]s) {",
		variables, strings.Join(operands, ", "), f.at(n.Select), f.sched("Select"), hasDefault))
	if !hasDefault {
		f.after(n.Body.Rbrace, "; default: select {}; ")
	}
}

// operand is the run-time's value for a case, with the positions of the case's
// operands. It returns false when the channel's element type cannot be written.
func (f *file) operand(c comm) (text string, ok bool) {
	of, ok := f.element(c.channel)
	if !ok {
		return "", false
	}
	at, channel := f.at(c.op.Pos()), f.text(c.channel, c.op.Pos())
	if c.value == nil {
		return at + f.sched("RecvCase") + of + "(" + channel + ")", true
	}
	return at + f.sched("SendCase") + of + "(" + channel + ")(" + f.text(c.value, c.channel.End()) + ")", true
}

// clause replaces a case's communication by the case's index. After the colon it
// inserts the assignment of the received value.
func (f *file) clause(n *ast.CommClause, index int, name string) {
	if assign := communication(n).assign; assign != nil {
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
