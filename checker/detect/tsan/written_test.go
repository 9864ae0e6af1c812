package tsan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"racelab/checker/detect/tsan"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// Shapes that no small program forces the detector to print.

const lostStacks = `==================
WARNING: DATA RACE
Write at 0x00c000000010 by goroutine 8:
  racelab/exercises/races.(*Account).Deposit()
      /lab/exercises/races/races.go:24 +0x1

Previous read at 0x00c000000010 by goroutine 9:
  [failed to restore the stack]

Goroutine 8 (running) created at:
  [failed to restore the stack]

Goroutine 9 (finished) created at:
  [failed to restore the stack]
==================
`

const selfReports = `race: limit on 8128 simultaneously alive goroutines is exceeded, dying
==4711==ERROR: ThreadSanitizer failed to allocate 0x1000 (4096) bytes of clock (error code: 12)
FATAL: ThreadSanitizer: internal allocator is out of memory trying to allocate 0x10 bytes
ThreadSanitizer: CHECK failed: tsan_rtl.cpp:1 "((0)) != (0)" (0x0, 0x0) (tid=1)
the program says: ThreadSanitizer is a fine tool
Found 2 data race(s)
`

func races(t *testing.T, input string) []finding.Finding {
	t.Helper()
	return tsan.Findings(parse(t, input), sourcesOf(""))
}

func TestLostStacks(t *testing.T) {
	found := races(t, lostStacks)
	if len(found) != 1 {
		t.Fatalf("%d findings", len(found))
	}
	if want := "unsynchronised write at races.go:24 in (*Account).Deposit and read somewhere else"; report.Message(found[0]) != want {
		t.Errorf("message %q, want %q", report.Message(found[0]), want)
	}
	if len(found[0].Related) != 0 {
		t.Errorf("related places out of nothing: %+v", found[0].Related)
	}
	if !strings.HasPrefix(found[0].Evidence.Output, "WARNING: DATA RACE\nWrite at") || strings.Contains(found[0].Evidence.Output, "====") {
		t.Errorf("output:\n%s", found[0].Evidence.Output)
	}
}

// A report with a lost stack is no second race beside one with the same place.
func TestLostStackIsTheSame(t *testing.T) {
	known := strings.Replace(lostStacks, "[failed to restore the stack]",
		"racelab/exercises/races.(*Account).Balance()\n      /lab/exercises/races/races.go:34 +0x1", 1)
	for _, input := range []string{known + lostStacks, lostStacks + known, lostStacks + known + lostStacks} {
		found := races(t, input)
		if len(found) != 1 || len(found[0].Related) == 0 || found[0].Related[0].Line != 34 {
			t.Errorf("%d findings: %+v", len(found), found)
		}
	}
}

// The order of the accesses and the time of a run make no difference.
func TestOrderDoesNotMatter(t *testing.T) {
	text := func(first, second, firstLine, secondLine string) string {
		return "WARNING: DATA RACE\n" +
			first + " at 0x00c000000010 by goroutine 8:\n  x.f()\n      /lab/exercises/races/" + firstLine + " +0x1\n\n" +
			"Previous " + second + " at 0x00c000000010 by goroutine 9:\n  x.f()\n      /lab/exercises/races/" + secondLine + " +0x1\n"
	}
	a := races(t, text("Write", "read", "races.go:30", "races.go:10"))
	b := races(t, text("Read", "write", "races.go:10", "races.go:30"))
	if diff := cmp.Diff(a[0].Location, b[0].Location); diff != "" || report.Message(a[0]) != report.Message(b[0]) || a[0].Location.Line != 30 {
		t.Errorf("%s and %s\n%s", report.Message(a[0]), report.Message(b[0]), diff)
	}
	if found := races(t, text("Write", "write", "races.go:30", "races.go:10")); found[0].Location.Line != 10 {
		t.Errorf("of two writes: %+v", found[0].Location)
	}
	// The learner's file comes before a write in the tests.
	if found := races(t, text("Write", "read", "races_test.go:3", "races.go:10")); found[0].Location.Line != 10 {
		t.Errorf("beside a test: %+v", found[0].Location)
	}
	// Read and written, written and read: one defect.
	both := text("Write", "read", "races.go:30", "races.go:10") + text("Write", "write", "races.go:10", "races.go:30")
	if found := races(t, both); len(found) != 1 || !strings.Contains(report.Message(found[0]), "write at races.go:10 in f and write at races.go:30") {
		t.Errorf("two reports of one pair: %+v", found)
	}
}

func TestOutsideTheExercise(t *testing.T) {
	input := strings.ReplaceAll(lostStacks, "/lab/exercises/races", "/elsewhere")
	found := races(t, input)
	if len(found) != 1 || found[0].Location != (finding.Location{}) {
		t.Fatalf("%+v", found)
	}
	if want := "unsynchronised write and read outside the exercise"; report.Message(found[0]) != want {
		t.Errorf("message %q, want %q", report.Message(found[0]), want)
	}
}

func TestFaults(t *testing.T) {
	reports := parse(t, selfReports+lostStacks)
	if got := tsan.Faults(reports); len(got) != 4 {
		t.Errorf("faults: %q", got)
	}
	if found := tsan.Findings(reports, sourcesOf("")); len(found) != 1 {
		t.Errorf("%d findings beside the faults", len(found))
	}
}

func TestTorn(t *testing.T) {
	for n := range len(lostStacks) {
		reports := parse(t, lostStacks[:n])
		if complete := strings.Contains(lostStacks[:n], "DATA RACE"); complete != (len(reports) == 1) {
			t.Fatalf("%d reports in %q", len(reports), lostStacks[:n])
		}
		races(t, lostStacks[:n])
	}
}

// Lines of the program between those of a report do not spoil it.
func TestInterleaved(t *testing.T) {
	clean := parse(t, lostStacks)
	noisy := parse(t, strings.ReplaceAll(lostStacks, "\n", "\nprogress (50%)\n  done: 3\n"))
	if diff := cmp.Diff(clean[0].Accesses, noisy[0].Accesses); diff != "" {
		t.Error(diff)
	}
}

// A deadlock of the detector's own is kept, though Go cannot make it print one.
func TestDeadlock(t *testing.T) {
	reports := parse(t, "==================\nWARNING: DEADLOCK\nGoroutine 999 lock mutex 1 while holding mutex 2:\n==================\n")
	if len(reports) != 1 || reports[0].Warning != tsan.Deadlock || !strings.Contains(reports[0].Raw, "while holding") {
		t.Errorf("%+v", reports)
	}
}
