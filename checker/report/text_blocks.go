package report

import (
	"strings"

	"racelab/checker/report/terminal"
)

// What a page consists of. The blocks that take text wrap it, and escape what
// could control a terminal; text that has been escaped stays as it is.

// line writes a line that is laid out and coloured.
func (p *page) line(s string) { p.out.WriteString(s + "\n") }

func (p *page) blank() { p.out.WriteByte('\n') }

// heading colours each line of text.
func (p *page) heading(colour func(string) string, text string) {
	for line := range strings.Lines(terminal.Wrap(terminal.Line(text), p.Width, "", "  ")) {
		p.line(colour(strings.TrimSuffix(line, "\n")))
	}
}

// section starts a part of the report under a heading.
func (p *page) section(title string) {
	p.blank()
	p.line(p.Palette.Bold(title))
}

// paragraph has the same indent everywhere. Without text there is none.
func (p *page) paragraph(indent, text string) {
	if text != "" {
		p.out.WriteString(terminal.Wrap(terminal.Line(text), p.Width, indent, indent))
	}
}

// item is text behind a mark.
func (p *page) item(mark, text string) {
	first := "  " + mark
	rest := strings.Repeat(" ", terminal.Width(first))
	p.out.WriteString(terminal.Wrap(terminal.Line(text), p.Width, first, rest))
}

func trimRight(s string) string { return strings.TrimRight(s, " ") }
