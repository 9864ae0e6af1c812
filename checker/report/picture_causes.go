package report

import (
	"slices"

	"racelab/checker/diagram"
	"racelab/checker/finding"
	"racelab/checker/report/webpage"
)

// causes says how it comes about that it goes wrong, above the drawing and beside the rows
// that show it: what was lost, what is not ordered, who came in between, who waits for whom.
func (b *pictureBuilder) causes() {
	says := func(text string) {
		if text = cutLine(text); !slices.Contains(b.Wrong, text) && len(b.Wrong) < mostCauses {
			b.Wrong = append(b.Wrong, text)
		}
	}
	if len(b.findings) == 0 {
		return
	}
	for _, l := range b.d.Lost {
		b.cause(l.Write, lostHere(b.in, l))
		says(lostWords(b.in, b.d, l))
	}
	for _, m := range b.d.Missing {
		i := b.rowOf(m.Second)
		switch {
		case m.Finding >= 0 && b.in.Steps[m.Second.After].Op != finding.OpRace: // what is wrong stands there
		case m.Finding >= 0:
			b.Rows[i].Sort, b.Rows[i].Text = webpage.Access, accessText(m.Second.Access)
			b.Rows[i].Why = cutLine(missingHere(b.d, m))
		case !m.Lost:
			b.cause(m.Second.After, missingHere(b.d, m))
		}
		if !m.Lost {
			says(missingWords(b.d, m))
		}
	}
	if wrongResult(b.findings) && len(b.Wrong) == 0 && len(b.d.Gaps) > 0 {
		g := b.d.Gaps[0] // the others are of the same sort
		b.cause(g.Second.From, gapHere(b.in, b.d, g))
		b.Bands = append(b.Bands, webpage.Band{Lane: b.columnOf(g.Lane), From: b.row[g.First.To], To: b.row[g.Second.From], Gap: true})
		says(gapWords(b.in, b.d, g))
	}
	if len(b.in.Left) > 0 {
		for _, text := range waitSentences(b.in) {
			b.Ends = append(b.Ends, cutLine(text))
			says(text)
		}
		if len(b.Ends) <= mostCauses {
			b.Ends = nil // they are said above
		}
	}
}

// racesAbove puts a data race into the rows of its two accesses, where step i reports one of
// which they are steps.
func (b *pictureBuilder) racesAbove(i int) bool {
	first, second, ok := diagram.Reported(b.in, i)
	if !ok {
		return false
	}
	b.row = append(b.row, b.row[second])
	one, other := &b.Rows[b.row[first]], &b.Rows[b.row[second]]
	other.Sort, other.Own = webpage.Access, false
	fault := *b.in.Steps[i].Fault
	if !fault.Perhaps {
		one.Sort, one.Own = webpage.Access, false
	}
	other.Why = cutLine(racesToo(other.Why, racesHere(b.in.Steps[first], b.in.Steps[second], fault)))
	return true
}

// passing is the picture of a schedule that passes, to stand beside b of one that does not.
// In both the first two steps are marked that come in another order there.
func (b *pictureBuilder) passing(in finding.Interleaving) *webpage.Picture {
	beside := b.v.newPicture(fillInterleaving(in), nil, nil)
	beside.Title, beside.Files = passingTitle, nil
	d, ok := diagram.Decide(b.in, beside.in)
	if !ok {
		return beside.Picture
	}
	b.Wrong = append(b.Wrong, cutLine(decidingWords(b.in, d)))
	b.decide(d.First, beforeWords(d.Late, d.LateAt))
	b.decide(d.Second, afterWordsOf(d.Early, d.EarlyAt))
	beside.decide(d.Passing[0], beforeWords(d.Early, d.EarlyAt))
	beside.decide(d.Passing[1], afterWordsOf(d.Late, d.LateAt))
	return beside.Picture
}

// decide marks a step that comes in another order in the other picture, if it is taken at all.
func (b *pictureBuilder) decide(step int, why string) {
	if step < 0 {
		return
	}
	r := &b.Rows[b.row[step]]
	if r.Sort == webpage.Plain || r.Sort == webpage.Cut {
		r.Sort = webpage.Decides
	}
	if r.Why != "" {
		why = r.Why + "; " + why
	}
	r.Why, r.Own = cutLine(why), false
	b.Fold(foldWords)
	b.Keys = pictureKeys(b.Picture)
}

// mostCauses is how many sentences stand above a drawing.
const mostCauses = 3

// cause marks the row of a step that makes it go wrong.
func (b *pictureBuilder) cause(step int, why string) {
	r := &b.Rows[b.row[step]]
	if r.Sort != webpage.Wrong {
		r.Sort = webpage.Cause
	}
	if r.Why != "" {
		why = r.Why + "; " + why
	}
	r.Why, r.Own = cutLine(why), false
}

func wrongResult(findings []finding.Finding) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == finding.WrongResult })
}
