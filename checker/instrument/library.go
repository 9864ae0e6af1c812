package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/labrt/library"
)

// Code that is not instrumented may order goroutines: log.Print takes a lock. So a
// call of it is a yield point, unless package library knows better. The yield point
// comes when all other operations of the call have been done, and the function itself
// is called by the same line as before: it may ask for its caller.
//
//	log.Print("x", <-c)
//	log.Print("x", racelab_sched.Library(racelab_sched.Recv(c)))
//	logger.Print("x")
//	racelab_sched.Library(logger).Print("x")

// library rewrites a call.
func (f *file) library(n *ast.CallExpr) {
	switch f.synchronises(n) {
	case always:
		f.yieldLast(n, f.yielding(n))
	case byReceiver:
		f.callOn(ast.Unparen(n.Fun).(*ast.SelectorExpr).X)
	case byArguments:
		f.carried(n)
	}
}

// A yielder is the run-time's function with which an operand becomes a yield point, and
// its first arguments.
type yielder struct{ name, first string }

// yielding is the yielder for a call: one that lets a part of the outside world in says
// which.
//
//	cmd.Run()
//	racelab_sched.World("process", cmd).Run()
func (f *file) yielding(n *ast.CallExpr) yielder {
	if fn := f.function(n.Fun); fn != nil {
		if part := library.World(fn.Pkg().Path(), fn.Name()); part != "" {
			return yielder{"World", strconv.Quote(string(part)) + ", "}
		}
	}
	return yielder{"Library", ""}
}

// A synchronising says when a call may order goroutines.
type synchronising int

const (
	never       synchronising = iota
	always                    // whatever the operands are
	byReceiver                // it is a method of an interface: the value in it decides
	byArguments               // the readers and writers that it is given decide
)

func (f *file) synchronises(n *ast.CallExpr) synchronising {
	fn := f.function(n.Fun)
	if fn == nil {
		return never
	}
	if _, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && isInterfaceMethod(fn) && !f.isMethodExpr(n.Fun) {
		if library.Quiet(fn.Pkg().Path()) {
			return never
		}
		return byReceiver
	}
	if !f.isLibrary(fn) {
		return never
	}
	if library.Carries(fn.Pkg().Path()) && fn.Signature().Recv() == nil {
		return byArguments
	}
	return always
}

// function is the declared function or method that fun names, nil if it names none.
func (f *file) function(fun ast.Expr) *types.Func {
	generic, _ := genericPart(fun)
	var id *ast.Ident
	switch generic := generic.(type) {
	case *ast.Ident:
		id = generic
	case *ast.SelectorExpr:
		id = generic.Sel
	default:
		return nil
	}
	fn, _ := f.unit.info.Uses[id].(*types.Func)
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	return fn
}

// isLibrary reports whether fn is code that is not instrumented, has no stand-in,
// and may order goroutines.
func (f *file) isLibrary(fn *types.Func) bool {
	path := fn.Pkg().Path()
	return !f.isOwn(path) && !library.QuietFunction(path, fn.Name()) && named[path][receiver(fn)].name == ""
}

// receiver is the name of a method's receiver's type, and of a function its own.
func receiver(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if t, ok := t.(*types.Named); ok {
		return t.Obj().Name()
	}
	return ""
}

// isOwn reports whether a package is the one that is rewritten.
func (f *file) isOwn(path string) bool { return strings.TrimSuffix(path, "_test") == f.own() }

// own is the import path of the package whose files, or tests, these are.
func (f *file) own() string { return strings.TrimSuffix(f.unit.types.Path(), "_test") }

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

func (f *file) isMethodExpr(fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	return ok && f.unit.info.Selections[sel] != nil && f.unit.info.Selections[sel].Kind() == types.MethodExpr
}

// yieldLast puts the yield point after the call's other operations: into the last
// argument that has any, or else into what is called.
func (f *file) yieldLast(n *ast.CallExpr, with yielder) {
	for i := len(n.Args) - 1; i >= 0; i-- {
		if operates(n.Args[i]) {
			if f.yieldIn(n.Args[i], with) {
				return
			}
			break
		}
	}
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok || f.unit.info.Selections[sel] == nil || f.isMethodExpr(n.Fun) {
		if f.instantiate(n.Fun) {
			f.wrap(n.Fun, f.sched(with.name)+"("+with.first)
		}
		return
	}
	address := ""
	if tv := f.unit.info.Types[sel.X]; tv.Addressable() && !types.IsInterface(tv.Type) && !isPointer(tv.Type) {
		address = "&"
	}
	f.wrap(sel.X, f.sched(with.name)+"("+with.first+address)
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// wrap puts e into a call that begins with the given text.
func (f *file) wrap(e ast.Expr, call string) {
	f.before(e.Pos(), call)
	f.after(e.End(), ")")
}

// yieldIn makes e, an argument, a yield point, if its type can be kept.
func (f *file) yieldIn(e ast.Expr, with yielder) bool {
	t := f.typeOf(e)
	if _, several := t.(*types.Tuple); several || t == nil {
		return false
	}
	of := ""
	switch ast.Unparen(e).(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr: // it may be untyped: its type is then the parameter's
		text, ok := f.typeText(t, e.Pos())
		if !ok {
			return false
		}
		of = "[" + text + "]"
	}
	f.wrap(e, f.sched(with.name)+of+"("+with.first)
	return true
}

// operates reports whether e may have a yield point: a call, or a receive.
func operates(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// callOn makes e, whose type is an interface, a yield point if the value in it is not
// the package's own.
func (f *file) callOn(e ast.Expr) {
	f.wrap(e, f.sched("LibraryOn")+"("+strconv.Quote(f.own())+", ")
}

// carried rewrites the call of a function that works on its readers and writers.
func (f *file) carried(n *ast.CallExpr) {
	var unknown []ast.Expr
	params := f.function(n.Fun).Signature().Params()
	carriers := 0
	for i := 0; i < params.Len() && i < len(n.Args); i++ {
		if u, ok := params.At(i).Type().Underlying().(*types.Interface); !ok || u.NumMethods() == 0 {
			continue
		}
		carriers++
		switch t := f.typeOf(n.Args[i]); {
		case t == nil || isTuple(t):
			f.yieldLast(n, f.yielding(n))
			return
		case types.IsInterface(t):
			unknown = append(unknown, n.Args[i])
		case !f.isQuiet(t):
			f.yieldLast(n, f.yielding(n))
			return
		}
	}
	operating := slices.ContainsFunc(n.Args, operates)
	if carriers == 0 || len(unknown) > 0 && operating { // fmt.Print has a writer of its own
		f.yieldLast(n, f.yielding(n))
		return
	}
	for _, e := range unknown {
		f.callOn(e)
	}
}

func isTuple(t types.Type) bool {
	_, ok := t.(*types.Tuple)
	return ok
}

// isQuiet reports whether methods of t have yield points of their own, or order no
// goroutines.
func (f *file) isQuiet(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return true
	}
	path := named.Obj().Pkg().Path()
	return f.isOwn(path) || library.Quiet(path)
}

// deferred rewrites
//
//	defer f.Close()
//	defer f.Close(); defer racelab_sched.LibraryCall()
//
// The function deferred last is called first.
func (f *file) deferred(n *ast.DeferStmt) {
	if f.synchronises(n.Call) == never {
		return
	}
	call := f.sched("LibraryCall") + "()"
	if with := f.yielding(n.Call); with.first != "" {
		call = f.sched("World") + "(" + with.first + "0)"
	}
	f.after(n.End(), "; defer "+call)
}

// value rewrites a function that is not called here:
//
//	print := log.Print
//	print := racelab_call1v(log.Print)
func (f *file) value(e ast.Expr) {
	fn := f.function(e)
	if fn == nil || f.called[e] || !f.isLibrary(fn) || isInterfaceMethod(fn) {
		return
	}
	sig, ok := f.typeOf(e).Underlying().(*types.Signature)
	if !ok || f.typeArgs(e) != nil {
		return
	}
	f.wrap(e, f.caller(sig)+"(")
}

// caller is a generated function that makes any function with as many parameters and
// results as sig has one that begins with a yield point.
func (f *file) caller(sig *types.Signature) string {
	s := shapeOf(sig)
	returns := ""
	if s.results != "" {
		returns = "return "
	}
	return f.share("call"+s.name, s.generics+"(f "+s.function()+") "+s.function()+" { return func("+s.params+") ("+s.results+") { "+
		f.sched("LibraryCall")+"(); "+returns+"f("+s.args+") } }")
}
