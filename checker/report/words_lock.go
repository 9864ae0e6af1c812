package report

import (
	"fmt"

	"racelab/checker/finding"
)

// lockVerb is what was done to a lock.
func lockVerb(reads bool) string {
	if reads {
		return "read-locked"
	}
	return "locked"
}

// lockPlace is where a lock was taken.
func lockPlace(l finding.Location) string {
	if l.File == "" {
		return "outside the exercise"
	}
	return atPlace(l)
}

func relockWords(r finding.Relock) string {
	held, second := lockVerb(r.Held.Reads), lockVerb(r.Again.Reads)
	if held == second {
		second += " again"
	} else {
		second = "then " + second
	}
	there := lockPlace(r.Again.Place)
	if r.Held.Place == r.Again.Place && r.Again.Place.Line > 0 {
		there = "there"
	}
	return fmt.Sprintf("%s %s, %s %s by the same goroutine", held, lockPlace(r.Held.Place), second, there)
}

// relockPlaces are where a lock was taken, and taken again.
func relockPlaces(r finding.Relock) string {
	there := lockPlace(r.Again.Place)
	if r.Held.Place == r.Again.Place && r.Again.Place.Line > 0 {
		there = "there"
	}
	switch {
	case r.OnlyReads():
		return "for reading " + lockPlace(r.Held.Place) + ", and again " + there
	case r.Held.Reads:
		return "for reading " + lockPlace(r.Held.Place) + ", and for writing " + there
	case r.Again.Reads:
		return "for writing " + lockPlace(r.Held.Place) + ", and for reading " + there
	}
	return lockPlace(r.Held.Place) + ", and again " + there
}

func orderWords(o finding.Order) string {
	return fmt.Sprintf("%s and then %s", lockPlace(o.First), lockPlace(o.Second))
}

func ordersWords(o finding.Orders) string {
	text := orderWords(o.One)
	if !o.SamePlaces() {
		text += ", elsewhere " + orderWords(o.Other)
	} else if len(o.Calls) == 2 {
		text += fmt.Sprintf(", by the calls at %s:%d and %s:%d",
			o.Calls[0].File, o.Calls[0].Line, o.Calls[1].File, o.Calls[1].Line)
	}
	if o.Alone {
		text += " (by a single goroutine)"
	}
	return text
}

func longWaitWords(w finding.LongWait) string {
	text := fmt.Sprintf("a goroutine has waited for more than %s %s for a lock that ", w.Waited, lockPlace(w.Place))
	taken := lockVerb(w.Holder.Reads) + " " + lockPlace(w.Holder.Place)
	switch {
	case w.Holder.Fate.Self:
		return text + "it holds itself, " + taken
	case w.More > 0:
		return text + fmt.Sprintf("was %s (and by %d more) and is still held", taken, w.More)
	case w.Holder.Fate.Gone():
		return text + "was " + taken + " " + fateWords(w.Holder.Fate, w.Holder.Reads)
	}
	return text + "was " + taken + " and is still held"
}

// fateWords is what became of the goroutine that took a lock; "" if it is not
// known. When a goroutine gives back a read lock that another one took,
// go-deadlock does not know whose it was: only of those that lock for writing is
// it certain that the lock is still locked.
func fateWords(f finding.Fate, reads bool) string {
	switch {
	case f.Self:
		return "by the same goroutine"
	case f.Ended && reads:
		return "by a goroutine that has ended"
	case f.Ended:
		return "by a goroutine that has ended without unlocking it"
	}
	text := ""
	if f.Left != "" {
		text = " has left " + f.Left
		if !reads {
			text += " with it still locked"
		}
	}
	if f.Now != nil {
		if text != "" {
			text += " and"
		}
		text += " now " + spotAt(*f.Now, 1)
	}
	if text == "" {
		return ""
	}
	return "by a goroutine that" + text
}
