package gotool

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/sandbox"
)

// A Unit is what the compiler compiles at once: the files of one package.
type Unit struct {
	Path  string   // import path; "main" for the program
	Lang  string   // language version, "go1.26"
	Files []string // absolute names
}

// Runtime is what a program with the race detector is linked with, imported or
// not.
const Runtime = "runtime/race"

// Program compiles units, each of which may import those before it, and links the
// last, package main, into out. All that they import is in exports. A program that
// does not build is no error: see Exit.Code.
//
// The compiler and the linker are run here because the go command takes as long
// as both to find out what there is to do, and links what only its own tests need.
func (b Builder) Program(ctx context.Context, units []Unit, exports map[string]string, out string) (sandbox.Exit, error) {
	config := filepath.Join(b.Temp, "importcfg")
	known := maps.Clone(exports)
	object := ""
	for i, u := range units {
		if err := os.WriteFile(config, importConfig(known), 0o644); err != nil {
			return sandbox.Exit{}, err
		}
		object = filepath.Join(b.Temp, fmt.Sprintf("unit%d.a", i))
		exit, err := b.tool(ctx, "compile", CompileArgs(b.Toolchain, u, config, object))
		if err != nil || exit.Code != 0 {
			return exit, err
		}
		known[u.Path] = object
	}
	if err := os.WriteFile(config, importConfig(known), 0o644); err != nil {
		return sandbox.Exit{}, err
	}
	return b.tool(ctx, "link", LinkArgs(b.Toolchain, object, config, out))
}

func (b Builder) tool(ctx context.Context, name string, args []string) (sandbox.Exit, error) {
	return b.run(ctx, Env(b.Toolchain, b.Temp), filepath.Join(b.Toolchain.GOTOOLDIR, name), args)
}

// importConfig is how the compiler and the linker are told where packages are.
func importConfig(files map[string]string) []byte {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "packagefile %s=%s\n", path, files[path])
	}
	return []byte(b.String())
}
