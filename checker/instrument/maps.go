package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"strings"
)

// In which order a loop goes over a map is left to chance. So the schedule decides it.

// rangeOverMap rewrites
//
//	for k, v := range m { body }
//	for racelab_m := racelab_maps.Range(m); racelab_m.Next(); { k, v := racelab_m.Key(), racelab_m.Value(); { body }}
func (f *file) rangeOverMap(n *ast.RangeStmt) {
	key := mapKey(f.typeOf(n.X))
	if key == nil || f.isBefore("go1.20") && !isBasic(key) { // an interface is no comparable type argument there
		return
	}
	m := f.made("m")
	header := "for " + m + " := " + f.runtimeName(mapsPath) + ".Range("
	vars, values := f.iterated(n, m)
	assigns := ""
	if len(vars) > 0 {
		tok := n.Tok.String()
		if n.Tok == token.DEFINE && f.oneVariable() {
			header, tok = "for "+m+", "+f.pair(n)+" := "+f.runtimeName(mapsPath)+".RangeOver(", "="
		}
		assigns = strings.Join(vars, ", ") + " " + tok + " " + strings.Join(values, ", ") + "; "
		if f.line(n.For) != f.line(n.Body.Lbrace) {
			assigns = f.at(n.For) + assigns + f.at(n.Body.Lbrace)
		}
	}
	f.over(n.For, n.X.Pos(), header)
	f.after(n.X.End(), "); "+m+".Next(); ")
	f.before(n.Body.Rbrace, "}") // first: an empty body begins where it ends
	f.before(n.Body.Lbrace+1, " "+assigns+"{")
}

// iterated are the variables of a loop that are not blank, and what they get.
func (f *file) iterated(n *ast.RangeStmt, m string) (vars, values []string) {
	for i, e := range []ast.Expr{n.Key, n.Value} {
		if e == nil || isBlank(e) {
			continue
		}
		vars = append(vars, f.text(e, n.For))
		values = append(values, m+[]string{".Key()", ".Value()"}[i])
	}
	return vars, values
}

// pair is the names of the loop's two variables, blank where it has none.
func (f *file) pair(n *ast.RangeStmt) string {
	names := []string{"_", "_"}
	for i, e := range []ast.Expr{n.Key, n.Value} {
		if e != nil {
			names[i] = f.text(e, n.For)
		}
	}
	return strings.Join(names, ", ")
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// mapKey is the type of the keys of a map, or of all maps that a type parameter stands
// for; nil for others.
func mapKey(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		return u.Key()
	case *types.Interface:
		for embedded := range u.EmbeddedTypes() {
			if key := mapKey(embedded); key != nil {
				return key
			}
		}
	case *types.Union:
		if u.Len() > 0 { // all have the same, or there could be no loop over them
			return mapKey(u.Term(0).Type())
		}
	}
	return nil
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// isBefore reports whether a file is in a language version before v.
func (f *file) isBefore(v string) bool {
	is := f.unit.info.FileVersions[f.syntax]
	return version.IsValid(is) && version.Compare(is, v) < 0
}

// mapIndex rewrites the key of an entry that may have pointers in it:
//
//	m[p] = v
//	m[racelab_maps.Key(p)] = v
func (f *file) mapIndex(n *ast.IndexExpr) {
	if mapKey(f.typeOf(n.X)) != nil {
		f.key(n.Index)
	}
}

// mapLiteral does so with the keys of a map that is written out.
func (f *file) mapLiteral(n *ast.CompositeLit) {
	if mapKey(f.typeOf(n)) == nil {
		return
	}
	for _, e := range n.Elts {
		if e, ok := e.(*ast.KeyValueExpr); ok {
			f.key(e.Key)
		}
	}
}

func (f *file) key(e ast.Expr) {
	tv := f.unit.info.Types[e]
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil || tv.Type == nil || tv.Value != nil || tv.IsNil() || !hasPointers(tv.Type) {
		return
	}
	f.wrap(e, f.runtimeName(mapsPath)+".Key(")
}

// hasPointers reports whether values of a type that can be compared may have pointers,
// or channels, in them.
func hasPointers(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Array:
		return hasPointers(u.Elem())
	case *types.Struct:
		for field := range u.Fields() {
			if hasPointers(field.Type()) {
				return true
			}
		}
		return false
	}
	return true
}

// sorted rewrites a call in which the order of a map shows nowhere:
//
//	slices.Sorted(maps.Keys(m))
//	slices.Sorted(maps.KeysToSort(m))
func (f *file) sorted(n *ast.CallExpr) {
	if f.fullName(n.Fun) != "slices.Sorted" || len(n.Args) != 1 {
		return
	}
	call, ok := ast.Unparen(n.Args[0]).(*ast.CallExpr)
	if !ok {
		return
	}
	switch name := f.fullName(call.Fun); name {
	case "maps.Keys", "maps.Values":
		generic, _ := genericPart(call.Fun)
		f.after(generic.End(), "ToSort")
	}
}

// fullName is the path and name of the function that fun names; "" if it names none.
func (f *file) fullName(fun ast.Expr) string {
	fn := f.function(fun)
	if fn == nil {
		return ""
	}
	return fmt.Sprint(fn.Pkg().Path(), ".", fn.Name())
}
