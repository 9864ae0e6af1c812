package lockorder_test

import (
	"fmt"
	"strings"
	"testing"

	"racelab/checker/detect/lockorder"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// grab is the stack of a goroutine that took the lock in f, called by g.
func grab(goroutine int, method string) string {
	by := strings.ReplaceAll(locker, "(*Mutex).Lock", method)
	return fmt.Sprintf("goroutine %d lock 0xc000000010\n%s%s%s\n", goroutine, by, frame("f", 10), frame("g", 30))
}

const previous = "Previous place where the lock was grabbed\n"

// waiting is the report of goroutine 9, which waits in h, about the holders.
func waiting(holders string) string {
	return "POTENTIAL DEADLOCK:\n" + holders + "Have been trying to lock it again for more than 1s\n" +
		"goroutine 9 lock 0xc000000010\n" + locker + frame("h", 20) + "\n"
}

// doing is what a goroutine does now, in the function and at the line given.
func doing(goroutine int, function string, line int) string {
	return fmt.Sprintf("Here is what goroutine %d doing now\ngoroutine %d [select (no cases)]:\n"+
		"racelab/exercises/locks.%s()\n\t/lab/exercises/locks/locks.go:%d +0x1\n\n", goroutine, goroutine, function, line)
}

var grabs = []lockorder.Call{
	call("0xc000000010", 7, "f", 11, 10, at("g", 31, 30)),
	call("0xc000000010", 8, "f", 11, 10, at("g", 31, 30)),
	call("0xc000000010", 9, "h", 21, 20),
}

// What a report tells of who holds the lock, and what it does not.
func TestHolders(t *testing.T) {
	const (
		mutex, read = "(*Mutex).Lock", "(*RWMutex).RLock"
		other       = "Other goroutines holding locks:\ngoroutine 5 lock 0xc000000020\n"
	)
	one := previous + grab(7, mutex)
	for _, tt := range []struct {
		name, report  string
		message, held string // the end of the message, and the first related place
	}{
		{
			"ended", waiting(one) + "\n",
			"locked at locks.go:11 by a goroutine that has ended without unlocking it",
			"the mutex was locked here, by a goroutine that has ended without unlocking it",
		},
		{
			"ended, and others hold locks", waiting(one) + other,
			"locked at locks.go:11 by a goroutine that has ended without unlocking it",
			"the mutex was locked here, by a goroutine that has ended without unlocking it",
		},
		{"the report is cut short", waiting(one), "locked at locks.go:11 and is still held", "the mutex was locked here"},
		{
			"parts in the wrong order", "\n" + doing(7, "f", 12) + waiting(one) + "\n",
			"locked at locks.go:11 and is still held", "the mutex was locked here",
		},
		{
			"parts in the wrong order, of two reports", waiting(previous+grab(8, mutex)) + doing(8, "f", 12) + doing(7, "f", 12) + waiting(one) + "\n",
			"locked at locks.go:11 and is still held",
			"the mutex was locked here, by a goroutine that now waits in a select without cases at locks.go:12",
		},
		{
			"waits", waiting(one) + doing(7, "f", 12) + "\n", "locked at locks.go:11 and is still held",
			"the mutex was locked here, by a goroutine that now waits in a select without cases at locks.go:12",
		},
		{
			"has left", waiting(one) + doing(7, "g", 32) + "\n",
			"locked at locks.go:11 by a goroutine that has left f with it still locked and now waits in a select without cases at locks.go:32",
			"the mutex was locked here, by a goroutine that has left f with it still locked and now waits in a select without cases at locks.go:32",
		},
		{
			"itself", waiting(previous+grab(9, mutex)) + doing(9, "h", 21) + "\n",
			"for a lock that it holds itself, locked at locks.go:11", "the mutex was locked here, by the same goroutine",
		},
		{
			"a reader has ended", waiting(previous+grab(7, read)) + "\n",
			"read-locked at locks.go:11 by a goroutine that has ended",
			"the mutex was read-locked here, by a goroutine that has ended",
		},
		{
			"a reader has left", waiting(previous+grab(7, read)) + doing(7, "g", 32) + "\n",
			"by a goroutine that has left f and now waits in a select without cases at locks.go:32",
			"the mutex was read-locked here, by a goroutine that has left f and now waits in a select without cases at locks.go:32",
		},
		{
			"one of two readers has ended", waiting(previous+grab(7, read)+previous+grab(8, read)) + doing(8, "f", 12) + "\n",
			"read-locked at locks.go:11 (and by 1 more) and is still held",
			"the mutex was read-locked here, by a goroutine that has ended",
		},
	} {
		found := report.Words(lockorder.Findings(lockorder.Correct(parse(t, []byte(tt.report)), grabs), src))
		if len(found) == 0 {
			t.Errorf("%s: nothing found", tt.name)
			continue
		}
		f := found[0]
		if !strings.HasSuffix(f.Message, tt.message) || f.Related[0].Message != tt.held {
			t.Errorf("%s: %q, %q", tt.name, f.Message, f.Related[0].Message)
		}
		if strings.Contains(fmt.Sprint(found), "ended") != strings.Contains(tt.held, "ended") {
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
}

// Without a line it is not known which function took the lock.
func TestHasLeftIsNotGuessed(t *testing.T) {
	text := waiting(previous+grab(7, "(*Mutex).Lock")) + doing(7, "g", 32) + "\n"
	found := lockorder.Findings(lockorder.Correct(parse(t, []byte(text)), nil), src)
	if len(found) != 1 || strings.Contains(fmt.Sprint(report.Words(found)[0]), "has left") {
		t.Errorf("%+v", found)
	}
}

// The call that closes the circle, when it can be told.
func TestClosingCall(t *testing.T) {
	const a = "0xc000000010"
	locked := call(a, 7, "f", 11, 10, at("g", 31, 30))
	for _, tt := range []struct {
		name  string
		again []string // frames
		call  lockorder.Call
		want  string // "message line"
	}{
		{"in the function that locked", []string{frame("h", 20), frame("f", 12), frame("g", 30)}, call(a, 7, "h", 21, 20, at("f", 13, 12), at("g", 31, 30)), "calls h here, still holding the lock 13"},
		{"on the same line", []string{frame("h", 20), frame("f", 10), frame("g", 30)}, call(a, 7, "h", 21, 20, at("f", 11, 10), at("g", 31, 30)), "calls h here, still holding the lock 11"},
		{"in its caller", []string{frame("h", 20), frame("g", 34)}, call(a, 7, "h", 21, 20, at("g", 35, 34)), "calls h here, still holding the lock 35"},
		{
			"through the test",
			[]string{frame("h", 20), "locks_test.go:50 locks_test.TestF.func1 { x }\n", frame("f", 12), frame("g", 30)},
			call(a, 7, "h", 21, 20, lockorder.CallFrame{
				Function: "racelab/exercises/locks_test.TestF.func1", File: "/lab/exercises/locks/locks_test.go", Line: 51, Printed: 50,
			}, at("f", 13, 12), at("g", 31, 30)), "the function called here calls back to h, which finds the lock still held 13",
		},
		{"no call", []string{frame("f", 14), frame("g", 30)}, call(a, 7, "f", 15, 14, at("g", 31, 30)), "it was locked here 11"},
		{"nothing in common", []string{frame("h", 20)}, call(a, 7, "h", 21, 20), "it was locked here 11"},
		{"line unknown", []string{frame("h", 20), frame("f", 18), frame("g", 30)}, call(a, 7, "k", 21, 20), "it was locked here 11"},
	} {
		text := recursion(7, a, strings.Join(tt.again, ""), frame("f", 10)+frame("g", 30))
		found := report.Words(lockorder.Findings(lockorder.Correct(parse(t, []byte(text)), []lockorder.Call{locked, tt.call}), src))
		if len(found) != 1 || found[0].Kind != finding.RecursiveLock {
			t.Errorf("%s: %+v", tt.name, found)
			continue
		}
		if got := fmt.Sprint(found[0].Related[0].Message, " ", found[0].Related[0].Line); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestRecursionOnOneLine(t *testing.T) {
	const a = "0xc000000010"
	text := recursion(7, a, frame("f", 10), frame("f", 10))
	found := report.Words(lockorder.Findings(lockorder.Correct(parse(t, []byte(text)), []lockorder.Call{call(a, 7, "f", 11, 10)}), src))
	if want := "locked at locks.go:11, locked again there by the same goroutine"; len(found) != 1 || found[0].Message != want {
		t.Errorf("%+v, want %q", found, want)
	}
}
