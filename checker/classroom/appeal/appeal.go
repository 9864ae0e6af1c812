// Package appeal hears appeals: what has cost a submission points is run again, exactly that
// and once more, and either it happens again or it does not stand.
//
// What exploring has found has a schedule, which is replayed. What was found otherwise, by
// reading or in native runs, is looked for with the whole check.
package appeal

import (
	"context"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/rubric"
)

// Fate is what becomes of a claim, of a line of the rubric, or of all of it.
type Fate string

// What can become of it.
const (
	Stands  Fate = "stands"
	Falls   Fate = "falls"
	Unknown Fate = "unknown" // it could not be run again
	Spared  Fate = "spared"  // what else stands has cost the same points
)

// A Claim is one thing that the verdict says is wrong.
type Claim struct {
	finding.Finding
	Fate     Fate
	Replayed bool // in its schedule; else the submission was checked as a whole
	// Seen is it, as it was seen again; nil if it was not.
	Seen *finding.Finding
	// Why is why it is Unknown.
	Why string
}

// A Line is one line of the rubric that has lost points.
type Line struct {
	finding.Points
	Claims []int // that have cost them, by their place among all
	Fate   Fate  // Stands if one of them does
}

// A Hearing is all that came of an appeal.
type Hearing struct {
	Claims []Claim
	Lines  []Line
	Fate   Fate // Stands if all lines do
}

// Witnesses run things again, once each, away from the grader.
type Witnesses struct {
	Replay func(ctx context.Context, schedule string) (finding.Replay, error) // of one schedule
	Check  func(context.Context) (finding.Verdict, error)
	// Changed is set when racelab, Go or the exercise is another one than at the time of
	// the verdict. Then a schedule may be none of this program, and proves nothing if
	// nothing happens in it.
	Changed bool
}

// Hear runs again what has cost points. An error means that ctx has ended.
func Hear(ctx context.Context, v finding.Verdict, lines []exercise.Line, w Witnesses) (Hearing, error) {
	var h Hearing
	open := false
	w.Replay = once(w.Replay)
	for _, f := range rubric.WithoutLuck(v.Errors()) {
		c := Claim{Finding: f}
		if f.Evidence.Schedule != "" {
			c = w.replay(ctx, c)
		}
		open = open || c.Fate == ""
		h.Claims = append(h.Claims, c)
	}
	h.judge(v.Points, lines)
	if open && ctx.Err() == nil {
		h.settle(ctx, w)
		h.judge(v.Points, lines)
	}
	return h, context.Cause(ctx)
}

// settle looks with another check for what has no schedule, if that matters.
func (h *Hearing) settle(ctx context.Context, w Witnesses) {
	var again finding.Verdict
	var err error
	if h.Fate != Stands {
		again, err = w.Check(ctx)
	}
	for i, c := range h.Claims {
		switch {
		case c.Fate != "":
		case h.Fate == Stands:
			h.Claims[i].Fate = Spared
		default:
			h.Claims[i] = checked(c, again, err)
		}
	}
}

type replay = func(context.Context, string) (finding.Replay, error)

// once runs a schedule once, however many problems it shows.
func once(run replay) replay {
	type result struct {
		finding.Replay
		err error
	}
	known := map[string]result{}
	return func(ctx context.Context, schedule string) (finding.Replay, error) {
		r, ok := known[schedule]
		if !ok {
			r.Replay, r.err = run(ctx, schedule)
			known[schedule] = r
		}
		return r.Replay, r.err
	}
}

// again finds a claim among what is seen now: the same, or else another one of its kind, which
// costs the same.
func (c Claim) again(all []finding.Finding) (*finding.Finding, bool) {
	var other *finding.Finding
	for i, f := range all {
		switch {
		case f.Severity == finding.Warning || f.Kind != c.Kind:
		case c.Same(f):
			return &all[i], true
		case other == nil:
			other = &all[i]
		}
	}
	return other, other != nil
}

// Same reports whether a problem is the claimed one: of its kind, in its place, and of the
// same test.
func (c Claim) Same(f finding.Finding) bool {
	a, b := c.Identity(), f.Identity()
	return a.Kind == b.Kind && a.Places[0] == b.Places[0] && a.Test == b.Test && a.Shape == b.Shape
}

// replay runs a claim's schedule. It leaves open what another check has to tell.
func (w Witnesses) replay(ctx context.Context, c Claim) Claim {
	r, err := w.Replay(ctx, c.Evidence.Schedule)
	seen, ok := c.again(r.Findings)
	switch {
	case err == nil && ok:
		c.Fate, c.Replayed, c.Seen = Stands, true, seen
	case w.Changed:
	case err != nil:
		c.Fate, c.Why = Unknown, err.Error()
	case r.Undetermined:
		c.Fate, c.Why = Unknown, "the program does not do the same twice in it"
	default:
		c.Fate, c.Replayed = Falls, true
	}
	return c
}

// checked looks for a claim in what a whole check says.
func checked(c Claim, again finding.Verdict, err error) Claim {
	seen, ok := c.again(again.Findings)
	switch {
	case err != nil:
		c.Fate, c.Why = Unknown, err.Error()
	case ok:
		c.Fate, c.Seen = Stands, seen
	case again.Outcome == finding.Inconclusive:
		c.Fate, c.Why = Unknown, again.Reason
	default:
		c.Fate = Falls
	}
	return c
}

// judge says of each line that has lost points whether that stands.
func (h *Hearing) judge(points []finding.Points, lines []exercise.Line) {
	h.Lines = nil
	for _, p := range points {
		if p.Points >= p.Max {
			continue
		}
		line := Line{Points: p}
		for i, c := range h.Claims {
			if slices.ContainsFunc(lines, func(l exercise.Line) bool { return l.Name == p.Name && slices.Contains(l.Kinds, c.Kind) }) {
				line.Claims = append(line.Claims, i)
			}
		}
		if len(line.Claims) == 0 { // all lines lose what one defect costs, as when it does not build
			for i := range h.Claims {
				line.Claims = append(line.Claims, i)
			}
		}
		line.Fate = h.best(line.Claims)
		h.Lines = append(h.Lines, line)
	}
	h.Fate = Stands
	for _, l := range h.Lines {
		if l.Fate == Falls || l.Fate == Unknown && h.Fate == Stands {
			h.Fate = l.Fate
		}
	}
}

// best is the fate of what any of some claims is enough for.
func (h *Hearing) best(claims []int) Fate {
	fate := Falls
	for _, i := range claims {
		switch h.Claims[i].Fate {
		case Stands:
			return Stands
		case Unknown, "": // "": it is still open
			fate = Unknown
		}
	}
	return fate
}
