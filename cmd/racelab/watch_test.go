package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"racelab/checker/finding"
)

// A burst of events is one edit, and events that change nothing are none.
func TestSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		touched, content := make(chan struct{}), "a"
		edits := settle(t.Context(), touched, func() string { return content })
		expect := func(what string, want int) {
			t.Helper()
			time.Sleep(10 * quiet)
			synctest.Wait()
			if got := len(edits); got != want {
				t.Errorf("%s: %d edits, want %d", what, got, want)
			}
			for len(edits) > 0 {
				<-edits
			}
		}
		expect("nothing happened", 0)
		touched <- struct{}{}
		expect("a touch", 0)
		for _, c := range []string{"", "b", "b c"} { // truncated, then written piece by piece
			content = c
			touched <- struct{}{}
			time.Sleep(quiet / 2)
		}
		expect("a save", 1)
		content = "a"
		touched <- struct{}{}
		expect("an undo", 1)
	})
}

// step is one check of a watchLoop, driven by a test.
type step struct {
	outcome finding.Outcome
	err     error
	blocks  bool // until it is overtaken
}

// runLoop gives each check the next step and counts what was reported.
func runLoop(ctx context.Context, edits <-chan struct{}, steps ...step) (checks, reports *int, result chan error) {
	checks, reports, result = new(int), new(int), make(chan error, 1)
	loop := watchLoop{
		edits: edits,
		check: func(ctx context.Context) checked {
			s := steps[*checks]
			*checks++
			if s.blocks {
				<-ctx.Done()
			}
			return checked{verdict: finding.Verdict{Outcome: s.outcome}, err: s.err}
		},
		report: func(c checked) error { *reports++; return c.err },
		idle:   func(ctx context.Context) error { return awaitEdit(ctx, edits) },
	}
	go func() { result <- loop.run(ctx) }()
	return checks, reports, result
}

func TestWatchLoopUntilPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		edits := make(chan struct{}, 1)
		checks, reports, result := runLoop(t.Context(), edits, step{outcome: finding.Fail}, step{outcome: finding.Pass})
		synctest.Wait()
		if *checks != 1 || *reports != 1 {
			t.Fatalf("before an edit: %d checks, %d reports", *checks, *reports)
		}
		edits <- struct{}{}
		if err := <-result; err != nil || *checks != 2 || *reports != 2 {
			t.Errorf("got %v, %d checks, %d reports", err, *checks, *reports)
		}
	})
}

// The verdict about a version that is no longer there is never shown.
func TestWatchLoopOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		edits := make(chan struct{}, 1)
		checks, reports, result := runLoop(t.Context(), edits, step{blocks: true, outcome: finding.Fail}, step{outcome: finding.Pass})
		synctest.Wait()
		edits <- struct{}{}
		if err := <-result; err != nil || *checks != 2 || *reports != 1 {
			t.Errorf("got %v, %d checks, %d reports", err, *checks, *reports)
		}
	})
}

func TestWatchLoopStops(t *testing.T) {
	for name, s := range map[string]step{"while checking": {blocks: true}, "while waiting": {outcome: finding.Fail}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				_, _, result := runLoop(ctx, make(chan struct{}), s)
				synctest.Wait()
				cancel()
				if err := <-result; !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestWatchLoopFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fault := errors.New("no Go")
		_, _, result := runLoop(t.Context(), nil, step{err: fault})
		if err := <-result; !errors.Is(err, fault) {
			t.Errorf("got %v", err)
		}
	})
}

// Whatever way an editor has of saving, and even when the folder is replaced,
// something is seen.
func TestWatchFolder(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "01-x")
	file := filepath.Join(dir, "bank.go")
	writeTestFile(t, file, "a")
	touched, err := watchFolder(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, save := range []struct {
		name string
		do   func()
	}{
		{"written in place", func() { must(os.WriteFile(file, []byte("b"), 0o644)) }},
		{"renamed over", func() {
			must(os.WriteFile(file+"~", []byte("c"), 0o644))
			must(os.Rename(file+"~", file))
		}},
		{"in place again", func() { must(os.WriteFile(file, []byte("d"), 0o644)) }},
		{"folder replaced", func() {
			must(os.Rename(dir, dir+".old"))
			must(os.Mkdir(dir, 0o755))
		}},
	} {
		save.do()
		awaitTouch(t, save.name, touched)
	}
	// The new folder is watched, as soon as its creation was seen.
	for range 600 { // a minute: nobody waits that long unless it is broken
		must(os.WriteFile(file, []byte(time.Now().String()), 0o644))
		select {
		case <-touched:
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Error("nothing was seen in the new folder")
}

// awaitTouch takes all that a save brought about: a value, and those that follow
// at once.
func awaitTouch(t *testing.T, what string, touched <-chan struct{}) {
	t.Helper()
	select {
	case <-touched:
	case <-time.After(time.Minute): // nobody waits that long unless it is broken
		t.Fatalf("%s: nothing was seen", what)
	}
}
