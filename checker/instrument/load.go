package instrument

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// An Importer finds what an import path stands for.
type Importer = types.Importer

// A unit is what the compiler compiles at once: a package with its tests, or the
// tests in a package of their own.
type unit struct {
	fset  *token.FileSet
	files []*file // in the order in which the compiler gets them
	types *types.Package
	info  *types.Info
	tests map[types.Object]bool

	// prefix begins all names that the rewriting makes up; nothing in the unit does.
	prefix string
}

// A file is one file of a unit, and how it is to be changed.
type file struct {
	edits
	unit   *unit
	index  int // in the unit
	name   string
	syntax *ast.File

	kept    map[ast.Node]bool     // are rewritten by the statement around them
	okTypes map[ast.Expr]ast.Expr // what v, ok = <-ch assigns ok to
	anchors map[string]bool       // uses of imports that may have lost all others
	shared  map[string]string     // generated functions, by name
	inits   map[*ast.FuncDecl]int
}

// load parses and type-checks the units of a folder, the package itself first.
func load(importPath, goVersion string, files map[string][]byte, imports Importer) ([]*unit, error) {
	fset := token.NewFileSet()
	byName := map[string]*unit{}
	for _, name := range inOrder(files) {
		syntax, err := parser.ParseFile(fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		u := byName[syntax.Name.Name]
		if u == nil {
			u = &unit{fset: fset}
			byName[syntax.Name.Name] = u
		}
		u.add(name, files[name], syntax)
	}
	var units []*unit
	for _, name := range slices.Sorted(maps.Keys(byName)) { // x_test comes after x
		u := byName[name]
		if err := u.check(importPath, goVersion, imports); err != nil {
			return nil, err
		}
		imports = with{importPath, u.types, imports}
		importPath += "_test"
		units = append(units, u)
	}
	return units, nil
}

// inOrder returns the names of the files that are built, in the order in which
// the go command hands them to the compiler.
func inOrder(files map[string][]byte) []string {
	ctxt := build.Default
	ctxt.BuildTags = []string{"race"}
	ctxt.OpenFile = func(name string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(files[path.Base(name)])), nil
	}
	var names []string
	for name := range files {
		if ok, err := ctxt.MatchFile("", name); ok || err != nil { // of an error the parser knows more
			names = append(names, name)
		}
	}
	slices.Sort(names)
	isTest := func(name string) bool { return strings.HasSuffix(name, "_test.go") }
	tests := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !isTest(name) })
	return append(slices.DeleteFunc(names, isTest), tests...)
}

// with adds one package to an Importer.
type with struct {
	path string
	pkg  *types.Package
	Importer
}

// Import implements Importer.
func (w with) Import(path string) (*types.Package, error) {
	if path == w.path {
		return w.pkg, nil
	}
	return w.Importer.Import(path)
}

func (u *unit) add(name string, src []byte, syntax *ast.File) {
	u.files = append(u.files, &file{
		edits: edits{src, map[int]*change{}}, unit: u, index: len(u.files), name: name, syntax: syntax,
		kept: map[ast.Node]bool{}, okTypes: map[ast.Expr]ast.Expr{},
		anchors: map[string]bool{}, shared: map[string]string{},
		inits: map[*ast.FuncDecl]int{},
	})
}

func (u *unit) check(importPath, goVersion string, imports Importer) error {
	u.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
	var all []*ast.File
	for _, f := range u.files {
		all = append(all, f.syntax)
	}
	conf := types.Config{Importer: imports, GoVersion: goVersion, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	var err error
	if u.types, err = conf.Check(importPath, u.fset, all, u.info); err != nil {
		return err
	}
	u.prefix = u.unusedPrefix()
	u.numberInits()
	u.findTests()
	return nil
}

// unusedPrefix returns one that stands nowhere in the unit.
func (u *unit) unusedPrefix() string {
	prefix := ourPrefix
	taken := func(f *file) bool { return bytes.Contains(f.src, []byte(prefix)) }
	for i := 1; slices.ContainsFunc(u.files, taken); i++ {
		prefix = fmt.Sprintf("racelab%d_", i)
	}
	return prefix
}

// Exported returns an Importer that reads files with export data, by import path.
func Exported(files map[string]string) Importer {
	lookup := func(path string) (io.ReadCloser, error) {
		name, ok := files[path]
		if !ok {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(name)
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", lookup)
}

// Imports returns the import paths that the files name, sorted, without those
// that need no export data. What cannot be parsed imports nothing.
func Imports(files map[string][]byte) []string {
	set := map[string]bool{}
	for name, src := range files {
		syntax, _ := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if syntax == nil {
			continue
		}
		for _, spec := range syntax.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && path != "unsafe" {
				set[path] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}
