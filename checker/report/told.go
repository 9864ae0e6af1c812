package report

import (
	"cmp"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// A Told is a verdict in words that are not laid out: for pages, which have no columns.
// Nothing in it can control a terminal, and each text is one line. It says what Text says
// of the same verdict and context, without what to type next.
type Told struct {
	Headline string
	// Reason and Meaning are of a verdict that is inconclusive.
	Reason, Meaning string
	Feedback        string
	Problems        []Problem
	More            []string // the other problems, in a line each
	Warnings        []string
	Points          []finding.Points // of a fail
	RestsOn         []string         // what a pass rests on, and what it does not say
	Command         string           // how the reader calls racelab
	// Cut is set by a page that has no room for the drawings, and has left them out.
	Cut bool
}

// A Problem is an error in words.
type Problem struct {
	Kind           finding.Kind
	Title, Message string
	Places         []Place
	Diff           []string // - the reference solution, + the submission
	Calls          []Call   // of a scenario
	Goroutines     []string
	Following      []Following
	SeenBy         string // by whom, and in which tests
	FoundBy        string
	Why            string // told once for all problems of the same sort
	Replay         string // the command that shows it again, step by step
	Picture        *webpage.Picture
	Packed         string // the picture, by a page that has no room for it as it is
}

// A Following is what belongs to a problem beside the finding that heads it.
type Following struct {
	Intro string
	Lines []string
}

// A Place is one that belongs to a problem, with its lines as far as they are known.
type Place struct {
	Text  string
	Lines []Line
}

// A Line is one of a source. Here marks the one that is meant.
type Line struct {
	Number int
	Text   string
	Here   bool
}

// A Call is a call of a scenario, as Go, and what came back.
type Call struct{ Text, Ended string }

// mostRows are those of a drawing that is shown whole.
const mostRows = 100

// Tell puts a verdict into words.
func Tell(v finding.Verdict, known Context) Told { return tell(newView(v, known, false)) }

// Opens reports whether problem i is the first one that has a drawing: it is open.
func (t Told) Opens(i int) bool {
	return i == slices.IndexFunc(t.Problems, func(p Problem) bool { return p.Picture != nil })
}

func tell(w view) Told {
	t := Told{Command: terminal.Line(w.Command), Headline: terminal.Line(shortHeadline(w.v).text)}
	switch w.v.Outcome {
	case finding.Pass:
		for _, c := range w.evidence() {
			t.RestsOn = append(t.RestsOn, terminal.Line(c.text))
			for _, part := range c.parts {
				t.RestsOn = append(t.RestsOn, terminal.Line(part))
			}
		}
		t.RestsOn = append(t.RestsOn, terminal.Line(w.smallPrint()))
	case finding.Fail:
		t.Feedback, t.Points = terminal.Line(w.feedback()), slices.Clone(w.v.Points)
		for i := range t.Points {
			t.Points[i].Name = terminal.Line(t.Points[i].Name)
		}
		t.problems(w)
	default:
		reason, meaning := w.inconclusive()
		t.Reason, t.Meaning = terminal.Line(reason), terminal.Line(meaning)
		for _, f := range w.v.Errors() {
			t.More = append(t.More, brief(w, f))
		}
	}
	for _, f := range w.v.Warnings() {
		t.Warnings = append(t.Warnings, brief(w, f))
	}
	return t
}

// problems tells the errors: the first of each kind as a whole.
func (t *Told) problems(v view) {
	explained := map[string]bool{}
	spelledOut, rest := v.choose()
	for _, told := range spelledOut {
		p := v.problem(told)
		if explained[p.Why] {
			p.Why = ""
		}
		explained[p.Why] = true
		t.Problems = append(t.Problems, p)
	}
	for _, p := range rest {
		t.More = append(t.More, brief(v, p.Head))
	}
}

// longMessage is how much is told of what only a program under test can make so long.
const longMessage = 600

func brief(v view, f finding.Finding) string { return cutLine(v.brief(f)) }

func cutLine(text string) string { return terminal.CutWords(terminal.Line(text), longMessage) }

func (v view) problem(told finding.Problem) Problem {
	f := told.Head
	p := Problem{
		Kind: f.Kind, Title: terminal.Line(v.title(f)), Message: cutLine(v.headMessage(f)),
		Places: v.tellPlaces(f), SeenBy: cutLine(v.seenBy(f)), FoundBy: cutLine(foundBy(f.Evidence)),
		Why: cutLine(why(f)),
	}
	if schedule := cmp.Or(f.Evidence.Schedule, told.Schedule()); schedule != "" { // that of the picture
		p.Replay = terminal.Line(v.scheduleCommand(schedule))
	}
	for _, g := range v.following(told, "") {
		list := Following{Intro: g.intro}
		for _, text := range g.lines {
			list.Lines = append(list.Lines, cutLine(text))
		}
		p.Following = append(p.Following, list)
	}
	for line := range strings.Lines(strings.TrimRight(f.Evidence.Diff, "\n")) {
		// go-cmp aligns with non-breaking spaces, so that nobody parses its output.
		p.Diff = append(p.Diff, codeLine(strings.ReplaceAll(line, "\u00a0", " ")))
	}
	if s := f.Evidence.Scenario; s != nil {
		for _, l := range scenarioLines(*s) {
			p.Calls = append(p.Calls, Call{codeLine(l[0]), cutLine(l[1])})
		}
	}
	if len(f.Related) == 0 {
		for _, g := range f.Evidence.Goroutines {
			p.Goroutines = append(p.Goroutines, cutLine(v.goroutine(g)))
		}
	}
	if in := f.Evidence.Trace; in != nil {
		p.Picture = v.picture(*in, []finding.Finding{f}, nil)
		if len(p.Picture.Rows) > mostRows && !v.full {
			p.Picture = p.Picture.Shortened(func(n int) string { return "… " + Count(n, "more row") })
			p.Picture.Fold(foldWords)
		}
	}
	return p
}

// tellPlaces are the finding's own place and those that belong to it.
func (v view) tellPlaces(f finding.Finding) []Place {
	var out []Place
	quoted := map[finding.Location]bool{}
	add := func(l finding.Location, role string, around int) {
		p := Place{Text: placeText(l, role)}
		if p.Text == "" || role == "" && l.Line == 0 {
			return // the message says it all
		}
		from, lines := v.around(l, around)
		at := finding.Location{File: l.File, Line: l.Line}
		if !quoted[at] {
			for i, line := range lines {
				p.Lines = append(p.Lines, Line{from + i, codeLine(line), from+i == l.Line})
			}
			quoted[at] = true
		}
		out = append(out, p)
	}
	at, own, all := placesOf(f)
	add(at, own, 2)
	for _, r := range all[:min(placesShown, len(all))] {
		add(r.Location, r.Message, 1)
	}
	if more := len(all) - placesShown; more > 0 {
		out = append(out, Place{Text: "… and " + Count(more, "more place")})
	}
	return out
}

// placeText names a place, and says what it has to do with a finding.
func placeText(l finding.Location, role string) string {
	text := placeOf(l)
	if l.Function != "" && l.File != finding.ContractFile {
		text += " in " + l.Function
	}
	switch {
	case l.File == "":
		text = role
	case role != "":
		text += ": " + role
	}
	return cutLine(text)
}

// codeLine is a line of source as it is shown.
func codeLine(line string) string {
	return terminal.Cut(trimRight(terminal.ExpandTabs(terminal.Clean(strings.TrimRight(line, "\r\n")))), longMessage)
}
