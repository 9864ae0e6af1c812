package gotool

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"
)

// Temp says why nothing can be written in the temporary folder, and what to do about it;
// nil if it can.
func Temp() error {
	dir := os.TempDir()
	if err := tryToWrite(dir); err != nil {
		return advised(fmt.Errorf("the temporary folder %s cannot be used: %w", dir, err),
			"Make it a folder in which you can write, or name another one: export TMPDIR=DIR")
	}
	return nil
}

// oddName says why the name of a folder cannot be passed on in all that racelab tells the
// compiler, the linker and the race detector, and reads in their answers: "" if it can.
func oddName(dir string) string {
	switch {
	case !filepath.IsAbs(dir):
		return "is relative"
	case strings.Contains(dir, `"`):
		return "has a quotation mark in it"
	case !utf8.ValidString(dir):
		return "is not UTF-8"
	case strings.ContainsFunc(dir, unicode.IsControl):
		return "has a line break, or another control character, in it"
	}
	return ""
}

// Nameable says which folder has a name with which no submission could be judged, and what
// to do about it; nil if none has. cache is racelab's own.
func (tc Toolchain) Nameable(cache string) error {
	for _, f := range []struct{ what, dir, variable string }{
		{"temporary folder", os.TempDir(), "TMPDIR"},
		{"go command's cache", tc.GOCACHE, "GOCACHE"},
		{"go command's cache of modules", tc.GOMODCACHE, "GOMODCACHE"},
		{"cache of racelab", cache, "XDG_CACHE_HOME"},
	} {
		if odd := oddName(f.dir); odd != "" {
			return advised(fmt.Errorf("the %s cannot be used: its name %q %s", f.what, f.dir, odd), "Name another one: export "+f.variable+"=DIR")
		}
	}
	return nil
}

// Named returns err, or what it comes from if that is a folder in which racelab or the
// go command has to write and cannot: cache is racelab's own.
func (tc Toolchain) Named(err error, cache string) error {
	if err == nil || isAdvised(err) {
		return err
	}
	if isFull(err) {
		return advised(fmt.Errorf("the disk is full: %w", err), fmt.Sprintf(
			"Free some space. What is built lies in the temporary folder %s, Go's cache %s (go clean -cache empties it) and racelab's cache %s.",
			os.TempDir(), tc.GOCACHE, cache))
	}
	if temp := Temp(); temp != nil {
		return temp
	}
	if why := tryToWrite(tc.GOCACHE); why != nil {
		return advised(fmt.Errorf("the go command cannot write into its cache %s: %w", tc.GOCACHE, why),
			"Make it a folder in which you can write, or name another one: export GOCACHE=DIR")
	}
	if why := tryToWrite(cache); why != nil {
		return advised(fmt.Errorf("racelab cannot write into its cache %s: %w", cache, why),
			"Make it a folder in which you can write, or name another one: export XDG_CACHE_HOME=DIR")
	}
	return err
}

func isAdvised(err error) bool {
	_, ok := errors.AsType[*Advised](err)
	return ok
}

// noSpace is what the go command, the compiler and the linker print.
const noSpace = "no space left on device"

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), noSpace)
}

// tryToWrite makes a file in dir, which it makes if it can. A temporary folder is made by
// nobody.
func tryToWrite(dir string) error {
	if dir != os.TempDir() {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return cause(err)
		}
	}
	f, err := os.CreateTemp(dir, "racelab-try-")
	if err != nil {
		return cause(err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// cause is err without the name of the file.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// machineFault are parts of what the go command prints when it cannot write; then
// packages are missing in what it lists.
var machineFault = []string{noSpace, "permission denied", "read-only file system", "not a directory"}

func failedToWrite(stderr string) bool {
	for _, part := range machineFault {
		if strings.Contains(stderr, part) {
			return true
		}
	}
	return false
}
