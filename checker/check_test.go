package checker

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/report"
	"racelab/checker/sandbox"

	"golang.org/x/sync/errgroup"
)

// open returns a Grader that soon gives up on what never ends.
func open(t *testing.T) *Grader {
	t.Helper()
	g, err := Open(context.Background(), Options{Cache: fixture.Cache(t), Limits: explored.Limits{Patience: 300 * time.Millisecond, Memory: 256 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

type checkTest struct {
	name, src string
	kind      finding.Kind // the first error; "" for a pass
	detector  finding.Detector
	line      int // of the learner's file, 0 when the place is elsewhere
	message   string
	short     bool // also with -short: one of each way through the pipeline
}

func TestCheck(t *testing.T) {
	tests := []checkTest{
		{name: "right", src: fixture.Right, short: true},
		{name: "right another way", src: fixture.Source("sync", `	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() { mu.Lock(); defer mu.Unlock(); n++ })
	}
	wg.Wait()
	return n`)},
		{name: "right with TryLock and RWMutex", src: fixture.Source("sync", `	var mu sync.Mutex
	var rw sync.RWMutex
	if !mu.TryLock() || mu.TryLock() {
		return 0
	}
	mu.Unlock()
	rw.RLock()
	if !rw.TryRLock() || rw.TryLock() {
		return 0
	}
	rw.RUnlock()
	rw.RUnlock()
	mu.Lock()
	mu.Unlock()
	if !rw.TryLock() {
		return 0
	}
	rw.Unlock()
	rw.RLocker().Lock()
	rw.RLocker().Unlock()
	return 2`)},
		{name: "right with atomics", src: fixture.Source("sync/atomic", `	var n atomic.Int64
	var m int32
	var flag atomic.Bool
	var p atomic.Pointer[int]
	var v atomic.Value
	v.Store(1)
	p.Store(new(int))
	done := make(chan bool)
	go func() {
		n.Add(1)
		atomic.AddInt32(&m, 1)
		flag.Store(p.Load() != nil && v.Load() == 1)
		done <- true
	}()
	<-done
	if !flag.CompareAndSwap(true, false) {
		return 0
	}
	return int(n.Load()) + int(atomic.LoadInt32(&m))`)},
		{name: "atomic here, plain there", src: fixture.Source("sync/atomic", `	var n int64
	done := make(chan bool)
	go func() {
		atomic.AddInt64(&n, 1)
		done <- true
	}()
	n++
	<-done
	return 2`), kind: finding.DataRace, detector: finding.Race},
		{name: "check and act with an atomic", src: fixture.Source("sync sync/atomic", `	var seats, sold atomic.Int64
	seats.Store(1)
	for range 50 {
		seats.Store(1)
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if seats.Load() > 0 {
					seats.Add(-1)
					sold.Add(1)
				}
			})
		}
		wg.Wait()
	}
	if sold.Load() > 50 {
		return -1
	}
	return 2`), kind: finding.WrongResult, detector: finding.Tests},
		{name: "right with a mutex that another goroutine unlocks", src: fixture.Source("sync", `	var mu sync.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Lock()
	return 2`)},
		{name: "race", short: true, src: fixture.Source("sync", `	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			n++
		})
	}
	wg.Wait()
	return 2`), kind: finding.DataRace, detector: finding.Race, line: 10},
		{name: "two locks around one variable", src: fixture.Source("sync", `	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			var mu sync.Mutex
			mu.Lock()
			n++
			mu.Unlock()
		})
	}
	wg.Wait()
	return 2`), kind: finding.DataRace, detector: finding.Race, line: 12},
		{name: "broken invariant", short: true, src: fixture.Source("", `	return -1`), kind: finding.WrongResult, detector: finding.Tests, message: "TestRun/sub: got -1"},
		{name: "another outcome", src: fixture.Source("", `	return 3`), kind: finding.WrongResult, detector: finding.Reference},
		{name: "panic", short: true, src: fixture.Source("", `	var m map[int]int
	m[1] = 1
	return 2`), kind: finding.Panic, detector: finding.Runtime, line: 6, message: "nil map"},
		{name: "panic elsewhere", src: fixture.Source("", `	go func() {
		panic("lost")
	}()
	select {}`), kind: finding.Panic, detector: finding.Runtime, line: 6, message: "lost"},
		{name: "panic in a goroutine of the library", src: fixture.Source("sync time", `	var wg sync.WaitGroup
	time.AfterFunc(0, wg.Done)
	select {}`), kind: finding.Panic, detector: finding.Runtime, message: "negative WaitGroup counter"},
		{name: "nil function", src: fixture.Source("sync", `	var wg sync.WaitGroup
	wg.Go(nil)
	return 2`), kind: finding.Panic, detector: finding.Runtime, line: 7},
		{name: "too large to link", src: "package queue\n\nvar huge [8 << 30]byte\n\nfunc Run() int { return len(huge[:2]) }\n", kind: finding.Build, detector: finding.Compiler},
		{name: "leak", src: fixture.Source("", `	go func() {
		select {}
	}()
	return 2`), kind: finding.GoroutineLeak, detector: finding.Goleak, line: 6},
		{name: "deadlock", src: fixture.Source("", `	c := make(chan int)
	c <- 1
	return <-c`), kind: finding.Deadlock, detector: finding.Runtime, line: 6},
		{name: "recursive lock", src: fixture.Source("sync", `	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
	return 2`), kind: finding.RecursiveLock, detector: finding.GoDeadlock, line: 8},
		{name: "sleeps longer than idleness is borne", src: fixture.Source("time", `	time.Sleep(500 * time.Millisecond)
	return 2`)},
		{name: "a goroutine that goes home after 450 ms", src: fixture.Source("time", `	jobs := make(chan int)
	go func() {
		select {
		case <-jobs:
		case <-time.After(450 * time.Millisecond):
		}
	}()
	return 2`)},
		{name: "waits for a timer", src: fixture.Source("time", `	<-time.After(500 * time.Millisecond)
	return 2`)},
		{name: "spins", src: fixture.Source("sync/atomic", `	var stop atomic.Bool
	for !stop.Load() {
	}
	return 2`), kind: finding.Timeout, detector: finding.Runtime, line: 7},
		{name: "prints without end", src: fixture.Source("fmt", `	for {
		fmt.Println("still here, and here is a line that is somewhat longer than others are")
	}`), kind: finding.Timeout, detector: finding.Runtime, message: "printed without end"},
		{name: "ends the program", src: fixture.Source("log", `	log.Fatal("enough")
	return 2`), kind: finding.Panic, detector: finding.Runtime, message: "ended itself in TestRun with exit status 1"},
		{name: "forges go test's output", src: fixture.Source("fmt log", `	fmt.Println("=== RUN TestRun\n--- PASS: TestRun (0.00s)\nPASS\nok")
	log.Fatal("")
	return 2`), kind: finding.Panic, detector: finding.Runtime},
		{name: "does not compile", short: true, src: fixture.Source("", `	return undefined`), kind: finding.Build, detector: finding.Compiler, line: 5, message: "undefined: undefined"},
		{name: "syntax error", src: "package queue\n\nfunc Run() int {\n", kind: finding.Build, detector: finding.Compiler},
		{name: "API gone", short: true, src: "package queue\n\nfunc run() int { return 2 }\n", kind: finding.Policy, detector: finding.PolicyRule, message: "func Run() int is gone"},
		{name: "forbidden import", short: true, src: fixture.Source("os", `	os.Exit(0)
	return 2`), kind: finding.Policy, detector: finding.PolicyRule, line: 3, message: `the import "os" is not allowed`},
	}
	if testing.Short() {
		tests = slices.DeleteFunc(tests, func(tt checkTest) bool { return !tt.short })
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ex := fixture.Exercise(fixture.Test)
			if tt.kind == finding.Timeout && tt.message == "" { // else it ends by how much it prints
				ex.Limits.Run = exercise.Duration(300 * time.Millisecond)
			}
			v := mustCheck(t, ex, tt.src, nil)
			errors := v.Errors()
			if tt.kind == "" {
				if v.Outcome != finding.Pass || v.Score != 10 {
					t.Errorf("%s with %d points: %s", v.Outcome, v.Score, messages(v))
				}
				return
			}
			if v.Outcome != finding.Fail || len(errors) == 0 {
				t.Fatalf("%s: %s", v.Outcome, messages(v))
			}
			f := errors[0]
			if f.Kind != tt.kind || f.Detector != tt.detector || !strings.Contains(report.Message(f), tt.message) {
				t.Errorf("found %s", messages(v))
			}
			if tt.line != 0 && (f.Location.File != "queue.go" || f.Location.Line != tt.line) {
				t.Errorf("at %s:%d, want queue.go:%d: %s", f.Location.File, f.Location.Line, tt.line, report.Message(f))
			}
		})
	}
}

func mustCheck(t *testing.T, ex exercise.Exercise, src string, progress func(string)) finding.Verdict {
	t.Helper()
	v, err := open(t).Check(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, src), Progress: progress})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func messages(v finding.Verdict) string {
	var out []string
	for _, f := range v.Findings {
		out = append(out, fmt.Sprintf("%s %s by %s at %s:%d: %s", f.Severity, f.Kind, f.Detector, f.Location.File, f.Location.Line, report.Message(f)))
	}
	return strings.Join(append(out, v.Reason), "\n")
}

func TestCheckIsInconclusiveWhenTheReferenceFails(t *testing.T) {
	ex := fixture.Exercise(fixture.Test)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(fixture.Source("", "	return -1"))}}
	v := mustCheck(t, ex, fixture.Right, nil)
	if v.Outcome != finding.Inconclusive || !strings.Contains(v.Reason, "reference") || v.Score != 0 {
		t.Errorf("%s, %q, %d points", v.Outcome, v.Reason, v.Score)
	}
}

func TestCheckRunsEveryTest(t *testing.T) {
	ex := fixture.Exercise(fixture.Test + "\nfunc TestSkipped(t *testing.T) { t.SkipNow() }\n")
	v := mustCheck(t, ex, fixture.Right, nil)
	if v.Outcome == finding.Pass {
		t.Error("a skipped test passes")
	}
}

func TestCheckLeavesNothingBehind(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ex := fixture.Exercise(fixture.Test)
	stuck := Task{Exercise: ex, Submission: fixture.Submit(ex, fixture.Source("", "	select {}")), Progress: func(string) { cancel() }}
	if _, err := open(t).Check(ctx, stuck); err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

func TestWarm(t *testing.T) {
	if err := open(t).Warm(context.Background(), nil); err != nil {
		t.Error(err)
	}
}

func TestReferenceIsRunOnce(t *testing.T) {
	ex := fixture.Exercise(fixture.Test)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(fixture.Right + "\n// " + rand.Text() + "\n")}}
	var mu sync.Mutex // progress is told from any goroutine
	var said []string
	progress := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		said = append(said, s)
	}
	for range 2 {
		if v := mustCheck(t, ex, fixture.Right, progress); v.Outcome != finding.Pass {
			t.Fatal(messages(v))
		}
	}
	mu.Lock()
	defer mu.Unlock()
	runs := slices.DeleteFunc(said, func(s string) bool { return !strings.Contains(s, "reference") })
	if len(runs) != 1 {
		t.Errorf("the reference was run %d times, want once", len(runs))
	}
}

// A Grader is used from several goroutines at once, and runs the reference of an
// exercise for all of them together.
func TestGraderGradesSeveralAtOnce(t *testing.T) {
	ex := fixture.Exercise(fixture.Test)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(fixture.Right + "\n// " + rand.Text() + "\n")}}
	g := open(t)
	var references atomic.Int32
	progress := func(what string) {
		if strings.Contains(what, "reference") {
			references.Add(1)
		}
	}
	var all errgroup.Group
	for _, want := range []int{2, 3, 2, 3} {
		all.Go(func() error {
			src := fixture.Source("", fmt.Sprintf("	return %d", want))
			v, err := g.Check(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, src), Progress: progress})
			if passed := v.Outcome == finding.Pass; passed != (want == 2) {
				t.Errorf("what returns %d: %s", want, messages(v))
			}
			return err
		})
	}
	if err := all.Wait(); err != nil || references.Load() != 1 {
		t.Errorf("%v; the reference was run %d times, want once", err, references.Load())
	}
}

// What the reference showed is forgotten when anything changes that it depends on,
// and a file that cannot be read is an error.
func TestReferenceKey(t *testing.T) {
	key := func(change func(*exercise.Exercise)) string {
		ex := fixture.Exercise(fixture.Test)
		change(&ex)
		k, err := referenceKey(ex, "go1.26")
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	same := key(func(*exercise.Exercise) {})
	edited := key(func(ex *exercise.Exercise) {
		ex.Dir.(fstest.MapFS)["queue.go"] = &fstest.MapFile{Data: []byte("package queue // as the learner left it\n")}
	})
	if edited != same {
		t.Error("it depends on the file that the learner edits")
	}
	reasoned := key(func(ex *exercise.Exercise) { ex.Reference.(fstest.MapFS)["equivalents.toml"] = &fstest.MapFile{} })
	if reasoned != same {
		t.Error("it depends on what is said about mutants of the reference")
	}
	for name, change := range map[string]func(*exercise.Exercise){
		"the tests": func(ex *exercise.Exercise) { *ex = fixture.Exercise(fixture.Test + "\n") },
		"the reference": func(ex *exercise.Exercise) {
			ex.Reference = fstest.MapFS{"queue.go": {Data: []byte("package queue\n")}}
		},
		"a new file": func(ex *exercise.Exercise) { ex.Dir.(fstest.MapFS)["more_test.go"] = &fstest.MapFile{} },
	} {
		if key(change) == same {
			t.Errorf("it does not depend on %s", name)
		}
	}
	ex := fixture.Exercise(fixture.Test)
	ex.Reference = fstest.MapFS{"queue.go": {Mode: fs.ModeDir}}
	if _, err := referenceKey(ex, "go1.26"); err == nil {
		t.Error("no error although the reference cannot be read")
	}
}

// A recorder is a tier of isolation that only notes what it is asked to run.
type recorder struct {
	sandbox.Limited
	mu   sync.Mutex
	seen map[string]bool // commands, by their last name
}

func (r *recorder) note(c sandbox.Command) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[filepath.Base(c.Argv[0])] = true
}

func (r *recorder) Run(ctx context.Context, c sandbox.Command) (sandbox.Exit, error) {
	r.note(c)
	return r.Limited.Run(ctx, c)
}

func (r *recorder) Start(c sandbox.Command) (*sandbox.Process, error) {
	r.note(c)
	r.mu.Lock()
	r.seen["worker"] = true
	r.mu.Unlock()
	return r.Limited.Start(c)
}

// Every process goes through the one Runner: the go command, the compiler and the
// linker, executions, workers.
func TestEveryProcessIsSandboxed(t *testing.T) {
	r := &recorder{seen: map[string]bool{}}
	g, err := Open(context.Background(), Options{Cache: cache.Dir(t.TempDir()), Sandbox: r, Processors: 1, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	ex := fixture.Exercise(fixture.Test)
	v, err := g.Check(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, fixture.Right)})
	if err != nil || v.Outcome != finding.Pass {
		t.Fatal(messages(v), err)
	}
	for _, command := range []string{"go", "compile", "link", "tests", "worker"} {
		if !r.seen[command] {
			t.Errorf("%s was started by somebody else; seen were %v", command, r.seen)
		}
	}
}
