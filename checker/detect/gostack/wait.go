package gostack

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A Wait is what a goroutine is doing, in words for somebody who has never
// seen a goroutine dump.
type Wait struct {
	Verb string // "wait": one goroutine waits, two wait
	Rest string // "to lock a sync.Mutex"
	// Forever means that nothing but another goroutine can end it. A receive
	// from a timer's channel looks the same, so it is a likeness, not a proof.
	Forever bool
}

// One is the words for one goroutine: "waits to lock a sync.Mutex".
func (w Wait) One() string { return join(w.Verb+"s", w.Rest) }

// Many is the words for several: "wait to lock a sync.Mutex".
func (w Wait) Many() string { return join(w.Verb, w.Rest) }

func join(words ...string) string {
	return strings.TrimSpace(strings.Join(words, " "))
}

// states are the wait reasons of the run-time that code of an exercise can get
// into, as goroutine headers show them.
var states = map[string]Wait{
	"chan receive":            {"wait", "to receive from a channel", true},
	"chan receive (nil chan)": {"wait", "to receive from a nil channel", true},
	"chan send":               {"wait", "to send to a channel", true},
	"chan send (nil chan)":    {"wait", "to send to a nil channel", true},
	"select":                  {"wait", "in a select", true},
	"select (no cases)":       {"wait", "in a select without cases", true},
	"semacquire":              {"wait", "for a semaphore", true},
	"sync.Mutex.Lock":         {"wait", "to lock a sync.Mutex", true},
	"sync.RWMutex.Lock":       {"wait", "to lock a sync.RWMutex for writing", true},
	"sync.RWMutex.RLock":      {"wait", "to lock a sync.RWMutex for reading", true},
	"sync.WaitGroup.Wait":     {"wait", "in WaitGroup.Wait", true},
	"sync.Cond.Wait":          {"wait", "in Cond.Wait", true},
	"synctest.Run":            {"wait", "for the goroutines of a synctest bubble", false},
	"synctest.Wait":           {"wait", "in synctest.Wait", false},
	"coroutine":               {"wait", "for the other side of an iterator", false},
	"IO wait":                 {"wait", "for input or output", false},
	"syscall":                 {"wait", "for the operating system", false},
	"sleep":                   {"sleep", "", false},
	"running":                 {"run", "", false},
	"runnable":                {"run", "", false},
	"preempted":               {"run", "", false},
}

// WaitOf returns the words for a state as goroutine headers show it. A state
// that it does not know is not one that lasts for ever.
func WaitOf(state string) Wait {
	if w, ok := states[state]; ok {
		return w
	}
	return Wait{"wait", fmt.Sprintf("(%s)", state), false}
}

// locks are the methods of package sync that say more than the state does: an
// RWMutex waits on the Mutex inside it, a Once on its own. Stand-ins of the
// package have the same methods.
var locks = map[string]string{
	"(*Mutex).Lock":     "to lock a sync.Mutex",
	"(*RWMutex).Lock":   "to lock a sync.RWMutex for writing",
	"(*RWMutex).RLock":  "to lock a sync.RWMutex for reading",
	"(*WaitGroup).Wait": "in WaitGroup.Wait",
	"(*Cond).Wait":      "in Cond.Wait",
	"(*Once).Do":        "in Once.Do",
}

// Wait describes what g is doing, with the function that the exercise's code
// had called for it when that was not plainly the operation itself.
func (g Goroutine) Wait(src finding.Sources) Wait {
	w := WaitOf(g.State)
	if at, ok := src.Place(g.Stack); ok && at.Line == 0 && w.Verb == "run" {
		w.Rest = "in " + at.Function // nothing else tells where
		return w
	}
	called := calledByExercise(g.Stack, src)
	if called == "" || w.Verb != "wait" {
		return w
	}
	pkg, method := splitFunction(called)
	if strings.TrimSuffix(pkg, "_test") == path.Base(src.Dir) {
		w.Rest = join(w.Rest, "inside", method)
		return w
	}
	if pkg == "sync" || pkg == "go-deadlock" {
		if rest := locks[method]; rest != "" {
			w.Rest = rest
		}
		return w
	}
	w.Rest = join(w.Rest, "inside "+pkg+"."+method)
	return w
}

// calledByExercise is the function in which the exercise's code waits: the one
// that its innermost frame called, "" if that is an operation of the language.
func calledByExercise(stack []finding.Frame, src finding.Sources) string {
	i := slices.IndexFunc(stack, func(f finding.Frame) bool { return isOf(src, f) })
	if i < 0 {
		i = len(stack) // all of it is a library's: the go statement called that
	}
	for i > 0 && strings.HasPrefix(stack[i-1].Function, operations) {
		i--
	}
	if i == 0 || strings.HasPrefix(stack[i-1].Function, "runtime.") {
		return ""
	}
	return stack[i-1].Function
}

// operations are functions that instrumented code calls for operations of the
// language.
const operations = "racelab/checker/labrt/sched."

// splitFunction splits "racelab/checker/labrt/sync.(*Mutex).Lock" into "sync"
// and "(*Mutex).Lock".
func splitFunction(function string) (pkg, method string) {
	plain, _, _ := strings.Cut(function, "[") // type arguments may hold slashes
	pkg, _, _ = strings.Cut(plain[strings.LastIndexByte(plain, '/')+1:], ".")
	return pkg, finding.ShortFunction(function)
}
