package gradebook

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// mostAnnotations is how many GitHub shows of one step.
const mostAnnotations = 10

// GitHubActions writes workflow commands, which GitHub shows beside the source, and then the
// same and more for those who read the log. What a student wrote can be no command: in an
// annotation it is escaped, and in the log commands are turned off, until a word that nobody
// can guess. See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
func GitHubActions(w io.Writer, s record.Stream, _ Style) error {
	out := bufio.NewWriter(w)
	if err := annotate(out, s); err != nil {
		return err
	}
	if slices.ContainsFunc(s.Records, func(r record.Record) bool { return rawOutcome(r).Status != passes }) {
		if err := writeLog(out, s, rand.Text()); err != nil {
			return err
		}
	}
	return out.Flush()
}

// annotate writes as many annotations as GitHub shows. Where there are more, the last one
// says how many.
func annotate(out io.Writer, s record.Stream) error {
	var kept []string
	n := 0
	for r, err := range s.Whole {
		if err != nil {
			return err
		}
		notes := annotations(newOutcome(r))
		n += len(notes)
		kept = append(kept, notes[:min(len(notes), mostAnnotations-len(kept))]...)
	}
	if n > mostAnnotations {
		kept = kept[:mostAnnotations-1]
	}
	for _, note := range kept {
		fmt.Fprint(out, note)
	}
	if more := n - len(kept); more > 0 {
		fmt.Fprintf(out, "::error title=racelab::and %d more problems; the log and the summary have them\n", more)
	}
	return nil
}

// annotations are those of one submission. What racelab could not tell is a warning.
func annotations(o outcome) (notes []string) {
	title := "title=" + property(terminal.Limit(terminal.Line(o.Student), longName)+", "+terminal.Line(o.Exercise))
	switch {
	case o.Status == unclear:
		notes = append(notes, fmt.Sprintf("::warning %s::%s\n", title, data(o.Message)))
	case o.Status == fails && o.Verdict != nil:
		for _, f := range o.Verdict.Errors() {
			notes = append(notes, fmt.Sprintf("::error %s%s::%s\n", position(o, f), title, data(terminal.Limit(terminal.Line(problem(f)), longMessage))))
		}
	}
	return notes
}

// longName is how long the name of a student may be beside other things, in runes.
const longName = 60

// position is where GitHub is to show a problem. Nothing of racelab's knows the column.
func position(o outcome, f finding.Finding) string {
	place := placeOf(f)
	if place.File == "" {
		return ""
	}
	return fmt.Sprintf("file=%s,line=%d,", property(terminal.Line(pathOf(o.Exercise, place.File))), max(1, place.Line))
}

var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func data(text string) string     { return escapeData.Replace(text) }
func property(text string) string { return escapeProperty.Replace(text) }

// writeLog tells what is wrong with each submission, where GitHub listens to no command but
// the one that has the token.
func writeLog(out io.Writer, s record.Stream, token string) error {
	fmt.Fprintf(out, "::group::All problems\n::stop-commands::%s\n", token)
	for r, err := range s.Whole {
		if err != nil {
			return err
		}
		o := newOutcome(r)
		if o.Status == passes {
			continue
		}
		fmt.Fprintf(out, "%s, %s: ", terminal.Line(o.Student), terminal.Line(o.Exercise))
		if o.Status == unclear {
			fmt.Fprintf(out, "not graded\n")
		} else {
			fmt.Fprintf(out, "%d of %d\n", o.Score, o.MaxScore)
		}
		for line := range strings.Lines(words(o)) {
			fmt.Fprintf(out, "  %s\n", terminal.Line(line))
		}
	}
	fmt.Fprintf(out, "::%s::\n::endgroup::\n", token)
	return nil
}

// inLog is a text in the log of GitHub Actions that is no command there, at the beginning of
// a line or within it.
func inLog(text string) string {
	text = strings.ReplaceAll(terminal.Line(text), "##[", `#\x23[`)
	if rest, ok := strings.CutPrefix(strings.TrimSpace(text), "::"); ok {
		return `\x3a:` + rest
	}
	return text
}
