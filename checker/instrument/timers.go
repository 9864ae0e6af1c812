package instrument

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// timers are the functions after whose call something may yet wake a goroutine
// that looks blocked for ever. time.Sleep is not one: a dump says "sleep".
var timers = map[string]bool{
	"After": true, "AfterFunc": true, "NewTimer": true, "NewTicker": true, "Tick": true, "Reset": true,
	"WithTimeout": true, "WithTimeoutCause": true, "WithDeadline": true, "WithDeadlineCause": true,
}

// UsesTimers reports whether src may set a timer: whether it names any of the
// functions that do, whatever it means by the name.
func UsesTimers(name string, src []byte) bool {
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		return true
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && timers[id.Name] {
			found = true
		}
		return !found
	})
	return found
}

// reset rewrites the call of a timer's or a ticker's Reset:
//
//	t.Reset(d)
//	t.Reset(racelab_sched.Resets(d))
func (f *file) reset(call *ast.CallExpr, fun *ast.SelectorExpr) {
	method, ok := f.unit.info.Uses[fun.Sel].(*types.Func)
	if !ok || len(call.Args) != 1 {
		return
	}
	notes := map[string]string{
		"(*time.Timer).Reset": "Resets", "(*time.Ticker).Reset": "ResetsTicker",
	}[method.FullName()]
	if notes == "" {
		return
	}
	f.before(call.Args[0].Pos(), f.sched(notes)+"(")
	f.after(call.Args[0].End(), ")")
}
