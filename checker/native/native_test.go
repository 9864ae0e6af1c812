package native

import (
	"fmt"
	"strings"
	"testing"

	"racelab/checker/evidence"
	"racelab/checker/internal/fixture"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

// tested returns a Tester of a submission to an exercise with a test.
func tested(t *testing.T, test, submission string) Tester {
	t.Helper()
	ex := fixture.Exercise(test)
	return Tester{Sandbox: sandbox.Limited{}, Program: fixture.Build(t, ex, fixture.Submit(ex, submission)), Progress: func(string) {}}
}

// A lock may be held for long: go-deadlock's patience is not the program's.
func TestALockIsHeldForLong(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	tester := tested(t, `func TestRun(t *testing.T) { t.Log(fmt.Sprint(queue.Run())) }`, `package queue

import (
	"sync"
	"time"
)

func Run() int {
	var mu sync.Mutex
	held := make(chan struct{})
	go func() {
		mu.Lock()
		close(held)
		time.Sleep(2500 * time.Millisecond)
		mu.Unlock()
	}()
	<-held
	mu.Lock()
	defer mu.Unlock()
	return 2
}
`)
	shown, err := tester.Lock(t.Context(), evidence.Shown{})
	if err != nil {
		t.Fatal(err)
	}
	if shown.Doubt.Why != "" || len(shown.Findings) > 0 || !shown.Ended {
		t.Errorf("%q, %+v", shown.Doubt.Why, shown.Findings)
	}
}

// Each test may leave a goroutine for nearly half a second: the more tests there are,
// the longer it may take.
func TestGoroutinesOutliveManyTests(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const many = 10
	var tests strings.Builder
	for i := range many {
		fmt.Fprintf(&tests, "func TestRun%d(t *testing.T) { t.Log(fmt.Sprint(queue.Run())) }\n", i)
	}
	tester := tested(t, tests.String(), fixture.Source("time", `	go time.Sleep(450 * time.Millisecond)
	return 2`))
	ran, err := tester.execute(t.Context(), wire.Race, raceSettings[0], tester.limits(wire.Race))
	if err != nil || ran.Exit.TimedOut || !clean(ran, tester.Program) {
		t.Errorf("%+v, %v", ran, err)
	}
}
