package gostack

import (
	"path"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A Wait is what a goroutine is doing.
type Wait struct {
	finding.Doing
	// Forever means that nothing but another goroutine can end it. A receive
	// from a timer's channel looks the same, so it is a likeness, not a proof.
	Forever bool
}

// waits are the wait reasons of the run-time that code of an exercise can get into,
// as goroutine headers show them. Those in lasting are ended by goroutines alone.
var (
	lasting = map[string]finding.Wait{
		"chan receive":            finding.WaitReceive,
		"chan receive (nil chan)": finding.WaitReceiveNil,
		"chan send":               finding.WaitSend,
		"chan send (nil chan)":    finding.WaitSendNil,
		"select":                  finding.WaitSelect,
		"select (no cases)":       finding.WaitForever,
		"semacquire":              finding.WaitSemaphore,
		"sync.Mutex.Lock":         finding.WaitMutex,
		"sync.RWMutex.Lock":       finding.WaitWrite,
		"sync.RWMutex.RLock":      finding.WaitRead,
		"sync.WaitGroup.Wait":     finding.WaitGroup,
		"sync.Cond.Wait":          finding.WaitCond,
	}
	passing = map[string]finding.Wait{
		"synctest.Run":  finding.WaitBubble,
		"synctest.Wait": finding.WaitSynctest,
		"coroutine":     finding.WaitIterator,
		"IO wait":       finding.WaitInput,
		"syscall":       finding.WaitSystem,
	}
	verbs = map[string]finding.Verb{
		"sleep": finding.Sleeps, "running": finding.Runs, "runnable": finding.Runs, "preempted": finding.Runs,
	}
)

// WaitOf reads a state as goroutine headers show it. A state that it does not know
// is not one that lasts for ever.
func WaitOf(state string) Wait {
	if verb, ok := verbs[state]; ok {
		return Wait{Doing: finding.Doing{Verb: verb}}
	}
	w := Wait{Doing: finding.Doing{Verb: finding.Waits}}
	w.Wait, w.Forever = lasting[state], lasting[state] != ""
	if !w.Forever {
		w.Wait = passing[state]
	}
	if w.Wait == "" {
		w.State = state
	}
	return w
}

// locks are the methods of package sync that say more than the state does: an
// RWMutex waits on the Mutex inside it, a Once on its own. Stand-ins of the
// package have the same methods.
var locks = map[string]finding.Wait{
	"(*Mutex).Lock":     finding.WaitMutex,
	"(*RWMutex).Lock":   finding.WaitWrite,
	"(*RWMutex).RLock":  finding.WaitRead,
	"(*WaitGroup).Wait": finding.WaitGroup,
	"(*Cond).Wait":      finding.WaitCond,
	"(*Once).Do":        finding.WaitOnce,
}

// Wait tells what g is doing, with the function that the exercise's code had
// called for it when that was not plainly the operation itself.
func (g Goroutine) Wait(src finding.Sources) Wait {
	w := WaitOf(g.State)
	if at, ok := src.Place(g.Stack); ok && at.Line == 0 && w.Verb == finding.Runs {
		w.In = at.Function // nothing else tells where
		return w
	}
	called := calledByExercise(g.Stack, src)
	if called == "" || w.Verb != finding.Waits {
		return w
	}
	pkg, method := splitFunction(called)
	switch {
	case strings.TrimSuffix(pkg, "_test") == path.Base(src.Dir):
		w.Inside = method
	case pkg != "sync" && pkg != "go-deadlock":
		w.Inside = pkg + "." + method
	case locks[method] != "":
		w.Wait, w.State = locks[method], ""
	}
	return w
}

// calledByExercise is the function in which the exercise's code waits: the one
// that its innermost frame called, "" if that is an operation of the language.
func calledByExercise(stack []finding.Frame, src finding.Sources) string {
	i := slices.IndexFunc(stack, func(f finding.Frame) bool { return isOf(src, f) })
	if i < 0 {
		i = len(stack) // all of it is a library's: the go statement called that
	}
	theirs := i
	for i > 0 && strings.HasPrefix(stack[i-1].Function, operations) {
		i--
	}
	switch {
	case i == 0, strings.HasPrefix(stack[i-1].Function, "runtime."):
		return ""
	case i < theirs && strings.HasPrefix(stack[i-1].Function, "reflect."): // that is how a select is made
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
