package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"racelab/checker/cache"
	"racelab/checker/detect/compiler"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// A Builder makes programs.
type Builder struct {
	Sandbox    sandbox.Runner
	Toolchain  gotool.Toolchain
	Cache      cache.Dir
	Runtime    string       // the folder that stage.PrepareRuntime returned
	Processors int          // for the compiler and the linker; 0: all
	Progress   func(string) // told, in a few words, what takes long just now
}

func (b Builder) tools(ws *stage.Workspace) gotool.Builder {
	return gotool.Builder{Sandbox: b.Sandbox, Toolchain: b.Toolchain, Module: ws.Module(), Temp: ws.Temp(), Processors: b.Processors}
}

// fetch makes sure that the module cache holds the detectors.
func (b Builder) fetch(ctx context.Context, ws *stage.Workspace) error {
	tools := b.tools(ws)
	if tools.HaveModules() {
		return nil
	}
	b.Progress("fetching the detectors (only the first time)")
	return tools.Fetch(ctx)
}

// slowBuild is how long a build takes before the learner is told why.
const slowBuild = 2 * time.Second

// warmFile exists when this toolchain has built a submission before, with this
// run-time and into this cache of Go's.
func (b Builder) warmFile() string {
	key := cache.Key(map[string][]byte{"toolchain": []byte(b.Toolchain.String() + b.Toolchain.Experiment()), "cache": []byte(b.Toolchain.GOCACHE)})
	return "warm-" + key
}

func (b Builder) warm() bool {
	_, err := os.Stat(b.Cache.Path(b.warmFile()))
	return err == nil
}

func (b Builder) noteWarm() {
	if !b.warm() {
		_ = b.Cache.Write(b.warmFile(), nil) // a hint for progress, no more
	}
}

// whenSlow says so when something is not compiled soon, unless it is stopped.
func (b Builder) whenSlow() *time.Timer {
	return time.AfterFunc(slowBuild, func() { b.Progress("compiling (the machine is busy)") })
}

// compile builds the instrumented submission. When that fails, the compiler's
// messages are taken from the submission as it was written; should that one
// compile, the fault is ours.
func (b Builder) compile(ctx context.Context, ws *stage.Workspace, checked source.Checked, exports map[string]string) (*Program, []finding.Finding, error) {
	binary := filepath.Join(ws.Root, "tests")
	exit, err := b.compileInstrumented(ctx, ws, checked, exports, binary)
	if err != nil {
		return nil, nil, err
	}
	if exit.Code == 0 {
		b.noteWarm()
		return of(ws, checked.Constants(wire.CPUs), binary), nil, nil
	}
	plain, err := b.tools(ws).Go(ctx, gotool.ErrorsArgs(ws.Package()))
	if err != nil {
		return nil, nil, err
	}
	if plain.Code == 0 {
		return nil, nil, fmt.Errorf("racelab could not build the submission that it rewrote:\n%s", bytes.TrimSpace(slices.Concat(exit.Stdout, exit.Stderr)))
	}
	findings, err := b.whyNotBuilt(ctx, ws, slices.Concat(plain.Stdout, plain.Stderr))
	return nil, findings, err
}

// compileInstrumented rewrites the submission and builds it. What does not
// type-check cannot be rewritten; that, too, is an exit with another code than 0.
func (b Builder) compileInstrumented(ctx context.Context, ws *stage.Workspace, checked source.Checked, exports map[string]string, binary string) (sandbox.Exit, error) {
	if err := ws.Instrument(checked); err != nil {
		return sandbox.Exit{Code: 1, Stderr: []byte(err.Error())}, nil
	}
	return b.tools(ws).Program(ctx, ws.Units(), exports, binary)
}

// whyNotBuilt says why the submission does not compile. What is not about a line
// of it may be a fault of the machine's: it is the submission's when our own
// version compiles in its place.
func (b Builder) whyNotBuilt(ctx context.Context, ws *stage.Workspace, output []byte) ([]finding.Finding, error) {
	messages, err := compiler.Parse(bytes.NewReader(output))
	if err != nil {
		return nil, fmt.Errorf("read the compiler's messages: %w", err)
	}
	findings := compiler.Findings(messages, ws.Sources(stage.Plain))
	if slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Location.File != "" }) {
		return findings, nil
	}
	if ok, err := b.oursCompiles(ctx, ws); err != nil || !ok {
		return nil, errors.Join(err, fmt.Errorf("racelab could not build the submission:\n%s", bytes.TrimSpace(output)))
	}
	return []finding.Finding{{
		Kind: finding.Build, Detector: finding.Compiler, Severity: finding.Error,
		Fact:     finding.Fact{Quotation: &finding.Quotation{Text: lastLine(output), Linking: true}},
		Location: finding.Location{File: ws.Exercise.Files[0]},
		Evidence: finding.Evidence{Output: string(bytes.TrimSpace(output))},
	}}, nil
}

// lastLine is where the linker says what it failed for.
func lastLine(output []byte) string {
	output = bytes.TrimSpace(output)
	return string(output[bytes.LastIndexByte(output, '\n')+1:])
}

func (b Builder) oursCompiles(ctx context.Context, theirs *stage.Workspace) (bool, error) {
	ours, err := theirs.WithOurs()
	if err != nil {
		return false, err
	}
	defer ours.Close()
	exit, err := b.tools(ours).Go(ctx, gotool.ErrorsArgs(ours.Package()))
	return exit.Code == 0, err
}
