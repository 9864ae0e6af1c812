package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/gotool"
)

// examine runs one examination of a machine that is described by tc and err.
func examine(t *testing.T, name string, tc gotool.Toolchain, err error) (found string, problem error) {
	t.Helper()
	s := newSession(t)
	s.findToolchain = func(context.Context) (gotool.Toolchain, error) { return tc, err }
	d := &doctor{app: s.app, goos: "linux", progress: func(string) {}}
	for _, e := range d.examinations() {
		found, problem := e.look(t.Context())
		if e.name == name {
			return found, problem
		}
	}
	t.Fatalf("no examination %q", name)
	return "", nil
}

var goodMachine = gotool.Toolchain{Go: "/usr/local/go/bin/go", Version: "go1.26.8", OS: "linux", Arch: "amd64", CC: "/usr/bin/gcc"}

func TestDoctorGo(t *testing.T) {
	if found, err := examine(t, "Go", goodMachine, nil); err != nil || found != "go1.26.8 linux/amd64, /usr/local/go/bin/go" {
		t.Errorf("got %q, %v", found, err)
	}
	old := goodMachine
	old.Version = "go1.24.1"
	if _, err := examine(t, "Go", old, nil); err == nil || !strings.Contains(ailmentOf(err).remedy, "go.dev/dl") {
		t.Errorf("an old Go: %v", err)
	}
	noGo := &gotool.Advised{Err: errors.New("there is no go"), Advice: "Install it."}
	_, err := examine(t, "Go", gotool.Toolchain{}, noGo)
	if got := ailmentOf(err); got.what != "there is no go" || got.remedy != "Install it." {
		t.Errorf("no Go: %+v", got)
	}
	if _, err := examine(t, "detectors", gotool.Toolchain{}, noGo); !errors.Is(err, errNotExamined) {
		t.Errorf("without Go, the detectors: %v", err)
	}
}

// What works depends on the system, and doctor says so.
func TestDoctorSystem(t *testing.T) {
	for goos, want := range map[string]string{"linux": "linux", "darwin": "darwin; how long a program is idle"} {
		d := &doctor{goos: goos}
		if found, err := d.lookAtSystem(t.Context()); err != nil || !strings.HasPrefix(found, want) {
			t.Errorf("%s: %q, %v", goos, found, err)
		}
	}
	d := &doctor{goos: "windows"}
	_, err := d.lookAtSystem(t.Context())
	if got := ailmentOf(err); !strings.Contains(got.what, "on windows") || !strings.Contains(got.remedy, "WSL") {
		t.Errorf("windows: %+v", got)
	}
}

func TestDoctorCompiler(t *testing.T) {
	noCompiler := goodMachine
	noCompiler.CC = ""
	if found, err := examine(t, "Go", noCompiler, nil); err != nil {
		t.Errorf("Go does not depend on the C compiler: %q, %v", found, err)
	}
	_, err := examine(t, "C compiler", noCompiler, nil)
	if err == nil || ailmentOf(err).remedy == "" {
		t.Errorf("got %v", err)
	}
	if _, err := examine(t, "race detector", noCompiler, nil); !errors.Is(err, errNotExamined) {
		t.Errorf("without a compiler, the race detector: %v", err)
	}
}

// One line for each examination, arrows for what to do, and status 3.
func TestDoctorReport(t *testing.T) {
	s := newSession(t)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s.findToolchain = func(context.Context) (gotool.Toolchain, error) {
		return gotool.Toolchain{}, &gotool.Advised{Err: errors.New("the go command is not on your PATH"), Advice: "Install Go.\nOpen a new terminal."}
	}
	if got := s.run(t.Context(), []string{"doctor"}); got != 3 {
		t.Errorf("exit status %d, want 3", got)
	}
	for _, want := range []string{
		"✗ Go               the go command is not on your PATH\n",
		"                   -> Install Go.\n",
		"                   -> Open a new terminal.\n",
		"- C compiler       not examined: see above\n",
		"✓ temporary files  " + os.TempDir() + "\n",
		"! lab              none here\n                   -> Make one: `racelab init`.\n",
		"racelab cannot grade on this machine yet",
	} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, s.out.String())
		}
	}
}

func TestDoctorModulesMissing(t *testing.T) {
	s := newSession(t)
	s.warm = func(context.Context, func(string)) error {
		return &gotool.Advised{Err: errors.New("module lookup disabled"), Advice: "Connect to the network once."}
	}
	d := &doctor{app: s.app, progress: func(string) {}, toolchain: &goodMachine, raceWorks: true}
	_, err := d.lookAtDetectors(t.Context())
	if got := ailmentOf(err); got.remedy != "Connect to the network once." {
		t.Errorf("got %+v", got)
	}
}

func TestDoctorWorkspace(t *testing.T) {
	s := newSession(t)
	d := &doctor{app: s.app}
	writeTestFile(t, filepath.Join(s.cwd, "go.mod"), "module racelab\n")
	writeTestFile(t, filepath.Join(s.cwd, "exercises", "x"), "")
	_, err := d.lookAtLab(t.Context())
	if got := ailmentOf(err); !strings.HasPrefix(got.what, "go.mod is not as this racelab has it") || !strings.HasPrefix(got.remedy, "`racelab upgrade` renews what is old") {
		t.Errorf("got %+v", got)
	}
	if got := s.run(t.Context(), []string{"upgrade"}); got != 0 {
		t.Fatal(s.err.String())
	}
	if found, err := d.lookAtLab(t.Context()); err != nil || found != "." {
		t.Errorf("got %q, %v", found, err)
	}
	writeTestFile(t, filepath.Join(s.cwd, ".racelab", "progress.json"), "{")
	if _, err := d.lookAtLab(t.Context()); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("got %v", err)
	}
}

// What the tools say decides on the remedy.
func TestDoctorRemedies(t *testing.T) {
	exit := errors.New("exit status 1")
	for output, want := range map[string]string{
		"write /x: no space left on device":                                        "free some space",
		"mkdir /root/.cache: read-only file system":                                "go env GOCACHE",
		"go: -race is not supported on linux/386":                                  "another machine",
		"# runtime/cgo\n_cgo_export.c:3:10: fatal error: stdlib.h: No such file":   "libc6-dev",
		"# runtime/cgo\ncgo: C compiler \"gcc\" not found: exec: \"gcc\": no such": "libc6-dev",
		"something else": "Try it yourself",
	} {
		if got := ailmentOf(buildAilment(output, exit)); !strings.Contains(got.remedy, want) {
			t.Errorf("%q: remedy %q, want one about %q", output, got.remedy, want)
		}
	}
	tsan := raceAilment("FATAL: ThreadSanitizer: unexpected memory mapping 0x5", exit)
	if !strings.Contains(ailmentOf(tsan).remedy, "vm.mmap_rnd_bits") {
		t.Errorf("got %v", tsan)
	}
	if silent := raceAilment("all fine", nil); !strings.Contains(silent.Error(), "without a report") {
		t.Errorf("got %v", silent)
	}
}

// A place that cannot be written to is named, and how to choose another one.
func TestDoctorPlaces(t *testing.T) {
	inTheWay := filepath.Join(t.TempDir(), "file")
	writeTestFile(t, inTheWay, "")
	d := &doctor{app: newSession(t).app}

	t.Setenv("XDG_CACHE_HOME", inTheWay)
	t.Setenv("HOME", inTheWay)
	t.Setenv("LocalAppData", inTheWay)
	_, err := d.lookAtCache(t.Context())
	if got := ailmentOf(err); !strings.Contains(got.what, inTheWay) || got.remedy == "" {
		t.Errorf("cache: got %+v", got)
	}
	t.Setenv("TMPDIR", inTheWay)
	t.Setenv("TMP", inTheWay)
	_, err = d.lookAtTemp(t.Context())
	if got := ailmentOf(err); !strings.Contains(got.what, inTheWay) || !strings.Contains(got.remedy, "TMPDIR") {
		t.Errorf("temporary files: got %+v", got)
	}
}
