package page

import (
	"slices"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// newTold puts the verdict of a record into words, with the lines that it quotes and those
// of the tests that were handed out.
func newTold(r record.Record, v finding.Verdict, known Known) report.Told {
	files := map[string][]byte{}
	for name, text := range quoted(r.Quotes) {
		files[name] = text
	}
	for name, text := range known.Exercises[r.Exercise].HandedOut {
		files[name] = text
	}
	v.Exercise = r.Exercise
	return report.Tell(v, report.Context{Command: known.Command, Submission: report.Submission{Files: files}})
}

// quoted are the files of which there are only some lines: the others are empty.
func quoted(quotes []record.Quote) map[string][]byte {
	lines := map[string][]string{}
	for _, q := range quotes {
		for len(lines[q.File]) < q.Line && q.Line < 1_000_000 {
			lines[q.File] = append(lines[q.File], "")
		}
		if q.Line >= 1 && q.Line <= len(lines[q.File]) {
			lines[q.File][q.Line-1] = q.Text
		}
	}
	files := map[string][]byte{}
	for name, all := range lines {
		files[name] = []byte(strings.Join(all, "\n"))
	}
	return files
}

// brief has the drawings of so many problems alone: they take most of the room.
func brief(t report.Told, most int) report.Told {
	t.Problems = slices.Clone(t.Problems)
	had := 0
	for i := range t.Problems {
		if t.Problems[i].Picture == nil {
			continue
		}
		if had++; had > most {
			t.Problems[i].Picture = nil
		}
	}
	t.Cut = had > 0 && most == 0
	return t
}

// packed has the first drawing alone, packed.
func packed(t report.Told) (report.Told, error) {
	small := brief(t, 0)
	for i, p := range t.Problems {
		if p.Picture != nil {
			text, err := p.Picture.Packed()
			small.Problems[i].Packed, small.Cut = text, false
			return small, err
		}
	}
	return small, nil
}
