//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"
)

// killsEnv is how often TestKill kills; see make kill-test.
const killsEnv = "RACELAB_KILLS"

// A class is graded, and the grader is killed again and again, with all that it has started.
// After each kill what was kept is kept, and in the end there is what there is without a kill,
// byte by byte.
func TestKill(t *testing.T) {
	kills := 20
	if testing.Short() {
		kills = 6
	}
	if n := os.Getenv(killsEnv); n != "" {
		if _, err := fmt.Sscan(n, &kills); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name                      string
		students, exercises, part int // it is killed one part in so many as often
		env                       string
		most                      time.Duration // after which it is killed
	}{
		{"the store", 20, 10, 1, besideEnv + "=1", 250 * time.Millisecond},
		{"a process for each check", 4, 3, 4, "", 600 * time.Millisecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := newKilling(t, tt.students, tt.exercises, tt.env)
			want := k.finish(k.start("whole.db"), "whole.db")
			seen := map[string]record.Record{}
			hit := 0
			for range max(1, kills/tt.part) {
				if k.kill(k.start("killed.db"), tt.most) {
					hit++
				}
				k.keeps(seen, "killed.db")
			}
			got := k.finish(k.start("killed.db"), "killed.db")
			if !bytes.Equal(got, want) {
				t.Errorf("after the kills:\n%s\nwithout:\n%s", got, want)
			}
			t.Logf("%d records were there; %d of %d kills came before the end", len(seen), hit, max(1, kills/tt.part))
			if n := tt.students * tt.exercises; bytes.Count(got, []byte("\n")) != n+1 {
				t.Errorf("%d lines for %d records", bytes.Count(got, []byte("\n")), n)
			}
			k.nothingRuns()
		})
	}
}

// A killing is a class, and the racelab that grades it.
type killing struct {
	*testing.T
	dir    string
	env    []string
	random *rand.Rand
}

func newKilling(t *testing.T, students, exercises int, env string) killing {
	t.Helper()
	k := killing{t, t.TempDir(), nil, rand.New(rand.NewPCG(9, uint64(students)))}
	k.fixtures(exercises)
	for s := range students {
		for e := range exercises {
			verdict := []string{"pass", "01-unlocked-balance", "unclear"}[(s+e)%3]
			k.write(fmt.Sprintf("class/s%02d/exercises/%02d-balance/bank.go", s, e+1), fmt.Sprintf("package bank // verdict: %s\n// of %d for %d\n", verdict, s/2, e))
		}
	}
	k.env = append(os.Environ(), fixturesEnv+"="+filepath.Join(k.dir, "fixtures"), "WORK="+k.dir, env)
	return k
}

func (k killing) write(name, text string) {
	k.Helper()
	path := filepath.Join(k.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		k.Fatal(err)
	}
}

// fixtures makes many exercises of the first one.
func (k killing) fixtures(n int) {
	k.Helper()
	if err := os.CopyFS(filepath.Join(k.dir, "fixtures/verdicts"), os.DirFS("testdata/fixtures/verdicts")); err != nil {
		k.Fatal(err)
	}
	for i := range n {
		for _, file := range []string{"exercises/*/*", "solutions/*/*", "hints/*.md"} {
			names, err := fs.Glob(os.DirFS("testdata/fixtures"), strings.Replace(file, "*", "01-unlocked-balance", 1))
			if err != nil || len(names) == 0 {
				k.Fatal(file, err)
			}
			for _, name := range names {
				text, err := os.ReadFile(filepath.Join("testdata/fixtures", name))
				if err != nil {
					k.Fatal(err)
				}
				id := fmt.Sprintf("%02d-balance", i+1)
				renamed := strings.NewReplacer("01-unlocked-balance", id, "01. ", fmt.Sprintf("%02d. ", i+1), "number  = 1", fmt.Sprint("number  = ", i+1), `"unlocked-balance"`, `"balance"`)
				k.write("fixtures/"+renamed.Replace(name), renamed.Replace(string(text)))
			}
		}
	}
}

// start starts a grader in a group of its own.
func (k killing) start(storeName string) *exec.Cmd {
	k.Helper()
	cmd := k.racelab("grade", "class", "--store", storeName)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		k.Fatal(err)
	}
	return cmd
}

func (k killing) racelab(args ...string) *exec.Cmd {
	cmd := exec.Command("racelab", args...)
	cmd.Dir, cmd.Env = k.dir, k.env
	return cmd
}

// kill kills a grader at some moment, and reports whether it had not ended before.
func (k killing) kill(cmd *exec.Cmd, most time.Duration) bool {
	time.Sleep(time.Duration(k.random.Int64N(int64(most))))
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	_ = cmd.Wait()
	return !cmd.ProcessState.Exited()
}

// keeps reads what is in the store after a kill: it has a record once, and all that it had.
func (k killing) keeps(seen map[string]record.Record, storeName string) {
	k.Helper()
	s, err := store.OpenToRead(filepath.Join(k.dir, storeName))
	if errors.Is(err, fs.ErrNotExist) {
		return // it did not come that far
	}
	if err != nil {
		k.Fatal(err)
	}
	defer s.Close()
	b, err := s.Book()
	if err != nil {
		k.Fatal(err)
	}
	now := map[string]record.Record{}
	for _, r := range b.Records {
		name := r.Student + " " + r.Exercise
		if _, twice := now[name]; twice {
			k.Errorf("two records of %s", name)
		}
		now[name] = r
		if r.State != record.Graded {
			continue
		}
		_, hasSource, err := s.Source(r.Submission)
		_, hasVerdict, err2 := s.Verdict(r.Key)
		if err := errors.Join(err, err2); err != nil || !hasSource || hasVerdict == r.WorthAgain() {
			k.Errorf("half of the check of %s: its source is there: %v, its verdict: %v, %v", name, hasSource, hasVerdict, err)
		}
	}
	for name, was := range seen {
		if is, ok := now[name]; !ok || is.Score != was.Score || len(is.Earlier) > 0 {
			k.Errorf("%s was %+v and is %+v", name, was, is)
		}
	}
	for name, r := range now {
		seen[name] = r
	}
}

// finish waits for a grader, and returns its records.
func (k killing) finish(cmd *exec.Cmd, storeName string) []byte {
	k.Helper()
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != statusNotAble { // some are inconclusive
		k.Fatal(err)
	}
	out, err := k.racelab("report", "--store", storeName, "--format", "jsonl").Output()
	if err != nil {
		k.Fatal(err)
	}
	return out
}

// nothingRuns waits until no process is left of those that were killed.
func (k killing) nothingRuns() {
	k.Helper()
	var left []string
	for range 1000 {
		if left = k.running(); len(left) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	k.Errorf("these run on: %v", left)
}

// running are the processes that have the environment of this class.
func (k killing) running() (pids []string) {
	names, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		k.Fatal(err)
	}
	for _, name := range names {
		if env, err := os.ReadFile(name); err == nil && bytes.Contains(env, []byte("WORK="+k.dir)) {
			pids = append(pids, name)
		}
	}
	return pids
}
