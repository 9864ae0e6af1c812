package gradebook

import (
	"fmt"
	"io"
	"path"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
)

// mostAnnotations is how many GitHub shows of one step.
const mostAnnotations = 10

// GitHubActions writes workflow commands, which GitHub shows beside the source. What a
// student wrote is escaped: it can be no command. See
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
func GitHubActions(w io.Writer, b record.Book, _ Style) error {
	var out strings.Builder
	left := mostAnnotations
	for _, o := range outcomes(b) {
		if o.Verdict == nil || o.Status == passes {
			continue
		}
		for _, f := range o.Verdict.Errors() {
			if left == 0 {
				break
			}
			left--
			properties := "title=" + property(o.Exercise)
			if f.Location.Line > 0 {
				where := path.Join("exercises", o.Exercise, f.Location.File)
				properties = fmt.Sprintf("file=%s,line=%d,%s", property(where), f.Location.Line, properties)
			}
			fmt.Fprintf(&out, "::error %s::%s\n", properties, data(terminal.Line(problem(f))))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func data(text string) string     { return escapeData.Replace(text) }
func property(text string) string { return escapeProperty.Replace(text) }
