package gotool

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"racelab/checker/sandbox"
)

// Limits of one go command. The first build of the standard library for -race
// takes some 20 s on two cores, much more on a slow and busy machine.
const (
	wallLimit   = 10 * time.Minute
	outputLimit = 1 << 20
)

// A Builder runs go commands in one module.
type Builder struct {
	Sandbox   sandbox.Runner
	Toolchain Toolchain
	Module    string // the module's root
	Temp      string
	// Processors is how many the compiler and the linker use; 0: all.
	Processors int
}

// Go runs one go command. A command that fails is no error: see Exit.Code.
func (b Builder) Go(ctx context.Context, args []string) (sandbox.Exit, error) {
	return b.run(ctx, Env(b.Toolchain, b.Temp), b.Toolchain.Go, args)
}

func (b Builder) run(ctx context.Context, env []string, command string, args []string) (sandbox.Exit, error) {
	return b.runHeard(ctx, env, command, args, nil)
}

// runHeard is run with somebody who listens to what is printed to stderr.
func (b Builder) runHeard(ctx context.Context, env []string, command string, args []string, listener io.Writer) (sandbox.Exit, error) {
	if b.Processors > 0 {
		env = append(env, fmt.Sprint("GOMAXPROCS=", b.Processors))
	}
	exit, err := b.Sandbox.Run(ctx, sandbox.Command{
		Argv: append([]string{command}, args...), Dir: b.Module, Env: env, Listener: listener,
		Limits: sandbox.Limits{Wall: wallLimit, Output: outputLimit},
	})
	if err == nil && exit.TimedOut {
		err = fmt.Errorf("%s %s did not end within %v", filepath.Base(command), args[0], wallLimit)
	}
	return exit, err
}

// HaveModules reports whether the module cache holds all that the module
// requires, without running anything.
func (b Builder) HaveModules() bool {
	sum, err := os.ReadFile(filepath.Join(b.Module, "go.sum"))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(sum)) {
		// "path version hash"; "path version/go.mod hash" is about the go.mod alone.
		// Our modules' paths have no upper-case letters, which the cache would escape.
		f := strings.Fields(line)
		if len(f) != 3 || strings.HasSuffix(f[1], "/go.mod") {
			continue
		}
		if _, err := os.Stat(filepath.Join(b.Toolchain.GOMODCACHE, f[0]+"@"+f[1])); err != nil {
			return false
		}
	}
	return true
}

// Fetch downloads the modules, with the learner's own proxy settings.
func (b Builder) Fetch(ctx context.Context) error {
	exit, err := b.run(ctx, FetchEnv(b.Toolchain, b.Temp), b.Toolchain.Go, DownloadArgs())
	if err != nil {
		return err
	}
	if exit.Code != 0 {
		return advised(fmt.Errorf("fetch the detectors' modules: %s", bytes.TrimSpace(exit.Stderr)),
			"Connect to the network once and run: racelab doctor")
	}
	return nil
}
