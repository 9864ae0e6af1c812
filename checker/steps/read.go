package steps

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// function is the steps of one of the program's own. What calls itself is read once.
func (r *reader) function(f types.Object) []string {
	decl := r.bodies[f]
	if r.inside[f] {
		return []string{"again"}
	}
	if r.functions++; r.functions > most {
		return nil
	}
	r.inside[f] = true
	defer delete(r.inside, f)
	defer func(loops int) { r.loops = loops }(r.loops)
	r.loops, r.reached[nameOf(decl)] = 0, true
	return r.read(decl.Body)
}

// read is the steps below a node, which may be left out: nil.
func (r *reader) read(n ast.Node) (out []string) {
	if n == nil {
		return nil
	}
	add := func(more ...string) {
		for _, step := range more {
			if step != copying || len(out) == 0 || out[len(out)-1] != copying {
				out = append(out, step)
			}
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			add(r.read(n.Init)...)
			r.loops++
			add(around("for", slices.Concat(r.read(n.Cond), r.read(n.Body), r.read(n.Post)))...)
			r.loops--
		case *ast.RangeStmt:
			add(r.read(n.X)...)
			r.loops++
			body := r.read(n.Body)
			r.loops--
			if r.isChannel(n.X) {
				body = append([]string{"receive " + r.subject(n.X)}, body...)
			}
			add(around("for", body)...)
		case *ast.SelectStmt:
			add(r.selecting(n))
		case *ast.GoStmt:
			add(around("go", append([]string{"start"}, r.read(n.Call)...))...)
		case *ast.SendStmt:
			add(r.read(n.Value)...)
			add("send " + r.subject(n.Chan))
		case *ast.UnaryExpr:
			if n.Op != token.ARROW {
				return true
			}
			add("receive " + r.subject(n.X))
		case *ast.ExprStmt:
			r.ignored[n.X] = true
			return true
		case *ast.AssignStmt:
			if id, ok := n.Lhs[0].(*ast.Ident); ok && len(n.Lhs) == 1 && id.Name == "_" {
				r.ignored[n.Rhs[0]] = true
			}
			for _, e := range slices.Concat(n.Rhs, n.Lhs) {
				add(r.read(e)...)
			}
			for i, to := range n.Lhs {
				add(r.write(to, n.Tok != token.ASSIGN || len(n.Lhs) == len(n.Rhs) && r.mentions(n.Rhs[i], r.object(to)))...)
			}
		case *ast.IncDecStmt:
			add(r.write(n.X, true)...)
		case *ast.CallExpr:
			add(r.call(n)...)
		case *ast.Ident:
			if f := r.info.Uses[n]; r.bodies[f] != nil { // it is passed on, to be called
				add(r.function(f)...)
			}
		default:
			return true
		}
		return false
	})
	return out
}

func (r *reader) isChannel(e ast.Expr) bool {
	t := r.info.TypeOf(e)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// copying stands for append, copy, slices.Clone: in which of these ways something is copied
// does not matter, nor whether in a loop.
const copying = "copy"

func around(what string, body []string) []string {
	quiet := func(s string) bool {
		return s == copying || strings.HasPrefix(s, "set ") || strings.HasPrefix(s, "change ")
	}
	if !slices.ContainsFunc(body, func(s string) bool { return !quiet(s) }) {
		return body
	}
	return slices.Concat([]string{what + "{"}, body, []string{"}"})
}

// write is a step where others can see what is written: it is set, or changed by what it was.
func (r *reader) write(to ast.Expr, changed bool) []string {
	s := r.subject(to)
	switch {
	case s == "local" || s == "?" || r.made(s):
		return nil
	case changed:
		return []string{"change " + s}
	}
	return []string{"set " + s}
}

// made reports whether a subject is a part of what is being made.
func (r *reader) made(subject string) bool { return r.makes && strings.HasPrefix(subject, "field") }

func (r *reader) mentions(e ast.Expr, o types.Object) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && o != nil && r.info.Uses[id] == o
		return !found
	})
	return found
}

// selecting has the cases of a select in an order of its own: the program's says nothing.
func (r *reader) selecting(s *ast.SelectStmt) string {
	var cases []string
	for _, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		one := []string{"default"}
		if clause.Comm != nil {
			one = r.read(clause.Comm)
		}
		for _, stmt := range clause.Body {
			one = append(one, r.read(stmt)...)
			if r.loops > 0 && leaves(stmt) {
				one = append(one, "leave")
			}
		}
		cases = append(cases, strings.Join(one, " "))
	}
	slices.SortStableFunc(cases, func(a, b string) int {
		return strings.Compare(number.ReplaceAllString(a, "#"), number.ReplaceAllString(b, "#"))
	})
	return "select{ " + strings.Join(cases, " | ") + " }"
}

// leaves reports whether a statement in a select ends the loop around it.
func leaves(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Label != nil && s.Tok == token.BREAK
	}
	return false
}
