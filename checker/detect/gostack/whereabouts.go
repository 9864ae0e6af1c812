package gostack

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
)

// Whereabouts is where a goroutine is and what it does there.
type Whereabouts struct {
	// Location is the place to look at: the innermost line of the learner's own,
	// where there is one.
	finding.Location
	Wait Wait
	// Deeper is where it really is when the line at Location only calls that: a
	// function of the tests, as a callback. Otherwise it is empty.
	Deeper finding.Location
}

// Whereabouts is that of g; ok is false when its stack never enters the exercise.
func (g Goroutine) Whereabouts(src finding.Sources) (w Whereabouts, ok bool) {
	w.Location, ok = src.Place(g.Stack)
	if !ok {
		return w, false
	}
	w.Wait = g.Wait(src)
	i := slices.IndexFunc(g.Stack, func(f finding.Frame) bool { return isOf(src, f) })
	if i >= 0 && !src.IsEditable(g.Stack[i].File) && src.IsEditable(w.File) {
		w.Deeper, _ = src.Place(g.Stack[i : i+1])
	}
	return w, true
}

// isOf reports whether a frame is in the exercise.
func isOf(src finding.Sources, f finding.Frame) bool {
	_, ok := src.Rel(f.File)
	return ok
}

// Here says what goroutines do, beside a quotation of the place: "waits to lock
// a sync.Mutex here". The verb is for one goroutine, unless many do it.
func (w Whereabouts) Here(many bool) string {
	switch {
	case w.Deeper.File != "":
		return join(w.verb(many), "inside this call", w.deeper())
	case w.Line == 0 && w.Wait.Verb == "run":
		return w.verb(many) + " in this function; a loop with nothing in it has no line"
	case w.Line == 0:
		return w.words(many) + " in this function"
	}
	return w.words(many) + " here"
}

// At says what goroutines do and where: "waits to lock a sync.Mutex at bank.go:7".
func (w Whereabouts) At(many bool) string {
	switch {
	case w.Deeper.File != "":
		return join(w.verb(many), "inside the call", at(w.Location), w.deeper())
	case w.Line == 0 && w.Wait.Verb == "run":
		return w.words(many) // they name the function
	}
	return join(w.words(many), at(w.Location))
}

func (w Whereabouts) deeper() string { return "(" + join(w.Wait.Rest, at(w.Deeper)) + ")" }

func (w Whereabouts) verb(many bool) string {
	if many {
		return w.Wait.Verb
	}
	return w.Wait.Verb + "s"
}

func (w Whereabouts) words(many bool) string { return join(w.verb(many), w.Wait.Rest) }

func at(l finding.Location) string {
	if l.Line == 0 {
		return "in " + l.Function
	}
	return fmt.Sprintf("at %s:%d", l.File, l.Line)
}
