package labrt_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"

	"github.com/google/go-cmp/cmp"
)

// index returns which of the programs is called name.
func index(t *testing.T, all []program, name string) int {
	t.Helper()
	i := slices.IndexFunc(all, func(p program) bool { return p.name == name })
	if i < 0 {
		t.Fatal("no program " + name)
	}
	return i
}

// find returns the first answer with a verdict, with detail.
func find(t *testing.T, name, want string) answer {
	t.Helper()
	all, c := programs(t, 2)
	for seed := range uint64(50) {
		job := wire.Job{Test: index(t, all, name), Chooser: wire.Random, Seed: seed, Detail: true}
		if a := c.run(t, job)[0]; verdict(a) == want {
			return a
		}
	}
	t.Fatalf("%s never ends as %s", name, want)
	return answer{}
}

// show prints an event in one line, with the places in the program.
func show(e wire.Event) string {
	x := e.Explored
	if x == nil {
		return strings.TrimSpace(fmt.Sprint(e.Event, " ", e.Key, " ", e.Text))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", e.Event, schedule.Letters(x.G))
	if x.Step > 0 {
		fmt.Fprintf(&b, " %d", x.Step)
	}
	fmt.Fprintf(&b, " %v", x.Op)
	if x.Object > 0 {
		fmt.Fprintf(&b, " #%d", x.Object)
	}
	if x.Op == wire.OpGo {
		b.WriteString(" " + schedule.Letters(x.Other))
	}
	if x.Text != "" {
		fmt.Fprintf(&b, " (%s)", x.Text)
	}
	b.WriteString(at(" at", x.Stack) + at(" created", x.Created))
	for _, h := range x.Holds {
		reading := ""
		if h.Reads {
			reading = " for reading"
		}
		fmt.Fprintf(&b, " holds #%d%s%s", h.Object, reading, at(" from", h.Stack))
	}
	return b.String()
}

// at names the innermost function that is a program's, and not in programs.go.
func at(word string, stack []wire.CallFrame) string {
	for _, f := range stack {
		if name, ok := strings.CutPrefix(f.Function, "programs."); ok && filepath.Base(f.File) != "programs.go" {
			return word + " " + name
		}
	}
	return ""
}

func shown(a answer, kinds ...string) []string {
	var lines []string
	for _, e := range a.events {
		if slices.Contains(kinds, e.Event) {
			lines = append(lines, show(e))
		}
	}
	return lines
}

var update = flag.Bool("update", false, "rewrite the golden file")

// testdata/detail.golden has the steps of schedules, the goroutines that are left,
// what each waits for, and what it holds.
func TestDetail(t *testing.T) {
	var b strings.Builder
	for _, test := range []struct{ name, verdict string }{
		{"twoLocks", "deadlock"},
		{"readTwice", "deadlock"},
		{"onceInOnce", "deadlock"},
		{"everybodyReceives", "deadlock"},
		{"condTooLate", "deadlock"},
		{"sendLeft", "leak"},
		{"forever", "leak"},
		{"panicInGoroutine", "crash: boom"},
		{"lockedPanics", "deadlock"},
		{"unlockUnlocked", "crash: fatal error: sync: unlock of unlocked mutex"},
		{"unlocked", "ended+race"},
		{"valuesTold", "ended"},
		{"semaphoreHalves", "deadlock"},
		{"groupLimitZero", "deadlock"},
		{"pipeAbandoned", "leak"},
		{"firstAnswer", "failed"},
		{"cancelForgotten", "leak"},
		{"afterFuncPanics", "crash: after"},
	} {
		a := find(t, test.name, test.verdict)
		fmt.Fprintf(&b, "%s: %s\n", test.name, test.verdict)
		for _, line := range shown(a, wire.Stepped, wire.Waits, wire.Crash) {
			b.WriteString("  " + line + "\n")
		}
	}
	golden := filepath.Join("testdata", "detail.golden")
	if *update {
		write(t, golden, b.String())
	}
	if diff := cmp.Diff(read(t, golden), b.String()); diff != "" {
		t.Errorf("-want +got; go test -update when that is right\n%s", diff)
	}
}

// A pick says which case a select tries first.
func TestCases(t *testing.T) {
	all, c := programs(t, 2)
	test := index(t, all, "threeReady")
	for want := range 3 {
		pick := wire.Pick{Last: 0, Steps: 3, Case: true, To: want} // two sends come before
		a := c.run(t, wire.Job{Test: test, Chooser: wire.Stay, Detail: true, Picks: wire.Picks{pick}})[0]
		if got, want := shown(a, wire.Attr), fmt.Sprint("attr taken ", want); !slices.Equal(got, []string{want}) {
			t.Errorf("%q, want %q", got, want)
		}
		trace, err := wire.DecodeTrace(a.Trace)
		if err != nil || a.Missed > 0 || len(trace.Steps) != 3 || trace.Steps[2].Taken != want {
			t.Errorf("%+v, %d missed, %v", trace.Steps, a.Missed, err)
		}
	}
}

// Picks that cannot be followed are counted, and the chooser decides instead.
func TestMissed(t *testing.T) {
	all, c := programs(t, 2)
	job := wire.Job{Test: index(t, all, "locked"), Chooser: wire.Stay, Picks: wire.Picks{{Last: 0, Steps: 1, To: 9}}}
	usual := c.run(t, wire.Job{Test: job.Test, Chooser: wire.Stay})[0]
	if a := c.run(t, job)[0]; a.Missed != 1 || a.Trace != usual.Trace {
		t.Errorf("%+v", a.Ending)
	}
}

// The clock is virtual and exact.
func TestVirtual(t *testing.T) {
	all, c := programs(t, 2)
	for name, want := range map[string]time.Duration{
		"locked": 0, "sleeps": 3 * time.Second, "ticks": 3 * time.Second, "sleepsOn": 0,
	} {
		a := c.run(t, wire.Job{Test: index(t, all, name), Chooser: wire.Stay})[0]
		if got := time.Duration(a.Virtual); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
