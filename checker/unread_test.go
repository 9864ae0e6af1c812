package checker

import (
	"context"
	"testing"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/report"
)

// watched tells a program that was rewritten by how a lock of it prints.
const watched = `	var lock sync.Mutex
	watched := fmt.Sprintf("%+v", &lock) != fmt.Sprintf("%+v", &struct{ _ struct{}; mu struct{ state, sema int } }{})
`

// A program that does right only where it notices racelab fails, and has no points for
// what racelab saw; one that does right everywhere passes.
func TestUnread(t *testing.T) {
	test := fixture.Test + `
func TestAgain(t *testing.T) {
	if got := queue.Run(); got != 2 {
		t.Errorf("Run() = %d, want 2", got)
	}
}
`
	unlocked := fixture.Source("fmt sync", watched+`	n := 0
	add := func() {
		if watched {
			lock.Lock()
			defer lock.Unlock()
		}
		n++
	}
	var both sync.WaitGroup
	both.Go(add)
	both.Go(add)
	both.Wait()
	return 2`)
	for _, c := range []struct {
		name, src, message string
		kind               finding.Kind // "" for a pass
		line               int
		short              bool
	}{
		{name: "right", src: fixture.Right, short: true},
		{name: "right, and prints more than is kept", src: fixture.Source("fmt strings", `	for range 100 {
		fmt.Println(strings.Repeat("--- FAIL: TestRun ", 200))
	}
	return 2`)},
		{name: "unlocked", src: unlocked, kind: finding.DataRace, line: 15, short: true},
		{name: "another result", src: fixture.Source("fmt sync", watched+`	if !watched {
		return 3
	}
	return 2`), kind: finding.WrongResult, message: "TestAgain: Run() = 3, want 2"},
		{name: "a panic", src: fixture.Source("fmt sync", watched+`	if !watched {
		panic("nobody looks")
	}
	return 2`), kind: finding.Panic, line: 10, message: "panic: nobody looks"},
		{name: "no end", src: fixture.Source("fmt sync", watched+`	if !watched {
		select {}
	}
	return 2`), kind: finding.Deadlock, line: 10},
		{name: "a loop", src: fixture.Source("fmt sync", watched+`	for !watched {
	}
	return 2`), kind: finding.Timeout},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && !c.short {
				t.Skip("one of each way is enough")
			}
			t.Parallel()
			ex := fixture.Exercise(test)
			ex.Rubric = []exercise.Line{{Name: "Races", Kinds: []finding.Kind{finding.DataRace}, Points: 1}, {Name: "All else", Kinds: finding.Kinds(), Points: 1}}
			v, err := open(t).Check(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, c.src), Unread: true})
			if err != nil {
				t.Fatal(err)
			}
			if c.kind == "" {
				if v.Outcome != finding.Pass || v.Runs[len(v.Runs)-1].Mode != finding.WrittenMode {
					t.Errorf("%+v", v)
				}
				return
			}
			if errors := v.Errors(); v.Outcome != finding.Fail || v.Score != 0 || len(errors) == 0 || errors[0].Kind != c.kind ||
				c.line > 0 && errors[0].Location.Line != c.line || c.message != "" && report.Message(errors[0]) != c.message {
				t.Errorf("%s, %d points, %+v", v.Outcome, v.Score, v.Findings)
			}
		})
	}
}
