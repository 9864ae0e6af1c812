package gradebook

import (
	"crypto/sha256"
	"fmt"
	"io"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// GitLab writes a Code Quality report. What has no line stands at the first one of its file,
// since GitLab wants a line.
// See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
func GitLab(w io.Writer, s record.Stream, _ Style) error {
	prints := fingerprints{}
	return writeList(w, "[", ",", "]\n", func(yield func(any, error) bool) {
		for r, err := range s.Whole {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, issue := range issues(newOutcome(r), prints) {
				if !yield(issue, nil) {
					return
				}
			}
		}
	})
}

// issues are the findings of one record as GitLab has them.
func issues(o outcome, prints fingerprints) (all []object) {
	if o.Verdict == nil {
		return nil
	}
	for _, f := range o.Verdict.Findings {
		severity := "major"
		if f.Severity == finding.Warning {
			severity = "minor"
		}
		place := placeOf(f)
		all = append(all, object{
			"description": terminal.Limit(terminal.Line(problem(f)), longMessage), "check_name": f.Kind, "fingerprint": prints.of(o, f), "severity": severity,
			"location": object{"path": terminal.Line(pathOf(o.Exercise, place.File)), "lines": object{"begin": max(1, place.Line)}},
		})
	}
	return all
}

// fingerprints counts those that are the same: programs that read them want each once.
type fingerprints map[string]int

// of names a finding of a student's submission, in the same way whenever it is graded.
func (p fingerprints) of(o outcome, f finding.Finding) string {
	id := sha256.Sum256(fmt.Appendf(nil, "%q %q %+v", o.Student, o.Exercise, f.Identity()))
	text := fmt.Sprintf("%x", id[:16])
	if p[text]++; p[text] > 1 {
		return fmt.Sprintf("%s%x", text, p[text])
	}
	return text
}
