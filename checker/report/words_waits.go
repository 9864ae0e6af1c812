package report

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// waitWords say what a goroutine that cannot complete an operation waits to do,
// and why nobody helps it. %s is the object.
var waitWords = map[finding.Op]struct{ does, nobody string }{
	finding.OpLock:       {"to lock %s", "nobody is left to unlock it"},
	finding.OpReadLock:   {"to lock %s for reading", "nobody is left to unlock it"},
	finding.OpWaitReader: {"to lock %s", "its readers never unlock it"},
	finding.OpSend:       {"to send on %s", "nobody is left to receive from it"},
	finding.OpReceive:    {"to receive from %s", "nobody is left to send on it or to close it"},
	finding.OpSelect:     {"in a select", "nobody is left to make one of its cases possible"},
	finding.OpWait:       {"in %s.Wait", "nobody is left to let it go on"},
	finding.OpOnce:       {"in %s.Do", "the function that it waits for never returns"},
	finding.OpSleep:      {"in a Sleep", ""},
	finding.OpForever:    {"in select {}", "that waits for ever"},
	finding.OpLibrary:    {"to call code that is not instrumented", "whoever is in it holds its lock and never comes back"},
	finding.OpUnseen:     {"in code that is not instrumented", ""},
}

// something stands for an object that has no name in the source.
var something = map[finding.Op]string{
	finding.OpLock: "a lock", finding.OpReadLock: "a lock", finding.OpWaitReader: "a lock",
	finding.OpSend: "a channel", finding.OpReceive: "a channel", finding.OpWait: "a WaitGroup or Cond", finding.OpOnce: "a Once",
}

// waitText is what so many goroutines wait to do: "waits to lock to.mu".
func waitText(w finding.Waiting, count int) string {
	words, ok := waitWords[w.Op]
	verb := verbFor(finding.Waits, count)
	switch {
	case !ok:
		return verb + ": " + join(string(w.Op), w.Object)
	case !strings.Contains(words.does, "%s"):
		return verb + " " + words.does
	}
	object := w.Object
	if object == "" {
		object = something[w.Op]
	}
	return verb + " " + fmt.Sprintf(words.does, object)
}

// waitSentences say who waits for whom.
func waitSentences(in finding.Interleaving) []string {
	var out []string
	for _, same := range waitingAlike(in.Left) {
		out = append(out, waitSentence(in, same))
	}
	if circle := waitCircle(in.Left); len(circle) == 1 {
		out = append(out, fmt.Sprintf("%s waits for itself: only %[1]s could unlock that", circle[0]))
	} else if len(circle) > 1 {
		out = append(out, "that is a circle, "+strings.Join(texts(append(circle, circle[0])), " → ")+
			": each waits for the next, and none of them can ever go on")
	}
	return out
}

// waitingAlike are those who wait in the same place for the same, together.
func waitingAlike(left []finding.Waiting) [][]finding.Waiting {
	var out [][]finding.Waiting
	for _, w := range left {
		i := slices.IndexFunc(out, func(same []finding.Waiting) bool {
			return same[0].Op == w.Op && same[0].Object == w.Object && same[0].Location == w.Location && slices.Equal(same[0].For, w.For)
		})
		if i < 0 {
			out = append(out, []finding.Waiting{w})
		} else {
			out[i] = append(out[i], w)
		}
	}
	return out
}

func waitSentence(in finding.Interleaving, same []finding.Waiting) string {
	w := same[0]
	var names []finding.GoroutineName
	for _, w := range same {
		names = append(names, w.Goroutine)
	}
	text := shortList(names) + " " + waitText(w, len(names))
	if at := placeOf(w.Location); at != "" {
		text += " (" + at + ")"
	}
	taken, forgotten := neverUnlocked(in, w)
	switch {
	case len(w.For) > 0:
		text += ", which " + holders(in, w)
	case forgotten:
		text += fmt.Sprintf(", which %s locked at %s and has not unlocked", taken.Goroutine, placeOf(taken.Location))
	case waitWords[w.Op].nobody != "":
		text += ", and " + waitWords[w.Op].nobody
	}
	return text
}

// holders says who holds what w waits for, and since where.
func holders(in finding.Interleaving, w finding.Waiting) string {
	if w.Op == finding.OpOnce {
		return shortList(w.For) + " is still in"
	}
	var out []string
	for _, name := range w.For {
		text := string(name) + " holds"
		if name == w.Goroutine {
			text = "it holds itself"
		}
		hold := holdOf(in.Left, name, w.Object)
		if hold.Reads {
			text += " for reading"
		}
		if at := placeOf(hold.Location); at != "" {
			text += " since " + at
		}
		out = append(out, text)
	}
	return list(out)
}

// holdOf is where the goroutine called name took object.
func holdOf(left []finding.Waiting, name finding.GoroutineName, object string) finding.Hold {
	for _, w := range left {
		for _, h := range w.Holds {
			if w.Goroutine == name && h.Object == object {
				return h
			}
		}
	}
	return finding.Hold{}
}

// neverUnlocked is the step that took the lock that w waits for, where the goroutine
// that took it has ended since: no goroutine holds such a lock.
func neverUnlocked(in finding.Interleaving, w finding.Waiting) (taken finding.Step, ok bool) {
	for _, s := range in.Steps {
		switch {
		case s.Object != w.Object || w.Object == "":
		case s.Op == finding.OpUnlock:
			ok = false
		case s.Op == finding.OpLock, s.Op == finding.OpTryLock && s.Value != "fails":
			taken, ok = s, true
		}
	}
	return taken, ok
}

// waitCircle are goroutines that wait for each other, in order; nil when there
// is no circle.
func waitCircle(left []finding.Waiting) []finding.GoroutineName {
	next := map[finding.GoroutineName]finding.GoroutineName{}
	for _, w := range left {
		if len(w.For) > 0 {
			next[w.Goroutine] = w.For[0]
		}
	}
	for _, w := range left {
		var path []finding.GoroutineName
		for at := w.Goroutine; at != ""; at = next[at] {
			if i := slices.Index(path, at); i >= 0 {
				return path[i:]
			}
			path = append(path, at)
		}
	}
	return nil
}
