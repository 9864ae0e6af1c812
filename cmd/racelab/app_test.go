package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/report/terminal"
)

// session is an app in a folder of its own, and what it printed.
type session struct {
	*app
	out, err bytes.Buffer
}

func newSession(t *testing.T) *session {
	t.Helper()
	s := &session{app: fixtureApp("testdata/fixtures")}
	s.cwd = t.TempDir()
	s.stdin, s.stdout, s.stderr = strings.NewReader(""), &s.out, &s.err
	s.lookupEnv = func(string) (string, bool) { return "", false }
	s.outTerminal, s.errTerminal, s.width, s.palette = false, false, 80, terminal.Palette{}
	t.Setenv("WORK", t.TempDir()) // for logCheck
	return s
}

func testSet(numbers ...int) exercise.Set {
	var set exercise.Set
	for _, n := range numbers {
		set = append(set, exercise.Exercise{ID: fmt.Sprintf("%02d-x", n), Manifest: exercise.Manifest{Number: n, Slug: "x"}})
	}
	return set
}

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want int
		says string
	}{
		{"fine", nil, 0, ""},
		{"a fail", verdictStatus(1), 1, ""},
		{"usage", fmt.Errorf("outer: %w", usage("say %s.", "which")), 2, "racelab: say which.\n"},
		{"a fault", errors.New("the cable is out\nPut it back."), 3, "racelab: the cable is out\n  Put it back.\n"},
		{
			"full disk", cannotWrite("/x/y", &fs.PathError{Op: "write", Path: "/x/y.tmp", Err: syscall.ENOSPC}), 3,
			"racelab: cannot write /x/y: no space left on device. The disk is full: free some space there, then try again.\n",
		},
		{
			"read-only", cannotWrite("y", &os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EROFS}), 3,
			"racelab: cannot write y: read-only file system. Make that place writable, or work in another folder.\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSession(t)
			if got := s.exitStatus(t.Context(), tt.err); got != tt.want || s.err.String() != tt.says {
				t.Errorf("got %d, %q, want %d, %q", got, s.err.String(), tt.want, tt.says)
			}
		})
	}
}

func TestExitStatusWhenStopped(t *testing.T) {
	for cause, want := range map[string]int{
		"interrupt signal received":  130,
		"terminated signal received": 143,
	} {
		s := newSession(t)
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(errors.New(cause))
		if got := s.exitStatus(ctx, fmt.Errorf("build: %w", ctx.Err())); got != want || !strings.Contains(s.err.String(), "stopped") {
			t.Errorf("%s: got %d, %q, want %d", cause, got, s.err.String(), want)
		}
		// A verdict that was reported before stays.
		if got := s.exitStatus(ctx, verdictStatus(1)); got != 1 {
			t.Errorf("%s: got %d for a verdict, want 1", cause, got)
		}
	}
}

// On a terminal, messages are wrapped; names below the working directory are
// short; nothing in them controls the terminal.
func TestNote(t *testing.T) {
	s := newSession(t)
	s.errTerminal, s.width = true, 40
	s.note("cannot write %s: it is full of \x1b[31m things\nAdvice.", filepath.Join(s.cwd, ".racelab", "x"))
	want := "racelab: cannot write .racelab/x: it is\n  full of \\x1b[31m things\n  Advice.\n"
	if got := filepath.ToSlash(s.err.String()); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A full disk behind stdout is noticed.
func TestOutputCannotBeWritten(t *testing.T) {
	s := newSession(t)
	s.stdout = failingWriter{}
	if got := s.run(t.Context(), []string{"list"}); got != 3 {
		t.Errorf("exit status %d, want 3", got)
	}
	if want := "racelab: write the output: no space left on device"; !strings.HasPrefix(s.err.String(), want) {
		t.Errorf("stderr %q, want %q …", s.err.String(), want)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestColour(t *testing.T) {
	s := newSession(t)
	s.palette.On = true
	s.run(t.Context(), []string{"list"})
	if !strings.Contains(s.out.String(), "\x1b[1mPart 1") {
		t.Errorf("no colour in %q", s.out.String())
	}
}

func TestMayColour(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		want bool
	}{
		{map[string]string{"TERM": "xterm-256color"}, true},
		{map[string]string{}, true}, // as on Windows
		{map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false},
		{map[string]string{"TERM": "xterm", "NO_COLOR": ""}, true}, // empty means not set
		{map[string]string{"TERM": "dumb"}, false},
	} {
		got := mayColour(func(name string) (string, bool) { v, ok := tt.env[name]; return v, ok })
		if got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.env, got, tt.want)
		}
	}
}

func TestCommandNameOfGoRun(t *testing.T) {
	clone := t.TempDir()
	writeTestFile(t, filepath.Join(clone, "cmd", "racelab", "main.go"), "package main\n")
	entry := strings.Repeat("0123456789abcdef", 4) + "-d"
	for _, tt := range []struct{ exe, cwd, want string }{
		{"/home/anna/go/bin/racelab", clone, "racelab"},
		{"", clone, "racelab"},
		{"/home/anna/.cache/go-build/ab/" + entry + "/racelab", clone, "go run ./cmd/racelab"},
		{"/home/anna/mycache/ab/" + entry + "/racelab", clone, "go run ./cmd/racelab"},
		{"/tmp/go-build123/b001/exe/racelab", filepath.Join(clone, "cmd"), "go run racelab/cmd/racelab"},
	} {
		if got := commandName(tt.exe, tt.cwd); got != tt.want {
			t.Errorf("commandName(%q, %q) = %q, want %q", tt.exe, tt.cwd, got, tt.want)
		}
	}
}

// Commands that racelab suggests can be typed, also where it is not installed.
func TestCommandName(t *testing.T) {
	s := newSession(t)
	s.command = "go run ./cmd/racelab"
	s.run(t.Context(), []string{"explain", "data-race"})
	if !strings.Contains(s.out.String(), "`go run ./cmd/racelab explain wrong-result`") {
		t.Error("explain names a command that cannot be typed")
	}
	s.out.Reset()
	s.run(t.Context(), []string{})
	if !strings.Contains(s.out.String(), "go run ./cmd/racelab init ") {
		t.Errorf("got %s", s.out.String())
	}
}

func TestColumns(t *testing.T) {
	for _, tt := range []struct {
		env            string
		terminal, want int
	}{
		{"", 120, 100},
		{"", 60, 60},
		{"", 20, 40},
		{"", 0, 80},
		{"", -1, 80},
		{"60", 120, 60},
		{"60", -1, 60},
		{"wide", 60, 60},
		{"-3", -1, 80},
		{"0", 72, 72},
	} {
		got := columns(func(string) (string, bool) { return tt.env, tt.env != "" }, func() (int, error) {
			if tt.terminal < 0 {
				return 0, errors.New("no terminal")
			}
			return tt.terminal, nil
		})
		if got != tt.want {
			t.Errorf("COLUMNS=%s on a terminal of %d: %d, want %d", tt.env, tt.terminal, got, tt.want)
		}
	}
}

func TestProgressLineOnTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSession(t)
		s.errTerminal, s.width, s.now = true, 24, time.Now
		p := s.startProgress(t.Context())
		p.say("building")
		p.say("building")
		time.Sleep(2*time.Second + time.Millisecond)
		p.say("building: 2 of 2")
		p.say("running something with a long name")
		p.stop()
		const start = "\r\x1b[K"
		want := start + "building …" + start + "building … 1 s" + start + "building … 2 s" +
			start + "building: 2 of 2 … 2 s" + start + "running something wi… …" + start
		if got := s.err.String(); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

func TestProgressLineElsewhere(t *testing.T) {
	s := newSession(t)
	p := s.startProgress(t.Context())
	p.say("building")
	p.say("building")
	p.say("compiling: 1 of 2, fmt")
	p.say("compiling: 2 of 2, sync")
	p.say("running")
	p.stop()
	if got, want := s.err.String(), "racelab: building …\nracelab: compiling …\nracelab: running …\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWriteFileIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "bank.go")
	if err := writeFile(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	// A folder cannot be replaced by a file: the last step fails.
	if err := os.Mkdir(filepath.Join(dir, "busy"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeTestFile(t, filepath.Join(dir, "busy", "x"), "")
	if err := writeFile(filepath.Join(dir, "busy"), []byte("two")); err == nil || !strings.HasPrefix(err.Error(), "cannot write "+filepath.Join(dir, "busy")) {
		t.Errorf("got %v", err)
	}
	if err := writeFile(filepath.Join(dir, "missing", "x"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// Who writes a page to /dev/null must not replace it, though root could; nor a link.
func TestWriteFileKeepsDevicesAndLinks(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "bank.go"), filepath.Join(dir, "link.go")
	writeTestFile(t, name, "one")
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	for _, to := range []string{link, os.DevNull} {
		before, err := os.Lstat(to)
		if err != nil {
			t.Fatal(err)
		}
		if err := writeFile(to, []byte("two")); err != nil {
			t.Error(err)
		}
		if after, err := os.Lstat(to); err != nil || after.Mode() != before.Mode() {
			t.Errorf("%s was %v and is %v, %v", to, before.Mode(), after.Mode(), err)
		}
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "two" {
		t.Errorf("behind the link stands %q, %v", got, err)
	}
}
