package diagram

import (
	"fmt"
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// steps reads an interleaving, a step on each line: "b, send, ch, 2, has to wait". Of a
// WaitGroup the value is the counter.
func steps(text string) finding.Interleaving {
	var in finding.Interleaving
	lanes := map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		parts := append(strings.SplitN(strings.TrimSpace(line), ", ", 4), "", "", "")
		s := finding.Step{Goroutine: finding.GoroutineName(parts[0]), Op: finding.Op(parts[1]), Object: parts[2], Value: parts[3]}
		var n int
		if _, err := fmt.Sscan(s.Value, &n); err == nil && (s.Op == opAdd || s.Op == opDone) {
			s.Counter, s.Value = &n, ""
		}
		if !lanes[parts[0]] {
			lanes[parts[0]] = true
			in.Goroutines = append(in.Goroutines, finding.Lane{Name: s.Goroutine})
		}
		in.Steps = append(in.Steps, s)
	}
	return in
}

// Whatever has happened, no arrow is drawn but from what orders a step.
func TestArrows(t *testing.T) {
	tests := []struct {
		name, steps string
		want        []string
	}{
		{
			"a select that waits to send is in the queue before what comes later",
			`b, select, , has to wait
			 c, send, ch, 2, has to wait
			 a, receive, ch, 1
			 b, select, ch, sent 1
			 a, receive, ch, 2
			 c, send, ch, goes on`,
			[]string{"send 0 → 2", "room 2 → 3", "send 1 → 4", "room 4 → 5"},
		},
		{
			"a select that waits to receive",
			`b, select, , has to wait
			 a, send, ch, 1
			 c, select, ch, sent 2
			 b, select, ch, 1
			 b, receive, ch, 2`,
			[]string{"send 1 → 3", "send 2 → 4"},
		},
		{
			"two selects that send the same, as to a semaphore",
			`b, select, ch, sent struct {}
			 c, select, ch, sent struct {}
			 c, receive, ch, struct {}
			 b, receive, ch, struct {}`,
			[]string{"send 0 → 2", "send 1 → 3"},
		},
		{
			"both have room before either goes on",
			`b, send, ch, 1
			 b, send, ch, 2, has to wait
			 c, send, ch, 3, has to wait
			 a, receive, ch, 1
			 a, receive, ch, 2
			 c, send, ch, goes on
			 b, send, ch, goes on
			 a, receive, ch, 3`,
			[]string{"send 0 → 3", "send 1 → 4", "room 4 → 5", "room 3 → 6", "send 2 → 7"},
		},
		{
			"the second who waits goes on first",
			`b, receive, ch, has to wait
			 c, receive, ch, has to wait
			 a, send, ch, struct {}
			 d, send, ch, struct {}
			 c, receive, ch, struct {}
			 b, receive, ch, struct {}`,
			[]string{"send 3 → 4", "send 2 → 5"},
		},
		{
			"somebody sends who is not seen",
			`b, send, ch, 1
			 a, receive, ch, 7
			 a, receive, ch, 1
			 c, close, ch
			 a, receive, ch, closed`,
			[]string{"close 3 → 4"},
		},
		{
			"a close lets all go on",
			`b, receive, ch, has to wait
			 c, receive, ch, has to wait
			 a, close, ch
			 c, receive, ch, closed
			 b, receive, ch, closed`,
			[]string{"close 2 → 3", "close 2 → 4"},
		},
		{
			"a WaitGroup is used again",
			`a, add, wg, 1
			 b, done, wg, 0
			 a, wait, wg
			 a, add, wg, 1
			 a, wait, wg, has to wait
			 c, done, wg, 0
			 a, wait, wg, goes on`,
			[]string{"done 1 → 2", "done 5 → 6"},
		},
		{
			"each signal wakes one, the first who waits",
			`b, wait, cv
			 c, wait, cv
			 d, wait, cv
			 a, signal, cv
			 e, broadcast, cv
			 c, wait, cv, goes on
			 b, wait, cv, goes on
			 d, wait, cv, goes on`,
			[]string{"signal 4 → 5", "signal 3 → 6", "signal 4 → 7"},
		},
		{
			"what fails writes nothing",
			`b, store, n, 1
			 c, update, n, fails
			 d, load, n, 1
			 d, try lock, mu
			 c, try lock, mu, fails
			 d, unlock, mu
			 c, try lock, mu`,
			[]string{"atomic 0 → 1", "atomic 0 → 2", "lock 5 → 6"},
		},
		{
			"a lock is given back by another goroutine",
			`a, lock, mu
			 b, unlock, mu
			 c, lock, mu`,
			[]string{"lock 1 → 2"},
		},
		{
			"readers and a writer",
			`a, read lock, mu
			 b, read lock, mu
			 c, lock, mu, has to wait
			 a, read unlock, mu
			 b, read unlock, mu
			 c, lock, mu, goes on
			 c, unlock, mu
			 a, read lock, mu
			 b, read lock, mu`,
			[]string{"lock 3 → 5", "lock 4 → 5", "lock 6 → 7", "lock 6 → 8"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, e := range Of(steps(tt.steps), nil).Edges {
				got = append(got, fmt.Sprintf("%s %d → %d", e.Kind, e.From, e.To))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Nothing is said to be missing where something orders that is no step, or on an object of
// another name.
func TestOrderedUnseen(t *testing.T) {
	for _, tt := range []struct {
		name, steps string
		orders      int // the step that does
	}{
		{"in the function of a Once", "b, once, once\nb, write, x, 1\nc, once, once\nc, read, x, 1\nc, test fails", 2},
		{"before a context ends", "b, write, x, 1\nb, cancel\nc, receive, ctx.Done(), closed\nc, read, x, 1\nc, test fails", 2},
		{"before a timer is set", "b, write, x, 1\nT, go, c\nc, read, x, 1\nc, test fails", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := steps(tt.steps)
			in.Steps[len(in.Steps)-1].Wrong = true
			if d := Of(in, nil); len(d.Missing) != 0 {
				t.Errorf("missing: %+v", d.Missing)
			}
			in.Steps[tt.orders].Op = finding.OpSleep
			if d := Of(in, nil); len(d.Missing) != 1 {
				t.Errorf("missing without what orders them: %+v", d.Missing)
			}
		})
	}
}

// Who makes an access that races has a lane, even if all its steps are the test's own.
func TestRacersHaveLanes(t *testing.T) {
	in := steps("b, write, x, 1\nc, read, x, 1\nc, test fails")
	in.Steps[2].Wrong = true
	for _, l := range Of(in, nil).Lanes {
		if l.Idle {
			t.Errorf("%s has no lane", l.Name)
		}
	}
}

// A goroutine that did not give its lock back itself has not had it twice.
func TestNoGapOfALockThatIsHandedOver(t *testing.T) {
	in := steps("a, lock, mu\nb, unlock, mu\nb, lock, mu\nb, unlock, mu\na, lock, mu")
	for i := range in.Steps {
		in.Steps[i].Location = finding.Location{File: "x.go", Line: i + 1}
	}
	if d := Of(in, nil); len(d.Gaps) != 0 {
		t.Errorf("gaps: %+v", d.Gaps)
	}
	in.Steps[1].Goroutine = "a"
	if d := Of(in, nil); len(d.Gaps) != 1 {
		t.Errorf("gaps: %+v", d.Gaps)
	}
}
