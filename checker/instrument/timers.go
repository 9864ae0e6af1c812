package instrument

import (
	"go/ast"
	"go/types"

	"racelab/checker/source"
)

// timers are the functions that set a timer. A timer may wake a goroutine that looks
// blocked for ever. time.Sleep is none of them: a dump shows that the goroutine
// sleeps.
var timers = map[string]bool{
	"After": true, "AfterFunc": true, "NewTimer": true, "NewTicker": true, "Tick": true, "Reset": true,
	"WithTimeout": true, "WithTimeoutCause": true, "WithDeadline": true, "WithDeadlineCause": true,
}

// UsesTimers reports whether a file may set a timer: whether it has the name of any
// function that does, whatever the name means there.
func UsesTimers(f *source.File) bool {
	return names(f, func(name string) bool { return timers[name] })
}

// Sleeps reports whether a file may call time.Sleep: whether it has the name.
func Sleeps(f *source.File) bool {
	return names(f, func(name string) bool { return name == "Sleep" })
}

// names reports whether a file has a name that is asked for. One that cannot be parsed
// may have any.
func names(f *source.File, asked func(string) bool) bool {
	if f.Err != nil {
		return true
	}
	found := false
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && asked(id.Name) {
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
