package gotool

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"racelab/checker/sandbox"
)

// The go command names each package that it compiles, and none that it has.
func TestExportsSayWhatIsCompiled(t *testing.T) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	root := strings.TrimSpace(string(goroot))
	b := Builder{
		Sandbox: sandbox.Limited{}, Module: t.TempDir(), Temp: t.TempDir(),
		Toolchain: Toolchain{Go: filepath.Join(root, "bin", "go"), GOROOT: root, GOCACHE: t.TempDir(), GOMODCACHE: t.TempDir()},
	}
	if err := os.WriteFile(filepath.Join(b.Module, "go.mod"), []byte("module racelab\n\ngo 1.26\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	imports := []string{"unicode/utf16", "unicode/utf8"}
	if n, err := b.Deps(t.Context(), imports); n != 2 || err != nil {
		t.Errorf("%d packages, %v", n, err)
	}
	for _, want := range [][]string{imports, nil} {
		var told []string
		files, err := b.Exports(t.Context(), imports, func(path string) { told = append(told, path) })
		slices.Sort(told)
		if err != nil || len(files) != 2 || !slices.Equal(told, want) {
			t.Errorf("told %q, want %q; %v, %v", told, want, files, err)
		}
	}
}

// What a failing go command says is told without the packages that it has compiled.
func TestExportsComplain(t *testing.T) {
	b := Builder{Sandbox: says("unicode/utf8\nruntime/cgo\ngo: GOCACHE is not defined\n")}
	var told []string
	_, err := b.Exports(t.Context(), []string{"fmt"}, func(path string) { told = append(told, path) })
	if err == nil || err.Error() != "go list: go: GOCACHE is not defined" || strings.Join(told, " ") != "unicode/utf8 runtime/cgo" {
		t.Errorf("%v, told %q", err, told)
	}
}

// What the go command says may end anywhere, and be of one word.
func TestExportsComplainInOneWord(t *testing.T) {
	for said, want := range map[string]string{"killed": "go list: killed", "fmt\nkilled by": "go list: killed by", "fmt\r\na b\r\n": "go list: a b", "": "go list: "} {
		b := Builder{Sandbox: says(said)}
		if _, err := b.Exports(t.Context(), []string{"fmt"}, func(string) {}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", said, err, want)
		}
	}
}

// says is a go command that fails, and says a text in pieces.
type says string

func (s says) Run(_ context.Context, c sandbox.Command) (sandbox.Exit, error) {
	for piece := range slices.Chunk([]byte(s), 5) {
		if _, err := c.Listener.Write(piece); err != nil {
			return sandbox.Exit{}, err
		}
	}
	return sandbox.Exit{Code: 1, Stderr: []byte(s)}, nil
}

func (s says) Start(sandbox.Command) (*sandbox.Process, error) { panic("nobody starts one") }
