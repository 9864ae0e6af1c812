package native

import (
	"slices"
	"testing"

	"racelab/checker/evidence"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/labrt/wire"
)

// A program that sets timers may be idle for long. When the garbage collector has found
// that its test can never go on, nobody waits for the limit, and it is a deadlock although
// what it waits in could be a timer's channel.
func TestStuckBesideTimers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	tester := tested(t, fixture.Test, fixture.Source("time", `	answer := make(chan int)
	select {
	case n := <-answer:
		return n
	case <-time.After(time.Millisecond):
	}
	return <-answer`))
	race, err := tester.Race(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(race.Findings) != 1 || !evidence.IsDeadlock(race.Findings[0]) {
		t.Errorf("found %+v", race.Findings)
	}
	ran, err := tester.execute(t.Context(), wire.Race, raceSettings[0], tester.limits(wire.Race))
	if err != nil || ran.Exit.TimedOut || ran.Exit.Code != wire.ExitStuck {
		t.Errorf("%+v, %v", ran.Exit, err)
	}
	lock, err := tester.Lock(t.Context(), race)
	if err != nil {
		t.Fatal(err)
	}
	if lock.Doubt.Why != "" || slices.ContainsFunc(lock.Findings, func(f finding.Finding) bool { return f.Kind != finding.Deadlock }) {
		t.Errorf("with go-deadlock's locks: %q, %+v", lock.Doubt.Why, lock.Findings)
	}
}

// What a timer will wake is not stuck, however it is waited for.
func TestWaitsForTimers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program, and waits")
	}
	tester := tested(t, fixture.Test, fixture.Source("context sync time", `	const late = 600 * time.Millisecond
	<-time.After(late + stuckEvery)
	ctx, cancel := context.WithTimeout(context.Background(), stuckEvery)
	defer cancel()
	<-ctx.Done()
	var mu sync.Mutex
	cond, set := sync.NewCond(&mu), false
	time.AfterFunc(stuckEvery, func() { mu.Lock(); set = true; cond.Broadcast(); mu.Unlock() })
	mu.Lock()
	for !set {
		cond.Wait()
	}
	mu.Unlock()
	answer := make(chan int)
	context.AfterFunc(ctx, func() { time.Sleep(stuckEvery); answer <- 2 })
	return <-answer
}

const stuckEvery = time.Second

func unused() int {
	return 0`))
	ran, err := tester.execute(t.Context(), wire.Race, raceSettings[0], tester.limits(wire.Race))
	if err != nil || ran.Exit.Code != 0 {
		t.Errorf("%+v, %v", ran.Exit, err)
	}
}
