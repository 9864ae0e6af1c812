package report

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"racelab/checker/finding"
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
	if d != nil && len(g.rows) > 0 {
		g.markDivergence(*d)
	}
	p.legend(in.Goroutines, g)
	p.section("Their steps, from top to bottom")
	if slices.ContainsFunc(g.rows, func(r row) bool { return r.mark == interrupts }) {
		p.paragraph("  ", interrupts+" here a runnable goroutine was interrupted")
	}
	p.table(g)
}

// markDivergence marks the first step that may be another one.
func (g grid) markDivergence(d finding.Divergence) {
	i := slices.IndexFunc(g.rows, func(r row) bool { return r.number >= d.From })
	remark := "here it does something else"
	switch {
	case i < 0:
		i, remark = len(g.rows)-1, "here it ended; when it was recorded, it went on"
	case d.To > d.From:
		remark = "from here on it may do something else"
	}
	r := &g.rows[i]
	if r.why != "" {
		r.why += "; "
	}
	r.why += remark
	if r.mark != wrong {
		r.mark = differs
	}
}

// legend says who the goroutines are. Those that are alike have one line.
func (p *page) legend(lanes []finding.Lane, g grid) {
	p.section("The goroutines")
	shown, idle := roles(lanes, func(name finding.GoroutineName) bool { return slices.Contains(g.lanes, terminal.Line(string(name))) })
	width := 1
	names := make([]string, len(shown))
	for i, r := range shown {
		names[i] = terminal.Line(shortList(r.names))
		width = max(width, utf8.RuneCountInString(names[i]))
	}
	for i, r := range shown {
		p.item(pad(names[i], width)+"  ", r.text)
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
	for _, f := range p.v.Findings {
		p.inBrief(f)
		if text := why(f); text != "" && !p.explained[text] {
			p.explained[text] = true
			p.item("  ", text)
		}
	}
}
