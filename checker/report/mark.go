package report

import (
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// A Mark is a finding as an editor shows it: a line of words at a place.
type Mark struct {
	Location finding.Location
	Text     string
	Short    string // Text for a menu: of a data race the two places
	// Places are those that belong to it, in words. What has no place in a file that the
	// reader has is not among them.
	Places []finding.Related
}

// MarkOf puts a finding into words for an editor, at the place where a report begins. What
// comes of something that the learner's own code did is there, and not in the test that saw it.
func MarkOf(f finding.Finding) Mark {
	f = Words([]finding.Finding{f})[0]
	at, own, places := placesOf(f)
	m := Mark{Location: at, Text: cutLine(Title(f))}
	m.Short = terminal.CutWords(terminal.Line(newView(finding.Verdict{}, Context{}, true).oneLine(f)), longShort)
	if own != "" {
		m.add(finding.Related{Message: own, Location: at})
	}
	for _, r := range places {
		m.add(r)
	}
	if f.Origin != nil {
		m.add(finding.Related{Message: f.Message, Location: f.Location})
	}
	return m
}

func (m *Mark) add(r finding.Related) {
	if r.File != "" && r.File != finding.ContractFile {
		m.Places = append(m.Places, finding.Related{Message: cutLine(r.Message), Location: r.Location})
	}
}

// longShort is how much of a menu an entry may take, in columns.
const longShort = 80

// Earlier is the text of a mark that is about the program as it was before a change.
func (m Mark) Earlier() string { return "Before your change: " + m.Text }

// WithPlaces is the text of a mark where its places are not shown otherwise: a line for each.
func (m Mark) WithPlaces(text string) string {
	for _, p := range m.Places {
		text += "\n" + terminal.Line(placeOf(p.Location)) + ": " + p.Message
	}
	return text
}

// Plain is the headline of a report as a sentence, and the reason where there is no verdict.
func Plain(v finding.Verdict) string {
	w := newView(v, Context{}, false)
	if w.headline().tone != unclear {
		return cutLine(w.headline().text)
	}
	reason, meaning := w.inconclusive()
	return cutLine(v.Exercise + " has no verdict: " + reason + ". " + meaning)
}
