package interleave

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/source"
)

// All lines that race with each other act on one object, though there may be several variables
// in them: a report of both reads what two lines write. So each access is called as its own
// line has it, and what does not say which variable it uses has no name.

// A lineUse is what the statements on a line do to variables.
type lineUse struct {
	changed []variable // by whole statements: an assignment, an increment
	read    []variable
	several bool // there are several statements, one behind the other
}

// A variable has a key that tells it from another, whatever its text begins with: a method has
// a name of its own for what it is a method of.
type variable struct {
	key, text string
	perhaps   bool // it may be that the line does not come to it
}

// usesOf finds what the lines of a file change and read.
func usesOf(f *source.File) map[int]*lineUse {
	found := map[int]*lineUse{}
	if f.Err != nil {
		return found
	}
	at := func(n ast.Node) *lineUse {
		line := f.Position(n.Pos()).Line
		if found[line] == nil {
			found[line] = &lineUse{}
		}
		return found[line]
	}
	several := func(list []ast.Stmt) {
		for i, s := range list {
			if i > 0 && at(s) == at(list[i-1]) {
				at(s).several = true
			}
		}
	}
	named := func(x ast.Expr) variable { return variable{key: keyOf(f, x), text: written(f.Fset, x)} }
	var perhaps []ast.Expr       // what comes before them may decide that they are not evaluated
	apart := map[ast.Expr]bool{} // what is no variable that is read
	ast.Inspect(f.Syntax, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BlockStmt:
			several(node.List)
		case *ast.CaseClause:
			several(node.Body)
		case *ast.CommClause:
			several(node.Body)
		case *ast.AssignStmt:
			if node.Tok == token.DEFINE { // what is new does not race
				break
			}
			for _, to := range node.Lhs {
				at(node).changed = append(at(node).changed, named(to))
				apart[ast.Unparen(to)] = node.Tok == token.ASSIGN
			}
		case *ast.IncDecStmt:
			at(node).changed = append(at(node).changed, named(node.X))
		case *ast.BinaryExpr:
			if node.Op == token.LAND || node.Op == token.LOR {
				perhaps = append(perhaps, node.Y)
			}
		case ast.Expr:
			if sel, ok := node.(*ast.SelectorExpr); ok {
				apart[sel.Sel] = true
			}
			if v := named(node); v.key != "" && !apart[node] {
				v.perhaps = slices.ContainsFunc(perhaps, func(x ast.Expr) bool { return x.Pos() <= node.Pos() && node.Pos() < x.End() })
				at(node).read = append(at(node).read, v)
			}
		}
		return true
	})
	return found
}

// keyOf is the key of a variable; "" if x is none.
func keyOf(f *source.File, x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return "." + x.Sel.Name
	case *ast.StarExpr:
		if of := keyOf(f, x.X); of != "" {
			return "*" + of
		}
	case *ast.IndexExpr:
		if of := keyOf(f, x.X); of != "" {
			return of + "[" + written(f.Fset, x.Index) + "]"
		}
	}
	return ""
}

// NameAccesses names in the steps of a record what those use that are accesses.
func (n *Namer) NameAccesses(r Record, steps []finding.Step) {
	changed := n.changed(r)
	called := map[string][]int{} // objects, by what they are called
	for i, e := range r.Steps {
		if !isAccess(e) {
			continue
		}
		name := n.use(e).name(e, changed[e.Object])
		steps[i].Object = name
		if name != "" && !slices.Contains(called[name], e.Object) {
			called[name] = append(called[name], e.Object)
		}
	}
	for i, e := range r.Steps { // as number does
		if objects := called[steps[i].Object]; isAccess(e) && len(objects) > 1 {
			steps[i].Object += fmt.Sprintf(" #%d", slices.Index(objects, e.Object)+1)
		}
	}
}

// changed are the keys of the variables that the accesses to each object change.
func (n *Namer) changed(r Record) map[int]map[string]bool {
	keys := map[int]map[string]bool{}
	for _, e := range r.Steps {
		if u := n.use(e); u != nil && isAccess(e) {
			for _, v := range u.changed {
				if keys[e.Object] == nil {
					keys[e.Object] = map[string]bool{}
				}
				keys[e.Object][v.key] = true
			}
		}
	}
	return keys
}

func isAccess(e wire.Explored) bool { return e.Op == wire.OpRead || e.Op == wire.OpWrite }

// use is what the line does on which the innermost frame of the exercise is.
func (n *Namer) use(e wire.Explored) *lineUse {
	for _, f := range e.Stack {
		if rel, ok := n.src.Rel(f.File); ok && n.uses[rel] != nil {
			return n.uses[rel][f.Line]
		}
	}
	return nil
}

// name is what a line calls the one variable that an access of it uses, of some that are
// changed; "" where that is not clear. What has a value was read.
func (u *lineUse) name(e wire.Explored, changed map[string]bool) string {
	if u == nil || u.several && e.Op == wire.OpRead && e.Text == "" {
		return ""
	}
	from := u.read
	if e.Op == wire.OpWrite {
		from = u.changed
	}
	name := ""
	for _, v := range from {
		if !changed[v.key] || v.perhaps && e.Text == "" {
			continue
		}
		if name != "" && name != v.text {
			return ""
		}
		name = v.text
	}
	return name
}
