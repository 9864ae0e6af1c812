package report

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
)

// changes are what is mended and what is new, and what may be either.
func (v view) changes() []headline {
	s := v.v.Since
	if s == nil {
		return nil
	}
	var out []headline
	for _, f := range s.Mended {
		if h := (headline{good, "mended: " + mendedWords(f)}); !slices.Contains(out, h) { // such as two errors of the compiler
			out = append(out, h)
		}
	}
	for _, f := range s.Unseen {
		out = append(out, headline{unclear, "not seen this time: " + mendedWords(f)})
	}
	for _, p := range v.v.Problems() {
		text := fmt.Sprintf("%d. %s", p.Number, mendedWords(p.Head))
		switch {
		case slices.Contains(s.New, p.Number):
			out = append(out, headline{bad, "new: " + text})
		case slices.Contains(s.Uncovered, p.Number) && s.Unchanged:
			out = append(out, headline{unclear, "not seen the last time: " + text})
		case slices.Contains(s.Uncovered, p.Number):
			out = append(out, headline{bad, "new, or hidden before by what is mended: " + text})
		}
	}
	if len(out) == 0 && !s.Unchanged && v.v.Outcome == finding.Fail {
		out = append(out, headline{unclear, "nothing is mended, and nothing is new"})
	}
	return out
}

// mendedWords name a problem without its lines, which have moved.
func mendedWords(f finding.Finding) string {
	text := titleOf(f)
	at, _, _ := placesOf(f)
	switch {
	case f.Origin == nil && f.Fact.Failure != nil:
		return text + ", in " + f.Fact.Failure.Test
	case at.Function != "":
		return text + ", in " + at.Function
	case at.File != "" && at.File != finding.ContractFile:
		return text + ", in " + at.File
	}
	return text
}
