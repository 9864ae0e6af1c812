package policy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"log"

	"racelab/checker/finding"
	"racelab/checker/source"
)

// A program that asks a logger for files and lines learns which line of the tests has
// called it, and in what folder it was built: it can answer each test by its line, and do
// right only where racelab has built it. So a logger's lines have no places here.

// inPlaces are the flags of package log that ask for them.
const inPlaces = log.Llongfile | log.Lshortfile

// CheckPlaces refuses what tells a program where it is, in a package that was
// type-checked. What does not compile is not looked at.
func CheckPlaces(t *source.Typed) []finding.Finding {
	if t.Err != nil {
		return nil
	}
	c := placeCheck{Typed: t, fine: map[*ast.Ident]bool{}}
	for _, f := range t.Files {
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.call(n)
			case *ast.CompositeLit:
				c.literal(n)
			case *ast.Ident:
				c.use(f, n)
			}
			return true
		})
	}
	return c.found
}

type placeCheck struct {
	*source.Typed
	fine  map[*ast.Ident]bool // names that were looked at where they stand
	found []finding.Finding
}

// call passes calls that set the flags of a logger to what is known to have no places, and
// handlers of slog whose options are written out.
func (c *placeCheck) call(call *ast.CallExpr) {
	name := called(call)
	if name == nil {
		return
	}
	switch fn := nameOf(c.Info.Uses[name]); fn {
	case "log.New", "log.SetFlags", "log.Logger.SetFlags":
		flags := c.Info.Types[call.Args[len(call.Args)-1]].Value
		if n, ok := constant.Int64Val(constant.ToInt(orUnknown(flags))); ok && n&inPlaces == 0 {
			c.fine[name] = true
		}
	case "log/slog.NewTextHandler", "log/slog.NewJSONHandler":
		if lit := literalOf(call.Args[len(call.Args)-1]); lit != nil {
			c.options(lit)
		}
	}
}

// orUnknown is v, or what is no number.
func orUnknown(v constant.Value) constant.Value {
	if v == nil {
		return constant.MakeUnknown()
	}
	return v
}

// called is the name of the function that is called.
func called(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

// literalOf is the composite literal &T{…}.
func literalOf(e ast.Expr) *ast.CompositeLit {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		lit, _ := ast.Unparen(u.X).(*ast.CompositeLit)
		return lit
	}
	return nil
}

// options passes slog.HandlerOptions that name their fields and leave AddSource out.
func (c *placeCheck) options(lit *ast.CompositeLit) {
	for _, e := range lit.Elts {
		if _, ok := e.(*ast.KeyValueExpr); !ok {
			return
		}
	}
	ast.Inspect(lit.Type, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok && nameOf(c.Info.Uses[name]) == "log/slog.HandlerOptions" {
			c.fine[name] = true
		}
		return true
	})
}

// literal passes "AddSource: false".
func (c *placeCheck) literal(lit *ast.CompositeLit) {
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := kv.Key.(*ast.Ident); ok {
			v := c.Info.Types[kv.Value].Value
			c.fine[key] = v != nil && v.Kind() == constant.Bool && !constant.BoolVal(v)
		}
	}
}

// tells are what may tell a program where it is.
var tells = map[string]bool{
	"log.Llongfile": true, "log.Lshortfile": true, "log.New": true, "log.SetFlags": true, "log.Logger.SetFlags": true,
	"log/slog.HandlerOptions": true, "log/slog.AddSource": true, "log/slog.PC": true, "log/slog.Record.Source": true,
}

func (c *placeCheck) use(f *source.File, name *ast.Ident) {
	o := c.Info.Uses[name]
	if o == nil || c.fine[name] || !tells[nameOf(o)] && !setsFlags(o) {
		return
	}
	c.found = append(c.found, policy(f.Name, f.Line(name.Pos()), finding.Breach{Rule: finding.RulePlace, Name: shown(o)}))
}

// setsFlags reports whether o is a method of an interface that a logger has as well.
func setsFlags(o types.Object) bool {
	fn, ok := o.(*types.Func)
	if !ok || fn.Name() != "SetFlags" || fn.Signature().Recv() == nil {
		return false
	}
	return types.IsInterface(fn.Signature().Recv().Type())
}

// nameOf is the full name of what a package has: with its type if it is a method, without
// if it is a field.
func nameOf(o types.Object) string {
	if o == nil || o.Pkg() == nil {
		return ""
	}
	return o.Pkg().Path() + "." + qualified(o)
}

func qualified(o types.Object) string {
	if fn, ok := o.(*types.Func); ok && fn.Signature().Recv() != nil {
		recv := fn.Signature().Recv().Type()
		if p, ok := recv.(*types.Pointer); ok {
			recv = p.Elem()
		}
		if named, ok := recv.(*types.Named); ok {
			return named.Obj().Name() + "." + o.Name()
		}
	}
	return o.Name()
}

// shown is how a learner writes it.
func shown(o types.Object) string { return o.Pkg().Name() + "." + qualified(o) }
