package sandbox

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What a busy machine takes from a process is not the process's own.
func TestWatchCountsWhatIsOwn(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name    string
		before  bool // it was asleep
		now     usage
		elapsed time.Duration
		want    Spent
		unknown bool
	}{
		{name: "runs", now: usage{user: 50 * ms, ran: 50 * ms}, elapsed: 50 * ms, want: Spent{Own: 50 * ms, Passed: 50 * ms}},
		{name: "is kept from running", now: usage{}, elapsed: 50 * ms, want: Spent{Passed: 50 * ms}},
		{name: "ran little", now: usage{user: 10 * ms, ran: 10 * ms, waited: 40 * ms}, elapsed: 50 * ms, want: Spent{Own: 10 * ms, Passed: 50 * ms}},
		{name: "has the system work", now: usage{user: 10 * ms, system: 40 * ms, ran: 50 * ms}, elapsed: 50 * ms, want: Spent{Own: 10 * ms, System: 40 * ms, Passed: 50 * ms}},
		{name: "runs twice at a time", now: usage{user: 100 * ms, ran: 100 * ms}, elapsed: 50 * ms, want: Spent{Own: 50 * ms, Passed: 50 * ms}},
		{name: "sleeps", before: true, now: usage{asleep: true}, elapsed: 50 * ms, want: Spent{Own: 50 * ms, Idle: 50 * ms, Passed: 50 * ms}},
		{name: "has fallen asleep", now: usage{asleep: true}, elapsed: 50 * ms, want: Spent{Own: 50 * ms, Passed: 50 * ms}},
		{name: "slept now and then", before: true, now: usage{asleep: true, user: 10 * ms, ran: 10 * ms, waited: 20 * ms}, elapsed: 50 * ms, want: Spent{Own: 30 * ms, Passed: 50 * ms}},
		{name: "had the system work before it slept", before: true, now: usage{asleep: true, system: 20 * ms, ran: 20 * ms}, elapsed: 50 * ms, want: Spent{Own: 30 * ms, System: 20 * ms, Passed: 50 * ms}},
		{name: "waited for longer than a look", before: true, now: usage{asleep: true, waited: 500 * ms}, elapsed: 50 * ms, want: Spent{Passed: 50 * ms}},
		{name: "a thread has ended", before: true, now: usage{asleep: true, ran: -9 * ms, waited: -9 * ms}, elapsed: 50 * ms, want: Spent{Own: 50 * ms, Passed: 50 * ms}},
		{name: "nobody looked at the sleeper", before: true, now: usage{asleep: true}, elapsed: time.Hour, want: Spent{Own: longestLook, Idle: longestLook, Passed: longestLook}},
		{name: "nobody looked at the worker", now: usage{user: time.Second, ran: time.Second}, elapsed: time.Second, want: Spent{Own: time.Second, Passed: longestLook}},
		{name: "nothing is known", unknown: true, elapsed: 40 * ms, want: Spent{Own: 10 * ms, Passed: 40 * ms}},
	}
	for _, tt := range tests {
		w := Watch{last: usage{asleep: tt.before}}
		w.add(tt.elapsed, tt.now, !tt.unknown)
		if w.spent != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, w.spent, tt.want)
		}
	}
}

func TestSpentReaches(t *testing.T) {
	for _, tt := range []struct {
		spent Spent
		want  bool
	}{
		{Spent{Own: 1, System: 1, Passed: 29}, false},
		{Spent{Own: 2, System: 1, Passed: 3}, true},
		{Spent{Passed: 3 * LastResort}, true},
	} {
		if tt.spent.reaches(3) != tt.want {
			t.Errorf("%+v: %v", tt.spent, !tt.want)
		}
	}
}

func TestUsageOf(t *testing.T) {
	u, known := usageOf(os.Getpid())
	if known != (runtime.GOOS == "linux") {
		t.Fatalf("known: %v", known)
	}
	if known && (u.asleep || u.ran == 0) {
		t.Errorf("of a process that runs: %+v", u)
	}
}

func TestRunEndsAtTheLimitOfOwnTime(t *testing.T) {
	for _, script := range []string{`while :; do :; done`, `exec sleep 1000`} {
		c := sh(script)
		c.Own = 100 * time.Millisecond
		if exit, err := (Limited{}).Run(context.Background(), c); err != nil || !exit.TimedOut || exit.Idled {
			t.Errorf("%s: exit = %+v, err = %v", script, exit, err)
		}
	}
}

func TestQuitKillsWhoDoesNotEnd(t *testing.T) {
	p := startTalking(t, `trap 'echo asked' QUIT; echo ready >&3; while :; do :; done`)
	p.dumpTime = 200 * time.Millisecond
	if exit, err := p.Quit(); err != nil || exit.Code != -1 || !strings.HasPrefix(string(exit.Stdout), "asked\n") {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
}
