package checker

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// racelab compiles where nobody runs these tests, too. The compiler would have to build
// the standard library for each of these systems first; checking types takes seconds.
func TestTypesElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks all that racelab imports")
	}
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, system := range []string{"windows", "darwin"} {
		t.Run(system, func(t *testing.T) {
			loaded, err := packages.Load(&packages.Config{
				Mode:  packages.LoadAllSyntax,
				Dir:   top,
				Env:   append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0"),
				Tests: true,
				ParseFile: func(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
					return parseOurs(top, fset, name, src)
				},
			}, "./...")
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range loaded {
				if strings.HasSuffix(p.ID, ".test") {
					continue // generated
				}
				for _, e := range p.Errors {
					t.Errorf("%s: %v", p.ID, e)
				}
			}
		})
	}
}

// parseOurs leaves out the bodies of functions that are not ours: they compile.
func parseOurs(top string, fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if file != nil && !strings.HasPrefix(name, top+string(filepath.Separator)) {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				fn.Body = nil
			}
		}
	}
	return file, err
}
