package lockorder

import (
	"fmt"
	"slices"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
)

const holdersKept = 8 // in one finding

// HolderNow begins the message of a related place that says what a goroutine
// does which holds a lock, not where it took it.
const HolderNow = "the goroutine that holds it "

// A holder is who has the lock for which another one waits.
type holder struct {
	place
	fate string            // what became of it: "by a goroutine that has ended without unlocking it"
	gone bool              // it will not unlock
	now  []finding.Related // what it does instead
}

func (r Report) holders(places []place, src finding.Sources) []holder {
	var out []holder
	for i, p := range places {
		h := holder{place: p}
		switch t := r.Takes[i]; {
		case r.ownLock(i):
			h.fate = "by the same goroutine"
		case t.Ended:
			h.gone, h.fate = true, "by a goroutine that has ended"+certain(t, " without unlocking it")
		default:
			if g, ok := r.nowOf(t.Goroutine); ok {
				h.alive(g, certain(t, " with it still locked"), src)
			}
		}
		out = append(out, h)
	}
	return out
}

// certain returns words that are true of those who locked for writing alone:
// when a goroutine gives back a read lock that another one took, go-deadlock does
// not know whose it was.
func certain(t Take, words string) string {
	if t.Reads() {
		return ""
	}
	return words
}

// nowOf finds what a goroutine is doing.
func (r Report) nowOf(id int) (gostack.Goroutine, bool) {
	i := slices.IndexFunc(r.Now, func(g gostack.Goroutine) bool { return id != 0 && g.ID == id })
	if i < 0 {
		return gostack.Goroutine{}, false
	}
	return r.Now[i], true
}

// alive says what the goroutine g, which holds the lock, does now, and how it
// left the function that took the lock, if it did.
func (h *holder) alive(g gostack.Goroutine, how string, src finding.Sources) {
	left := ""
	if h.hasLeft(g, src) {
		h.gone = true
		left = "has left " + method(h.Function) + how
		h.fate = "by a goroutine that " + left
	}
	w, ok := g.Whereabouts(src)
	if !ok {
		return
	}
	if left != "" {
		left += " and "
	}
	h.fate = "by a goroutine that " + left + "now " + w.At(false)
	h.now = []finding.Related{{Message: HolderNow + w.Here(false), Location: w.Location}}
}

// hasLeft reports whether g is no longer in the function that took the lock.
func (h *holder) hasLeft(g gostack.Goroutine, src finding.Sources) bool {
	const whole = 100 // frames: of a longer stack the run-time leaves out the middle
	if h.Line == 0 || len(h.calls) == 0 || len(g.Stack) == 0 || len(g.Stack) >= whole {
		return false
	}
	return !slices.ContainsFunc(src.Trim(g.Stack), func(f finding.Frame) bool { return f.Function == h.calls[0].Function })
}

func waitInVain(f *finding.Finding, r Report, holders []holder, waiter place) {
	f.Location = waiter.Location
	first := holders[0]
	f.Message = fmt.Sprintf("a goroutine has waited for more than %s %s for a lock that ", r.Waited, waiter)
	switch more := len(holders) - 1; {
	case r.ownLock(0):
		f.Message += fmt.Sprintf("it holds itself, %s %s", first.verb, first)
	case more > 0:
		f.Message += fmt.Sprintf("was %s %s (and by %d more) and is still held", first.verb, first, more)
	case first.gone:
		f.Message += fmt.Sprintf("was %s %s %s", first.verb, first, first.fate)
	default:
		f.Message += fmt.Sprintf("was %s %s and is still held", first.verb, first)
	}
	for _, h := range holders[:min(len(holders), holdersKept)] {
		message := "the mutex was " + h.verb + " here"
		if h.fate != "" {
			message += ", " + h.fate
		}
		f.Related = note(f.Related, h.related(message))
		if len(h.now) > 0 && h.now[0].Location != f.Location {
			f.Related = note(f.Related, h.now)
		}
	}
}

// note adds places that are not known already.
func note(known, more []finding.Related) []finding.Related {
	for _, r := range more {
		if !slices.Contains(known, r) {
			known = append(known, r)
		}
	}
	return known
}
