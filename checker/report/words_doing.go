package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// waitRest is what follows "waits", for somebody who has never seen a goroutine
// dump.
var waitRest = map[finding.Wait]string{
	finding.WaitReceive:    "to receive from a channel",
	finding.WaitReceiveNil: "to receive from a nil channel",
	finding.WaitSend:       "to send to a channel",
	finding.WaitSendNil:    "to send to a nil channel",
	finding.WaitSelect:     "in a select",
	finding.WaitForever:    "in a select without cases",
	finding.WaitSemaphore:  "for a semaphore",
	finding.WaitMutex:      "to lock a sync.Mutex",
	finding.WaitWrite:      "to lock a sync.RWMutex for writing",
	finding.WaitRead:       "to lock a sync.RWMutex for reading",
	finding.WaitGroup:      "in WaitGroup.Wait",
	finding.WaitCond:       "in Cond.Wait",
	finding.WaitOnce:       "in Once.Do",
	finding.WaitBubble:     "for the goroutines of a synctest bubble",
	finding.WaitSynctest:   "in synctest.Wait",
	finding.WaitIterator:   "for the other side of an iterator",
	finding.WaitInput:      "for input or output",
	finding.WaitSystem:     "for the operating system",
}

func join(words ...string) string { return strings.TrimSpace(strings.Join(words, " ")) }

// verbFor is a verb for so many goroutines: "waits", "wait".
func verbFor(v finding.Verb, count int) string {
	if count == 1 {
		return string(v) + "s"
	}
	return string(v)
}

// restOf is what follows the verb: "in a select inside io.(*PipeReader).Read".
func restOf(d finding.Doing) string {
	var words []string
	switch {
	case d.Wait != "":
		words = append(words, waitRest[d.Wait])
	case d.State != "":
		words = append(words, "("+d.State+")")
	}
	if d.In != "" {
		words = append(words, "in "+d.In)
	}
	if d.Inside != "" {
		words = append(words, "inside "+d.Inside)
	}
	return join(words...)
}

// doingWords is what so many goroutines do: "waits to lock a sync.Mutex".
func doingWords(d finding.Doing, count int) string { return join(verbFor(d.Verb, count), restOf(d)) }

// spotHere says what goroutines do, beside a quotation of the place: "waits to
// lock a sync.Mutex here".
func spotHere(s finding.Spot, count int) string {
	switch {
	case s.Deeper.File != "":
		return join(verbFor(s.Doing.Verb, count), "inside this call", deeperWords(s))
	case s.Place.Line == 0 && s.Doing.Verb == finding.Runs:
		return verbFor(s.Doing.Verb, count) + " in this function; a loop with nothing in it has no line"
	case s.Place.Line == 0:
		return doingWords(s.Doing, count) + " in this function"
	}
	return doingWords(s.Doing, count) + " here"
}

// spotAt says what goroutines do and where: "waits to lock a sync.Mutex at bank.go:7".
func spotAt(s finding.Spot, count int) string {
	switch {
	case s.Deeper.File != "":
		return join(verbFor(s.Doing.Verb, count), "inside the call", atPlace(s.Place), deeperWords(s))
	case s.Place.Line == 0 && s.Doing.Verb == finding.Runs:
		return doingWords(s.Doing, count) // they name the function
	}
	return join(doingWords(s.Doing, count), atPlace(s.Place))
}

func deeperWords(s finding.Spot) string {
	return "(" + join(restOf(s.Doing), atPlace(s.Deeper)) + ")"
}

func atPlace(l finding.Location) string {
	if l.Line == 0 {
		return "in " + l.Function
	}
	return fmt.Sprintf("at %s:%d", l.File, l.Line)
}
