package report

import "racelab/checker/report/terminal"

// since says what has changed since the last check; nothing where the files are the same
// and so is what they show.
func (p *page) since() {
	lines := p.changes()
	if len(lines) == 0 {
		return
	}
	p.section("Since your last check")
	for _, l := range lines {
		mark, colour := p.markOf(l.tone)
		text := terminal.Wrap(terminal.Line(l.text), p.Width, "  "+mark+" ", "    ")
		p.out.WriteString(colour(text))
	}
}
