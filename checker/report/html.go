package report

import (
	"html/template"
	"io"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// HTML writes v as a page: one file, with a drawing of each interleaving that it has.
func HTML(w io.Writer, v finding.Verdict, style Style, known Context) error {
	seen := newView(v, known, style.Full)
	body, err := webpage.Told(tell(seen))
	if err != nil {
		return err
	}
	return webpage.Document{
		Frame: webpage.Frame{Title: terminal.Line(v.Exercise)}, Headline: markedHeadline(seen.headline()), Body: body, Next: told(seen.whatNext()),
	}.Write(w)
}

// ReplayHTML writes r as a page through which one can step.
func ReplayHTML(w io.Writer, r finding.Replay, style Style, known Context) error {
	r = fillReplay(r)
	seen := newView(finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}, known, style.Full)
	body, err := seen.replayBody(r)
	if err != nil {
		return err
	}
	return webpage.Document{
		Frame:    webpage.Frame{Title: terminal.Line(pageTitle(r))},
		Headline: markedHeadline(seen.replayHeadline(r)), Otherwise: terminal.Line(seen.otherWay(r)), Body: body,
		Next: told(seen.afterReplay(r)), Replay: terminal.Line(seen.scheduleCommand(r.Schedule)),
	}.Write(w)
}

// replayBody is the drawing of r; where there are no steps, what there is to mend first.
func (v view) replayBody(r finding.Replay) (template.HTML, error) {
	if len(r.Interleaving.Steps) == 0 {
		t := Told{Command: v.Command}
		t.problems(v)
		return webpage.Told(t)
	}
	in, problems := v.toShow(r), v.v.Problems()
	p := v.newPicture(in, v.v.Findings, r.Diverged)
	// Of a deadlock, who waits for whom says it all.
	if text := v.wrongInBrief(problems); text != "" && (len(in.Left) == 0 || problems[0].Head.Kind != finding.Deadlock) {
		p.Wrong = append([]string{cutLine(text)}, p.Wrong...)
	}
	if r.Passes == nil || r.Diverged != nil {
		return p.HTML()
	}
	return p.Beside(p.passing(*r.Passes))
}

// ReplaySVG is the drawing of r alone, called title: lines at its foot say how it comes about
// that it goes wrong.
func ReplaySVG(w io.Writer, r finding.Replay, title string, known Context) error {
	r = fillReplay(r)
	seen := newView(finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}, known, false)
	p := seen.picture(seen.toShow(r), seen.v.Findings, r.Diverged)
	p.Title = terminal.Line(title)
	p.Wrong = wrapped(p.Wrong, svgColumns)
	_, err := io.WriteString(w, p.SVG())
	return err
}

// svgColumns is how wide the lines at the foot of a drawing are.
const svgColumns = 110

// wrapped breaks sentences into lines.
func wrapped(sentences []string, width int) []string {
	var lines []string
	for _, s := range sentences {
		lines = append(lines, strings.Split(strings.TrimRight(terminal.Wrap(s, width, "", ""), "\n"), "\n")...)
	}
	return lines
}

// pageTitle names an interleaving.
func pageTitle(r finding.Replay) string {
	if r.Test == "" {
		return r.Exercise
	}
	return r.Exercise + ", " + r.Test
}

func markedHeadline(h headline) string {
	mark, _ := Style{}.markOf(h.tone)
	return terminal.Line(mark + " " + h.text)
}

// told are commands to type.
func told(steps []step) []webpage.Next {
	var out []webpage.Next
	for _, s := range steps {
		out = append(out, webpage.Next{Command: terminal.Line(s.command), Purpose: terminal.Line(s.purpose)})
	}
	return out
}
