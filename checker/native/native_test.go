package native

import (
	"testing"

	"racelab/checker/evidence"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
)

// A lock may be held for long: go-deadlock's patience is not the program's.
func TestALockIsHeldForLong(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	ex := fixture.Exercise(`func TestRun(t *testing.T) { t.Log(fmt.Sprint(queue.Run())) }
`)
	p := fixture.Build(t, ex, fixture.Submit(ex, `package queue

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
`))
	tester := Tester{Sandbox: sandbox.Limited{}, Program: p, Progress: func(string) {}}
	shown, err := tester.Lock(t.Context(), evidence.Shown{})
	if err != nil {
		t.Fatal(err)
	}
	if shown.Fault != "" || len(shown.Findings) > 0 || !shown.Ended {
		t.Errorf("%q, %+v", shown.Fault, shown.Findings)
	}
}
