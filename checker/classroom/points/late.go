package points

import (
	"fmt"
	"time"

	"racelab/checker/classroom/record"
)

// day is the unit in which lateness is counted: each that has begun.
const day = 24 * time.Hour

// late is the policy for what was handed in late.
type late struct {
	perDay   int           // percent of what the exercise is worth
	grace    time.Duration // so late is on time; who is later is late from the start
	mostDays int           // no more days than so many cost something; 0: all do
	cutOff   time.Duration // who is later has no points; 0: nobody is too late
	marked   time.Duration // what a mark counts as that does not say how late it was
}

// deduct takes off what being late costs, as a reason of its own.
func (l *late) deduct(r record.Record) record.Record {
	if l == nil || r.Score == 0 {
		return r
	}
	by := l.by(r)
	after := by - time.Duration(r.ExtensionMinutes)*time.Minute
	if after <= l.grace {
		return r
	}
	was := inDays(by) + " late"
	if r.LateMinutes == nil {
		was = "marked as late, which counts as " + inDays(by)
	}
	if r.ExtensionMinutes > 0 {
		was += ", " + inDays(time.Duration(r.ExtensionMinutes)*time.Minute) + " of it granted"
	}
	if l.cutOff > 0 && after > l.cutOff {
		return less(r, fmt.Sprintf("%s; after %s there are no points", was, inDays(l.cutOff)), r.Score)
	}
	days := int((after + day - 1) / day)
	cost := fmt.Sprintf("%d %% for each day that has begun", l.perDay)
	if l.mostDays > 0 && days > l.mostDays {
		days = l.mostDays
		cost += fmt.Sprintf(", for %d at most", l.mostDays)
	}
	if off := r.MaxScore * min(100, l.perDay*days) / 100; off > 0 {
		return less(r, was+": "+cost, off)
	}
	return r
}

// by is how late a submission is, before anything is granted.
func (l *late) by(r record.Record) time.Duration {
	switch {
	case r.LateMinutes != nil:
		return time.Duration(*r.LateMinutes) * time.Minute
	case r.Late:
		return l.marked
	}
	return 0
}

// inDays is a time in words.
func inDays(d time.Duration) string {
	text := ""
	for _, u := range []struct {
		name string
		is   time.Duration
	}{{"day", day}, {"hour", time.Hour}, {"minute", time.Minute}} {
		n := d / u.is
		d -= n * u.is
		if n == 0 {
			continue
		}
		if text != "" {
			text += " "
		}
		text += fmt.Sprintf("%d %s", n, u.name)
		if n > 1 {
			text += "s"
		}
	}
	if text == "" {
		return "less than a minute"
	}
	return text
}
