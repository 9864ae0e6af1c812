package labrt_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A program is one of those in testdata.
type program struct {
	name string
	want []string // verdicts
}

// lab is where the programs of testdata are built, once for all tests.
var lab struct {
	once     sync.Once
	dir      string
	programs []program
	binary   string
}

func TestMain(m *testing.M) {
	status := m.Run()
	os.RemoveAll(lab.dir)
	os.Exit(status)
}

// programs returns the programs, and a child that runs them with procs threads.
func programs(t *testing.T, procs int) ([]program, child) {
	t.Helper()
	lab.once.Do(func() {
		lab.programs = readPrograms(t)
		lab.binary = build(t, lab.programs)
	})
	if lab.binary == "" {
		t.Skip("the programs were not built")
	}
	return lab.programs, child{lab.binary, procs}
}

// readPrograms reads which programs there are and how each may end.
func readPrograms(t *testing.T) []program {
	t.Helper()
	var programs []program
	for _, source := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Doc == nil {
				continue
			}
			if _, want, ok := strings.Cut(fn.Doc.Text(), "want: "); ok {
				programs = append(programs, program{fn.Name.Name, strings.Split(strings.TrimSpace(want), ", ")})
			}
		}
	}
	return programs
}

func sources(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "programs", "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatal("no programs: ", err)
	}
	return names
}

// build makes the binary of the programs in testdata. They are a module of their
// own, so that their frames in stacks are not mistaken for the run-time's.
func build(t *testing.T, programs []program) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "programs-*")
	if err != nil {
		t.Fatal(err)
	}
	lab.dir = dir
	mod := read(t, filepath.Join(root, "go.mod"))
	mod = strings.Replace(mod, "module racelab\n", "module programs\n", 1)
	mod = strings.Replace(mod, "ignore ./exercises\n", "", 1)
	mod += "\nrequire racelab v0.0.0\n\nreplace racelab => " + root + "\n"
	write(t, filepath.Join(dir, "go.mod"), mod)
	write(t, filepath.Join(dir, "go.sum"), read(t, filepath.Join(root, "go.sum")))
	for _, source := range sources(t) {
		write(t, filepath.Join(dir, filepath.Base(source)), read(t, source))
	}
	write(t, filepath.Join(dir, "table_test.go"), table(programs))
	binary := filepath.Join(dir, "programs.test")
	cmd := exec.Command("go", "test", "-race", "-c", "-mod=mod", "-o", binary, ".")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// table is the source of a test that can run each of the programs.
func table(programs []program) string {
	var b strings.Builder
	b.WriteString("package programs\n\nimport (\n\t\"os\"\n\tstd \"testing\"\n\n\t\"racelab/checker/labrt/testing\"\n)\n\n")
	b.WriteString("var programs = []testing.InternalTest{\n")
	for _, p := range programs {
		fmt.Fprintf(&b, "\t{Name: %q, F: %s},\n", p.name, p.name)
	}
	b.WriteString("}\n\nfunc TestMain(m *std.M) {\n")
	b.WriteString("\tif os.Getenv(\"NATIVE\") != \"\" {\n\t\tos.Exit(m.Run())\n\t}\n")
	b.WriteString("\ttesting.Main(programs, nil)\n}\n")
	return b.String()
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
