package tsan

import (
	"cmp"
	"strings"

	"racelab/checker/finding"
)

// A side is one of the two accesses with its place in the exercise.
type side struct {
	known     bool // the report had this access
	access    Access
	goroutine finding.Goroutine
	place     finding.Location
	exact     finding.Exactness
	inside    string // what is called at place and made the access, "" for none
	op        finding.AccessOp
}

// isPlaced reports whether the side has a place in the exercise.
func (s side) isPlaced() bool { return s.known && s.exact != finding.Nowhere }

func newSide(a Access, g finding.Goroutine, src finding.Sources) side {
	s := side{known: true, access: a, goroutine: g, exact: finding.Nowhere, op: operation(a)}
	i := index(a.Stack, src)
	switch {
	case i >= 0:
		s.place, _ = src.Place(a.Stack[i : i+1])
		s.exact = finding.AtLine
		if i > 0 && hidesCaller(a.Stack[i-1].Function) {
			s.exact = finding.InCall
		} else if i > 0 {
			s.inside = inside(a.Stack[i-1], src)
		}
	default:
		if place, ok := src.Place(g.CreatedBy); ok {
			s.place, s.exact = place, finding.InGoroutine
		}
	}
	return s
}

// index is the frame that finding.Sources.Place chooses.
func index(stack []finding.Frame, src finding.Sources) int {
	in := -1
	for i, f := range stack {
		if src.IsEditable(f.File) {
			return i
		}
		if _, ok := src.Rel(f.File); ok && in < 0 {
			in = i
		}
	}
	return in
}

// hidesCaller reports whether the function that called f is missing on the race
// detector's stacks. It keeps a stack of its own on which every instrumented
// function puts its caller as it is entered; the packages below do not.
func hidesCaller(f string) bool {
	for _, pkg := range []string{"sync.", "sync/atomic.", "internal/sync.", "internal/runtime/atomic.", "runtime.raceread", "runtime.racewrite"} {
		if strings.HasPrefix(f, pkg) {
			return true
		}
	}
	return false
}

// inside names what the learner's code has called, as a person writes it. What the
// compiler calls for an operation of the language is none.
func inside(called finding.Frame, src finding.Sources) string {
	if src.IsTests(called.Function) {
		return finding.InsideGiven
	}
	return library(called.Function)
}

// library names a function outside the exercise.
func library(f string) string {
	if strings.HasPrefix(f, "runtime.") || strings.HasPrefix(f, "racelab/checker/labrt/sched.") {
		return ""
	}
	short := finding.ShortFunction(f)
	pkg, _, _ := strings.Cut(f[strings.LastIndexByte(trimTypes(f), '/')+1:], ".")
	return pkg + "." + short
}

// trimTypes cuts type arguments off, which may hold slashes.
func trimTypes(f string) string {
	f, _, _ = strings.Cut(f, "[")
	return f
}

// operation names what an access is part of.
func operation(a Access) finding.AccessOp {
	if a.Atomic {
		return a.either(finding.AccessAtomicRead, finding.AccessAtomicWrite)
	}
	plain := a.either(finding.AccessRead, finding.AccessWrite)
	if len(a.Stack) == 0 {
		return plain
	}
	switch f := a.Stack[0].Function; {
	case strings.HasPrefix(f, "runtime.map"), strings.HasPrefix(f, "internal/runtime/maps."):
		return a.either(finding.AccessMapRead, finding.AccessMapWrite)
	case f == "runtime.closechan":
		return finding.AccessClose
	case f == "runtime.chansend":
		return finding.AccessSend
	case usesGroup(a):
		// The race detector is told of these two as of a read and a write.
		return a.either(finding.AccessGroupAdd, finding.AccessGroupWait)
	}
	return plain
}

// either chooses by what the access does.
func (a Access) either(reads, writes finding.AccessOp) finding.AccessOp {
	if a.Write {
		return writes
	}
	return reads
}

// usesGroup reports whether an access is one that package sync declares itself.
// Its only declared write is in WaitGroup.Wait, and that races only with the
// read in WaitGroup.Add. An RWMutex declares reads too; they race with writes of
// plain code, so that the other side tells: a report calls it a read then.
func usesGroup(a Access) bool {
	f := a.Stack[0].Function
	return (f == "runtime.raceread" || f == "runtime.racewrite") &&
		(len(a.Stack) == 1 || !strings.HasPrefix(a.Stack[1].Function, "iter."))
}

// before orders the sides of a race: the learner's before the tests', certain
// places before uncertain ones, writes before reads, then by place.
func (s side) before(o side, src finding.Sources) bool {
	rank := func(s side) int {
		switch {
		case !s.isPlaced():
			return 3
		case !src.IsEditable(s.place.File):
			return 2
		case s.exact != finding.AtLine:
			return 1
		}
		return 0
	}
	write := func(s side) int {
		if s.access.Write {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(rank(s), rank(o)), cmp.Compare(write(s), write(o)),
		cmp.Compare(s.place.File, o.place.File), cmp.Compare(s.place.Line, o.place.Line),
		cmp.Compare(s.op, o.op)) < 0
}
