package report

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
)

// A following is findings that follow the one that heads their problem, for one reason.
type following struct {
	intro string
	lines []string
}

// shownFollowing is how many of them a report names.
const shownFollowing = 4

// following is what is told of a problem beside the finding that heads it; how says how more
// can be seen.
func (v view) following(p finding.Problem, how string) []following {
	same := following{intro: "The same defect shows here, too:"}
	leads := following{intro: "What it leads to:"}
	likely := following{intro: "What else goes wrong, perhaps because of it:"}
	closed := false
	if o := p.Head.Origin; o != nil {
		same.intro = "What the tests say, likely because of it:" // see interleave.Record.Origin
		if o.Kind == finding.OriginFunction {
			same.intro = "What the tests say because of it:"
			if slices.ContainsFunc(p.All(), func(f finding.Finding) bool { return f.Origin != nil && f.Origin.With != "" }) {
				same.intro = "What the tests say because of it, or of the other function:"
			}
		}
		if closed = o.Kind == finding.OriginClosed; closed {
			leads.lines = append(leads.lines, v.plainLine(p.Head))
		} else {
			same.lines = append(same.lines, v.placed(p.Head))
		}
	}
	told := map[string]bool{defectWords(p.Head): true}
	for _, f := range p.Follows {
		if told[defectWords(f)] && f.Kind != finding.WrongResult {
			continue
		}
		told[defectWords(f)] = true
		switch {
		case closed:
			leads.lines = append(leads.lines, v.plainLine(f))
		case f.Follows == finding.Consequence:
			leads.lines = append(leads.lines, v.plainLine(f))
		case f.Follows == finding.Likely:
			likely.lines = append(likely.lines, v.plainLine(f))
		case f.Kind == finding.WrongResult:
			same.lines = append(same.lines, v.placed(f))
		default:
			same.lines = append(same.lines, v.oneLine(f))
		}
	}
	var out []following
	for _, g := range []following{same, leads, likely} {
		if more := len(g.lines) - shownFollowing; more > 1 { // one would take no less room
			g.lines = append(g.lines[:shownFollowing:shownFollowing], fmt.Sprintf("… and %d more%s", more, how))
		}
		if len(g.lines) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// defectWords are the same for findings of which one line says all.
func defectWords(f finding.Finding) string {
	text := titleOf(f) + " " + placeOf(f.Location)
	if f.Kind == finding.DataRace && len(f.Related) > 0 {
		text += " " + placeOf(f.Related[0].Location)
	}
	return text
}

// plainLine is oneLine of what a finding says of itself, whatever it comes of.
func (v view) plainLine(f finding.Finding) string {
	f.Origin = nil
	return v.oneLine(f)
}

// placed is a message and where it comes from.
func (v view) placed(f finding.Finding) string {
	text := v.message(f)
	if at := placeOf(f.Location); at != "" {
		text += " (" + at + ")"
	}
	return text
}

// headMessage is what is said first of a finding.
func (v view) headMessage(f finding.Finding) string {
	if f.Origin != nil {
		return originWords(*f.Origin)
	}
	return v.message(f)
}
