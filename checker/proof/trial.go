// Package proof knows what an exercise promises: its broken version shows what the manifest
// names, every right fix passes, every wrong one fails, and so do all mutants of a right one
// that have no reason not to. It holds verdicts against that, and checks nothing itself.
package proof

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
	"racelab/checker/submission"
)

// A Trial is one version of an exercise's program, and what must come of it when it is
// checked.
type Trial struct {
	Name       string // "broken", "reference", "accepted/atomic"
	File       string // from the repository's top
	Submission submission.Submission
	Expected   []string // for people: its kinds, or that it passes
	// Judge says what is wrong with these verdicts, in whole clauses.
	Judge func([]finding.Verdict) []string
	// Certain are the kinds that a check must never miss: none of a right fix.
	Certain []finding.Kind
	Mutable bool // the reference, or an accepted fix: mistakes are made in it
	Variant bool // it stands in a file of its own
	// Shows is what is recorded that it shows, of a wrong one.
	Shows []string
}

// Trials lists every version of ex, the broken one first.
func Trials(ex exercise.Exercise) ([]Trial, error) {
	broken, err := submission.From(ex.Dir, ex.Files)
	if err != nil {
		return nil, err
	}
	reference, err := submission.From(ex.Reference, ex.Files)
	if err != nil {
		return nil, err
	}
	code := ex.Files[0]
	all := []Trial{
		{
			Name: exercise.Broken, File: "exercises/" + ex.ID + "/" + code, Submission: broken,
			Expected: expectation(ex), Certain: certainKinds(ex),
			Judge: func(vs []finding.Verdict) []string { return judgeBroken(ex, vs) },
		},
		{
			Name: "reference", File: "solutions/" + ex.ID + "/" + code, Submission: reference,
			Expected: []string{"pass"}, Judge: judgePass, Mutable: true,
		},
	}
	contract, err := ex.Contract()
	if err != nil {
		return nil, err
	}
	if source, ok := withConstants(reference.Files[code]); ok && contract != nil {
		named := all[1]
		named.Name, named.Submission, named.Mutable = "reference/constants", replaced(reference, code, source), false
		all = append(all, named)
	}
	for _, v := range ex.Variants {
		all = append(all, variantTrial(ex, v, submission.Submission{Files: ex.Complete(v)}))
	}
	recorded, err := ex.Symptoms()
	for i, t := range all {
		all[i].Shows = recorded[t.Name].Shows
	}
	return all, err
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

func variantTrial(ex exercise.Exercise, v exercise.Variant, sub submission.Submission) Trial {
	t := Trial{Name: v.ID(), Submission: sub, Expected: []string{"pass"}, Judge: judgePass, Mutable: v.Accepted, Variant: true}
	if !v.Accepted {
		t.Expected, t.Certain = []string{string(v.Kind)}, []finding.Kind{v.Kind}
		t.Judge = func(vs []finding.Verdict) []string { return judgeRejected(v.Kind, vs) }
	}
	t.File = "solutions/" + ex.ID + "/" + v.Path
	return t
}

// Wrong reports whether it is a fix that is rejected.
func (t Trial) Wrong() bool { return t.Variant && !t.Mutable }

// Misrecorded says that a whole check showed something else than is recorded.
func (t Trial) Misrecorded(v finding.Verdict) (problem string) {
	if shows := v.Symptoms(); t.Shows != nil && !slices.Equal(shows, t.Shows) {
		return fmt.Sprintf("shows %q, which is not what %s says: write it anew with `racelab dev check --record`", shows, exercise.SymptomsFile)
	}
	return ""
}

// Unbuilt says what does not build, if it stands in a file that no submission brings.
func (t Trial) Unbuilt(vs []finding.Verdict) (what string, ok bool) {
	for _, v := range vs {
		for _, f := range v.Errors() {
			if _, its := t.Submission.Files[f.Location.File]; f.Kind == finding.Build && f.Location.File != "" && !its {
				return fmt.Sprintf("%s:%d: %s", f.Location.File, f.Location.Line, terminal.Line(report.Message(f))), true
			}
		}
	}
	return "", false
}

// SettledBy reports whether a check that ended at the first error shows what must show.
func (t Trial) SettledBy(v finding.Verdict) bool {
	vs := []finding.Verdict{v}
	_, unclear := Inconclusive(vs)
	return !unclear && len(t.Judge(vs)) == 0
}

// expectation is the kinds that the manifest says the broken version shows, in report
// order; those that show only sometimes are in parentheses.
func expectation(ex exercise.Exercise) []string {
	certain := certainKinds(ex)
	var words []string
	for _, kind := range finding.Kinds() {
		switch {
		case slices.Contains(certain, kind):
			words = append(words, string(kind))
		case slices.ContainsFunc(ex.Expect, func(e exercise.Expect) bool { return e.Kind == kind }):
			words = append(words, "("+string(kind)+")")
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
		kind, n, len(vs), strings.Join(Seen(vs), ", "))}
}

// Inconclusive is why racelab could not tell, if that happened in any check.
func Inconclusive(vs []finding.Verdict) (reason string, ok bool) {
	for _, v := range vs {
		if v.Outcome == finding.Inconclusive {
			return v.Reason, true
		}
	}
	return "", false
}
