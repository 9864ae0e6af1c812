package instrument

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"racelab/checker/schedule"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

// programs is a package of programs that are built and run as they are and
// rewritten. To tell how they end, crashes has those that do not return.
const programs = "testdata/programs"

// again is added to the rewritten programs: it spoils their state, starts anew
// as every schedule does, and shows the state.
const again = `package main

import "racelab/checker/labrt/sched"

func init() {
	programs["again"] = func() { state(); println("-- reset"); sched.Initialise(); println("-- anew"); state() }
}
`

func TestPrograms(t *testing.T) {
	was, is, raced := buildPrograms(t)
	for _, file := range []string{"main.go", "crashes.go"} {
		for _, name := range programNames(t, file) {
			t.Run(name, func(t *testing.T) {
				before := run(t, was, name)
				if diff := cmp.Diff(before, run(t, is, name)); diff != "" {
					t.Errorf("before - and after + the rewriting:\n%s", diff)
				}
				if diff := cmp.Diff(before, run(t, raced, name)); diff != "" {
					t.Errorf("before - and after + the rewriting, where all lines race:\n%s", diff)
				}
			})
		}
	}
	t.Run("state starts anew", func(t *testing.T) {
		_, shown, _ := strings.Cut(run(t, is, "again"), "-- again\n")
		before, rest, _ := strings.Cut(shown, "-- reset\n")
		_, after, _ := strings.Cut(rest, "-- anew\n")
		if diff := cmp.Diff(before, after); diff != "" || before == "" {
			t.Error(diff)
		}
	})
}

// programNames are the keys of the map in a file of the programs.
func programNames(t *testing.T, file string) (names []string) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(programs, file))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\t"(.*?)":`).FindAllSubmatch(src, -1) {
		names = append(names, string(m[1]))
	}
	if len(names) == 0 {
		t.Fatal("no programs in", file)
	}
	return names
}

var (
	frameLine = regexp.MustCompile(`^\t(\S+):(\d+)( \+0x[0-9a-f]+)?$`)
	arguments = regexp.MustCompile(`\([^()]*\)$`)
	wrapper   = regexp.MustCompile(`\.gowrap\d+$`) // the compiler's function literal for go f(x)
	volatile  = regexp.MustCompile(`0x[0-9a-f]+|goroutine \d+`)
)

// run returns what a program printed, with the frames of its own files alone.
func run(t *testing.T, binary, name string) string {
	t.Helper()
	config, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer config.Close()
	if _, err := config.WriteString(`{"mode":"race"}`); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, name) // go test has a limit of its own
	cmd.ExtraFiles = []*os.File{config, os.Stderr}
	out, err := cmd.CombinedOutput()
	if _, crashed := errors.AsType[*exec.ExitError](err); err != nil && !crashed {
		t.Fatal(err)
	}
	return ownFrames(string(Undo(out)))
}

// ownFrames leaves out of stacks what the programs' source does not show.
func ownFrames(output string) string {
	var kept []string
	for paragraph := range strings.SplitSeq(output, "\n\n") {
		lines := strings.Split(paragraph, "\n")
		own := ownLines(lines)
		if strings.HasPrefix(paragraph, "goroutine ") && len(own) == 1 && len(lines) > 1 {
			continue // one of the run-time's
		}
		kept = append(kept, strings.Join(own, "\n"))
	}
	return volatile.ReplaceAllString(strings.Join(kept, "\n\n"), "…")
}

func ownLines(lines []string) (own []string) {
	for i := 0; i < len(lines); i++ {
		if i+1 < len(lines) {
			if at := frameLine.FindStringSubmatch(lines[i+1]); at != nil {
				if strings.Contains(at[1], "instrument/testdata/") {
					function := wrapper.ReplaceAllString(arguments.ReplaceAllString(lines[i], ""), ".1")
					own = append(own, function, "\t"+filepath.Base(at[1])+":"+at[2])
				}
				i++
				continue
			}
		}
		own = append(own, lines[i])
	}
	return own
}

// buildPrograms builds the programs as they are, rewritten, and rewritten as if all lines
// raced.
func buildPrograms(t *testing.T) (was, is, raced string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds programs")
	}
	dir := t.TempDir()
	was, is, raced = filepath.Join(dir, "was"), filepath.Join(dir, "is"), filepath.Join(dir, "raced")
	goCommand(t, "build", "-gcflags=-l", "-o", was, "./"+programs)
	files := filesOf(t, programs)
	for binary, racing := range map[string][][]schedule.Line{is: nil, raced: {everyLine(files)}} {
		overlay := overlay{}
		overlay.rewriteFiles(t, programs, files, racing)
		overlay[absolute(t, filepath.Join(programs, "again.go"))] = []byte(again)
		goCommand(t, "build", "-gcflags=-l", "-o", binary, "-overlay="+overlay.write(t), "./"+programs)
	}
	return was, is, raced
}

// everyLine is each line of each file.
func everyLine(files map[string][]byte) (lines []schedule.Line) {
	for file, name := range source.InOrder(slices.Collect(maps.Keys(files))) {
		for number := range bytes.Count(files[name], []byte("\n")) {
			lines = append(lines, schedule.Line{File: file, Number: number + 1})
		}
	}
	return lines
}

// An overlay has the go command see other contents of files, by absolute path.
type overlay map[string][]byte

// rewrite adds the rewritten files of a folder.
func (o overlay) rewrite(t *testing.T, dir string) {
	t.Helper()
	o.rewriteFiles(t, dir, filesOf(t, dir), nil)
}

// filesOf are the Go files of a folder.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func (o overlay) rewriteFiles(t *testing.T, dir string, files map[string][]byte, racing [][]schedule.Line) {
	t.Helper()
	path := "racelab/checker/instrument/" + dir
	parsed := source.Parse(path, "go1.26", files)
	rewritten, err := Rewrite(parsed.Check(source.Exported(exportsOf(t, parsed.Imports()...))), racing)
	if err != nil {
		t.Fatal(err)
	}
	for name, src := range rewritten {
		o[absolute(t, filepath.Join(dir, name))] = src
	}
}

func (o overlay) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	for i, path := range slices.Sorted(maps.Keys(o)) {
		replace[path] = filepath.Join(dir, string(rune('a'+i))+".go")
		if err := os.WriteFile(replace[path], o[path], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

func exportsOf(t testing.TB, imports ...string) map[string]string {
	t.Helper()
	exports, err := listExports(imports...)
	if err != nil {
		t.Fatal(err)
	}
	return exports
}

func listExports(imports ...string) (map[string]string, error) {
	out, err := runGo(append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", "--"}, imports...)...)
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return exports, err
}

func goCommand(t testing.TB, args ...string) {
	t.Helper()
	if _, err := runGo(args...); err != nil {
		t.Fatal(err)
	}
}

func runGo(args ...string) ([]byte, error) {
	var stderr bytes.Buffer
	cmd := exec.Command(filepath.Join(build.Default.GOROOT, "bin", "go"), args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, stderr.Bytes())
	}
	return out, nil
}
