package report

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// ReplayJSON writes r as one line: the object that package finding documents.
func ReplayJSON(w io.Writer, r finding.Replay) error {
	return json.NewEncoder(w).Encode(fillReplay(r))
}

// Replay writes r for a person: who the goroutines are, what each of them did in
// which order, where that goes wrong, and who waits for whom at the end.
func Replay(w io.Writer, r finding.Replay, opts Options) error {
	p := newPage(finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}, opts)
	r.Findings = p.v.Findings
	r.Interleaving = fillInterleaving(r.Interleaving)
	p.replay(r)
	_, err := io.WriteString(w, p.out.String())
	return err
}

func (p *page) replay(r finding.Replay) {
	p.replayHeading(r)
	in := r.Interleaving
	if len(in.Steps) == 0 {
		for i, f := range p.v.Findings {
			p.blank()
			p.finding(i+1, f)
		}
		p.afterReplay(r)
		return
	}
	p.blank()
	p.paragraph("", "A schedule is one order in which the goroutines take their steps. Go may choose "+
		"another one each time, which is why a wrong program can work a thousand times and fail the next. "+
		"Here it ran once more, one goroutine at a time, in the order that the schedule says:")
	if r.Diverged != nil && len(p.failures()) == 0 {
		in = upTo(in, r.Diverged.To)
	}
	if crashed(r.Findings) {
		in.Left = nil // they would have gone on
	}
	p.interleaving(in, r.Diverged)
	if len(in.Left) > 0 {
		p.waitGraph(in)
	}
	p.whatIsWrong()
	p.afterReplay(r)
}

// failures are the findings that are no warnings.
func (p *page) failures() []finding.Finding {
	return slices.DeleteFunc(slices.Clone(p.v.Findings), func(f finding.Finding) bool { return f.Severity == finding.Warning })
}

func crashed(findings []finding.Finding) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == finding.Panic })
}

func (p *page) replayHeading(r finding.Replay) {
	of, failures := terminal.Line(r.Exercise), p.failures()
	if r.Test != "" {
		of += ", " + terminal.Line(r.Test)
	}
	switch {
	case len(r.Interleaving.Steps) == 0 && len(failures) > 0:
		p.heading(p.Palette.Bad, "✗ "+of+" cannot be replayed: there is something else to mend first")
	case len(failures) == 1:
		p.heading(p.Palette.Bad, "✗ "+of+": "+wordsFor(failures[0].Kind).title)
	case len(failures) > 1:
		p.heading(p.Palette.Bad, "✗ "+of+": "+count(len(failures), "problem")+" in this schedule")
	case r.Undetermined:
		p.heading(p.Palette.Warn, "? "+of+" does not do the same twice")
	case r.Diverged != nil:
		p.heading(p.Palette.Warn, "? "+of+" goes another way now")
	default:
		p.heading(p.Palette.Good, "✓ "+of+": nothing goes wrong in this schedule")
	}
	switch {
	case r.Undetermined:
		p.blank()
		p.paragraph("", "The schedule was run twice, and the program did not do the same: what it does depends on more than the order "+
			"of its goroutines, for instance on the order of a map, on math/rand or on the world outside. "+
			"What follows is one of the things that it may do.")
	case r.Diverged != nil:
		p.blank()
		p.paragraph("", diverged(*r.Diverged, len(failures) > 0))
	}
}

func diverged(d finding.Divergence, failed bool) string {
	at := fmt.Sprintf("At step %s", number(d.From))
	if d.To > d.From {
		at = fmt.Sprintf("Somewhere in steps %s to %s", number(d.From), number(d.To))
	}
	text := at + " it does something else than when the schedule was recorded. Either the program has changed since, " +
		"or what it does depends on more than the order of its goroutines (the order of a map, math/rand, the world outside). "
	if failed {
		return text + "This other way goes wrong as well."
	}
	return text + "So this schedule says nothing about it any more, neither good nor bad."
}

// upTo leaves out what lies behind a step: who goes another way has not got
// there by this schedule.
func upTo(in finding.Interleaving, step int) finding.Interleaving {
	at := slices.IndexFunc(in.Steps, func(s finding.Step) bool { return s.Number > step })
	if at >= 0 {
		in.Steps = in.Steps[:at]
	}
	in.Left = nil
	return in
}

// interleaving shows the goroutines and their steps.
func (p *page) interleaving(in finding.Interleaving, d *finding.Divergence) {
	g := newGrid(in.Steps, in.Left)
	if d != nil && len(g.rows) > 0 {
		g.markDivergence(*d)
	}
	p.legend(in.Goroutines, g)
	p.section("Their steps, from top to bottom")
	if slices.ContainsFunc(g.rows, func(r row) bool { return r.mark == interrupts }) {
		p.paragraph("  ", interrupts+" here a goroutine was interrupted that could have gone on")
	}
	p.table(g)
}

// markDivergence marks the first step that may be another one.
func (g grid) markDivergence(d finding.Divergence) {
	i := slices.IndexFunc(g.rows, func(r row) bool { return r.number >= d.From })
	remark := "here it goes another way"
	switch {
	case i < 0:
		i, remark = len(g.rows)-1, "here it ended, and when it was recorded it went on"
	case d.To > d.From:
		remark = "from here on it may be another way"
	}
	r := &g.rows[i]
	r.why = strings.TrimPrefix(r.why+"; "+remark, "; ")
	if r.mark != wrong {
		r.mark = differs
	}
}

// legend says who the goroutines are. Those that are alike have one line.
func (p *page) legend(lanes []finding.Lane, g grid) {
	p.section("The goroutines")
	var names [][]string
	var who, idle []string
	for i, l := range lanes {
		if !slices.Contains(g.lanes, terminal.Line(l.Name)) {
			idle = append(idle, l.Name)
			continue
		}
		text := laneText(l, i == 0)
		at := slices.Index(who, text)
		if at < 0 {
			at = len(who)
			names, who = append(names, nil), append(who, text)
		}
		names[at] = append(names[at], l.Name)
	}
	width := 1
	for _, n := range names {
		width = max(width, len(shortList(n)))
	}
	for i, text := range who {
		p.item(pad(shortList(names[i]), width)+"  ", text)
	}
	if len(idle) > 0 {
		p.item("", fmt.Sprintf("(not shown: %s, without a step of interest here)", shortList(idle)))
	}
}

func laneText(l finding.Lane, first bool) string {
	if first {
		return "the test, " + terminal.Line(l.Function)
	}
	text := "a goroutine"
	if l.Function != "" {
		text = terminal.Line(l.Function)
	}
	if at := placeOf(l.Started); at != "" {
		text += ", started at " + at
	}
	return text
}

// whatIsWrong tells the findings, and once for each kind why it matters.
func (p *page) whatIsWrong() {
	if len(p.v.Findings) == 0 {
		return
	}
	p.section("What is wrong")
	told := map[finding.Kind]bool{}
	for _, f := range p.v.Findings {
		p.inBrief("- ", f)
		if w := wordsFor(f.Kind); w.why != "" && !told[f.Kind] {
			p.item("  ", whyHeading(f.Kind)+" "+w.why)
		}
		told[f.Kind] = true
	}
}

// afterReplay says what to type, or to open.
func (p *page) afterReplay(r finding.Replay) {
	var steps []step
	failures := p.failures()
	if at := p.whereToLook(); at != "" {
		steps = append(steps, step{at, "the line to open in your editor"})
	}
	for _, k := range p.kindsOf(failures) {
		steps = append(steps, step{p.command("explain " + string(k)), wordsFor(k).about})
	}
	check := p.checkCommand()
	switch {
	case len(failures) > 0:
		steps = append(steps, step{check, p.whenChanged()})
	case r.Diverged != nil || r.Undetermined:
		steps = append(steps, step{check, "what is wrong with the program as it is now"})
	default:
		steps = append(steps, step{check, "whether it goes well in the other schedules too"})
	}
	steps = append(steps, step{p.command("explain explore"), "what schedules are, and how to read them"})
	p.steps(steps)
}

// whereToLook is the line of the reader's own file where it goes wrong.
func (p *page) whereToLook() string {
	for _, f := range p.failures() {
		l := f.Location
		if l.File == "" || strings.HasSuffix(l.File, "_test.go") {
			continue
		}
		if path.Base(filepath.ToSlash(p.Edit)) == l.File {
			l.File = p.Edit
		}
		return placeOf(l)
	}
	return ""
}
