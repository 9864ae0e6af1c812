package tsan

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// when is the operation with its time: "previous write".
func (s side) when() string {
	if s.access.Previous {
		return "previous " + s.op
	}
	return s.op
}

func (s side) who() string {
	if s.access.Goroutine == Main {
		return "the main goroutine"
	}
	return fmt.Sprintf("goroutine %d", s.access.Goroutine)
}

// how tells what the place is, when it is not the access itself.
func (s side) how() string {
	switch s.exact {
	case inCall:
		return " in the call made here"
	case inGoroutine:
		return ", which was started here"
	}
	if s.inside != "" {
		return " inside " + s.inside
	}
	return ""
}

// where is the place in words: "at bank.go:14 in (*Account).Deposit".
func (s side) where() string {
	at := fmt.Sprintf("%s:%d", s.place.File, s.place.Line)
	switch s.exact {
	case nowhere:
		return "somewhere else"
	case inCall:
		return fmt.Sprintf("in the call at %s in %s", at, s.place.Function)
	case inGoroutine:
		return "in the goroutine started at " + at
	}
	if s.inside != "" {
		return fmt.Sprintf("at %s in %s (inside %s)", at, s.place.Function, s.inside)
	}
	return fmt.Sprintf("at %s in %s", at, s.place.Function)
}

// started is where the side's goroutine was started. sync.WaitGroup.Go hides its
// caller, so that only the call of the function that called it is known.
func (s side) started(src finding.Sources) (finding.Related, bool) {
	created := s.goroutine.CreatedBy
	i := index(created, src)
	if i < 0 || s.exact == inGoroutine {
		return finding.Related{}, false
	}
	words := "goroutine %d was started here"
	if i > 0 && hidesCaller(created[i-1].Function) {
		words = "goroutine %d was started by " + library(created[i-1].Function) + " during the call here"
	}
	place, _ := src.Place(created[i : i+1])
	return finding.Related{Message: fmt.Sprintf(words, s.goroutine.ID), Location: place}, true
}

// message names both accesses: "unsynchronised write at … and read at …".
func (r race) message() string {
	a, b := r.sides[0], r.sides[1]
	if isGroup(a, b) {
		if !a.access.Write {
			a, b = b, a
		}
		return fmt.Sprintf("WaitGroup.Add %s is not ordered before WaitGroup.Wait %s", b.where(), a.where())
	}
	a.op, b.op = a.plain(), b.plain()
	switch {
	case a.exact == nowhere:
		return fmt.Sprintf("unsynchronised %s and %s outside the exercise", a.op, b.op)
	case !b.known:
		return fmt.Sprintf("unsynchronised %s %s", a.op, a.where())
	case a.where() != b.where():
		return fmt.Sprintf("unsynchronised %s %s and %s %s", a.op, a.where(), b.op, b.where())
	case a.op != b.op:
		return fmt.Sprintf("unsynchronised %s and %s %s", a.op, b.op, a.where())
	}
	return fmt.Sprintf("unsynchronised %s %s, by two goroutines", a.op, a.where())
}

// isGroup reports whether the race is between WaitGroup.Add and WaitGroup.Wait.
func isGroup(a, b side) bool {
	return a.known && b.known && a.access.Write != b.access.Write &&
		strings.HasPrefix(a.op, "WaitGroup.") && strings.HasPrefix(b.op, "WaitGroup.")
}

// plain is the operation where it is not one of a WaitGroup after all.
func (s side) plain() string {
	switch s.op {
	case "WaitGroup.Wait":
		return "write inside package sync"
	case "WaitGroup.Add":
		return "read inside package sync"
	}
	return s.op
}
