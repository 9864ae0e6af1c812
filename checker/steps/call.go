package steps

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
)

// call is the steps of a call, those of its arguments first.
func (r *reader) call(c *ast.CallExpr) []string {
	fun := ast.Unparen(c.Fun)
	id := calleeOf(fun)
	var out []string
	if s, ok := fun.(*ast.SelectorExpr); ok {
		out = r.read(s.X)
	}
	var callee types.Object
	if id != nil {
		callee = r.info.Uses[id]
	}
	if decl := r.bodies[callee]; decl != nil {
		return append(out, r.inline(decl, callee, c.Args)...)
	}
	if bound := r.bound[callee]; bound != nil && callee != nil {
		return append(out, r.inlineValue(bound, c.Args)...)
	}
	var args []string
	for _, arg := range c.Args {
		args = append(args, r.read(arg)...)
	}
	if lit, ok := fun.(*ast.FuncLit); ok {
		return slices.Concat(args, r.read(lit.Body))
	}
	if r.info.Types[fun].IsType() || id == nil {
		return append(out, args...)
	}
	return append(out, r.step(c, id, callee, args)...)
}

func calleeOf(fun ast.Expr) *ast.Ident {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calleeOf(fun.X)
	}
	return nil
}

// inline reads a function in the place of its call.
func (r *reader) inline(decl *ast.FuncDecl, callee types.Object, args []ast.Expr) []string {
	var params []types.Object
	for _, field := range decl.Type.Params.List {
		for _, name := range field.Names {
			params = append(params, r.info.Defs[name])
		}
	}
	binds := len(params) == len(args) && !r.inside[callee]
	var out []string
	for i, arg := range args {
		if binds {
			r.bound[params[i]] = arg
			defer delete(r.bound, params[i])
		}
		if !binds || !r.isFunction(arg) { // which is read where it is called
			out = append(out, r.read(arg)...)
		}
	}
	return append(out, r.function(callee)...)
}

func (r *reader) isFunction(e ast.Expr) bool {
	if _, ok := e.(*ast.FuncLit); ok {
		return true
	}
	id := calleeOf(e)
	return id != nil && (r.bodies[r.info.Uses[id]] != nil || r.isFuncVar(r.info.Uses[id]))
}

func (r *reader) isFuncVar(o types.Object) bool {
	v, ok := o.(*types.Var)
	if !ok {
		return false
	}
	_, ok = v.Type().Underlying().(*types.Signature)
	return ok
}

// inlineValue reads what a parameter that is called stands for.
func (r *reader) inlineValue(value ast.Expr, args []ast.Expr) []string {
	return r.call(&ast.CallExpr{Fun: value, Args: args})
}

// step is the step that a call of what is not the program's own is.
func (r *reader) step(c *ast.CallExpr, id *ast.Ident, callee types.Object, args []string) []string {
	name := id.Name
	if s, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr); ok && !r.isFuncVar(callee) {
		if pkg := r.packageOf(s.X); pkg != "" {
			return append(args, r.stepOfPackage(pkg, name, c.Args)...)
		}
		return r.method(c, s.X, name, args)
	}
	switch _, builtin := callee.(*types.Builtin); {
	case builtin && len(c.Args) == 0:
		return nil
	case builtin && (name == "append" || name == "copy"):
		return append(args, copying)
	case builtin && (name == "close" || name == "len" && r.isChannel(c.Args[0])):
		return append(args, name+" "+r.subject(c.Args[0]))
	case builtin && (name == "recover" || name == "panic"):
		return append(args, name)
	case builtin || callee == nil:
		return args
	}
	return append(args, "call")
}

// packageOf is the path of an imported package, if that is what e names.
func (r *reader) packageOf(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		if p, ok := r.info.Uses[id].(*types.PkgName); ok {
			return p.Imported().Path()
		}
	}
	return ""
}

// withoutType leaves AddInt64 and AddUint32 their operation.
var withoutType = regexp.MustCompile(`(Int32|Int64|Uint32|Uint64|Uintptr|Pointer)$`)

func (r *reader) stepOfPackage(pkg, name string, args []ast.Expr) []string {
	switch {
	case (pkg == "slices" || pkg == "maps" || pkg == "bytes") && name == "Clone":
		return []string{copying}
	case pkg == "sync/atomic" && len(args) > 0:
		return []string{withoutType.ReplaceAllString(name, "") + " " + r.subject(args[0])}
	case slices.Contains([]string{"time", "context", "runtime", "sync"}, pkg):
		return []string{path.Base(pkg) + "." + name}
	}
	return nil
}

// method is the step that calling a method of sync's types is, and the like.
func (r *reader) method(c *ast.CallExpr, on ast.Expr, name string, args []string) []string {
	group := strings.Contains(r.types[r.object(on)], "WaitGroup")
	switch name {
	case "Go":
		return around("go", append([]string{"start"}, args...))
	case "Add", "Done", "Store":
		if group || r.made(r.subject(on)) {
			return args
		}
	case "Lock", "RLock", "Load", "Swap", "And", "Or", "Wait", "Signal", "Broadcast", "Do", "Get", "Put", "Delete", "Range", "LoadOrStore":
	case "TryLock", "TryRLock", "CompareAndSwap":
		if r.ignored[c] {
			name += " in vain"
		}
	default:
		return args
	}
	return append(args, name+" "+r.subject(on))
}

// object is the field or the variable that an expression is about.
func (r *reader) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		o := r.info.Uses[e]
		if to := r.bound[o]; o != nil && to != nil {
			return r.object(to)
		}
		return o
	case *ast.SelectorExpr:
		return r.info.Uses[e.Sel]
	case *ast.UnaryExpr:
		return r.object(e.X)
	case *ast.StarExpr:
		return r.object(e.X)
	case *ast.IndexExpr:
		return r.object(e.X)
	}
	return nil
}

// subject tells apart what steps are about: a field, a variable of the package, or one of a
// function, each with a number. Names do not count.
func (r *reader) subject(e ast.Expr) string {
	o := r.object(e)
	v, ok := o.(*types.Var)
	switch {
	case !ok:
		return "?"
	case !v.IsField() && (v.Parent() == nil || v.Parent() != v.Pkg().Scope()):
		return "local"
	}
	if _, seen := r.numbers[o]; !seen {
		r.numbers[o] = len(r.numbers)
	}
	kind := "variable"
	if v.IsField() {
		kind = "field"
	}
	return fmt.Sprintf("%s#%d#", kind, r.numbers[o])
}

// lettered gives what steps are about letters in the order in which it is in them: numbers are in
// the order of reading.
func lettered(names []string, all map[string]string) {
	letters := map[string]string{}
	for _, name := range names {
		all[name] = number.ReplaceAllStringFunc(all[name], func(n string) string {
			if letters[n] == "" {
				letters[n] = string(rune('A' + len(letters)))
			}
			return letters[n]
		})
	}
}

var number = regexp.MustCompile(`#\d+#`)
