package report

import (
	"slices"
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// shownInFull is how many errors a report spells out unless asked for all: a
// beginner mends one at a time, and the others are often gone with the first.
const shownInFull = 3

// A view is one verdict and what is known beside it: all that words are made from.
type view struct {
	Context
	v    finding.Verdict
	full bool
}

func newView(v finding.Verdict, known Context, full bool) view {
	if known.Command == "" {
		known.Command = "racelab"
	}
	return view{Context: known, v: fillVerdict(v), full: full}
}

// choose picks the problems to spell out: the first of each kind, because the
// second explains nothing that the first did not. They come first.
func (v view) choose() (spelledOut, rest []finding.Problem) {
	all := v.v.Problems()
	if v.full {
		return all, nil
	}
	told := map[finding.Kind]bool{}
	for i, p := range all {
		if told[p.Head.Kind] || i == shownInFull {
			return all[:i], all[i:]
		}
		told[p.Head.Kind] = true
	}
	return all, nil
}

// failures are the findings that are no warnings.
func (v view) failures() []finding.Finding {
	return slices.DeleteFunc(slices.Clone(v.v.Findings), func(f finding.Finding) bool { return f.Severity == finding.Warning })
}

// cannotRun reports whether the program is not even run: a hint about the
// exercise's own problem would then mislead.
func (v view) cannotRun() bool {
	return slices.ContainsFunc(v.v.Errors(), func(f finding.Finding) bool {
		return f.Kind == finding.Build || f.Kind == finding.Policy
	})
}

// lacksFile says that there was a file which could not be read for checking.
func (v view) lacksFile() bool {
	return slices.ContainsFunc(v.v.Errors(), func(f finding.Finding) bool {
		_, ok := v.Submission.Files[f.Location.File]
		return f.Kind == finding.Policy && f.Location.File != "" && !ok
	})
}

// kindsOf are the kinds of the findings that are shown, each once.
func kindsOf(findings []finding.Finding) []finding.Kind {
	var out []finding.Kind
	for _, f := range findings {
		if _, known := kinds[f.Kind]; known && !slices.Contains(out, f.Kind) && len(out) < shownInFull {
			out = append(out, f.Kind)
		}
	}
	return out
}

// number is how commands name the exercise: "01", or the whole name where it
// has no number.
func (v view) number() string {
	nr, _, _ := strings.Cut(v.v.Exercise, "-")
	if _, err := strconv.Atoi(nr); err != nil {
		return v.v.Exercise
	}
	return nr
}

// feedback is what the exercise's author says of exactly this fix, or of one that fails in
// the same way: what only seems to be the same is told so.
func (w view) feedback() string {
	if w.v.Feedback == "" && w.v.Like != "" {
		return "Another fix that fails in just this way had this mistake; see whether it is yours. " + w.v.Like
	}
	return w.v.Feedback
}
