package report

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/report/grid"
	"racelab/checker/report/terminal"
)

func (p *page) replay(r finding.Replay) {
	p.headline(p.replayHeadline(r))
	if text := p.otherWay(r); text != "" {
		p.blank()
		p.paragraph("", text)
	}
	if len(r.Interleaving.Steps) == 0 {
		for i, f := range p.v.Findings {
			p.blank()
			p.numbered(i+1, f)
		}
	} else {
		p.whatHappened(r)
	}
	p.steps(p.afterReplay(r))
}

func (p *page) whatHappened(r finding.Replay) {
	p.blank()
	p.paragraph("", ofSchedule)
	in := p.toShow(r)
	p.interleaving(in, r.Diverged)
	if len(in.Left) > 0 {
		p.section("Who waits for whom at the end")
		for _, text := range waitSentences(in) {
			p.item("- ", text)
		}
	}
	p.whatIsWrong()
}

// interleaving shows the goroutines and their steps.
func (p *page) interleaving(in finding.Interleaving, d *finding.Divergence) {
	g := newGrid(in.Steps, in.Left)
	if d != nil && len(g.Rows) > 0 {
		markDivergence(g, *d)
	}
	p.legend(in.Goroutines, g)
	p.section("Their steps, from top to bottom")
	for _, l := range legendOf(g) {
		p.paragraph("  ", l)
	}
	p.table(g)
}

// markDivergence marks the first step that may be another one.
func markDivergence(g grid.Grid, d finding.Divergence) {
	i := slices.IndexFunc(g.Rows, func(r grid.Row) bool { return r.Number >= d.From })
	remark := divergedHere(d, i >= 0)
	if i < 0 {
		i = len(g.Rows) - 1
	}
	r := &g.Rows[i]
	if r.Why != "" {
		r.Why += "; "
	}
	r.Why += remark
	if r.Mark != grid.Wrong {
		r.Mark = grid.Differs
	}
}

// legend says who the goroutines are. Those that are alike have one line.
func (p *page) legend(lanes []finding.Lane, g grid.Grid) {
	p.section("The goroutines")
	shown, idle := roles(lanes, func(name finding.GoroutineName) bool { return slices.Contains(g.Lanes, terminal.Line(string(name))) })
	width := 1
	names := make([]string, len(shown))
	for i, r := range shown {
		names[i] = terminal.Line(shortList(r.names))
		width = max(width, terminal.Width(names[i]))
	}
	for i, r := range shown {
		p.item(terminal.Pad(names[i], width)+"  ", r.text)
	}
	if len(idle) > 0 {
		p.item("", fmt.Sprintf("(not shown, since nothing of interest happens there: %s)", shortList(idle)))
	}
}

// whatIsWrong tells the findings, and once why they matter.
func (p *page) whatIsWrong() {
	if len(p.v.Findings) == 0 {
		return
	}
	p.section("What is wrong")
	for _, problem := range p.v.Problems() {
		f := problem.Head
		p.inBrief(f)
		for _, group := range p.following(problem, " (--full shows them)") {
			p.item("  ", group.intro)
			for _, text := range group.lines {
				p.item("  - ", terminal.CutWords(terminal.Line(text), 2*p.Width))
			}
		}
		if text := why(f); text != "" && !p.explained[text] {
			p.explained[text] = true
			p.item("  ", text)
		}
	}
}
