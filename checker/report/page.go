package report

import (
	"fmt"
	"strings"
	"time"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// shownInFull is how many errors a report spells out unless asked for all, and
// shownInBrief how many more it names: a beginner mends one at a time, and the
// others are often gone with the first.
const (
	shownInFull  = 3
	shownInBrief = 6
)

// A page is one report while it is written.
type page struct {
	Options
	v   finding.Verdict
	out strings.Builder
	// quoted are the lines that were shown, explained the kinds.
	quoted    map[finding.Location]bool
	explained map[finding.Kind]bool
}

func newPage(v finding.Verdict, opts Options) *page {
	if opts.Width == 0 {
		opts.Width = 80
	}
	if opts.Command == "" {
		opts.Command = "racelab"
	}
	v = fillVerdict(v)
	return &page{v: v, Options: opts, quoted: map[finding.Location]bool{}, explained: map[finding.Kind]bool{}}
}

func (p *page) render() {
	switch p.v.Outcome {
	case finding.Pass:
		p.verdict("✓", p.Palette.Good, "passes", p.score())
		p.evidence()
		p.learned()
	case finding.Fail:
		p.verdict("✗", p.Palette.Bad, "does not pass yet", count(len(p.v.Errors()), "problem"), p.score())
		p.passedBefore()
		p.feedback()
		p.errors()
	default:
		p.verdict("?", p.Palette.Warn, "no verdict")
		p.inconclusive()
	}
	p.warnings()
	p.points()
	p.whatNext()
}

// verdict is the first line.
func (p *page) verdict(mark string, colour func(string) string, verdict string, details ...string) {
	text := mark + " " + terminal.Line(p.v.Exercise) + " " + verdict
	if len(details) > 0 {
		text += ": " + strings.Join(details, ", ")
	}
	p.heading(colour, text)
}

// passedBefore tells those who find their version refused that passed once. A
// version that cannot run is another one for sure.
func (p *page) passedBefore() {
	if p.Passed.IsZero() || p.cannotRun() {
		return
	}
	p.paragraph("", "It passed on "+p.Passed.Format(time.DateOnly)+
		". If nothing was changed since, the failure depends on the order of the goroutines.")
}

// feedback is what the exercise's author has to say to whoever wrote exactly this.
func (p *page) feedback() {
	if p.v.Feedback != "" {
		p.blank()
		p.paragraph("", terminal.Line(p.v.Feedback))
	}
}

func (p *page) score() string {
	return fmt.Sprintf("%d of %s", p.v.Score, count(p.v.MaxScore, "point"))
}

func (p *page) errors() {
	full, rest := p.choose(p.v.Errors())
	for i, f := range full {
		p.blank()
		p.finding(i+1, f)
	}
	if len(rest) == 0 {
		return
	}
	p.blank()
	p.paragraph("", "And "+count(len(rest), "more problem")+" (shown in full with --full):")
	for i, f := range rest[:min(shownInBrief, len(rest))] {
		mark := fmt.Sprintf("%d. ", len(full)+i+1)
		p.item(mark, terminal.Cut(p.oneLine(f), p.Width-2-len(mark)))
	}
	if more := len(rest) - shownInBrief; more > 0 {
		p.item("", fmt.Sprintf("… and %d more", more))
	}
}

// choose picks the errors to spell out: the first of each kind, because the
// second explains nothing that the first did not.
func (p *page) choose(errors []finding.Finding) (full, rest []finding.Finding) {
	if p.Full {
		return errors, nil
	}
	told := map[finding.Kind]bool{}
	for _, f := range errors {
		if told[f.Kind] || len(full) == shownInFull {
			rest = append(rest, f)
			continue
		}
		told[f.Kind] = true
		full = append(full, f)
	}
	return full, rest
}

func (p *page) warnings() {
	warnings := p.v.Warnings()
	if len(warnings) == 0 {
		return
	}
	p.section("Worth a look (costs no points)")
	for _, f := range warnings {
		if p.Full {
			p.finding(0, f)
			continue
		}
		p.inBrief("- ", f)
	}
}

// inBrief names a finding in a line or two.
func (p *page) inBrief(mark string, f finding.Finding) { p.item(mark, p.brief(f)) }

// oneLine is brief for a line that is cut where it ends. Of a data race the two
// places come first: they tell it from the others.
func (p *page) oneLine(f finding.Finding) string {
	if f.Kind != finding.DataRace || f.Location.File == "" {
		return p.brief(f)
	}
	text := wordsFor(f.Kind).title + ": " + shortPlace(f.Location)
	if len(f.Related) > 0 && f.Related[0].Role.Kind != finding.RoleStarted {
		text += " / " + shortPlace(f.Related[0].Location)
	}
	return text
}

func (p *page) brief(f finding.Finding) string {
	text, message := wordsFor(f.Kind).title, p.message(f)
	if place := placeOf(f.Location); place != "" && !strings.Contains(message, place) {
		text += " at " + place
	}
	return text + ": " + message
}

func (p *page) inconclusive() {
	p.blank()
	reason := p.v.Reason
	if reason == "" {
		reason = "racelab could not judge this program"
	}
	p.paragraph("  ", terminal.Line(reason))
	p.blank()
	p.paragraph("  ", "This says nothing about your program: it is neither a pass nor a fail.")
	// What was seen all the same may help, and is no verdict.
	for _, f := range p.v.Errors() {
		p.inBrief("- ", f)
	}
}

// points shows the rubric. A pass has all of them, and its first line says so.
func (p *page) points() {
	if p.v.Outcome != finding.Fail || len(p.v.Points) == 0 {
		return
	}
	p.section("Points")
	for _, line := range p.v.Points {
		score := fmt.Sprintf("%2d of %2d", line.Points, line.Max)
		text := terminal.Wrap(terminal.Line(line.Name), p.Width, "  "+score+"  ", "            ")
		if line.Points < line.Max {
			text = strings.Replace(text, score, p.Palette.Warn(score), 1)
		}
		p.out.WriteString(text)
	}
}

// The rest is layout.

func (p *page) line(s string) { p.out.WriteString(s + "\n") }

func (p *page) blank() { p.out.WriteByte('\n') }

// heading wraps text and colours each line.
func (p *page) heading(colour func(string) string, text string) {
	for line := range strings.Lines(terminal.Wrap(text, p.Width, "", "  ")) {
		p.line(colour(strings.TrimSuffix(line, "\n")))
	}
}

// section starts a part of the report under a heading.
func (p *page) section(title string) {
	p.blank()
	p.line(p.Palette.Bold(title))
}

// paragraph wraps text, which must be clean, with the same indent everywhere.
func (p *page) paragraph(indent, text string) {
	p.out.WriteString(terminal.Wrap(text, p.Width, indent, indent))
}

// item wraps text behind a mark.
func (p *page) item(mark, text string) {
	first := "  " + mark
	p.out.WriteString(terminal.Wrap(text, p.Width, first, strings.Repeat(" ", len(first))))
}

// count says "1 problem", "2 problems".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return number(n) + " " + what + "s"
}

// list says "a", "a and b", "a, b and c".
func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
