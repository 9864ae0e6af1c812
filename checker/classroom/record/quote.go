package record

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A Quote is a line of a submission that a finding speaks of, so that whoever reads a record
// need not look for the file.
type Quote struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Bounds of what is quoted: a program can have findings everywhere, and lines of any length.
const (
	mostQuotes   = 80
	longestQuote = 160
	around       = 2 // lines before and after the one that is meant
)

// mostSteps are those that are kept of an interleaving.
const mostSteps = 400

// Quotes are the lines of a submission that the findings of a verdict speak of, and a few
// around them, in order.
func Quotes(v finding.Verdict, files map[string][]byte) []Quote {
	wanted := map[Quote]bool{}
	for _, at := range places(v) {
		if _, ok := files[at.File]; !ok {
			continue
		}
		for line := at.Line - around; line <= at.Line+around && at.Line > 0; line++ {
			if line >= 1 && len(wanted) < mostQuotes {
				wanted[Quote{File: at.File, Line: line}] = true
			}
		}
	}
	var out []Quote
	text := map[string][][]byte{}
	for _, q := range slices.SortedFunc(maps.Keys(wanted), Quote.compare) {
		if text[q.File] == nil {
			text[q.File] = bytes.Split(bytes.TrimSuffix(files[q.File], []byte("\n")), []byte("\n"))
		}
		if lines := text[q.File]; q.Line >= 1 && q.Line <= len(lines) {
			line := lines[q.Line-1]
			q.Text = strings.ToValidUTF8(string(line[:min(longestQuote, len(line))]), "\uFFFD")
			out = append(out, q)
		}
	}
	return out
}

func (q Quote) compare(other Quote) int {
	return cmp.Or(cmp.Compare(q.File, other.File), cmp.Compare(q.Line, other.Line))
}

// places are those of the findings, and then those that belong to them.
func places(v finding.Verdict) (all []finding.Location) {
	for _, f := range v.Findings {
		all = append(all, f.Location)
	}
	for _, f := range v.Findings {
		for _, r := range f.Related {
			all = append(all, r.Location)
		}
	}
	return all
}

// Lean keeps the interleaving of the first error of each kind alone, as long as it can be
// read: the others have their schedules.
func Lean(findings []finding.Finding) []finding.Finding {
	out := slices.Clone(findings)
	shown := map[finding.Kind]bool{}
	for i := range out {
		f := &out[i]
		switch {
		case f.Evidence.Trace == nil:
		case shown[f.Kind] || f.Severity != finding.Error || len(f.Evidence.Trace.Steps) > mostSteps:
			f.Evidence.Trace = nil
		default:
			shown[f.Kind] = true
		}
	}
	return out
}
