package source

import (
	"errors"
	"go/ast"
	"go/scanner"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const aPath = "racelab/exercises/01-a"

// parse parses the files of a folder.
func parse(goVersion string, files map[string]string) *Package {
	contents := map[string][]byte{}
	for name, text := range files {
		contents[name] = []byte(text)
	}
	return Parse(aPath, goVersion, contents)
}

func names(files []*File) (out []string) {
	for _, f := range files {
		out = append(out, f.Name)
	}
	return out
}

func TestParseFindsThePackages(t *testing.T) {
	p := parse("", map[string]string{
		"z.go": "package a\n", "b.go": "package a\n",
		"in_test.go": "package a\n", "a_test.go": "package a_test\n", "e_test.go": "package a_test\n",
		"never.go": "//go:build !race\n\npackage a\n", "x_plan9.go": "package a\n", "race.go": "//go:build race\n\npackage a\n",
	})
	if diff := cmp.Diff([]string{"b.go", "never.go", "race.go", "x_plan9.go", "z.go", "a_test.go", "e_test.go", "in_test.go"}, names(p.Files)); diff != "" {
		t.Error("files:", diff)
	}
	want := map[string][]string{aPath: {"b.go", "race.go", "z.go", "in_test.go"}, aPath + "_test": {"a_test.go", "e_test.go"}}
	units := p.Units()
	if len(units) != len(want) || units[0].Path != aPath {
		t.Errorf("units: %+v", units)
	}
	for _, u := range units {
		if diff := cmp.Diff(want[u.Path], names(u.Files)); diff != "" {
			t.Errorf("unit %s: %s", u.Path, diff)
		}
		for _, f := range u.Files {
			if got := p.UnitPath(f); got != u.Path {
				t.Errorf("%s belongs to %s", f.Name, got)
			}
		}
	}
	if p.File("nowhere.go") != nil || p.File("z.go").Clause() != "a" {
		t.Error("File does not go by name")
	}
}

func TestParseKeepsSyntaxErrors(t *testing.T) {
	tests := []struct {
		name, src string
		line      int
		clause    string
	}{
		{"in a function", "package a\n\nfunc f( {}\n", 3, "a"},
		{"empty", "", 1, ""},
		{"no Go", "not Go", 1, ""},
		{"not UTF-8", "package a // \xff\n", 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parse("", map[string]string{"a.go": "package a\n", "b.go": tt.src})
			list, ok := errors.AsType[scanner.ErrorList](p.Err())
			if !ok || len(list) == 0 || list[0].Pos.Filename != "b.go" || list[0].Pos.Line != tt.line {
				t.Errorf("err = %v", p.Err())
			}
			if got := p.File("b.go").Clause(); got != tt.clause {
				t.Errorf("the package is called %q", got)
			}
			if c := p.Check(Exported(nil)); c.Err() == nil || c.Own.Err == nil {
				t.Error("it type-checks")
			}
		})
	}
	if err := parse("", map[string]string{"a.go": "package a\n"}).Err(); err != nil {
		t.Error(err)
	}
}

func TestFileMissingIsNotReadFromDisk(t *testing.T) {
	if f := ParseFile("source.go", nil); f.Err == nil {
		t.Error("there is such a file in this folder, and it was parsed")
	}
}

func TestImportsAreListed(t *testing.T) {
	got := parse("", map[string]string{
		"a.go":      "package a\n\nimport (\n\t\"sync\"\n\t. `fmt`\n\t\"unsafe\"\n)\n\nfunc f( {",
		"b.go":      "package a\n\nimport s \"sync\"\n",
		"c.go":      "not Go",
		"d.go":      "package a\n\nimport (\n\t\"sync\"\n\t\"time\"\n)\n",
		"e_test.go": "package a_test\n\nimport a \"" + aPath + "\"\n",
	}).Imports()
	if diff := cmp.Diff([]string{"fmt", "sync", "time"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTestsFollowTheGoCommand(t *testing.T) {
	src := `package a_test
func TestA(t *testing.T) {}
func Test(t *testing.T) {}
func Testable(t *testing.T) {}
func Test_b(t *testing.T) {}
func TestMain(m *testing.M) {}
func (r recv) TestMethod(t *testing.T) {}
func BenchmarkA(b *testing.B) {}
func helper(t *testing.T) {}
`
	got := parse("", map[string]string{"b_test.go": "package a\nfunc TestB(*testing.T) {}\n", "a_test.go": src, "a.go": "package a\nfunc TestC(*testing.T) {}\n"}).Tests()
	if diff := cmp.Diff([]string{"TestA", "Test", "Test_b", "TestB"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLineDirectivesMovePositionsOnly(t *testing.T) {
	f := ParseFile("a.go", []byte("package a\n//line other.go:7\nvar x int\n"))
	at := f.Syntax.Decls[0].Pos()
	if p := f.Position(at); f.Line(at) != 3 || p.Line != 7 || p.Filename != "other.go" {
		t.Errorf("line %d, position %v", f.Line(at), p)
	}
}

func TestCheck(t *testing.T) {
	exports := exportsOf(t, "fmt", "testing")
	const (
		good     = "package a\n\nimport \"fmt\"\n\nfunc F() string { return fmt.Sprint(1) }\n"
		external = "package a_test\n\nimport (\n\t\"testing\"\n\n\ta \"" + aPath + "\"\n)\n\nfunc TestF(t *testing.T) { t.Log(a.F()) }\n"
	)
	tests := []struct {
		name, version string
		files         map[string]string
		own, err      string // parts of the errors of Own and of everything
	}{
		{"good", "", map[string]string{"a.go": good, "a_test.go": external}, "", ""},
		{"several files", "", map[string]string{"a.go": good, "b.go": "package a\n\nvar G = F()\n"}, "", ""},
		{"a type error", "", map[string]string{"a.go": "package a\n\nvar x int = \"\"\n"}, "a.go:3:13", "a.go:3:13"},
		{"two packages", "", map[string]string{"a.go": good, "b.go": "package b\n"}, "package b; expected package a", "package b"},
		{"tests that do not fit", "", map[string]string{"a.go": "package a\n", "a_test.go": external}, "", "undefined: a.F"},
		{"tests of a package that is wrong", "", map[string]string{"a.go": "package a\n\nfunc F() string { return 1 }\n", "a_test.go": external}, "a.go:3", "a.go:3"},
		{"a test in the package", "", map[string]string{"a.go": good, "in_test.go": "package a\n\nvar T = F()\n", "a_test.go": strings.Replace(external, "a.F()", "a.T", 1)}, "", ""},
		{"a wrong test in the package", "", map[string]string{"a.go": good, "in_test.go": "package a\n\nvar T int = F()\n"}, "", "in_test.go:3"},
		{"tests alone", "", map[string]string{"in_test.go": "package a\n"}, "", ""},
		{"an older language", "go1.21", map[string]string{"a.go": "package a\n\nfunc f() {\n\tfor range 3 {\n\t}\n}\n"}, "requires go1.22", "requires go1.22"},
		{"a newer language", "go1.22", map[string]string{"a.go": "package a\n\nfunc f() {\n\tfor range 3 {\n\t}\n}\n"}, "", ""},
		{"no export data", "", map[string]string{"a.go": "package a\n\nimport _ \"nowhere\"\n"}, "no export data for nowhere", "no export data"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(tt.version, tt.files).Check(Exported(exports))
			if !says(c.Own.Err, tt.own) {
				t.Errorf("Own.Err = %v, want %q", c.Own.Err, tt.own)
			}
			if !says(c.Err(), tt.err) {
				t.Errorf("Err = %v, want %q", c.Err(), tt.err)
			}
		})
	}
}

// says reports whether err has part in it, or is nil when part is empty.
func says(err error, part string) bool {
	if part == "" || err == nil {
		return part == "" && err == nil
	}
	return strings.Contains(err.Error(), part)
}

// A package without tests of its own is not checked twice; what a step may ask of
// the types is there.
func TestCheckOnceForAll(t *testing.T) {
	p := parse("go1.26", map[string]string{
		"a.go":      "package a\n\ntype T struct{ c chan int }\n\nfunc (t T) Send(x int) { t.c <- x }\n\nfunc of[V any](v V) V { return v }\n\nvar x = of(1)\n",
		"a_test.go": "package a_test\n",
	})
	c := p.Check(Exported(nil))
	if err := c.Err(); err != nil {
		t.Fatal(err)
	}
	if len(c.Units) != 2 || c.Units[0] != c.Own || c.Own.Types.Path() != aPath || c.Units[1].Types.Path() != aPath+"_test" {
		t.Errorf("%+v", c)
	}
	info := c.Own.Info
	for what, n := range map[string]int{
		"Types": len(info.Types), "Defs": len(info.Defs), "Uses": len(info.Uses), "Implicits or Selections": len(info.Selections),
		"Instances": len(info.Instances), "Scopes": len(info.Scopes), "InitOrder": len(info.InitOrder), "FileVersions": len(info.FileVersions),
	} {
		if n == 0 {
			t.Errorf("%s is empty", what)
		}
	}
	if got := info.FileVersions[c.Own.Files[0].Syntax]; got != "go1.26" {
		t.Errorf("the language is %q", got)
	}
	if c.Own.Fset != p.Files[0].Fset || len(c.Own.Syntax()) != 1 {
		t.Error("it was parsed again")
	}
}

func TestExportedReadsFilesAndRemembers(t *testing.T) {
	importer := Exported(exportsOf(t, "sync"))
	first, err := importer.Import("sync")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := first.Scope().Lookup("Mutex").(*types.TypeName); !ok {
		t.Error("there is no sync.Mutex")
	}
	if again, err := importer.Import("sync"); err != nil || again != first {
		t.Errorf("another package the second time: %v", err)
	}
	gone := filepath.Join(t.TempDir(), "gone.a")
	if _, err := Exported(map[string]string{"sync": gone}).Import("sync"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}

func TestPackageClause(t *testing.T) {
	for src, want := range map[string]string{"package a\n\nfunc f( {": "a", "": "", "func f() {}": ""} {
		if got := PackageClause([]byte(src)); got != want {
			t.Errorf("%q has package %q", src, got)
		}
	}
}

func TestIsTestName(t *testing.T) {
	for name, want := range map[string]bool{"Test": true, "TestA": true, "Test_a": true, "Test1": true, "TestÄ": true, "Testa": false, "aTest": false} {
		if got := IsTestName(name, "Test"); got != want {
			t.Errorf("IsTestName(%q) = %v", name, got)
		}
	}
	if IsTest(&ast.FuncDecl{Name: ast.NewIdent("TestA"), Type: &ast.FuncType{Params: &ast.FieldList{}}}) {
		t.Error("a function without parameters is a test")
	}
}

func exportsOf(t *testing.T, imports ...string) map[string]string {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, imports...)
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return exports
}
