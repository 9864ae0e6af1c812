package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// start rewrites a go statement. The function and its arguments are evaluated as
// before, in the goroutine that starts the new one. Spawn is called last.
func (f *file) start(n *ast.GoStmt) {
	call := n.Call
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && canTakeOneMore(lit, call) {
		f.startLiteral(n, lit)
		return
	}
	sig, ok := f.typeOf(call.Fun).Underlying().(*types.Signature)
	if !ok || f.unit.info.Types[call.Fun].IsBuiltin() || !f.instantiate(call.Fun) {
		f.startHoisted(n)
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
		f.before(lit.Type.Params.Closing, param)
		f.before(call.Rparen, f.spawn(n, call.Rparen))
	}
	f.before(lit.Body.Lbrace+1, " "+f.entered(g))
}

// spawn is the call of Spawn, for insertion at pos. It has the line of the go
// statement.
func (f *file) spawn(n *ast.GoStmt, pos token.Pos) string {
	text := f.sched("Spawn") + "()"
	if f.line(n.Pos()) != f.line(pos) {
		text = f.at(n.Pos()) + text + f.at(pos)
	}
	return text
}

// entered is the first statement of a goroutine.
func (f *file) entered(g string) string {
	return fmt.Sprintf("defer %s(%s(%s));", f.sched("Exit"), f.sched("Enter"), g)
}

// starter is a generated function that starts any function with as many parameters
// and results as sig has. It is used as in
//
//	go f(x, y)
//	go racelab_go2(f)(x, y)(racelab_sched.Spawn())
//
// This evaluates and converts the function and its arguments as the go statement did.
func (f *file) starter(sig *types.Signature) string {
	s, g := shapeOf(sig), "*"+f.sched("G")
	return f.share("go"+s.name, s.generics+"(f "+s.function()+") func("+s.types+") func("+g+") { "+
		"return func("+s.params+") func("+g+") { return func(g "+g+") { "+f.entered("g")+" f("+s.args+") } } }")
}

// A shape is a signature in which each type is a type parameter.
type shape struct {
	name     string // the same for the same shape
	generics string // the list of type parameters
	types    string // of the parameters
	params   string // the parameters, with their names
	args     string // the parameters, handed on
	results  string // their types
}

func shapeOf(sig *types.Signature) shape {
	var generics, takes, params, args []string
	s := shape{name: fmt.Sprint(sig.Params().Len())}
	for i := range sig.Params().Len() {
		dots := ""
		if sig.Variadic() && i == sig.Params().Len()-1 {
			dots, s.name = "...", s.name+"v"
		}
		generics = append(generics, fmt.Sprintf("A%d", i))
		takes = append(takes, fmt.Sprintf("%sA%d", dots, i))
		params = append(params, fmt.Sprintf("a%d %[2]sA%[1]d", i, dots))
		args = append(args, fmt.Sprintf("a%d%s", i, dots))
	}
	for i := range sig.Results().Len() {
		r := fmt.Sprintf("R%d", i)
		generics = append(generics, r)
		s.results += r + ", "
		s.name += "r"
	}
	list := strings.Join
	if len(generics) > 0 {
		s.generics = "[" + list(generics, ", ") + " interface{}]"
	}
	s.types, s.params, s.args = list(takes, ", "), list(params, ", "), list(args, ", ")
	return s
}

// function is the type of a function of that shape.
func (s shape) function() string { return "func(" + s.types + ") (" + s.results + ")" }

// startHoisted rewrites a call of a builtin, of a value whose type is a type
// parameter, or of a generic function whose type arguments cannot be written there:
//
//	go close(c)
//	{ racelab_0 := c; racelab_g := racelab_sched.Spawn(); go func() { defer …; close(racelab_0) }() }
func (f *file) startHoisted(n *ast.GoStmt) {
	f.call(n.Call)
	operands := n.Call.Args
	if generic, _ := genericPart(n.Call.Fun); f.unit.info.Types[n.Call.Fun].IsValue() && f.typeArgs(generic) == nil {
		operands = append([]ast.Expr{n.Call.Fun}, operands...)
	}
	var names, values []string
	at := n.Pos()
	for i, e := range operands {
		if tv := f.unit.info.Types[e]; tv.IsType() || tv.IsNil() || tv.Value != nil {
			continue
		}
		name := f.made(fmt.Sprint(i))
		names, values = append(names, name), append(values, f.text(e, at))
		f.over(e.Pos(), e.End(), name)
		at = e.End()
	}
	hoisted := ""
	if len(names) > 0 {
		hoisted = strings.Join(names, ", ") + " := " + strings.Join(values, ", ") + f.at(n.Pos()) + "; "
	}
	g := f.made("g")
	f.before(n.Pos(), "{ "+hoisted+g+" := "+f.sched("Spawn")+"(); ")
	f.before(n.Call.Pos(), "func() { "+f.entered(g)+" ")
	f.after(n.End(), " }() }")
}
