package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// send rewrites
//
//	ch <- v
//	racelab_sched.Sender(ch )( v)
func (f *file) send(n *ast.SendStmt) {
	of, ok := f.element(n.Chan)
	if !ok {
		return
	}
	f.before(n.Pos(), f.sched("Sender")+of+"(")
	f.over(n.Arrow, n.Arrow+2, ")(")
	f.after(n.End(), ")")
}

// receive rewrites
//
//	<-ch
//	racelab_sched.Recv(ch)
func (f *file) receive(n *ast.UnaryExpr) {
	if n.Op != token.ARROW {
		return
	}
	of, ok := f.element(n.X)
	if !ok {
		return
	}
	function := f.sched("Recv") + of
	if _, two := f.typeOf(n).(*types.Tuple); two {
		function = f.sched("Recv2") + of
	}
	if okType := f.okTypes[n]; okType != nil {
		text, ok := f.typeText(f.typeOf(okType), n.Pos())
		if !ok {
			return
		}
		function = f.receiveAs() + "[" + text + "]"
	}
	f.over(n.OpPos, n.OpPos+2, function+"(")
	f.after(n.End(), ")")
}

// noteOK remembers to which operand a receive assigns its ok, if the operand's type
// is not bool. The language assigns an untyped boolean, which no function can return.
func (f *file) noteOK(lhs, rhs []ast.Expr) {
	if len(lhs) != 2 || len(rhs) != 1 {
		return
	}
	if receive, ok := ast.Unparen(rhs[0]).(*ast.UnaryExpr); ok && receive.Op == token.ARROW && f.isOtherBool(lhs[1]) {
		f.okTypes[receive] = lhs[1]
	}
}

func (f *file) noteOKs(spec *ast.ValueSpec) {
	lhs := make([]ast.Expr, len(spec.Names))
	for i, name := range spec.Names {
		lhs[i] = name
	}
	f.noteOK(lhs, spec.Values)
}

func (f *file) isOtherBool(e ast.Expr) bool {
	t := f.typeOf(e)
	if t == nil || types.Identical(t, types.Typ[types.Bool]) {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Kind() == types.Bool
}

// receiveAs is a generated function like Recv2 whose second result has any boolean
// type.
func (f *file) receiveAs() string {
	return f.share("recv2", "[B ~bool, T interface{}](ch <-chan T) (T, B) { v, ok := "+f.sched("Recv2")+"(ch); return v, ok == (0 == 0) }")
}

// call rewrites close(ch), len(ch), recover(), ctx.Err(), timer.Reset(d), and calls of
// code that is not instrumented.
func (f *file) call(n *ast.CallExpr) {
	if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok {
		b, ok := f.unit.info.Uses[id].(*types.Builtin)
		switch {
		case ok && len(n.Args) == 1:
			f.builtin(n.Fun, b.Name(), n.Args[0])
		case ok && b.Name() == "recover" && !f.later[n]: // as an argument it is still called by the deferred function
			f.wrap(n, f.sched("Recovered")+"(")
		}
	}
	if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
		f.contextErr(n, sel)
		f.reset(n, sel)
	}
	f.sorted(n)
	if !f.later[n] {
		f.library(n)
	}
}

func (f *file) builtin(fun ast.Expr, name string, arg ast.Expr) {
	of, ok := f.element(arg)
	if !ok {
		return
	}
	switch name {
	case "close":
		f.over(fun.Pos(), fun.End(), f.sched("Close")+of)
	case "len":
		function := "Len"
		if channelOf(f.typeOf(arg)).Dir() == types.SendOnly {
			function = "LenS"
		}
		f.over(fun.Pos(), fun.End(), f.sched(function)+of)
	}
}

// rangeOver rewrites
//
//	for v := range ch { body }
//	for racelab_c := ch; ; { v, racelab_ok := racelab_sched.Recv2(racelab_c); if !racelab_ok { break }; { body }}
func (f *file) rangeOver(n *ast.RangeStmt) {
	if channelOf(f.typeOf(n.X)) == nil {
		return
	}
	of, ok := f.element(n.X)
	if !ok {
		return
	}
	c, v, open := f.made("c"), f.made("v"), f.made("ok")
	header, channel := "for "+c+" := ", ""
	receive := fmt.Sprintf("%s := %s(%s); if !%[1]s { break }; ", open, f.sched("Recv2")+of, c)
	switch {
	case n.Key == nil:
		receive = "_, " + receive
	case n.Tok == token.DEFINE && f.oneVariable():
		header, channel = "for "+c+", "+f.text(n.Key, n.For)+" := "+f.overAll()+of+"(", ")"
		receive = v + ", " + receive + f.text(n.Key, n.For) + " = " + v + "; "
	case n.Tok == token.DEFINE:
		receive = f.text(n.Key, n.For) + ", " + receive
	default:
		receive = v + ", " + receive + f.text(n.Key, n.For) + " = " + v + "; "
	}
	if f.line(n.For) != f.line(n.Body.Lbrace) {
		receive = f.at(n.For) + receive + f.at(n.Body.Lbrace)
	}
	f.over(n.For, n.X.Pos(), header)
	f.after(n.X.End(), channel+"; ;")
	f.before(n.Body.Rbrace, "}") // first: an empty body begins where it ends
	f.before(n.Body.Lbrace+1, " "+receive+"{")
}

// oneVariable reports whether a loop of the file has one variable for all
// iterations, as before Go 1.22.
func (f *file) oneVariable() bool {
	return f.isBefore("go1.22")
}

// overAll is a generated function that returns a channel and a variable to
// receive into.
func (f *file) overAll() string {
	return f.share("over", "[T interface{}](ch <-chan T) (c <-chan T, v T) { return ch, v }")
}
