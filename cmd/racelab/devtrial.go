package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/submission"
)

// A trial is one version of an exercise's program that dev check grades, and
// what must come of it.
type trial struct {
	name       string // "broken", "reference", "accepted/atomic"
	file       string // from the repository's top
	submission submission.Submission
	expected   []string // for the table
	// judge says what is wrong with these verdicts, in whole clauses.
	judge func([]finding.Verdict) []string
	// certain are the kinds that a check must never miss: none of a right fix.
	certain []finding.Kind
	mutable bool // the reference, or an accepted fix: mistakes are made in it
	variant bool // it stands in a file of its own
}

// trials lists every version of ex, the broken one first.
func trials(ex exercise.Exercise) ([]trial, error) {
	broken, err := submission.From(ex.Dir, ex.Files)
	if err != nil {
		return nil, err
	}
	reference, err := submission.From(ex.Reference, ex.Files)
	if err != nil {
		return nil, err
	}
	code := ex.Files[0]
	all := []trial{
		{
			name: "broken", file: "exercises/" + ex.ID + "/" + code, submission: broken,
			expected: expectation(ex), certain: certainKinds(ex),
			judge: func(vs []finding.Verdict) []string { return judgeBroken(ex, vs) },
		},
		{
			name: "reference", file: "solutions/" + ex.ID + "/" + code, submission: reference,
			expected: []string{"pass"}, judge: judgePass, mutable: true,
		},
	}
	contract, err := ex.Contract()
	if err != nil {
		return nil, err
	}
	if source, ok := withConstants(reference.Files[code]); ok && contract != nil {
		named := all[1]
		named.name, named.submission, named.mutable = "reference/constants", replaced(reference, code, source), false
		all = append(all, named)
	}
	for _, v := range ex.Variants {
		all = append(all, variantTrial(ex, v, replaced(reference, code, v.Source)))
	}
	return all, nil
}

// replaced is a submission with another source in one of its files.
func replaced(s submission.Submission, name string, source []byte) submission.Submission {
	files := maps.Clone(s.Files)
	files[name] = source
	return submission.Submission{Files: files}
}

// A contract asks for what a program names in its source. A right one that names these must
// pass all the same.
const constants = `
var _ = [...]any{
	2, 3, 4, 7, 8, 10, 15, 16, 17, 20, 31, 32, 50, 64, 99, 100, 127, 128, 255, 256, 300, 500, 512, 999, 1000, 1024, 4096, 5000,
	10_000, 1<<15 - 1, 1 << 15, 50_000, 1<<16 - 1, 1 << 16, 99_999, 1 << 17, 1 << 18, 1_000_000, 1 << 20, 1<<31 - 1, 1 << 32, 1 << 62, 1<<63 - 1,
	"0", "stop", "STOP", "a text with several words", "%d of %d\n", "\x00", "\xff", ' ', '\n', ':', '|',
	racelab_time.Millisecond, 20 * racelab_time.Millisecond, 3 * racelab_time.Second, 10 * racelab_time.Minute, 24 * racelab_time.Hour, 500 * racelab_time.Hour,
}
`

var packageClause = regexp.MustCompile(`(?m)^package \w+$`)

// withConstants is a source that also names the constants, if it begins as sources do.
func withConstants(source []byte) ([]byte, bool) {
	at := packageClause.FindIndex(source)
	if at == nil {
		return nil, false
	}
	return slices.Concat(source[:at[1]], []byte(`; import racelab_time "time"`), source[at[1]:], []byte(constants)), true
}

func variantTrial(ex exercise.Exercise, v exercise.Variant, sub submission.Submission) trial {
	t := trial{name: "accepted/" + v.Name, submission: sub, expected: []string{"pass"}, judge: judgePass, mutable: v.Accepted, variant: true}
	if !v.Accepted {
		t.name, t.expected, t.certain = "rejected/"+v.Name, []string{string(v.Kind)}, []finding.Kind{v.Kind}
		t.judge = func(vs []finding.Verdict) []string { return judgeRejected(v.Kind, vs) }
	}
	t.file = "solutions/" + ex.ID + "/testdata/" + t.name + ".go"
	return t
}

// wrong reports whether it is a fix that is rejected.
func (t trial) wrong() bool { return t.variant && !t.mutable }

// settledBy reports whether a check that ended at the first error shows what must show.
func (t trial) settledBy(v finding.Verdict) bool {
	vs := []finding.Verdict{v}
	_, unclear := inconclusive(vs)
	return !unclear && len(t.judge(vs)) == 0
}

// expectation is what the manifest says of the broken version, in report order;
// what shows only sometimes is in parentheses.
func expectation(ex exercise.Exercise) []string {
	byRank := func(a, b exercise.Expect) int { return a.Kind.Rank() - b.Kind.Rank() }
	var words []string
	for _, e := range slices.SortedStableFunc(slices.Values(ex.Expect), byRank) {
		if e.Sometimes {
			words = append(words, "("+string(e.Kind)+")")
		} else {
			words = append(words, string(e.Kind))
		}
	}
	return words
}

func certainKinds(ex exercise.Exercise) []finding.Kind {
	var kinds []finding.Kind
	for _, e := range ex.Expect {
		if !e.Sometimes {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// judgeBroken demands, of every single check, exactly what the manifest expects.
func judgeBroken(ex exercise.Exercise, vs []finding.Verdict) []string {
	var problems []string
	for _, e := range ex.Expect {
		is := func(f finding.Finding) bool { return f.Kind == e.Kind && f.Detector == e.Detector }
		n := checksWith(vs, is)
		explored := checksWith(vs, func(f finding.Finding) bool { return is(f) && byExploring(f) })
		switch {
		case !e.Sometimes && n < len(vs):
			problems = append(problems, fmt.Sprintf("shows %s by %s in %d of %d checks: make the defect show every time, or say sometimes = true in the manifest",
				e.Kind, e.Detector, n, len(vs)))
		case e.Sometimes && explored == len(vs):
			problems = append(problems, fmt.Sprintf("shows %s by %s in a schedule, so every time: leave sometimes = true out of the manifest",
				e.Kind, e.Detector))
		}
	}
	for _, s := range sightings(vs) {
		if !slices.ContainsFunc(ex.Expect, func(e exercise.Expect) bool { return s.kind == e.Kind && s.detector == e.Detector }) {
			problems = append(problems, fmt.Sprintf("shows %s, which the manifest does not expect: name it there, or mend the program or its tests", s.describe(len(vs))))
		}
	}
	return problems
}

// judgePass demands that every check passes.
func judgePass(vs []finding.Verdict) []string {
	var problems []string
	for _, s := range sightings(vs) {
		problems = append(problems, fmt.Sprintf("must pass and shows %s: a right fix must never be refused; mend the fix or the tests", s.describe(len(vs))))
	}
	return problems
}

// judgeRejected demands that every check finds kind; others may come with it.
func judgeRejected(kind finding.Kind, vs []finding.Verdict) []string {
	n := checksWith(vs, func(f finding.Finding) bool { return f.Kind == kind })
	if n == len(vs) {
		return nil
	}
	return []string{fmt.Sprintf("must fail with %s and did in %d of %d checks (%s): tighten the tests, or name in its header the kind that it always shows",
		kind, n, len(vs), strings.Join(seen(vs), ", "))}
}

// inconclusive is why racelab could not tell, if that happened in any check.
func inconclusive(vs []finding.Verdict) (reason string, ok bool) {
	for _, v := range vs {
		if v.Outcome == finding.Inconclusive {
			return v.Reason, true
		}
	}
	return "", false
}
