// Package steps says what a program does that other goroutines can notice: locks, channels,
// atomics, goroutines, pauses, copies, calls of what callers pass in, and writes of what is
// shared. Two programs that take the same steps differ in what no goroutine but one can see:
// layout, names, helper functions, statements of other kinds.
//
// Steps are in the order of the text, those of the program's own functions in the place of their
// calls. Unlocking and counting in a WaitGroup are none: there are many ways of doing it right,
// and where it is wrong, a check shows it.
package steps

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// A Program is the steps of one.
type Program struct {
	Exported map[string]string          // the steps of each exported function, by the name in findings: "(*Account).Deposit"
	Callers  map[string]map[string]bool // of each other function, which exported ones lead to it
}

// most is how many functions are read in the place of their calls: functions that call each other
// twice would otherwise be read for ever.
const most = 5000

// Of reads the files of a program; of one that cannot be parsed, or is without end, nothing is known.
func Of(files map[string][]byte) (p Program, ok bool) {
	r := reader{
		info:  &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}},
		types: map[types.Object]string{}, bodies: map[types.Object]*ast.FuncDecl{}, numbers: map[types.Object]int{},
		bound: map[types.Object]ast.Expr{}, inside: map[types.Object]bool{}, ignored: map[ast.Expr]bool{},
	}
	if !r.load(files) {
		return p, false
	}
	p = Program{map[string]string{}, map[string]map[string]bool{}}
	named := map[string]*ast.FuncDecl{}
	for _, decl := range r.bodies {
		named[nameOf(decl)] = decl
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if !IsExported(name) {
			continue
		}
		r.reached, r.makes = map[string]bool{}, named[name].Recv == nil
		p.Exported[name] = strings.Join(r.function(r.info.Defs[named[name].Name]), " ")
		for other := range r.reached {
			if p.Callers[other] == nil {
				p.Callers[other] = map[string]bool{}
			}
			p.Callers[other][name] = true
		}
	}
	lettered(slices.Sorted(maps.Keys(p.Exported)), p.Exported)
	return p, r.functions <= most
}

// nameOf is how findings call a function: "(*Account).Deposit".
func nameOf(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return decl.Name.Name
	}
	return "(" + types.ExprString(decl.Recv.List[0].Type) + ")." + decl.Name.Name
}

// IsExported reports whether others can call a function of this name: the type must be, too.
func IsExported(name string) bool {
	recv, method, ok := strings.Cut(name, ").")
	return ast.IsExported(method) && ast.IsExported(strings.Trim(recv, "(*")) || !ok && ast.IsExported(name)
}

// A reader reads the steps of one program.
type reader struct {
	info      *types.Info
	types     map[types.Object]string // of fields and variables, as they are written
	bodies    map[types.Object]*ast.FuncDecl
	numbers   map[types.Object]int      // of what steps are about
	bound     map[types.Object]ast.Expr // what the parameters stand for in the call that is read
	inside    map[types.Object]bool     // functions that are being read
	reached   map[string]bool           // functions that have been read
	ignored   map[ast.Expr]bool         // calls whose result nobody looks at
	makes     bool                      // it is in a function that makes what nobody else knows of yet
	functions int                       // that have been read so far
	loops     int                       // how many there are around what is read, in its function
}

// noImporter knows no package: what the program itself declares is enough here.
type noImporter struct{}

func (noImporter) Import(string) (*types.Package, error) { return nil, errors.New("not needed") }

func (r *reader) load(program map[string][]byte) bool {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(program)) {
		f, err := parser.ParseFile(fset, name, program[name], parser.SkipObjectResolution)
		if err != nil {
			return false
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: noImporter{}, Error: func(error) {}}
	_, _ = conf.Check("p", fset, files, r.info) // what it cannot resolve has no object
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if f := r.info.Defs[n.Name]; n.Body != nil && f != nil {
					r.bodies[f] = n
				}
			case *ast.Field:
				r.typed(n.Names, n.Type)
			case *ast.ValueSpec:
				r.typed(n.Names, n.Type)
			}
			return true
		})
	}
	return true
}

func (r *reader) typed(names []*ast.Ident, t ast.Expr) {
	for _, name := range names {
		if t != nil {
			r.types[r.info.Defs[name]] = types.ExprString(t)
		}
	}
}
