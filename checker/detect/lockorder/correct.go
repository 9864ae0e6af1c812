package lockorder

import (
	"path"
	"slices"
	"strings"
)

// Correct returns the reports with true lines, taken from calls, which are in
// the order in which the run-time recorded them. Nothing is guessed: a frame
// gets the line on which all possible explanations agree, else none.
//
//  1. A call can explain a stack of a report when all functions, files and
//     printed lines are the same, from the caller of Lock outwards.
//  2. Where the report tells the goroutine or the lock, only calls by that
//     goroutine, of that lock, remain, if there are any. For a lock order it
//     tells them only in the list of locks held, for one of the two locks.
//  3. Two calls of one function can be printed alike. Then the explanations of
//     a report's stacks must fit together: the same locks and the same
//     goroutines where the report means the same, different ones where not.
//  4. If several still fit, those remain in which a lock that was held was
//     recorded before the one that was taken while it was held.
//
// Frames that were found get the function and the file of the recorded call.
func Correct(reports []Report, calls []Call) []Report {
	known := newIndex(calls)
	out := slices.Clone(reports)
	for i := range out {
		out[i] = correct(out[i], known)
	}
	return out
}

func correct(r Report, known index) Report {
	r.Takes, r.Others = cloneTakes(r.Takes), cloneTakes(r.Others)
	nameLocks(&r)
	candidates := make([][]candidate, len(r.Takes))
	for i, t := range r.Takes {
		candidates[i] = known.explain(t)
	}
	candidates = fitting(r, candidates)
	for i := range r.Takes {
		r.Takes[i].apply(candidates[i])
	}
	for i, t := range r.Others {
		r.Others[i].apply(known.explain(t))
	}
	return r
}

func cloneTakes(takes []Take) []Take {
	out := slices.Clone(takes)
	for i := range out {
		out[i].Stack = slices.Clone(out[i].Stack)
	}
	return out
}

// nameLocks finds out what a lock order does not say: the goroutine at work, and
// the lock that it holds. Its stack is among the locks held, beside them.
func nameLocks(r *Report) {
	if len(r.Takes) != 4 || r.Kind != lockOrder {
		return
	}
	var held *Take
	for i := range r.Others {
		if !samePrinted(r.Others[i].Stack, r.Takes[2].Stack) {
			continue
		}
		if held != nil {
			return // two goroutines are at the same place
		}
		held = &r.Others[i]
	}
	if held == nil {
		return
	}
	r.Takes[2].Goroutine, r.Takes[3].Goroutine = held.Goroutine, held.Goroutine
	r.Takes[2].Lock, r.Takes[1].Lock = held.Lock, held.Lock
}

func samePrinted(a, b []Frame) bool {
	return slices.EqualFunc(a, b, func(x, y Frame) bool {
		return x.Function == y.Function && x.File == y.File && x.Printed == y.Printed
	})
}

// A candidate is a call that can explain a stack. frames begins with the caller
// of Lock.
type candidate struct {
	call   Call
	frames []CallFrame
	order  int // of recording
}

// sameLines reports whether two candidates give a stack of n frames the same lines.
func (c candidate) sameLines(o candidate, n int) bool {
	return slices.EqualFunc(c.first(n), o.first(n), func(x, y CallFrame) bool { return x.Line == y.Line && x.File == y.File })
}

// first returns the first n frames, fewer when the recorded stack is shorter.
func (c candidate) first(n int) []CallFrame { return c.frames[:min(n, len(c.frames))] }

// An index finds calls by their innermost frame.
type index map[frameKey][]candidate

type frameKey struct {
	function, file string
	printed        int
}

func newIndex(calls []Call) index {
	known := index{}
	for i, call := range calls {
		frames := slices.Clone(call.Frames)
		for len(frames) > 0 && isLocker(short(frames[0].Function)) {
			frames = frames[1:]
		}
		if len(frames) > 0 {
			k := keyOfCall(frames[0])
			known[k] = append(known[k], candidate{call, frames, i})
		}
	}
	return known
}

func keyOfCall(f CallFrame) frameKey {
	return frameKey{short(f.Function), path.Base(f.File), f.Printed}
}

func keyOf(f Frame) frameKey { return frameKey{f.Function, path.Base(f.File), f.Printed} }

// short is a function as go-deadlock prints it: without its package's folders.
func short(function string) string { return function[strings.LastIndexByte(function, '/')+1:] }

// explain returns the calls that can explain t, by the given goroutine and of
// the given lock where there are such.
func (known index) explain(t Take) []candidate {
	if len(t.Stack) == 0 {
		return nil
	}
	var fits []candidate
	for _, c := range known[keyOf(t.Stack[0])] {
		if c.explains(t.Stack) {
			fits = append(fits, c)
		}
	}
	fits = prefer(fits, func(c candidate) bool { return t.Goroutine == 0 || c.call.Goroutine == t.Goroutine })
	return prefer(fits, func(c candidate) bool { return t.Lock == "" || c.call.Lock == t.Lock })
}

// maxDepth is where go-deadlock cuts stacks off, and the run-time too. Both
// begin with some frames that are not compared.
const maxDepth = 40

// explains compares whole stacks. go-deadlock leaves out the outermost frames,
// which belong to package testing or the run-time.
func (c candidate) explains(stack []Frame) bool {
	n := min(len(stack), len(c.frames))
	if n < len(stack) && n < maxDepth {
		return false
	}
	for i := range n {
		if keyOf(stack[i]) != keyOfCall(c.frames[i]) {
			return false
		}
	}
	return true
}

// prefer returns those that fit, or all if none does.
func prefer[T any](all []T, fits func(T) bool) []T {
	var out []T
	for _, x := range all {
		if fits(x) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return all
	}
	return out
}

// apply gives the frames of t the lines on which all candidates agree, and t
// their goroutine and lock.
func (t *Take) apply(candidates []candidate) {
	if len(candidates) == 0 {
		return
	}
	first := candidates[0]
	for i, f := range first.first(len(t.Stack)) {
		to := &t.Stack[i]
		to.Function, to.File, to.Line = f.Function, f.File, f.Line
		for _, c := range candidates[1:] {
			if len(c.frames) <= i || c.frames[i].File != f.File || c.frames[i].Line != f.Line {
				to.Line = 0
			}
		}
	}
	agree := func(same func(Call) bool) bool {
		return !slices.ContainsFunc(candidates, func(c candidate) bool { return !same(c.call) })
	}
	if t.Goroutine == 0 && agree(func(c Call) bool { return c.Goroutine == first.call.Goroutine }) {
		t.Goroutine = first.call.Goroutine
	}
	if t.Lock == "" && agree(func(c Call) bool { return c.Lock == first.call.Lock }) {
		t.Lock = first.call.Lock
	}
}
