package instrument

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"racelab/checker/schedule"
	"racelab/checker/source"
)

// FuzzPackage: what compiles still compiles after the rewriting, and whatever
// stays stays on its line.
func FuzzPackage(f *testing.F) {
	shapes, err := os.ReadFile("testdata/shapes.go.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(shapes))
	f.Add("package a_test\nimport (. \"sync\"; \"testing\")\nfunc TestA(t *testing.T) { var m Mutex; m.Lock(); TestA(t) }\n")
	f.Add("package a\nimport (\"context\"; \"sync\" /* c */; `fmt`)\nvar m struct { sync.Mutex; context.Context }; var e, _ = fmt.Println(m.Err())\n//line x.go:7\nvar TestX int\n")
	f.Fuzz(func(t *testing.T, src string) { checkRewriting(t, src, false) })
}

// FuzzGenerated is FuzzPackage for programs that do compile.
func FuzzGenerated(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		choices := make([]byte, 400)
		for i := range choices {
			choices[i] = byte(random.IntN(256))
		}
		f.Add(choices)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		checkRewriting(t, (&generator{choices: choices}).program(), true)
	})
}

// checkRewriting looks at the rewriting with no racing lines, and with racing lines
// everywhere.
func checkRewriting(t *testing.T, src string, compiles bool) {
	name := "a.go"
	if strings.Contains(src, "testing") {
		name = "a_test.go"
	}
	files := map[string][]byte{name: []byte(src)}
	for _, racing := range [][][]schedule.Line{nil, {everyLine(files)}} {
		got, err := Rewrite(source.Parse("racelab/a", "", files).Check(anImporter()), racing)
		checkRewritten(t, name, src, got, err, compiles)
	}
}

func checkRewritten(t *testing.T, name, src string, got map[string][]byte, err error, compiles bool) {
	if err != nil {
		if compiles {
			t.Fatalf("%v in\n%s", err, src)
		}
		return
	}
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, got[name], parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%s\n became\n%s\n%v", src, got[name], err)
	}
	conf := types.Config{Importer: anImporter()}
	if _, err := conf.Check("racelab/a", fset, []*ast.File{syntax}, nil); err != nil {
		t.Fatalf("%s\n became\n%s\n%v", src, got[name], err)
	}
	if strings.Contains(src, "line ") { // may have directives of its own
		return
	}
	original, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	had := spots(fset, original)
	for at := range spots(fset, syntax) {
		if at.File == name && !had[at] {
			t.Fatalf("%+v is new in\n%s", at, got[name])
		}
	}
}

// A spot is a name or a large number on a line.
type spot struct {
	File string
	Line int
	Text string
}

// spots lists those of a file, but for what the rewriting makes up or may repeat.
func spots(fset *token.FileSet, file *ast.File) map[spot]bool {
	found := map[spot]bool{}
	add := func(n ast.Node, text string) {
		p := fset.Position(n.Pos())
		found[spot{p.Filename, p.Line, text}] = true
	}
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr: // the index may be a type argument that was inferred
			ast.Inspect(n.X, visit)
			return false
		case *ast.IndexListExpr:
			ast.Inspect(n.X, visit)
			return false
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && strings.HasPrefix(x.Name, "racelab") {
				return false
			}
		case *ast.BasicLit:
			if len(n.Value) > 3 && n.Kind == token.INT {
				add(n, n.Value)
			}
		case *ast.Ident:
			if !strings.HasPrefix(n.Name, "racelab") && !slices.Contains([]string{"_", "true", "false", "init", "Context"}, n.Name) {
				add(n, n.Name)
			}
		}
		return true
	}
	ast.Inspect(file, visit)
	return found
}
