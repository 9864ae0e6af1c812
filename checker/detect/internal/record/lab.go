package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A lab is a module, laid out as a workspace of racelab's, that holds the
// programs of one detector as exercises.
type lab struct {
	out string // the folder for recordings
	dir string // the module's root
	env map[string]string
}

// newLab copies checker/detect/DETECTOR/testdata/src. A folder named labrt
// there stands in for racelab's run-time.
func newLab(detector string) (*lab, error) {
	tmp, err := os.MkdirTemp("", "record-")
	if err != nil {
		return nil, err
	}
	if tmp, err = filepath.EvalSymlinks(tmp); err != nil {
		return nil, err
	}
	l := &lab{out: filepath.Join("checker/detect", detector, "testdata"), dir: tmp}
	if l.env, err = goEnv("GOROOT", "GOMODCACHE"); err != nil {
		return nil, err
	}
	src := filepath.Join(l.out, "src")
	folders, err := os.ReadDir(src)
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		to := filepath.Join(l.dir, "exercises", f.Name())
		if f.Name() == "labrt" {
			to = filepath.Join(l.dir, "checker", "labrt")
		}
		if err := copySources(to, filepath.Join(src, f.Name())); err != nil {
			return nil, err
		}
	}
	return l, l.copyModule()
}

// copySources copies a folder. What gofmt cannot parse is kept as NAME.go.txt.
func copySources(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	broken, err := filepath.Glob(filepath.Join(to, "*.go.txt"))
	for _, name := range broken {
		err = errors.Join(err, os.Rename(name, strings.TrimSuffix(name, ".txt")))
	}
	return err
}

func (l *lab) close() { os.RemoveAll(l.dir) }

// copyModule gives the lab the repository's own go.mod, so that the detectors
// have the versions that racelab uses. Their folders are not excluded here.
func (l *lab) copyModule() error {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return fmt.Errorf("run this from the module's root: %w", err)
	}
	mod = regexp.MustCompile(`(?m)^ignore .*$`).ReplaceAll(mod, nil)
	if err := os.WriteFile(filepath.Join(l.dir, "go.mod"), mod, 0o644); err != nil {
		return err
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(l.dir, "go.sum"), sum, 0o644)
}

func goEnv(names ...string) (map[string]string, error) {
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	env := map[string]string{}
	for i, v := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		env[names[i]] = v
	}
	return env, nil
}

// tool runs a go command in the lab's root and returns all that it prints.
// Failing is what these commands are recorded for.
func (l *lab) tool(args ...string) []byte {
	cmd := exec.Command("go", args...)
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOWORK=off")
	out, _ := cmd.CombinedOutput()
	return out
}

// buildTests builds the tests of an exercise as racelab does.
func (l *lab) buildTests(exercise string, flags ...string) (binary string, err error) {
	binary = filepath.Join(l.dir, exercise+".test")
	args := append([]string{"test", "-c", "-vet=off", "-gcflags=-l", "-o", binary}, flags...)
	if out := l.tool(append(args, "./exercises/"+exercise)...); len(out) > 0 {
		return "", fmt.Errorf("build %s: %s", exercise, out)
	}
	return binary, nil
}

// tests lists the tests in a binary.
func tests(binary string) ([]string, error) {
	out, err := exec.Command(binary, "-test.list", ".").Output()
	if err != nil {
		return nil, fmt.Errorf("list tests: %w", err)
	}
	return strings.Fields(string(out)), nil
}

// An execution is one run of a binary.
type execution struct {
	argv    []string
	dir     string
	env     []string
	quit    time.Duration // when to send SIGQUIT
	discard bool          // standard output
}

const limit = 20 * time.Second

// run returns what the binary printed. How it ended is part of the recording
// only as far as it says so.
func (e execution) run() ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, e.argv[0], e.argv[1:]...)
	var out bytes.Buffer
	cmd.Stderr = &out
	if !e.discard {
		cmd.Stdout = &out
	}
	cmd.Dir = e.dir
	cmd.Env = append(os.Environ(), "GOTRACEBACK=all", "GORACE=atexit_sleep_ms=0")
	cmd.Env = append(cmd.Env, e.env...)
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if e.quit > 0 {
		time.AfterFunc(e.quit, func() { cmd.Process.Signal(syscall.SIGQUIT) })
	}
	cmd.Wait() // a status other than 0 is expected
	return out.Bytes(), ctx.Err()
}

// testArgs runs one test alone, without the time-out of package testing, whose
// timer would keep the run-time from seeing a deadlock.
func testArgs(binary, test string) []string {
	return []string{binary, "-test.timeout=0", "-test.run=^" + test + "$"}
}

// write writes one or several files of a recording, normalised together.
func (l *lab) write(files map[string][]byte) error {
	n := l.normaliser()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data := files[name]
		if len(data) == 0 {
			return fmt.Errorf("%s: the tool printed nothing", name)
		}
		if err := os.WriteFile(filepath.Join(l.out, name), n.apply(data), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// kebab turns TestMapWrites into map-writes.
func kebab(test string) string {
	words := regexp.MustCompile(`[A-Z]+[a-z0-9]*`).FindAllString(strings.TrimPrefix(test, "Test"), -1)
	return strings.ToLower(strings.Join(words, "-"))
}
