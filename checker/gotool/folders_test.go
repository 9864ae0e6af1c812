package gotool

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// An error that comes from a folder in which nothing can be written names it.
func TestNamed(t *testing.T) {
	good := t.TempDir()
	file := filepath.Join(good, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(good, "missing")
	failure := errors.New("go list: something failed")
	for _, tt := range []struct {
		name, temp, goCache, cache string
		err                        error
		want                       string
	}{
		{"no error", missing, file, file, nil, ""},
		{"nothing wrong with the folders", good, good, good, failure, "go list: something failed"},
		{"no TMPDIR", missing, good, good, failure, "the temporary folder " + missing + " cannot be used: no such file or directory"},
		{"GOCACHE is a file", good, file, good, failure, "cannot write into its cache " + file + ": not a directory"},
		{"GOCACHE can be made", good, filepath.Join(good, "new"), good, failure, "go list: something failed"},
		{"racelab's cache", good, good, file, failure, "racelab cannot write into its cache " + file},
		{"a full disk", good, good, good, fmt.Errorf("write x: %w", syscall.ENOSPC), "the disk is full: write x: no space left on device"},
		{"a linker's full disk", good, good, good, errors.New("link: mapping output file failed: no space left on device"), "the disk is full: link: "},
		{"known already", missing, good, good, advised(failure, "Do this."), "go list: something failed\nDo this."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TMPDIR", tt.temp)
			err := Toolchain{GOCACHE: tt.goCache}.Named(tt.err, tt.cache)
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// A folder whose name the tools would misread is named, whichever it is.
func TestNameable(t *testing.T) {
	const good = "/home/ada's [work] $x,y=1:2"
	for _, tt := range []struct{ name, temp, goCache, cache, want string }{
		{"good", good, good, good, ""},
		{"a quotation mark", `/tmp/a"b`, good, good, `the temporary folder cannot be used: its name "/tmp/a\"b" has a quotation mark`},
		{"a line break", good, "/home/a\nb", good, "the go command's cache cannot be used"},
		{"no text", good, good, "/home/\xff", "the cache of racelab cannot be used"},
		{"relative", "tmp", good, good, "is relative\nName another one: export TMPDIR=DIR"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TMPDIR", tt.temp)
			err := Toolchain{GOCACHE: tt.goCache, GOMODCACHE: good}.Nameable(tt.cache)
			if got := fmt.Sprint(err); (err == nil) != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("%s, want %q", got, tt.want)
			}
		})
	}
}
