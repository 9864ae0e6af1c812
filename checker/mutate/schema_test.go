package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// chooser is where schemata of this test learn the number.
const chooser = "racelab/chooser"

// withChooser knows that package, too.
type withChooser struct{ types.Importer }

func (w withChooser) Import(path string) (*types.Package, error) {
	if path != chooser {
		return w.Importer.Import(path)
	}
	p := types.NewPackage(chooser, "chooser")
	number := types.NewTuple(types.NewParam(token.NoPos, p, "", types.Typ[types.Int]))
	p.Scope().Insert(types.NewFunc(token.NoPos, p, "Mutant", types.NewSignatureType(nil, nil, nil, nil, number, false)))
	p.MarkComplete()
	return p, nil
}

// With a number, a schema says what that mutant says, and with 0 what the program says;
// as a whole it compiles.
func TestSchema(t *testing.T) {
	in, out := 0, 0
	for family := range families {
		ar, err := txtar.ParseFile(filepath.Join("testdata", family+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		p := program1(t, ar.Files[0].Data)
		all, err := Mutants(p)
		if err != nil {
			t.Fatal(err)
		}
		s := NewSchema(p, all, chooser)
		if err := source.Parse(p.Path, p.GoVersion, s.Files).Check(withChooser{p.Imports}).Err(); err != nil {
			t.Errorf("%s: %v", family, err)
		}
		schema := source.ParseFile("p.go", s.Files["p.go"])
		compare := func(what string, number int, src []byte) {
			if diff := cmp.Diff(inLines(declarations(source.ParseFile("p.go", src))), inLines(chosenIn(schema, number))); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", family, what, diff)
			}
		}
		compare("the original", 0, p.Files["p.go"])
		for i, m := range all {
			if s.Numbers[i] == 0 {
				out++
				continue
			}
			in++
			compare(m.ID, s.Numbers[i], m.Files["p.go"])
		}
	}
	if out == 0 || in < 4*out {
		t.Errorf("%d mutants are in schemata, and %d are not", in, out)
	}
}

// inLines are declarations with each function's body in lines of its own.
func inLines(declarations []string) []string {
	var out []string
	for _, d := range declarations {
		out = append(out, strings.ReplaceAll(strings.ReplaceAll(d, "; }", "}"), "; ", ";\n"))
	}
	return out
}

// chosenIn are the declarations of a schema with one of its mutants chosen.
func chosenIn(f *source.File, number int) []string {
	var out []string
	for _, decl := range f.Syntax.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil || len(fn.Body.List) == 0 {
			if !isImport(decl) {
				out = append(out, meaning(between(f, decl.Pos(), decl.End())))
			}
			continue
		}
		body := inBraces(f, fn)
		if choice, ok := fn.Body.List[0].(*ast.SwitchStmt); ok && choice.Tag != nil && string(between(f, choice.Tag.Pos(), choice.Tag.End())) == "schemata.Mutant()" {
			body = between(f, choice.End(), fn.Body.Rbrace)
			for _, c := range choice.Body.List {
				if c := c.(*ast.CaseClause); string(between(f, c.List[0].Pos(), c.List[0].End())) == strconv.Itoa(number) {
					body = caseBody(f, fn, c)
				}
			}
		}
		head := between(f, fn.Pos(), fn.Body.Lbrace)
		out = append(out, meaning(fmt.Appendf(nil, "%s{\n%s\n}", head, body)))
	}
	return out
}

func caseBody(f *source.File, fn *ast.FuncDecl, c *ast.CaseClause) []byte {
	end := c.End()
	if last := c.Body[len(c.Body)-1]; fn.Type.Results == nil {
		end = last.Pos()
	}
	return between(f, c.Colon+1, end)
}
