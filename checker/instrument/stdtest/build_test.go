//go:build stdtest

package stdtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"racelab/checker/gotool"
	"racelab/checker/instrument"
	"racelab/checker/sandbox"
	"racelab/checker/source"
)

// A lab is where the suites are built as they are and rewritten.
type lab struct {
	dir       string
	toolchain gotool.Toolchain
	was, is   map[string]map[string][]byte // by suite and file
	tests     map[string][]string          // by suite
}

const (
	plain     = "plain"
	rewritten = "rewritten"
)

var theLab struct {
	once sync.Once
	lab
	err error
}

func TestMain(m *testing.M) {
	status := m.Run()
	os.RemoveAll(theLab.dir)
	os.Exit(status)
}

// open builds the suites, once for all tests.
func open(t *testing.T) *lab {
	t.Helper()
	if testing.Short() {
		t.Skip("builds programs")
	}
	theLab.once.Do(func() { theLab.err = theLab.build(t) })
	if errors.Is(theLab.err, os.ErrNotExist) {
		t.Skip("there is no source of the standard library or of golang.org/x/sync: ", theLab.err)
	}
	if theLab.err != nil {
		t.Fatal(theLab.err)
	}
	return &theLab.lab
}

func (l *lab) build(t *testing.T) (err error) {
	if l.toolchain, err = gotool.FindToolchain(t.Context(), sandbox.Limited{}); err != nil {
		return err
	}
	if l.dir, err = os.MkdirTemp("", "stdtest-*"); err != nil {
		return err
	}
	l.was, l.is, l.tests = map[string]map[string][]byte{}, map[string]map[string][]byte{}, map[string][]string{}
	for _, tree := range []string{plain, rewritten} {
		if err := l.writeModule(tree); err != nil {
			return err
		}
	}
	for _, s := range suites {
		if err := l.read(t, s); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	exports, err := l.exports(t)
	if err != nil {
		return err
	}
	for _, s := range suites {
		if err := l.rewrite(s, exports); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return l.compile(t)
}

// writeModule makes a module that may use the run-time.
func (l *lab) writeModule(tree string) error {
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	text := strings.Replace(string(mod), "module racelab\n", "module stdtest\n", 1)
	text = strings.Replace(text, "ignore ./exercises\n", "", 1)
	text += "\nrequire racelab v0.0.0\n\nreplace racelab => " + root + "\n"
	return errors.Join(
		write(filepath.Join(l.dir, tree, "go.mod"), []byte(text)),
		write(filepath.Join(l.dir, tree, "go.sum"), sum))
}

// read takes in a suite's original, and writes it down.
func (l *lab) read(t *testing.T, s suite) error {
	dir, err := l.source(t, s.from)
	if err != nil {
		return err
	}
	files, err := s.read(dir)
	if err != nil {
		return err
	}
	pkg := ""
	for _, name := range s.files {
		name = filepath.Base(name)
		f := source.ParseFile(name, files[name])
		if f.Err != nil {
			return f.Err
		}
		l.tests[s.name] = append(l.tests[s.name], f.Tests()...)
		pkg = f.Clause()
	}
	files["extra_test.go"] = []byte("package " + pkg + "\n\nimport \"testing\"\n" + extra)
	l.was[s.name] = files
	for name, src := range files {
		if err := write(filepath.Join(l.dir, plain, s.name, name), src); err != nil {
			return err
		}
	}
	harness := instrument.Harness(pkg, l.tests[s.name], false)
	main := "package " + pkg + "\n\nimport (\n\t\"testing\"\n\n\tlab \"racelab/checker/labrt/testing\"\n)\n\nfunc TestMain(*testing.M) { lab.Main(RacelabTests, nil) }\n"
	return errors.Join(
		write(filepath.Join(l.dir, rewritten, s.name, "harness_test.go"), harness),
		write(filepath.Join(l.dir, rewritten, s.name, "main_test.go"), []byte(main)))
}

// source is the folder with the original of a package.
func (l *lab) source(t *testing.T, path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "golang.org/x/sync/")
	if !ok {
		return filepath.Join(l.toolchain.GOROOT, "src", filepath.FromSlash(path)), nil
	}
	exit, err := l.builder(plain).Go(t.Context(), []string{"list", "-m", "-f", "{{.Dir}}", "golang.org/x/sync"})
	return filepath.Join(strings.TrimSpace(string(exit.Stdout)), rest), err
}

// exports lists the export data of all that the suites import.
func (l *lab) exports(t *testing.T) (map[string]string, error) {
	var imports []string
	for name, files := range l.was {
		for _, path := range source.Parse("stdtest/"+name, "", files).Imports() {
			if !slices.Contains(imports, path) && !strings.HasPrefix(path, "stdtest/") {
				imports = append(imports, path)
			}
		}
	}
	return l.builder(plain).Exports(t.Context(), imports, func(string) {})
}

func (l *lab) rewrite(s suite, exports map[string]string) error {
	got, err := instrument.Rewrite(source.Parse("stdtest/"+s.name, "", l.was[s.name]).Check(source.Exported(exports)), nil)
	if err != nil {
		return err
	}
	l.is[s.name] = got
	for name, src := range got {
		if err := write(filepath.Join(l.dir, rewritten, s.name, name), src); err != nil {
			return err
		}
	}
	return nil
}

// compile builds all tests of both trees.
func (l *lab) compile(t *testing.T) error {
	for _, tree := range []string{plain, rewritten} {
		bin := filepath.Join(l.dir, tree, "bin") + string(filepath.Separator)
		if err := os.MkdirAll(bin, 0o755); err != nil {
			return err
		}
		exit, err := l.builder(tree).Go(t.Context(), []string{"test", "-c", "-race", "-vet=off", "-gcflags=-l", "-o", bin, "./..."})
		if err != nil {
			return err
		}
		if exit.Code != 0 {
			return fmt.Errorf("%s:\n%s", tree, exit.Stderr)
		}
	}
	return nil
}

func (l *lab) builder(tree string) gotool.Builder {
	return gotool.Builder{Sandbox: sandbox.Limited{}, Toolchain: l.toolchain, Module: filepath.Join(l.dir, tree), Temp: l.dir}
}

func (l *lab) binary(tree, suite string) string {
	return filepath.Join(l.dir, tree, "bin", suite+".test")
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
