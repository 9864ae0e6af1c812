//go:build stdtest

package stdtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// read returns the suite's files, without what cannot be used here; every line
// stays where it is.
func (s suite) read(dir string) (map[string][]byte, error) {
	c := cut{fset: token.NewFileSet(), why: maps.Clone(s.without), met: map[string]bool{}}
	if c.why == nil {
		c.why = map[string]string{}
	}
	replacer := strings.NewReplacer(s.replaced...)
	all := ""
	for _, name := range s.files {
		src, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		all += string(src)
		if err := c.add(name, []byte(replacer.Replace(string(src)))); err != nil {
			return nil, err
		}
	}
	for i := 0; i < len(s.replaced); i += 2 {
		if !strings.Contains(all, s.replaced[i]) {
			return nil, fmt.Errorf("there is no %q to replace", s.replaced[i])
		}
	}
	for c.again() {
	}
	for name := range s.without {
		if !c.met[name] {
			return nil, fmt.Errorf("there is no %s to leave out", name)
		}
	}
	files := map[string][]byte{}
	for _, f := range c.files {
		f.dropImports()
		files[f.name] = f.src
	}
	return files, nil
}

// A cut leaves declarations out, and those that need them.
type cut struct {
	fset  *token.FileSet
	files []*cutFile
	why   map[string]string // names that nobody can use, and the reason
	met   map[string]bool   // those that somebody did
}

type cutFile struct {
	fset   *token.FileSet
	name   string
	src    []byte
	syntax *ast.File
	kept   []ast.Decl
}

func (c *cut) add(name string, src []byte) error {
	syntax, err := parser.ParseFile(c.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	c.files = append(c.files, &cutFile{fset: c.fset, name: name, src: src, syntax: syntax, kept: syntax.Decls})
	return nil
}

// again leaves out what needs what was left out before. It reports whether there
// was anything.
func (c *cut) again() (found bool) {
	for _, f := range c.files {
		var kept []ast.Decl
		for _, decl := range f.kept {
			why := c.reason(decl)
			if why == "" {
				kept = append(kept, decl)
				continue
			}
			found = true
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc != nil {
				f.blank(fn.Doc) // may have directives
			}
			f.blank(decl)
			for _, name := range declared(decl) {
				c.why[name] = why
			}
		}
		f.kept = kept
	}
	return found
}

// reason is why a declaration must be left out; "" if it need not.
func (c *cut) reason(decl ast.Decl) (why string) {
	if isImport(decl) {
		return ""
	}
	for _, name := range declared(decl) {
		for _, prefix := range []string{"Benchmark", "benchmark", "Example"} {
			if _, isFunc := decl.(*ast.FuncDecl); isFunc && strings.HasPrefix(name, prefix) {
				return "no test"
			}
		}
		if why, ok := c.why[name]; ok {
			c.met[name] = true
			return why
		}
	}
	uses(decl, func(name string) {
		if reason, ok := c.why[name]; ok {
			c.met[name], why = true, reason
		}
	})
	return why
}

func isImport(decl ast.Decl) bool {
	d, ok := decl.(*ast.GenDecl)
	return ok && d.Tok == token.IMPORT
}

// declared lists the names that a declaration gives to the package.
func declared(decl ast.Decl) (names []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					if id.Name != "_" {
						names = append(names, id.Name)
					}
				}
			}
		}
	}
	return names
}

// uses calls f with each name that n uses; with one of another package, as x and
// as x.Name.
func uses(n ast.Node, f func(name string)) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				f(x.Name + "." + n.Sel.Name)
			}
			uses(n.X, f)
			return false
		case *ast.Ident:
			f(n.Name)
		}
		return true
	})
}

// blank overwrites a declaration with spaces.
func (f *cutFile) blank(n ast.Node) {
	from, to := f.fset.Position(n.Pos()).Offset, f.fset.Position(n.End()).Offset
	for i := from; i < to; i++ {
		if f.src[i] != '\n' {
			f.src[i] = ' '
		}
	}
}

// dropImports leaves out the imports that nobody needs any more.
func (f *cutFile) dropImports() {
	used := map[string]bool{"_": true, ".": true}
	for _, decl := range f.kept {
		if !isImport(decl) {
			uses(decl, func(name string) { used[name] = true })
		}
	}
	for _, spec := range f.syntax.Imports {
		if !used[importName(spec)] {
			f.blank(spec)
		}
	}
}

func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return fmt.Sprint(err)
	}
	return path.Base(strings.TrimSuffix(p, "/v2"))
}
