package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"runtime"
)

// A Typed is a unit that was type-checked.
type Typed struct {
	Unit
	Fset  *token.FileSet
	Types *types.Package
	Info  *types.Info
	Sizes types.Sizes
	// Err says why the unit does not compile: a syntax error, or the first type
	// error. Types and Info are incomplete then.
	Err error
}

// Syntax are the trees of the unit's files.
func (t *Typed) Syntax() []*ast.File {
	var out []*ast.File
	for _, f := range t.Files {
		out = append(out, f.Syntax)
	}
	return out
}

// Checked is a package that was type-checked.
type Checked struct {
	Package *Package
	// Own is the package without any tests: what it exports, and what is wrong
	// with it alone.
	Own *Typed
	// Units are what there is to compile, as in Package.Units. The first is Own
	// when no test belongs to the package.
	Units []*Typed
}

// Err says why the package or its tests do not compile, nil if they do.
func (c Checked) Err() error {
	for _, u := range c.Units {
		if u.Err != nil {
			return u.Err
		}
	}
	return nil
}

// Check type-checks the package and its tests. What they import is looked up in
// imports; it must know neither the package nor its tests.
func (p *Package) Check(imports types.Importer) Checked {
	c := Checked{Package: p, Own: p.check(p.own(), imports)}
	for _, u := range p.Units() {
		typed := c.Own
		if u.Path != p.Path || len(u.Files) != len(c.Own.Files) {
			typed = p.check(u, imports)
		}
		c.Units = append(c.Units, typed)
		imports = with{u.Path, typed, imports}
	}
	return c
}

func (p *Package) check(u Unit, imports types.Importer) *Typed {
	t := &Typed{Unit: u, Fset: p.fset, Info: newInfo(), Sizes: types.SizesFor("gc", runtime.GOARCH)}
	if t.Err = firstError(u.Files); t.Err != nil {
		return t
	}
	conf := types.Config{Importer: imports, GoVersion: p.GoVersion, Sizes: t.Sizes}
	t.Types, t.Err = conf.Check(u.Path, p.fset, t.Syntax(), t.Info)
	return t
}

// newInfo asks for all that some step needs.
func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
}

// with adds one package to an importer.
type with struct {
	path string
	unit *Typed
	types.Importer
}

// Import implements types.Importer.
func (w with) Import(path string) (*types.Package, error) {
	if path == w.path {
		return w.unit.Types, w.unit.Err
	}
	return w.Importer.Import(path)
}
