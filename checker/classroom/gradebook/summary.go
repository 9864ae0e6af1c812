package gradebook

import (
	"fmt"
	"io"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
)

// summarySize is how large the summary of a step may be: GitHub shows none that is larger
// than 1 MiB. Some of it is left for what is said of the rest.
const summarySize = 1<<20 - 1000

// StepSummary writes the summary of a step for GitHub Actions, in Markdown: a table of the
// points, and what is wrong with each submission. See
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary.
func StepSummary(w io.Writer, s record.Stream) error {
	text, err := stepSummary(s, summarySize)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// stepSummary is one of at most so many bytes, and a little more.
func stepSummary(s record.Stream, most int) (string, error) {
	out := limited{most: most}
	out.table(newTable(s.Book))
	out.add("\n### What is wrong\n")
	told := 0
	for r, err := range s.Whole {
		if err != nil {
			return "", err
		}
		o := newOutcome(r)
		if told++; o.Status == passes {
			continue
		}
		// As a block of code nothing in it is Markdown: each line is indented.
		text := fmt.Sprintf("\n**%s**, %s\n\n", markdown(terminal.Limit(o.Student, longName)), markdown(o.Exercise))
		for line := range strings.Lines(words(o)) {
			text += "    " + terminal.Line(line) + "\n"
		}
		if !out.add(text) {
			out.force("\nAnd %d more submissions, of which this page has no room to tell.\n", len(s.Records)-told+1)
			break
		}
	}
	return out.String(), nil
}

// A limited text has room for so many bytes.
type limited struct {
	strings.Builder
	most int
}

// add adds a text, if there is room for all of it.
func (l *limited) add(text string) bool {
	if l.Len()+len(text) > l.most {
		return false
	}
	l.WriteString(text)
	return true
}

// force adds a short text for which room was left.
func (l *limited) force(format string, args ...any) { fmt.Fprintf(l, format, args...) }

// table shows the points, as long as there is room for another student.
func (l *limited) table(t table) {
	head, below := "| student |", "|---|"
	for _, ex := range t.exercises {
		head, below = head+" "+markdown(numberOf(ex))+" |", below+"--:|"
	}
	l.add("### racelab\n\n" + head + " sum |\n" + below + "--:|\n")
	marks := map[string]bool{}
	for i, r := range t.rows {
		text := "| " + markdown(terminal.Limit(r.student, longName)) + " |"
		for _, ex := range t.exercises {
			one, ok := r.of[ex]
			marks[mark(one, ok)] = true
			text += " " + mark(one, ok) + " |"
		}
		if !l.add(text + " " + sum(r) + " |\n") {
			l.force("\nAnd %d more students.\n", len(t.rows)-i)
			break
		}
	}
	for _, m := range meanings {
		if marks[m.mark] {
			l.add(fmt.Sprintf("\n`%s` %s\n", m.mark, m.means))
		}
	}
}

// markdown is a text on one line in which nothing is Markdown or HTML: a backslash may stand
// before any punctuation, and then takes its meaning away.
func markdown(text string) string {
	var out strings.Builder
	for _, r := range terminal.Line(text) {
		if r < 0x80 && strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
