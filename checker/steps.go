package checker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"racelab/checker/apidiff"
	"racelab/checker/detect/compiler"
	"racelab/checker/detect/vet"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/instrument"
	"racelab/checker/sandbox"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// pkg is the exercise's package as the go command is told it.
func (c *check) pkg() string { return "./exercises/" + c.exercise.ID }

func (c *check) builder(ws *stage.Workspace) gotool.Builder {
	return gotool.Builder{Toolchain: c.toolchain, Module: ws.Module(), Temp: ws.Temp()}
}

// fetch makes sure that the module cache holds the detectors.
func (c *check) fetch(ctx context.Context, ws *stage.Workspace) error {
	b := c.builder(ws)
	if b.HaveModules() {
		return nil
	}
	c.progress("fetching the detectors (only the first time)")
	return b.Fetch(ctx)
}

// slowBuild is how long a build takes before the learner is told why.
const slowBuild = 2 * time.Second

// warmFile exists when this toolchain has built a submission before, with this
// run-time and into this cache of Go's.
func (c *check) warmFile() string {
	key := stage.Hash(map[string][]byte{"toolchain": []byte(c.toolchain.String()), "cache": []byte(c.toolchain.GOCACHE)})
	return filepath.Join(c.cache, "warm-"+key)
}

func (c *check) sayWhyItBuilds() {
	if _, err := os.Stat(c.warmFile()); err == nil {
		c.progress("compiling (the machine is busy)")
		return
	}
	c.progress("building the standard library for the race detector (only the first time, about 20 s)")
}

// compile builds the instrumented submission. When that fails, the compiler's
// messages are taken from the submission as it was written; should that one
// compile, the fault is ours.
func (c *check) compile(ctx context.Context, ws *stage.Workspace, exports exporter) (binary string, findings []finding.Finding, err error) {
	defer time.AfterFunc(slowBuild, c.sayWhyItBuilds).Stop()
	binary = filepath.Join(ws.Root, "tests")
	exit, err := c.compileLab(ctx, ws, exports, binary)
	if err != nil {
		return "", nil, err
	}
	if exit.Code == 0 {
		_ = writeAtomically(c.warmFile(), nil) // a hint for progress, no more
		return binary, nil, nil
	}
	plain, err := c.builder(ws).Go(ctx, gotool.ErrorsArgs(c.pkg()))
	if err != nil {
		return "", nil, err
	}
	if plain.Code == 0 {
		return "", nil, fmt.Errorf("racelab could not build the submission that it rewrote:\n%s", bytes.TrimSpace(exit.Stderr))
	}
	findings, err = c.buildFindings(ctx, ws, slices.Concat(plain.Stdout, plain.Stderr))
	return "", findings, err
}

// compileLab rewrites the submission and builds it. What does not type-check
// cannot be rewritten; that, too, is an exit with another code than 0.
func (c *check) compileLab(ctx context.Context, ws *stage.Workspace, exports exporter, binary string) (sandbox.Exit, error) {
	files, err := exports()
	if err != nil {
		return sandbox.Exit{}, err
	}
	if err := ws.Instrument(files); err != nil {
		return sandbox.Exit{Code: 1, Stderr: []byte(err.Error())}, nil
	}
	return c.builder(ws).Program(ctx, ws.Units(), files, binary)
}

// buildFindings says why the submission does not compile. What is not about a
// line of it may be a fault of the machine's: it is the submission's when the
// reference compiles in its place.
func (c *check) buildFindings(ctx context.Context, ws *stage.Workspace, output []byte) ([]finding.Finding, error) {
	messages, err := compiler.Parse(bytes.NewReader(output))
	if err != nil {
		return nil, fmt.Errorf("read the compiler's messages: %w", err)
	}
	findings := compiler.Findings(messages, ws.Sources(stage.Plain))
	if slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Location.File != "" }) {
		return findings, nil
	}
	if ok, err := c.referenceCompiles(ctx); err != nil || !ok {
		return nil, errors.Join(err, fmt.Errorf("racelab could not build the submission:\n%s", bytes.TrimSpace(output)))
	}
	return []finding.Finding{{
		Kind: finding.Build, Detector: finding.Compiler, Severity: finding.Error,
		Message:  "the program cannot be built: " + lastLine(output),
		Location: finding.Location{File: c.exercise.Files[0]},
		Evidence: finding.Evidence{Output: string(bytes.TrimSpace(output))},
	}}, nil
}

// lastLine is where the linker says what it failed for.
func lastLine(output []byte) string {
	output = bytes.TrimSpace(output)
	return string(output[bytes.LastIndexByte(output, '\n')+1:])
}

func (c *check) referenceCompiles(ctx context.Context) (bool, error) {
	sub, err := c.ourVersion()
	if err != nil {
		return false, err
	}
	ws, err := stage.New(c.exercise, sub, c.labDir)
	if err != nil {
		return false, err
	}
	defer ws.Close()
	exit, err := c.builder(ws).Go(ctx, gotool.ErrorsArgs(c.pkg()))
	return exit.Code == 0, err
}

// vet runs the concurrency analyzers on the submission as it was written. Code
// that does not compile is not vetted; the compiler says why.
func (c *check) vet(ws *stage.Workspace, exports exporter) ([]finding.Finding, error) {
	files, err := exports()
	if err != nil {
		return nil, err
	}
	diagnostics, err := vet.Analyse(vet.Package{
		Path: ws.ImportPath(), GoVersion: stage.GoVersion, Files: c.submission.Files, Imports: instrument.Exported(files),
	})
	return vet.Findings(diagnostics), err
}

// compareAPI compares what the submission exports with what the reference does.
func (c *check) compareAPI(want submission.Submission, exports exporter) ([]finding.Finding, error) {
	wantPkg, err := apidiff.Parse(want.Files)
	if err != nil {
		return nil, fmt.Errorf("parse the reference: %w", err)
	}
	gotPkg, err := apidiff.Parse(c.submission.Files)
	if err != nil {
		return nil, fmt.Errorf("parse the submission: %w", err) // the policy has parsed it before
	}
	files, err := exports()
	if err != nil {
		return nil, err
	}
	return apidiff.Compare(wantPkg, gotPkg, files)
}

// ourVersion is the reference, or the broken version where there is none.
func (c *check) ourVersion() (submission.Submission, error) {
	if c.exercise.Reference != nil {
		return Reference(c.exercise)
	}
	return submission.From(c.exercise.Dir, c.exercise.Files)
}

// extraFiles warns of files that are not submitted, which may be why it does
// not compile.
func (c *check) extraFiles() []finding.Finding {
	var out []finding.Finding
	for _, name := range c.submission.Extra {
		out = append(out, finding.Finding{
			Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Warning,
			Message:  fmt.Sprintf("%s is not part of the submission: only %v is read", name, c.exercise.Files),
			Location: finding.Location{File: name},
		})
	}
	return out
}

func inEditable(ex exercise.Exercise, findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return !slices.Contains(ex.Files, f.Location.File)
	})
}

// Warm makes the first Check fast: it fetches the detectors' modules and builds
// them and the standard library for -race, by building a trivial test.
func Warm(ctx context.Context, opts Options) error {
	ex := exercise.Exercise{ID: "00-warm", Dir: warmFS, Reference: warmFS}
	ex.Files = []string{"warm.go"}
	sub, err := Reference(ex)
	if err != nil {
		return err
	}
	c, err := newCheck(ctx, ex, sub, opts)
	if err != nil {
		return err
	}
	ws, err := stage.New(ex, sub, c.labDir)
	if err != nil {
		return err
	}
	defer ws.Close()
	binary, findings, err := c.build(ctx, ws)
	if err == nil && binary == "" {
		err = fmt.Errorf("building a trivial test failed: %s", findings[0].Message)
	}
	return err
}

// writeAtomically writes a file so that a reader sees all of it or none.
func writeAtomically(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails after the rename, as it should
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// referenceKey names everything that what the reference shows depends on.
func (c *check) referenceKey() string {
	files := map[string][]byte{
		"format":    []byte("4"), // of the file: to be counted up when type reference changes
		"toolchain": []byte(c.toolchain.String()), "runtime": []byte(filepath.Base(c.labDir)),
	}
	for prefix, dir := range map[string]fs.FS{"exercise/": c.exercise.Dir, "reference/": c.exercise.Reference} {
		names, _ := fs.Glob(dir, "*.*") // the pattern is well-formed
		for _, name := range names {
			if src, err := fs.ReadFile(dir, name); err == nil && !slices.Contains(c.exercise.Files, name) || prefix == "reference/" {
				files[prefix+name] = src
			}
		}
	}
	return c.exercise.ID + "-" + stage.Hash(files)
}
