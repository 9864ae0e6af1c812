package lockorder_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"racelab/checker/detect/lockorder"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// frame is a line of a report; it ends in nothing that matters.
func frame(function string, printed int) string {
	return fmt.Sprintf("locks.go:%d locks.%s { x }\n", printed, function)
}

// call is a recorded call with the true line of its innermost frame.
func call(lock string, goroutine int, function string, line, printed int, outer ...lockorder.CallFrame) lockorder.Call {
	own := []lockorder.CallFrame{
		{Function: "racelab/checker/labrt/sync.(*Mutex).Lock", File: "/lab/labrt/sync/sync.go", Line: 1, Printed: 2},
		at(function, line, printed),
	}
	return lockorder.Call{Lock: lock, Goroutine: goroutine, Frames: append(own, outer...)}
}

func at(function string, line, printed int) lockorder.CallFrame {
	return lockorder.CallFrame{
		Function: "racelab/exercises/locks." + function, File: "/lab/exercises/locks/locks.go", Line: line, Printed: printed,
	}
}

const locker = "../labrt/sync/sync.go:2 sync.(*Mutex).Lock { x } <<<<<\n"

func recursion(goroutine int, lock, again, held string) string {
	return fmt.Sprintf("POTENTIAL DEADLOCK: Recursive locking:\ncurrent goroutine %d lock %s\n%s%s\n"+
		"Previous place where the lock was grabbed (same goroutine)\n%s%s\n", goroutine, lock, locker, again, locker, held)
}

// lines are those of the innermost frames after correction.
func lines(t *testing.T, report string, calls ...lockorder.Call) []int {
	t.Helper()
	var out []int
	for _, r := range lockorder.Correct(parse(t, []byte(report)), calls) {
		for _, take := range r.Takes {
			out = append(out, take.Stack[0].Line)
		}
	}
	return out
}

func TestCorrectRecursion(t *testing.T) {
	const a, b = "0xc000000010", "0xc000000020"
	report := recursion(7, a, frame("f", 20), frame("f", 10))
	alike := recursion(7, a, frame("f", 10), frame("f", 10))
	for _, tt := range []struct {
		name   string
		report string
		calls  []lockorder.Call
		want   []int // held, again
	}{
		{"plain", report, []lockorder.Call{call(a, 7, "f", 11, 10), call(a, 7, "f", 21, 20)}, []int{11, 21}},
		{"no calls", report, nil, []int{0, 0}},
		{"one call", report, []lockorder.Call{call(a, 7, "f", 11, 10)}, []int{11, 0}},
		{"another file", report, []lockorder.Call{{Lock: a, Goroutine: 7, Frames: []lockorder.CallFrame{
			{Function: "racelab/exercises/locks.f", File: "/lab/exercises/locks/other.go", Line: 11, Printed: 10},
		}}}, []int{0, 0}},
		{"another goroutine is better than none", report, []lockorder.Call{call(b, 8, "f", 11, 10), call(b, 8, "f", 21, 20)}, []int{11, 21}},
		{"the goroutine's own call wins", report, []lockorder.Call{call(a, 8, "f", 10, 10), call(a, 7, "f", 11, 10), call(a, 7, "f", 20, 20)}, []int{11, 20}},
		{"the lock's own call wins", report, []lockorder.Call{call(b, 7, "f", 10, 10), call(a, 7, "f", 11, 10), call(a, 7, "f", 20, 20)}, []int{11, 20}},
		{"printed alike: recorded first is held", alike, []lockorder.Call{call(a, 7, "f", 10, 10), call(a, 7, "f", 11, 10)}, []int{10, 11}},
		{"printed alike, recorded the other way round", alike, []lockorder.Call{call(a, 7, "f", 11, 10), call(a, 7, "f", 10, 10)}, []int{11, 10}},
		{"the same call twice", alike, []lockorder.Call{call(a, 7, "f", 11, 10)}, []int{11, 11}},
		{"three alike: not guessed", alike, []lockorder.Call{
			call(a, 7, "f", 9, 10), call(a, 7, "f", 10, 10), call(a, 7, "f", 11, 10),
		}, []int{0, 0}},
	} {
		if diff := cmp.Diff(tt.want, lines(t, tt.report, tt.calls...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// The frames further out decide which call it was.
func TestCorrectByWholeStack(t *testing.T) {
	const a = "0xc000000010"
	report := recursion(7, a, frame("f", 20)+frame("g", 40), frame("f", 20)+frame("g", 30))
	calls := []lockorder.Call{
		call(a, 7, "f", 21, 20, at("g", 31, 30)),
		call(a, 7, "f", 20, 20, at("g", 41, 40)),
		call(a, 7, "f", 19, 20, at("h", 41, 40)),
	}
	if diff := cmp.Diff([]int{21, 20}, lines(t, report, calls...)); diff != "" {
		t.Error(diff)
	}
	// A frame on which the candidates agree has its line, the other has none.
	calls = append(calls, call(a, 7, "f", 22, 20, at("g", 41, 40)))
	corrected := lockorder.Correct(parse(t, []byte(report)), calls)
	again := corrected[0].Takes[1].Stack
	if again[0].Line != 0 || again[1].Line != 41 {
		t.Errorf("%+v", again)
	}
	if text := corrected[0].Text(); !strings.Contains(text, "locks.go locks.f\nlocks.go:41 locks.g") {
		t.Errorf("text:\n%s", text)
	}
}

func inconsistency(s1, s2, s3, s4, others string) string {
	return "POTENTIAL DEADLOCK: Inconsistent locking. saw this ordering in one goroutine:\n" +
		"happened before\n" + locker + s1 + "\nhappened after\n" + locker + s2 +
		"\nin another goroutine: happened before\n" + locker + s3 + "\nhappened after\n" + locker + s4 + "\n" +
		"Other goroutines holding locks:\n" + others + "\n"
}

func TestCorrectOrder(t *testing.T) {
	const a, b, c = "0xc000000010", "0xc000000020", "0xc000000030"
	f := frame("f", 10)
	holder := "goroutine 8 lock " + b + "\n" + locker + f + "\n"
	report := inconsistency(f, f, f, f, holder)
	calls := []lockorder.Call{
		call(a, 7, "f", 10, 10), call(b, 7, "f", 11, 10),
		call(b, 8, "f", 9, 10), call(a, 8, "f", 12, 10),
		// Another lock and another goroutine, at the same printed line.
		call(c, 8, "f", 13, 10), call(c, 9, "f", 14, 10),
	}
	// First a then b by goroutine 7, then b and a by 8.
	if diff := cmp.Diff([]int{10, 11, 9, 12}, lines(t, report, calls...)); diff != "" {
		t.Error(diff)
	}
	// Two goroutines hold locks at the same place: which one works is not known.
	report = inconsistency(f, f, f, f, holder+"goroutine 9 lock "+c+"\n"+locker+f+"\n")
	if diff := cmp.Diff([]int{0, 0, 0, 0}, lines(t, report, calls...)); diff != "" {
		t.Error(diff)
	}
}

// A thousand goroutines that did the same do not make it slow or unsure.
func TestCorrectMany(t *testing.T) {
	var calls []lockorder.Call
	for g := range 1000 {
		lock := fmt.Sprintf("0xc0000%05x", 16*g+16)
		calls = append(calls, call(lock, g+10, "f", 11, 10), call(lock, g+10, "f", 21, 20))
	}
	f, g := frame("f", 10), frame("f", 20)
	if diff := cmp.Diff([]int{11, 21, 11, 21}, lines(t, inconsistency(f, g, f, g, ""), calls...)); diff != "" {
		t.Error(diff)
	}
}

// The reports given to Correct are not changed.
func TestCorrectCopies(t *testing.T) {
	reports := parse(t, []byte(recursion(7, "0xc000000010", frame("f", 20), frame("f", 10))))
	lockorder.Correct(reports, []lockorder.Call{call("0xc000000010", 7, "f", 11, 10)})
	if reports[0].Takes[0].Stack[0].Line != 0 {
		t.Error("the original report has a line now")
	}
}

func TestReads(t *testing.T) {
	text := strings.ReplaceAll(recursion(7, "0xc000000010", frame("f", 20), frame("f", 10)), "sync.(*Mutex).Lock", "sync.(*RWMutex).RLock")
	r := parse(t, []byte(text))[0]
	if !r.Takes[0].Reads() || !r.Takes[1].Reads() {
		t.Errorf("%+v", r.Takes)
	}
	found := lockorder.Findings([]lockorder.Report{r}, src)
	if want := "read-locked in f, read-locked again in f by the same goroutine"; report.Message(found[0]) != want {
		t.Errorf("message %q, want %q", report.Message(found[0]), want)
	}
}

// Addresses and goroutines differ from run to run; the finding does not.
func TestSameFindingOnce(t *testing.T) {
	calls := []lockorder.Call{call("0xc000000010", 7, "f", 11, 10), call("0xc000000010", 7, "f", 21, 20)}
	report := recursion(7, "0xc000000010", frame("f", 20), frame("f", 10)) + recursion(9, "0xc000000090", frame("f", 20), frame("f", 10))
	found := lockorder.Findings(lockorder.Correct(parse(t, []byte(report)), calls), src)
	if len(found) != 1 || found[0].Location != (finding.Location{File: "locks.go", Line: 21, Function: "f"}) {
		t.Errorf("%+v", found)
	}
}

func TestTorn(t *testing.T) {
	report := inconsistency(frame("f", 10), frame("f", 20), frame("f", 30), frame("f", 40), "") + recursion(7, "0xc000000010", frame("f", 20), frame("f", 10))
	for n := range len(report) {
		lockorder.Findings(lockorder.Correct(parse(t, []byte(report[:n])), nil), src)
	}
	if found := lockorder.Findings(parse(t, []byte("POTENTIAL DEADLOCK: Recursive locking:\n")), src); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}
