package native

import (
	"testing"

	"racelab/checker/evidence"
	"racelab/checker/internal/fixture"
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
	if shown.Fault != "" || len(shown.Findings) > 0 || !shown.Ended {
		t.Errorf("%q, %+v", shown.Fault, shown.Findings)
	}
}
