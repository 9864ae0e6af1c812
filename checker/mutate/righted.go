package mutate

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"

	"racelab/checker/source"
)

// A Righting is a copy of a wrong program in which one function has the body that it has in
// a right program: the opposite of a mutant. What goes right with it, and not without it,
// comes of that function.
type Righting struct {
	Mutant
	// OneThing is set when not more than one thing can be wrong in the function: it does
	// nothing but that, locks aside, or it differs from the right one in a single place. It is
	// not when it uses what the right program does not have: much may be wrong there.
	OneThing bool
	// SameSteps is set when the two bodies differ in nothing that orders goroutines: they
	// make the same calls, in the same lines.
	SameSteps bool
}

// Rightings are those of all functions of p that have another body in the right program,
// and type-check with it, in the order of the files. They are about the program that is
// returned as well: p with the functions of the right program that it lacks.
func Rightings(p Program, right map[string][]byte) (Program, []Righting) {
	functions, own, files := functionsOf(right), functionsOf(p.Files), p.Files
	p = p.withLacking(functions)
	var all []Righting
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		f := source.ParseFile(name, p.Files[name])
		if f.Err != nil {
			continue
		}
		for _, d := range functionsAndOthers(f) {
			to, ok := functions[d.head]
			if d.fn == nil || !ok || to.body == d.body {
				continue
			}
			if m, ok := p.righted(f, d.fn, to); ok {
				m.Line, m.Function = own[d.head].line(), stackName(d.fn)
				here, there := differing(f, d.fn, to)
				inALine := max(len(here), len(there)) < 2
				r := Righting{Mutant: m, SameSteps: inALine && slices.Equal(steps(here), steps(there))}
				inAPlace := inALine && inOnePlace(here, there) && (r.SameSteps || calls(here) < 2)
				r.OneThing = inAPlace || doesOneThing(d.fn.Body)
				all = append(all, r)
			}
		}
	}
	strange := strangers(own, functions, files, right, all)
	for i, r := range all {
		r.OneThing = r.OneThing && !strange.usedBy(own, r)
		all[i] = r
	}
	return p, all
}

// Together are the pairs of rightings, by their indexes in all, each as one program.
func Together(p Program, right map[string][]byte, all []Righting) (pairs [][2]int, programs []Mutant) {
	for i, one := range all {
		_, others := Rightings(Program{Path: p.Path, GoVersion: p.GoVersion, Imports: p.Imports, Files: one.Files}, right)
		for _, other := range others {
			j := slices.IndexFunc(all, func(r Righting) bool { return r.File == other.File && r.Function == other.Function })
			if j > i {
				pairs, programs = append(pairs, [2]int{i, j}), append(programs, other.Mutant)
			}
		}
	}
	return pairs, programs
}

// A foreign is a function of another program.
type foreign struct {
	declaration
	in *source.File
}

func (f foreign) line() int { return f.in.Line(f.fn.Pos()) }

// stackName is how stacks name a function: "(*Account).Deposit".
func stackName(fn *ast.FuncDecl) string {
	on := receiverType(fn)
	if on == nil {
		return fn.Name.Name
	}
	if _, pointer := fn.Recv.List[0].Type.(*ast.StarExpr); pointer {
		return "(*" + on.Name + ")." + fn.Name.Name
	}
	return on.Name + "." + fn.Name.Name
}

// functionsOf are the functions of a program by their heads. Of init there may be many.
func functionsOf(files map[string][]byte) map[string]foreign {
	out := map[string]foreign{}
	for name, text := range files {
		f := source.ParseFile(name, text)
		if f.Err != nil {
			continue
		}
		for _, d := range functionsAndOthers(f) {
			if d.fn != nil && d.fn.Name.Name != "init" {
				out[d.head] = foreign{d, f}
			}
		}
	}
	return out
}

// withLacking adds the functions that p lacks, as far as they type-check in it: the right
// bodies of others may call them. Each has to be a method, or have a name, of its own.
func (p Program) withLacking(functions map[string]foreign) Program {
	for _, head := range slices.Sorted(maps.Keys(functions)) {
		to := functions[head]
		f := source.ParseFile(to.in.Name, p.Files[to.in.Name])
		if f.Err != nil || declares(f, head) {
			continue
		}
		text := string(between(to.in, to.fn.Pos(), to.fn.End()))
		if m, ok := p.mutant(f, f.Syntax.Name, append(importsOf(f, to.in), declare(f, text))); ok && p.compiles(m) {
			p.Files = m.Files
		}
	}
	return p
}

func declares(f *source.File, head string) bool {
	return slices.ContainsFunc(functionsAndOthers(f), func(d declaration) bool { return d.head == head })
}

// righted is p with one function's body from elsewhere.
func (p Program) righted(f *source.File, fn *ast.FuncDecl, to foreign) (Mutant, bool) {
	body := replace(fn.Body, string(between(to.in, to.fn.Body.Pos(), to.fn.Body.End())))
	m, ok := p.mutant(f, fn, append(importsOf(f, to.in), body))
	return m, ok && p.compiles(m)
}

// importsOf adds to f what another file imports: what is not used goes again.
func importsOf(f, other *source.File) []edit {
	var edits []edit
	for _, path := range other.Imports() {
		if !slices.Contains(f.Imports(), path) {
			edits = append(edits, insert(f.Syntax.Name.End(), "\n\nimport \""+path+"\""))
		}
	}
	return edits
}

// doesOneThing reports whether a body has one simple statement, beside those that lock and
// unlock.
func doesOneThing(body *ast.BlockStmt) bool {
	left := slices.DeleteFunc(slices.Clone(body.List), locks)
	if len(left) > 1 {
		return false
	}
	simple, called := true, 0
	for _, s := range left {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case ast.Stmt:
				simple = simple && isPlain(n)
			case *ast.FuncLit:
				simple = false
			case *ast.CompositeLit:
				simple = simple && len(n.Elts) < 2
			case *ast.CallExpr: // between two, another goroutine may come
				called++
				simple = simple && called < 2
			case *ast.BinaryExpr:
				simple = simple && n.Op != token.LAND && n.Op != token.LOR
			}
			return simple
		})
	}
	return simple
}

func isPlain(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return len(s.Lhs) == 1
	case *ast.ReturnStmt:
		return len(s.Results) < 2
	case *ast.IncDecStmt, *ast.ExprStmt:
		return true
	}
	return false
}

// locks reports whether a statement locks or unlocks, now or at the end of the function.
func locks(s ast.Stmt) bool {
	var call ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		call = s.X
	case *ast.DeferStmt:
		call = s.Call
	}
	c, ok := call.(*ast.CallExpr)
	if !ok || len(c.Args) > 0 {
		return false
	}
	method, ok := c.Fun.(*ast.SelectorExpr)
	return ok && slices.Contains([]string{"Lock", "Unlock", "RLock", "RUnlock"}, method.Sel.Name)
}
