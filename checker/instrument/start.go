package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// start rewrites a go statement. What it calls is evaluated where it was, in the
// goroutine that starts the new one; Spawn comes last.
func (f *file) start(n *ast.GoStmt) {
	call := n.Call
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && canTakeOneMore(lit, call) {
		f.startLiteral(n, lit)
		return
	}
	if tv := f.unit.info.Types[call.Fun]; tv.IsBuiltin() || !f.instantiate(call.Fun) {
		f.startHoisted(n)
		return
	}
	sig, ok := f.typeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		f.startHoisted(n) // its type is a type parameter
		return
	}
	f.before(call.Fun.Pos(), f.starter(sig)+"(")
	f.after(call.Fun.End(), ")")
	f.after(call.End(), "("+f.spawn(n, call.End())+")")
}

// canTakeOneMore reports whether a parameter and an argument can be added.
func canTakeOneMore(lit *ast.FuncLit, call *ast.CallExpr) bool {
	params := 0
	for _, field := range lit.Type.Params.List {
		if _, variadic := field.Type.(*ast.Ellipsis); variadic {
			return false
		}
		params += max(1, len(field.Names))
	}
	return params == len(call.Args) // not f(g()) with several results of g
}

// startLiteral rewrites
//
//	go func(x int) { body }(y)
//	go func(x int, racelab_g *racelab_sched.G) { defer racelab_sched.Exit(racelab_sched.Enter(racelab_g)); body }(y, racelab_sched.Spawn())
func (f *file) startLiteral(n *ast.GoStmt, lit *ast.FuncLit) {
	g, call := f.made("g"), n.Call
	param := g + " *" + f.sched("G")
	if fields := lit.Type.Params.List; len(fields) > 0 {
		for _, field := range fields {
			if len(field.Names) == 0 {
				f.before(field.Pos(), "_ ")
			}
		}
		f.after(fields[len(fields)-1].End(), ", "+param)
		last := call.Args[len(call.Args)-1].End()
		f.after(last, ", "+f.spawn(n, last))
	} else {
		f.after(lit.Type.Params.Opening+1, param)
		f.after(call.Lparen+1, f.spawn(n, call.Lparen+1))
	}
	f.before(lit.Body.Lbrace+1, " "+f.entered(g))
}

// spawn is the call of Spawn at pos. It belongs to the line of the go statement.
func (f *file) spawn(n *ast.GoStmt, pos token.Pos) string {
	text := f.sched("Spawn") + "()"
	if f.line(n.Pos()) != f.line(pos) {
		text = f.at(n.Pos()) + text + f.at(pos)
	}
	return text
}

// entered is the beginning of a goroutine.
func (f *file) entered(g string) string {
	return fmt.Sprintf("defer %s(%s(%s));", f.sched("Exit"), f.sched("Enter"), g)
}

// starter is a generated function for functions of a shape, used as in
//
//	go f(x, y)
//	go racelab_go2(f)(x, y)(racelab_sched.Spawn())
//
// That evaluates and converts everything as the go statement did.
func (f *file) starter(sig *types.Signature) string {
	var typeParams, paramTypes, params, args []string
	name := fmt.Sprintf("go%d", sig.Params().Len())
	for i := range sig.Params().Len() {
		t, a, dots := fmt.Sprintf("A%d", i), fmt.Sprintf("a%d", i), ""
		if sig.Variadic() && i == sig.Params().Len()-1 {
			dots = "..."
			name += "v"
		}
		typeParams = append(typeParams, t)
		paramTypes = append(paramTypes, dots+t)
		params = append(params, a+" "+dots+t)
		args = append(args, a+dots)
	}
	var results []string
	for i := range sig.Results().Len() {
		results = append(results, fmt.Sprintf("R%d", i))
	}
	if len(results) > 0 {
		name += fmt.Sprintf("r%d", len(results))
	}
	generic := ""
	if all := append(typeParams, results...); len(all) > 0 {
		generic = "[" + strings.Join(all, ", ") + " interface{}]"
	}
	takes := strings.Join(paramTypes, ", ")
	return f.share(name, "%s(f func(%s) (%s)) func(%[2]s) func(*%[4]s) { return func(%[5]s) func(*%[4]s) { "+
		"return func(g *%[4]s) { %[7]s f(%[6]s) } } }",
		generic, takes, strings.Join(results, ", "), f.sched("G"), strings.Join(params, ", "), strings.Join(args, ", "), f.entered("g"))
}

// startHoisted rewrites what can be no function value:
//
//	go close(c)
//	{ racelab_0 := c; racelab_g := racelab_sched.Spawn(); go func() { defer …; close(racelab_0) }() }
func (f *file) startHoisted(n *ast.GoStmt) {
	f.call(n.Call)
	var names, values []string
	at := n.Pos()
	for i, arg := range n.Call.Args {
		if tv := f.unit.info.Types[arg]; tv.IsType() || tv.IsNil() || tv.Value != nil {
			continue
		}
		name := f.made(fmt.Sprint(i))
		names, values = append(names, name), append(values, f.text(arg, at))
		f.over(arg.Pos(), arg.End(), name)
		at = arg.End()
	}
	text := "{ "
	if len(names) > 0 {
		text += strings.Join(names, ", ") + " := " + strings.Join(values, ", ") + f.at(n.Pos()) + "; "
	}
	g := f.made("g")
	f.before(n.Pos(), text+g+" := "+f.sched("Spawn")+"(); ")
	f.before(n.Call.Pos(), "func() { "+f.entered(g)+" ")
	f.after(n.End(), " }() }")
}

// instantiate makes a function value of a generic function that a call infers
// the type arguments of. It returns false when they cannot be named.
func (f *file) instantiate(fun ast.Expr) bool {
	fun = ast.Unparen(fun)
	explicit := 0
	end := fun.End()
	switch index := fun.(type) {
	case *ast.IndexExpr:
		fun, explicit = index.X, 1
	case *ast.IndexListExpr:
		fun, explicit = index.X, len(index.Indices)
	}
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if sel, isSel := ast.Unparen(fun).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return true
	}
	args := f.unit.info.Instances[id].TypeArgs
	if args.Len() == 0 || args.Len() == explicit {
		return true
	}
	var texts []string
	for t := range args.Types() {
		text, ok := f.typeText(t, fun.Pos())
		if !ok {
			return false
		}
		texts = append(texts, text)
	}
	list := "[" + strings.Join(texts, ", ") + "]"
	if explicit == 0 {
		f.after(end, list)
	} else {
		f.over(fun.End(), end, list)
	}
	return true
}
