package checker

import (
	"context"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
)

// A check that ends at the first error has the outcome of a whole one, whichever mode
// shows the error, and does no more than it must.
func TestFirst(t *testing.T) {
	tests := []struct {
		name, src string
		outcome   finding.Outcome
		mode      finding.Mode // of the first error
		modes     int          // that were run
	}{
		{"right", fixture.Right, finding.Pass, "", 3},
		{"does not compile", fixture.Source("", "	return undefined"), finding.Fail, "", 0},
		{"a race in every schedule", fixture.Source("sync", `	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() { n++ })
	}
	wg.Wait()
	return 2`), finding.Fail, finding.ExploreMode, 1},
		{"a wrong result in few schedules", fixture.Source("sync sync/atomic", `	var n atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { n.Store(n.Load() + 1) })
	}
	wg.Wait()
	if n.Load() == 1 {
		return -1
	}
	return 2`), finding.Fail, finding.ExploreMode, 1},
		{"nothing that exploring can tell", fixture.Source("time", `	start := time.Now()
	for time.Since(start) < time.Millisecond && time.Since(start) > -1 {
	}
	if start.Year() > 2001 { // it is 2000 while racelab explores
		return -1
	}
	return 2`), finding.Fail, finding.RaceMode, 2},
		{"only a warning", fixture.Source("sync", `	var a, b sync.Mutex
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
	return 2`), finding.Pass, "", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && tt.modes > 1 {
				t.Skip("takes long")
			}
			ex := fixture.Exercise(fixture.Test)
			v, err := open(t).Check(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, tt.src), First: true})
			if err != nil {
				t.Fatal(err)
			}
			if v.Outcome != tt.outcome {
				t.Fatalf("%s: %s", v.Outcome, messages(v))
			}
			ran := 0
			for _, r := range v.Runs {
				if r.Mode != "" {
					ran++
				}
			}
			if ran != tt.modes {
				t.Errorf("%d modes were run, want %d", ran, tt.modes)
			}
			if errors := v.Errors(); len(errors) > 0 && errors[0].Evidence.Mode != tt.mode {
				t.Errorf("the first error is of mode %q: %s", errors[0].Evidence.Mode, messages(v))
			}
		})
	}
}

// The key of a task is another one when the verdict may be.
func TestKey(t *testing.T) {
	g := open(t)
	key := func(change func(*Task)) string {
		ex := fixture.Exercise(fixture.Test)
		task := Task{Exercise: ex, Submission: fixture.Submit(ex, fixture.Right)}
		change(&task)
		k, err := g.Key(task)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	same := key(func(*Task) {})
	if key(func(t *Task) { t.Progress = func(string) {}; t.Trace = true }) != same {
		t.Error("it depends on what nobody grades")
	}
	for name, change := range map[string]func(*Task){
		"the submission": func(t *Task) { t.Submission = fixture.Submit(t.Exercise, fixture.Right+"\n") },
		"the tests":      func(t *Task) { t.Exercise = fixture.Exercise(fixture.Test + "\n") },
		"First":          func(t *Task) { t.First = true },
	} {
		if key(change) == same {
			t.Errorf("it does not depend on %s", name)
		}
	}
}
