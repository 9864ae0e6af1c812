package checker

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/report"
)

// exploring judges src by exploring alone.
func exploring(t *testing.T, ex exercise.Exercise, src string) evidence.Shown {
	t.Helper()
	return exploringWithin(t, ex, src, explored.Limits{})
}

func exploringWithin(t *testing.T, ex exercise.Exercise, src string, limits explored.Limits) evidence.Shown {
	t.Helper()
	ctx := context.Background()
	g := open(t)
	g.options.Limits = limits
	c := g.check(Task{Exercise: ex, Submission: fixture.Submit(ex, src), Trace: true})
	want, doubt, err := c.reference(ctx)
	if err != nil || doubt.Why != "" {
		t.Fatal(err, doubt)
	}
	out, err := c.explore(ctx, fixture.Build(t, ex, c.Submission), want)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestExploreFinds(t *testing.T) {
	tests := []struct {
		name, src   string
		kind        finding.Kind // "" when nothing is wrong
		preemptions int
		message     string
	}{
		{name: "nothing wrong", src: fixture.Right},
		{name: "a worker that lives as long as the program", src: `package queue

var (
	jobs = make(chan int)
	done = make(chan bool)
	n    int
	_    = start()
)

func start() bool {
	go func() {
		for j := range jobs {
			n += j
			done <- true
		}
	}()
	return true
}

func Run() int {
	jobs <- 2
	<-done
	return n
}
`},
		{
			name: "check and act in two locked steps", kind: finding.WrongResult, preemptions: 1, message: "TestRun/sub: got -1",
			src: fixture.Source("sync", `	var mu sync.Mutex
	var wg sync.WaitGroup
	left, sold := 1, 0
	for range 2 {
		wg.Go(func() {
			mu.Lock()
			some := left > 0
			mu.Unlock()
			if some {
				mu.Lock()
				left--
				sold++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if sold > 1 {
		return -1
	}
	return 2`),
		},
		{
			name: "another outcome than the reference's", kind: finding.WrongResult, preemptions: 0,
			message: "TestRun observed what it never observes",
			src: fixture.Source("", `	c := make(chan int, 2)
	go func() { c <- 2 }()
	go func() { c <- 3 }()
	return <-c`),
		},
		{
			name: "two locks in both orders", kind: finding.Deadlock, preemptions: 1, message: "2 goroutines wait to lock a sync.Mutex",
			src: fixture.Source("sync", `	var a, b sync.Mutex
	var wg sync.WaitGroup
	both := func(first, second *sync.Mutex) {
		first.Lock()
		second.Lock()
		second.Unlock()
		first.Unlock()
	}
	wg.Go(func() { both(&a, &b) })
	wg.Go(func() { both(&b, &a) })
	wg.Wait()
	return 2`),
		},
		{
			name: "a lock around a select that nobody answers", kind: finding.GoroutineLeak, preemptions: 0,
			message: "a goroutine is still there after the test: it waits in a select",
			src: fixture.Source("", `	a, b := make(chan int), make(chan int)
	go func() {
		select {
		case <-a:
		case <-b:
		}
	}()
	return 2`),
		},
		{
			name: "a send after the close", kind: finding.Panic, preemptions: 1, message: "panic: send on closed channel",
			src: fixture.Source("sync/atomic", `	var closed atomic.Bool
	c := make(chan int, 1)
	done := make(chan bool)
	go func() {
		if !closed.Load() {
			c <- 1
		}
		done <- true
	}()
	closed.Store(true)
	close(c)
	<-done
	return 2`),
		},
		{
			name: "a lock that is not locked", kind: finding.Panic, preemptions: 0, message: "fatal error: sync: unlock of unlocked mutex",
			src: fixture.Source("sync", `	var mu sync.Mutex
	mu.Unlock()
	return 2`),
		},
		{
			name: "a race after the channel", kind: finding.DataRace, preemptions: 0, message: "unsynchronised write",
			src: fixture.Source("", `	n := 2
	done := make(chan bool, 1)
	go func() { done <- true; n++ }()
	<-done
	return n`),
		},
		{
			name: "sleeping instead of waiting", kind: finding.DataRace, preemptions: 0, message: "unsynchronised",
			src: fixture.Source("time", `	n := 1
	go func() { n++ }()
	time.Sleep(time.Second)
	return n`),
		},
		{
			name: "a timer that is set when all have waited",
			src: fixture.Source("time", `	time.Sleep(time.Millisecond)
	time.NewTimer(time.Second).Stop()
	return 2`),
		},
		{
			name: "it waits for a year", kind: finding.Timeout, preemptions: 0, message: "a goroutine sleeps",
			src: fixture.Source("time", `	time.Sleep(365 * 24 * time.Hour)
	return 2`),
		},
		{
			name: "a ticker for ever", kind: finding.GoroutineLeak, preemptions: 0, message: "a goroutine is still there",
			src: fixture.Source("time", `	go func() {
		for range time.NewTicker(time.Millisecond).C {
		}
	}()
	return 2`),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if testing.Short() && tt.preemptions == 0 && tt.kind != "" {
				t.Skip("others are as good")
			}
			t.Parallel()
			out := exploring(t, fixture.Exercise(fixture.Test), tt.src)
			if out.Doubt.Why != "" {
				t.Fatalf("fault: %s", out.Doubt.Why)
			}
			if tt.kind == "" {
				if len(out.Findings) > 0 || !out.Run.Coverage[0].Complete {
					t.Errorf("got %+v", out)
				}
				return
			}
			i := slices.IndexFunc(out.Findings, func(f finding.Finding) bool { return f.Kind == tt.kind })
			if i < 0 {
				t.Fatalf("no %s in %+v", tt.kind, out.Findings)
			}
			f := out.Findings[i]
			if !strings.HasPrefix(report.Message(f), tt.message) || *f.Evidence.Preemptions != tt.preemptions {
				t.Errorf("got %q with %d preemptions, want %q with %d", report.Message(f), *f.Evidence.Preemptions, tt.message, tt.preemptions)
			}
			if f.Evidence.Trace == nil || !slices.ContainsFunc(f.Evidence.Trace.Steps, func(s finding.Step) bool { return s.Wrong }) {
				t.Errorf("no step is marked in %+v", f.Evidence.Trace)
			}
		})
	}
}

// TestExploreIsNotFooled: what cannot be explored is said to be so, and nothing
// hangs.
func TestExploreIsNotFooled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes what limits there are")
	}
	tests := []struct {
		name, src string
		fault     string       // what it says, or
		kind      finding.Kind // what is found
		limits    explored.Limits
	}{
		{
			name: "a goroutine that never lets go", fault: "a goroutine ran or waited",
			src: fixture.Source("", `	go func() {
		for n := 0; ; n++ {
		}
	}()
	return 2`),
		},
		{
			name: "all memory there is", fault: "MiB of memory",
			limits: explored.Limits{Memory: 384 << 20, Patience: time.Minute}, // new memory can be slow to get
			src: fixture.Source("", `	var all [][]byte
	for {
		some := make([]byte, 1<<24)
		for i := 0; i < len(some); i += 4096 {
			some[i] = 1
		}
		all = append(all, some)
		if len(all) == 1<<20 {
			return 2
		}
	}`),
		},
		{
			name: "two that are polite for ever", fault: "no schedule of TestRun ended within 500000 steps",
			src: fixture.Source("sync/atomic", `	var a atomic.Int64
	done := make(chan bool)
	for range 2 {
		go func() {
			for a.Add(1) > 0 {
			}
			done <- true
		}()
	}
	<-done
	return 2`),
		},
		{
			name: "it depends on random numbers of the machine", fault: "it depends on something that no schedule decides",
			src: fixture.Source("crypto/rand sync", `	var mu sync.Mutex
	for draw := make([]byte, 1); ; {
		rand.Read(draw)
		if draw[0]%64 == 0 {
			return 2
		}
		if draw[0]%8 == 1 {
			return 3
		}
		mu.Lock()
		mu.Unlock()
	}`),
		},
		{
			name: "the process ends", kind: finding.Panic,
			src: fixture.Source("os", `	os.Exit(3)
	return 2`),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := exploringWithin(t, fixture.Exercise(fixture.Test), tt.src, tt.limits)
			switch {
			case tt.fault == "" && (out.Doubt.Why != "" || len(out.Findings) == 0 || out.Findings[0].Kind != tt.kind),
				!strings.Contains(out.Doubt.Why, tt.fault):
				t.Errorf("fault %q, findings %v; want %q, %s", out.Doubt.Why, out.Findings, tt.fault, tt.kind)
			}
		})
	}
}

func TestExploreManySteps(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	out := exploring(t, fixture.Exercise(fixture.Test), fixture.Source("sync/atomic", `	var n atomic.Int64
	for range 10_000 {
		n.Add(1)
	}
	return 2`))
	if out.Doubt.Why != "" || len(out.Findings) > 0 || !out.Run.Coverage[0].Complete {
		t.Errorf("got %+v", out)
	}
}

// TestLostConcurrency compares virtual durations.
func TestLostConcurrency(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	const work = `	var wg sync.WaitGroup
	var mu sync.Mutex
	for range 4 {
		wg.Go(func() {
			LOCK
			time.Sleep(100 * time.Millisecond)
			UNLOCK
			mu.Lock()
			mu.Unlock()
		})
	}
	wg.Wait()
	return 2`
	together := fixture.Source("sync time", strings.NewReplacer("UNLOCK", "", "LOCK", "").Replace(work))
	ex := fixture.Exercise(fixture.Test)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(together)}}
	ex.Concurrency.Factor = 2
	if out := exploring(t, ex, together); len(out.Findings) > 0 || out.Doubt.Why != "" {
		t.Errorf("the reference itself: %+v", out)
	}
	inTurn := strings.NewReplacer("UNLOCK", "all.Unlock()", "LOCK", "all.Lock()").Replace(work)
	out := exploring(t, ex, fixture.Source("sync time", "	var all sync.Mutex\n"+inTurn))
	if len(out.Findings) != 1 || out.Findings[0].Kind != finding.LostConcurrency || !strings.Contains(report.Message(out.Findings[0]), "400ms, and 100ms") {
		t.Errorf("one after the other: %+v", out.Findings)
	}
}

func TestReplay(t *testing.T) {
	ctx, ex := context.Background(), fixture.Exercise(fixture.Test)
	deadlock := fixture.Source("sync", `	var a, b sync.Mutex
	done := make(chan bool, 2)
	both := func(first, second *sync.Mutex) {
		first.Lock()
		second.Lock()
		second.Unlock()
		first.Unlock()
		done <- true
	}
	go both(&a, &b)
	go both(&b, &a)
	<-done
	<-done
	return 2`)
	out := exploring(t, ex, deadlock)
	if len(out.Findings) != 1 {
		t.Fatalf("got %+v", out.Findings)
	}
	schedule := out.Findings[0].Evidence.Schedule
	replay := func(src, schedule string) (finding.Replay, error) {
		return open(t).Replay(ctx, Task{Exercise: ex, Submission: fixture.Submit(ex, src)}, schedule)
	}
	same, err := replay(deadlock, schedule)
	if err != nil || same.Diverged != nil || same.Undetermined || len(same.Findings) != 1 || same.Findings[0].Kind != finding.Deadlock {
		t.Errorf("the same program: %+v, %v", same, err)
	}
	beside, err := open(t).Replay(ctx, Task{Exercise: ex, Submission: fixture.Submit(ex, deadlock), Nearest: true}, schedule)
	switch passes := beside.Passes; {
	case err != nil || passes == nil || len(passes.Left) > 0 || same.Passes != nil:
		t.Errorf("the nearest that passes: %+v, %v", passes, err)
	case passes.Steps[0] != beside.Interleaving.Steps[0]:
		t.Errorf("it begins in another way: %+v", passes.Steps[0])
	}
	commented := strings.Replace(deadlock, "	first.Lock()", "	// first things first\n\tfirst.Lock()", 1)
	if r, err := replay(commented, schedule); err != nil || r.Diverged != nil {
		t.Errorf("a comment more: %+v, %v", r, err)
	}
	mended := strings.Replace(deadlock, "go both(&b, &a)", "go both(&a, &b)", 1)
	if r, err := replay(mended, schedule); err != nil || r.Diverged == nil || len(r.Findings) > 0 {
		t.Errorf("the mended program: %+v, %v", r, err)
	}
	endless := strings.Replace(deadlock, "	first.Lock()", "	for deaf {\n\t}\n\tfirst.Lock()", 1) + "\nvar deaf = true\n"
	if _, err := replay(endless, schedule); !errors.Is(err, explored.ErrNoEnd) {
		t.Errorf("what never ends: %v", err)
	}
	for _, bad := range []string{"", "TestRun", "TestRun:a1b", strings.Replace(schedule, "TestRun", "TestWalk", 1)} {
		if _, err := replay(deadlock, bad); !errors.Is(err, ErrSchedule) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := replay("package queue\n\nfunc Run() int { return x }\n", schedule); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("what does not compile: %v", err)
	}
}

// Two subtests that each show another value than the reference's are two defects,
// natively and in a replay.
func TestEachSubtestHasItsOutcome(t *testing.T) {
	ex := fixture.Exercise(`func TestRun(t *testing.T) {
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) { t.Attr("got", fmt.Sprint(queue.Run())) })
	}
}

func TestAgain(t *testing.T) { t.Attr("got", fmt.Sprint(queue.Run())) }
`)
	three := fixture.Source("", "	return 3")
	v := mustCheck(t, ex, three, nil)
	var tests []string
	for _, f := range v.Errors() {
		tests = append(tests, f.Evidence.Tests...)
	}
	slices.Sort(tests)
	if !slices.Equal(tests, []string{"TestAgain", "TestRun/one", "TestRun/two"}) {
		t.Errorf("findings of %v:\n%s", tests, messages(v))
	}
	r, err := open(t).Replay(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, three)}, v.Errors()[1].Evidence.Schedule)
	if err != nil || len(r.Findings) != 2 {
		t.Errorf("the replay shows %+v, %v", r.Findings, err)
	}
}
