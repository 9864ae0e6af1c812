// Package stage lays out a private module in which a submission is built. Tests,
// go.mod and the run-time are always ours.
package stage

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/instrument"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/submission"
)

// module holds the go.mod and go.sum of a workspace, at the versions of
// racelab's own go.mod. They have another ending because a go.mod would make
// the folder a module of its own.
//
//go:embed module
var module embed.FS

// GoVersion is the language version in module/go.mod.txt.
const GoVersion = "go1.26"

// The files in which what is generated is staged.
const (
	harnessFile = "racelab_test.go"
	mainFile    = "main.go"
)

// A Workspace is a private folder, laid out as
//
//	plain/         the submission as the learner wrote it, for the compiler's messages
//	instrumented/  the same, instrumented, and the program that runs it
//	run/           what executions write
//	tmp/           TMPDIR of everything that runs here, and HOME of the tests
//	lock           locked as long as racelab lives
//
// plain is a module called racelab with the exercise in its usual folder, so that
// import paths are those of a clone; instrumented looks the same.
type Workspace struct {
	Root     string
	Exercise exercise.Exercise
	Tests    []string          // the tests that must run, in order
	Contract bool              // there is a contract beside the tests
	Timers   bool              // the submission or the tests may set a timer
	Timed    []string          // the submission's files that may
	Source   *source.Package   // the submission and the tests, as they were written
	Racing   [][]schedule.Line // whose accesses Instrument makes yield points, in groups

	scratch scratch      // Root
	runtime string       // the folder of the run-time
	harness *source.File // the test file in whose package the harness is
}

// Parse parses a submission together with the exercise's own tests. Syntax errors
// are in its files.
func Parse(ex exercise.Exercise, sub submission.Submission) (*source.Package, error) {
	files := map[string][]byte{}
	for _, name := range ex.Files {
		files[name] = sub.Files[name]
	}
	names, err := ex.TestFiles()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if files[name], err = fs.ReadFile(ex.Dir, name); err != nil {
			return nil, err
		}
	}
	if files[exercise.ContractFile], err = ex.Contract(); err != nil {
		return nil, err
	}
	if files[exercise.ContractFile] == nil {
		delete(files, exercise.ContractFile)
	}
	return source.Parse(ex.ImportPath(), GoVersion, files), nil
}

// New stages a submission that has passed the policy and was parsed by Parse, but
// for the instrumented sources: see Instrument. runtime is the folder that
// PrepareRuntime returned. The caller removes the workspace with Close.
func New(ex exercise.Exercise, parsed *source.Package, runtime string) (ws *Workspace, err error) {
	made, err := newScratch()
	if err != nil {
		return nil, fmt.Errorf("make a workspace: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, made.remove())
		}
	}()
	ws = &Workspace{Root: made.dir, scratch: made, Exercise: ex, runtime: runtime, Source: parsed}
	for _, dir := range []string{ws.Dir(Plain), ws.Dir(Instrumented), ws.RunDir(), ws.Temp()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, fmt.Errorf("make a workspace: %w", err)
		}
	}
	if err := ws.writeModule(runtime); err != nil {
		return nil, fmt.Errorf("make a workspace: %w", err)
	}
	return ws, ws.writeSources()
}

// Lay parses a submission that needs no policy, such as our own, and stages it as New
// does.
func Lay(ex exercise.Exercise, sub submission.Submission, runtime string) (*Workspace, error) {
	parsed, err := Parse(ex, sub)
	if err != nil {
		return nil, err
	}
	return New(ex, parsed, runtime)
}

// A Tree is one of the two copies of the sources.
type Tree string

// The trees of a workspace.
const (
	Plain        Tree = "plain"
	Instrumented Tree = "instrumented"
)

// Module is the root of the module.
func (ws *Workspace) Module() string { return ws.root(Plain) }

func (ws *Workspace) root(t Tree) string { return filepath.Join(ws.Root, string(t)) }

// Dir is the exercise's folder in a tree.
func (ws *Workspace) Dir(t Tree) string {
	return filepath.Join(ws.root(t), "exercises", ws.Exercise.ID)
}

// Package is the exercise's package as the go command is told it.
func (ws *Workspace) Package() string { return "./exercises/" + ws.Exercise.ID }

// WithOurs stages our own version of the exercise in a workspace of its own.
func (ws *Workspace) WithOurs() (*Workspace, error) {
	ours, err := submission.Ours(ws.Exercise)
	if err != nil {
		return nil, err
	}
	return Lay(ws.Exercise, ours, ws.runtime)
}

// RunDir is where executions write.
func (ws *Workspace) RunDir() string { return filepath.Join(ws.Root, "run") }

// Temp is TMPDIR of everything that runs in the workspace, and HOME of the tests.
func (ws *Workspace) Temp() string { return filepath.Join(ws.Root, "tmp") }

// Sources tells the exercise's files in a stack from a binary built in t.
func (ws *Workspace) Sources(t Tree) finding.Sources {
	return finding.Sources{Dir: ws.Dir(t), Editable: ws.Exercise.Files}
}

// Close removes the workspace.
func (ws *Workspace) Close() error { return ws.scratch.remove() }

func (ws *Workspace) writeModule(runtime string) error {
	mod, err := module.ReadFile("module/go.mod.txt")
	if err != nil {
		return err
	}
	sum, err := module.ReadFile("module/go.sum.txt")
	if err != nil {
		return err
	}
	mod = []byte(strings.ReplaceAll(string(mod), "./LABRT", strconv.Quote(runtime)))
	return errors.Join(
		os.WriteFile(filepath.Join(ws.Module(), "go.mod"), mod, 0o644),
		os.WriteFile(filepath.Join(ws.Module(), "go.sum"), sum, 0o644))
}

// writeSources writes the submission and the exercise's own tests into the plain
// tree, and what runs them into the instrumented one.
func (ws *Workspace) writeSources() error {
	for _, f := range ws.Source.Files {
		if err := os.WriteFile(filepath.Join(ws.Dir(Plain), f.Name), f.Text, 0o644); err != nil {
			return err
		}
		if f.IsTest() && f.Err != nil {
			return fmt.Errorf("the exercise's own tests: %w", f.Err)
		}
		if f.Name == exercise.ContractFile {
			ws.Contract = true
			continue
		}
		if f.IsTest() {
			ws.harness = f
		}
		if instrument.UsesTimers(f) {
			ws.Timers = true
			if !f.IsTest() {
				ws.Timed = append(ws.Timed, f.Name)
			}
		}
	}
	if ws.Tests = ws.Source.Tests(); len(ws.Tests) == 0 {
		return fmt.Errorf("exercise %s has no tests", ws.Exercise.ID)
	}
	harness, main := instrument.Harness(ws.harness.Clause(), ws.Tests, ws.Contract), instrument.Main(ws.Source.UnitPath(ws.harness))
	return errors.Join(
		os.WriteFile(filepath.Join(ws.Dir(Instrumented), harnessFile), harness, 0o644),
		os.WriteFile(filepath.Join(ws.root(Instrumented), mainFile), main, 0o644))
}

// Instrument writes the rewritten sources into the instrumented tree. The error says
// why the sources do not type-check.
func (ws *Workspace) Instrument(checked source.Checked) error {
	rewritten, err := instrument.Rewrite(checked, ws.Racing)
	if err != nil {
		return err
	}
	var errs []error
	for name, src := range rewritten {
		errs = append(errs, os.WriteFile(filepath.Join(ws.Dir(Instrumented), name), src, 0o644))
	}
	return errors.Join(errs...)
}
