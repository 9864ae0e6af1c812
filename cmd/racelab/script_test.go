package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/sandbox"
	"racelab/checker/submission"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"
)

// fixturesEnv names the folder of the exercises that scripts work on. Without it
// racelab is the real one.
const fixturesEnv = "RACELAB_FIXTURES"

// superviseEnv asks for a racelab that has another one wait for it, as main does. The others
// do without, which is faster.
const superviseEnv = "RACELAB_SUPERVISE"

// besideEnv asks for a racelab that grades a class in its own process, for tests of what
// else grade does.
const besideEnv = "RACELAB_BESIDE"

// referenceEnv is how long the reference solution of exercise 2 took.
const referenceEnv = "RACELAB_TEST_REFERENCE"

// tidyTests are all tests, after which no goroutine may be left.
type tidyTests struct{ *testing.M }

func (m tidyTests) Run() int {
	status := m.M.Run()
	if err := goleak.Find(); status == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	return status
}

func TestMain(m *testing.M) {
	testscript.Main(tidyTests{m}, map[string]func(){
		"racelab": func() {
			if status, asked := enterWalls(); asked {
				os.Exit(status)
			}
			newApp := func() *app { return newApp(embedded()) }
			if dir := os.Getenv(fixturesEnv); dir != "" {
				newApp = func() *app { return fixtureApp(dir) }
			}
			if os.Getenv(superviseEnv) != "" {
				os.Exit(runSupervised(newApp))
			}
			os.Exit(run(newApp()))
		},
		hostileRacelab: runHostile,
	})
}

// TestScript runs sessions at the terminal. Those whose names begin with "real"
// or "dev" use the real exercises and the real checker; the others use three
// small exercises and verdicts that were written down before.
func TestScript(t *testing.T) {
	fixtures, err := filepath.Abs("testdata/fixtures")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			if exe, err := exec.LookPath("racelab"); err == nil {
				env.Setenv("RACELAB", exe) // for scripts that change the PATH
			}
			env.Setenv("TZ", "UTC") // reports show local dates
			script := strings.TrimPrefix(filepath.Base(env.WorkDir), "script-")
			if !strings.HasPrefix(script, "real") && !strings.HasPrefix(script, "dev") {
				env.Setenv(fixturesEnv, fixtures)
			} else {
				passOn(env, "HOME", "GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOFLAGS", "XDG_CACHE_HOME")
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   cmdExits,
			"await":   cmdAwait,
			"signal":  cmdSignal,
			"extract": cmdExtract,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "tmpfs" {
				return canMount(t), nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// passOn keeps the caches of the user who runs the test: building the standard
// library for -race once more would take half a minute.
func passOn(env *testscript.Env, names ...string) {
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			env.Setenv(name, value)
		}
	}
}

// canMount reports whether scripts may mount a small file system in a name space
// of their own, with unshare(1).
func canMount(t *testing.T) bool {
	cmd := exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "none", t.TempDir())
	return cmd.Run() == nil
}

// cmdExits is "exits STATUS COMMAND ARGS...".
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARGS...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// cmdAwait is "await FILE LINES" or "await FILE TEXT": it waits until FILE has
// that many lines, or that text.
func cmdAwait(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE LINES|TEXT")
	}
	done := func(data []byte) bool { return bytes.Contains(data, []byte(args[1])) }
	if want, err := strconv.Atoi(args[1]); err == nil {
		done = func(data []byte) bool { return bytes.Count(data, []byte("\n")) >= want }
	}
	for range 60 * 100 { // a minute: far more than any machine needs
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && done(data) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s never had %s", args[0], args[1])
}

// cmdSignal is "signal INT" or "signal TERM": it goes to the racelab that began
// the last check.
func cmdSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM}
	if neg || len(args) != 1 || signals[args[0]] == nil {
		ts.Fatalf("usage: signal INT|TERM")
	}
	pid, err := strconv.Atoi(ts.ReadFile(filepath.Join(ts.Getenv("WORK"), "pid")))
	ts.Check(err)
	process, err := os.FindProcess(pid)
	ts.Check(err)
	ts.Check(process.Signal(signals[args[0]]))
}

// fixtureApp is racelab with the exercises in dir, and verdicts instead of a checker.
func fixtureApp(dir string) *app {
	sub := func(name string) string { return filepath.Join(dir, name) }
	a := newApp(exercise.Content{
		Exercises: os.DirFS(sub("exercises")), Solutions: os.DirFS(sub("solutions")), Hints: os.DirFS(sub("hints")),
	})
	a.command = "racelab"
	a.now = func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	a.check = func(ctx context.Context, t checker.Task) (finding.Verdict, error) {
		logCheck(t.Exercise)
		return fixtureVerdict(ctx, sub("verdicts"), t)
	}
	a.checkBeside, a.checkAlone = a.check, a.check
	if os.Getenv(besideEnv) != "" {
		a.checkApart = func(ctx context.Context, ex exercise.Exercise, s submission.Submission) (finding.Verdict, error) {
			return fixtureVerdict(ctx, sub("verdicts"), checker.Task{Exercise: ex, Submission: s})
		}
	}
	a.referenceTook = func(_ context.Context, ex exercise.Exercise) (time.Duration, error) {
		if text := os.Getenv(referenceEnv); text != "" && ex.Number == 2 {
			return time.ParseDuration(text)
		}
		return 0, nil
	}
	a.key = func(_ context.Context, t checker.Task) (string, error) { return t.Exercise.ID, nil }
	a.replay = func(_ context.Context, t checker.Task, text string) (finding.Replay, error) {
		return fixtureReplay(sub("replays"), t.Exercise, t.Submission, text)
	}
	a.lay = func(_ context.Context, t checker.Task, tests []string) (*checker.Table, error) {
		return fixtureTable(t, tests)
	}
	a.confine = func(_ context.Context, asked sandbox.Tier) (*confinement, []error, error) {
		if asked != "" && asked != sandbox.TierLimits {
			return nil, nil, &tierError{asked, errors.New("operation not permitted"), "Ask somebody who may."}
		}
		return nil, nil, nil
	}
	a.warm = func(context.Context, func(string)) error { return nil }
	return a
}

// logCheck lets a script wait for a check: it writes who we are to $WORK/pid and
// then adds a line to $WORK/checks.
func logCheck(ex exercise.Exercise) {
	work := os.Getenv("WORK")
	err := os.WriteFile(filepath.Join(work, "pid"), []byte(strconv.Itoa(os.Getpid())), 0o644)
	if err != nil {
		panic(err)
	}
	f, err := os.OpenFile(filepath.Join(work, "checks"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	fmt.Fprintln(f, ex.ID)
}

// fixtureReplay goes by what the submission says, as fixtureVerdict does.
func fixtureReplay(dir string, ex exercise.Exercise, s submission.Submission, text string) (finding.Replay, error) {
	name := verdictName(ex, s)
	switch name {
	case "error":
		return finding.Replay{}, errors.New("the cable is out\nPut it back")
	case "broken":
		return finding.Replay{}, fmt.Errorf("%w: undefined: foo", checker.ErrNotBuilt)
	case "other":
		return finding.Replay{}, fmt.Errorf("%w: there is no test TestRushHour", checker.ErrSchedule)
	}
	data, err := os.ReadFile(filepath.Join(dir, name+".json"))
	if err != nil {
		return finding.Replay{}, err
	}
	var r finding.Replay
	err = json.Unmarshal(data, &r)
	r.Exercise, r.Schedule = ex.ID, text
	return r, err
}

var verdictMark = regexp.MustCompile(`// verdict: ([\w-]+)`)

// verdictName goes by what the submission says: "// verdict: NAME" takes that
// verdict, one that locks or says that it is solved passes.
func verdictName(ex exercise.Exercise, s submission.Submission) string {
	src := string(s.Files[ex.Files[0]])
	if m := verdictMark.FindStringSubmatch(src); m != nil {
		return m[1]
	}
	if strings.Contains(src, "solved") || ex.Number == 1 && strings.Contains(src, "mu.Lock()") {
		return "pass"
	}
	return ex.ID
}

// fixtureVerdict is the one that was written down under the submission's name.
func fixtureVerdict(ctx context.Context, dir string, t checker.Task) (finding.Verdict, error) {
	ex, s := t.Exercise, t.Submission
	name := verdictName(ex, s)
	switch {
	case len(s.Findings) > 0:
		return finding.Verdict{Exercise: ex.ID, Outcome: finding.Fail, MaxScore: 10, Findings: s.Findings}, nil
	case name == "error":
		return finding.Verdict{}, errors.New("the cable is out\nPut it back")
	case name == "crash":
		go func() { panic("a goroutine of nobody's") }()
		<-ctx.Done()
	case name == "big":
		long := finding.Finding{Kind: finding.Panic, Severity: finding.Error, Evidence: finding.Evidence{Output: strings.Repeat("x", 4<<10)}}
		return finding.Verdict{Exercise: ex.ID, Outcome: finding.Fail, MaxScore: 10, Findings: slices.Repeat([]finding.Finding{long}, 50)}, nil
	case name == "once" && !isFile(filepath.Join(os.Getenv("WORK"), "once")):
		return finding.Verdict{}, errors.Join(errors.New("the cable was out"), os.WriteFile(filepath.Join(os.Getenv("WORK"), "once"), nil, 0o644))
	case name == "once":
		name = "pass"
	case name == "blocks":
		if t.Progress != nil {
			t.Progress("waiting for Godot")
		}
		<-ctx.Done()
		return finding.Verdict{}, ctx.Err()
	}
	data, err := os.ReadFile(filepath.Join(dir, name+".json"))
	if err != nil {
		return finding.Verdict{}, err
	}
	var v finding.Verdict
	err = json.Unmarshal(data, &v)
	v.Exercise = ex.ID
	return v, err
}
