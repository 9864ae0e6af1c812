package explored

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"racelab/checker/explore"
	"racelab/checker/internal/fixture"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

const longTests = `package long

import (
	"sync"
	"testing"
	"time"
)

func TestLoop(t *testing.T) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			for range 25_000 {
				mu.Lock()
				n++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if n != 50_000 {
		t.Error(n)
	}
}

func TestTicker(t *testing.T) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	end := time.After(20 * time.Second)
	for {
		select {
		case <-tick.C:
		case <-end:
			return
		}
	}
}

func TestThousands(t *testing.T) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 2_000 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
		})
	}
	wg.Wait()
}

// A loop that goes on until a timer stops it.
func TestUntil(t *testing.T) {
	for _, d := range []time.Duration{300 * time.Nanosecond, time.Millisecond, 20 * time.Millisecond} {
		var mu sync.Mutex
		stop, n := make(chan bool), 0
		time.AfterFunc(d, func() { close(stop) })
		for more := true; more; {
			select {
			case <-stop:
				more = false
			default:
				mu.Lock()
				n++
				mu.Unlock()
			}
		}
		if n == 0 {
			t.Log("the timer was first")
		}
	}
}

func TestForEver(*testing.T) {
	var mu sync.Mutex
	for {
		mu.Lock()
		mu.Unlock()
	}
}
`

// A schedule may be long if the budget has room for it, and what is too long is neither
// right nor wrong.
func TestLongSchedules(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 100,000 steps and more")
	}
	p := buildTests(t, "long", []byte("package long\n"), []byte(longTests))
	for i, test := range p.tests {
		b := explore.Budget{Schedules: 3, Steps: stepsPerTest}
		if test == "TestForEver" {
			b.Steps = 100_000
		}
		found, err := explore.Test(context.Background(), p.runner, explore.TestID{Index: i, Name: test}, explore.Options{Budget: b, Failures: failuresEnough})
		if err != nil || found.Failing > 0 {
			t.Fatalf("%s: %+v, %v", test, found, err)
		}
		switch c, fault := found.Coverage, unknown(test, found.Coverage).Why; {
		case test != "TestForEver":
			if c.Ended == 0 || fault != "" {
				t.Errorf("%s: %+v: %s", test, c, fault)
			}
		case fault != "no schedule of TestForEver ended within 50000 steps":
			t.Errorf("%s: %+v: %q", test, c, fault)
		}
	}
}

const triesTests = `package tries

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// counts lets two goroutines count, each with the lock that take takes, unless it gives up.
func counts(t *testing.T, take func() bool, release func()) {
	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			if take() {
				n++
				release()
			}
		})
	}
	wg.Wait()
	if n != 2 {
		t.Error(n)
	}
}

// 0 tries are as many as it takes.
func byLock(t *testing.T, tries int) {
	var mu sync.Mutex
	counts(t, func() bool {
		for i := 0; tries == 0 || i < tries; i++ {
			if mu.TryLock() {
				return true
			}
			runtime.Gosched()
		}
		return false
	}, mu.Unlock)
}

func bySwap(t *testing.T, tries int) {
	var busy atomic.Bool
	counts(t, func() bool {
		for i := 0; tries == 0 || i < tries; i++ {
			if busy.CompareAndSwap(false, true) {
				return true
			}
		}
		return false
	}, func() { busy.Store(false) })
}

func byKey(t *testing.T, tries int) {
	var busy sync.Map
	counts(t, func() bool {
		for i := 0; tries == 0 || i < tries; i++ {
			if _, there := busy.LoadOrStore("key", 1); !there {
				return true
			}
		}
		return false
	}, func() { busy.Delete("key") })
}

func byValue(t *testing.T, tries int) {
	var busy sync.Map
	busy.Store("key", false)
	counts(t, func() bool {
		for i := 0; tries == 0 || i < tries; i++ {
			if busy.CompareAndSwap("key", false, true) {
				return true
			}
		}
		return false
	}, func() { busy.Store("key", false) })
}

func TestLock1000(t *testing.T)  { byLock(t, 1_000) }
func TestLock10000(t *testing.T) { byLock(t, 10_000) }
func TestLockForEver(t *testing.T) { byLock(t, 0) }
func TestSwap10000(t *testing.T) { bySwap(t, 10_000) }
func TestSwapForEver(t *testing.T) { bySwap(t, 0) }
func TestKey10000(t *testing.T) { byKey(t, 10_000) }
func TestKeyForEver(t *testing.T) { byKey(t, 0) }
func TestValue10000(t *testing.T) { byValue(t, 10_000) }
func TestValueForEver(t *testing.T) { byValue(t, 0) }
`

// Who gives up after very many tries gives up all the same, and who does not gets the
// lock in the end. The schedule that shows it is no longer to write than others.
func TestManyTriesInVain(t *testing.T) {
	p := buildTests(t, "tries", []byte("package tries\n"), []byte(triesTests))
	p.Trace = true
	for i, test := range p.tests {
		o := explore.Options{Budget: budget(schedulesPerTest), Failures: 1, Symptoms: func(r explore.Ran) []explore.Symptom { return p.symptoms(test, r) }}
		o.Budget.Steps = stepsPerTest
		out, err := explore.Test(t.Context(), p.runner, explore.TestID{Index: i, Name: test}, o)
		if err != nil {
			t.Fatal(err)
		}
		fails := !strings.HasSuffix(test, "ForEver")
		if fault := unknown(test, out.Coverage).Why; fault != "" || len(out.Failures) > 0 != fails {
			t.Errorf("%s: %q, %+v", test, fault, out.Coverage)
		}
		for _, f := range out.Failures {
			if schedule := f.Schedule.String(); !f.Reproduced || len(schedule) > 100 {
				t.Errorf("%s: %s, reproduced: %t", test, schedule, f.Reproduced)
			}
		}
	}
}

const lookTest = `package look

import (
	"sync"
	"sync/atomic"
	"testing"
)

// Two numbers, which are the same, are read with a sequence lock. 0 tries are as many as it
// takes.
func TestLook(t *testing.T) {
	const tries = TRIES
	var seq, a, b atomic.Int32
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 500 {
			seq.Add(1)
			a.Add(1)
			b.Add(1)
			seq.Add(1)
		}
	})
	wg.Go(func() {
		var x, y int32
		for i := 0; tries == 0 || i < tries; i++ {
			before := seq.Load()
			x, y = a.Load(), b.Load()
			if before%2 == 0 && seq.Load() == before {
				break
			}
		}
		if x != y {
			t.Error(x, y)
		}
	})
	wg.Wait()
}
`

// Who goes on with what is no longer true, after so many looks, is made to.
func TestLooksInVain(t *testing.T) {
	for _, tries := range []int{10, 30, 0} {
		p := buildTests(t, "look", []byte("package look\n"), []byte(strings.Replace(lookTest, "TRIES", strconv.Itoa(tries), 1)))
		o := explore.Options{Strategy: explore.NewGlance(explore.GlanceBudget{Few: 1}, 0), Budget: budget(schedulesPerTest), Failures: 1}
		out, err := explore.Test(t.Context(), p.runner, explore.TestID{Name: p.tests[0]}, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Failures) > 0 != (tries > 0) {
			t.Errorf("%d tries: %+v", tries, out.Coverage)
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, tt := range []struct {
		c    explore.Coverage
		want string // part of what is said; "" for nothing
	}{
		{explore.Coverage{Schedules: 3, Ended: 3, Longest: 10}, ""},
		{explore.Coverage{Schedules: 3, Ended: 2, Longest: 90_000, Over: 100_001}, ""},
		{explore.Coverage{Schedules: 3, Ended: 2, Longest: 900, Over: 20_001, OverBy: wire.TooLong}, "did not end within 20000 steps; those that did took 900 at most"},
		{explore.Coverage{Schedules: 3, Over: 20_001, OverBy: wire.TooLong}, "no schedule of TestX ended within 20000 steps"},
		{explore.Coverage{Schedules: 3, Over: 501, OverBy: wire.TooMuch}, "within 500 steps, and the record of it grew too large"},
	} {
		if got := unknown("TestX", tt.c).Why; (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%+v: %q, want %q", tt.c, got, tt.want)
		}
	}
}

// A test may leave itself out where testing.Short is true. Then nothing is claimed of it.
func TestTooLongToBeExplored(t *testing.T) {
	const tests = `func TestLong(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	t.Attr("got", fmt.Sprint(queue.Run()))
}
`
	ex := fixture.Exercise(tests)
	p := fixture.Build(t, ex, fixture.Submit(ex, fixture.Source("", "	return 1")))
	shown, err := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p}.Explore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := shown.Run.Coverage
	if len(shown.Findings) > 0 || shown.Doubt.Why != "" || len(c) != 1 || !c[0].Skipped || c[0].Complete || c[0].Schedules != 0 {
		t.Errorf("%+v, fault %q, coverage %+v", shown.Findings, shown.Doubt.Why, c)
	}
}
