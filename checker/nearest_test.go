package checker

import (
	"context"
	"slices"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
)

// Where a goroutine sleeps between looking and acting, the schedule that passes lets it wake
// up before the other one looks.
func TestNearestWakesUpEarlier(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race")
	}
	ex := fixture.Exercise(fixture.Test)
	src := fixture.Source("sync time", `	var mu sync.Mutex
	var wg sync.WaitGroup
	left := 1
	for range 2 {
		wg.Go(func() {
			mu.Lock()
			ok := left > 0
			mu.Unlock()
			if ok {
				time.Sleep(time.Millisecond)
				mu.Lock()
				left--
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return 2 + 4*left`)
	found := exploring(t, ex, src).Findings
	i := slices.IndexFunc(found, func(f finding.Finding) bool { return f.Kind == finding.WrongResult && f.Evidence.Schedule != "" })
	if i < 0 {
		t.Fatalf("%+v", found)
	}
	r, err := open(t).Replay(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, src), Nearest: true}, found[i].Evidence.Schedule)
	if err != nil || r.Passes == nil {
		t.Fatalf("none passes (%v)", err)
	}
	if !slices.ContainsFunc(r.Passes.Steps, func(s finding.Step) bool { return s.Goroutine == finding.Clock && s.Preempts }) {
		t.Errorf("no timer comes earlier: %+v", r.Passes.Steps)
	}
}
