package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/stage"
)

// A trial is one version of an exercise's program that dev check grades, and
// what must come of it.
type trial struct {
	name       string // "broken", "reference", "accepted/atomic"
	file       string // from the repository's top
	submission stage.Submission
	expected   string // for the table
	// later is set when native runs need not show what is expected yet.
	later bool
	// judge says what is wrong with these verdicts, in whole clauses.
	judge func([]finding.Verdict) []string
	// certain are the kinds that a check must never miss.
	certain []finding.Kind
}

// trials lists every version of ex, the broken one first.
func trials(ex exercise.Exercise) ([]trial, error) {
	broken, err := stage.From(ex.Dir, ex.Files)
	if err != nil {
		return nil, err
	}
	reference, err := stage.From(ex.Reference, ex.Files)
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
			expected: "pass", judge: judgePass,
		},
	}
	for _, v := range ex.Variants {
		files := map[string][]byte{}
		for name, content := range reference.Files {
			files[name] = content
		}
		files[code] = v.Source
		all = append(all, variantTrial(ex, v, stage.Submission{Files: files}))
	}
	return all, nil
}

func variantTrial(ex exercise.Exercise, v exercise.Variant, sub stage.Submission) trial {
	t := trial{name: "rejected/" + v.Name, submission: sub, expected: string(v.Kind)}
	switch {
	case v.Accepted:
		t.name, t.expected, t.judge = "accepted/"+v.Name, "pass", judgePass
	case v.Always:
		t.certain = []finding.Kind{v.Kind}
		t.judge = func(vs []finding.Verdict) []string { return judgeRejected(v.Kind, vs) }
	default:
		t.later, t.expected = true, "("+t.expected+")"
		t.judge = func([]finding.Verdict) []string { return nil }
	}
	t.file = "solutions/" + ex.ID + "/testdata/" + t.name + ".go"
	return t
}

// expectation is what the manifest says of the broken version; what shows only
// sometimes is in parentheses.
func expectation(ex exercise.Exercise) string {
	var words []string
	for _, e := range ex.Expect {
		if e.Sometimes {
			words = append(words, "("+string(e.Kind)+")")
		} else {
			words = append(words, string(e.Kind))
		}
	}
	return strings.Join(words, ", ")
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
	seen := sightings(vs)
	for _, e := range ex.Expect {
		checks := 0
		if i := slices.IndexFunc(seen, func(s sighting) bool { return s.kind == e.Kind && s.detector == e.Detector }); i >= 0 {
			checks = seen[i].checks
		}
		if !e.Sometimes && checks < len(vs) {
			problems = append(problems, fmt.Sprintf("shows %s by %s in %d of %d checks: make the defect show every time, or say sometimes = true in the manifest",
				e.Kind, e.Detector, checks, len(vs)))
		}
	}
	for _, s := range seen {
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
	checks := 0
	for _, v := range vs {
		if slices.ContainsFunc(v.Errors(), func(f finding.Finding) bool { return f.Kind == kind }) {
			checks++
		}
	}
	if checks == len(vs) {
		return nil
	}
	return []string{fmt.Sprintf("must fail with %s and did in %d of %d checks (%s): tighten the tests, or say \"Caught: explore\" in its header",
		kind, checks, len(vs), summary(vs))}
}

// A sighting is one kind of error as one detector saw it, over several checks.
type sighting struct {
	kind       finding.Kind
	detector   finding.Detector
	checks     int // checks that found it
	seen, runs int // executions that showed it, of those that could have
	example    finding.Finding
}

// sightings adds up the errors of several checks of one program, in report order.
func sightings(vs []finding.Verdict) []sighting {
	var all []sighting
	for _, v := range vs {
		for _, f := range v.Errors() {
			if !slices.ContainsFunc(all, func(s sighting) bool { return s.is(f) }) {
				all = append(all, sighting{kind: f.Kind, detector: f.Detector, example: f})
			}
		}
	}
	for i := range all {
		for _, v := range vs {
			all[i].add(v)
		}
	}
	slices.SortFunc(all, func(a, b sighting) int {
		return cmp.Or(a.kind.Rank()-b.kind.Rank(), cmp.Compare(a.detector, b.detector))
	})
	return all
}

func (s sighting) is(f finding.Finding) bool { return f.Kind == s.kind && f.Detector == s.detector }

// add counts one check. Of several findings of the kind it takes the one that
// was seen most often; executions that could have shown it count all the same.
func (s *sighting) add(v finding.Verdict) {
	seen, runs := 0, 0
	for _, r := range v.Runs {
		if r.Mode == s.example.Evidence.Mode {
			runs = r.Executions
		}
	}
	found := false
	for _, f := range v.Errors() {
		if s.is(f) {
			found, seen, runs = true, max(seen, f.Evidence.Seen), max(runs, f.Evidence.Runs)
		}
	}
	if found {
		s.checks++
	}
	s.seen += seen
	s.runs += runs
}

// describe names the sighting and one example of it, for a problem's text.
func (s sighting) describe(checks int) string {
	text := fmt.Sprintf("%s by %s", s.kind, s.detector)
	if checks > 1 {
		text += fmt.Sprintf(" in %d of %d checks", s.checks, checks)
	}
	if loc := s.example.Location; loc.File != "" {
		text += fmt.Sprintf(", as at %s:%d", loc.File, loc.Line)
	}
	return text + " (" + terminal.Cut(terminal.Line(s.example.Message), 160) + ")"
}

// summary is what several checks of one program showed, for the table:
// "data-race 10/10, wrong-result 3/10".
func summary(vs []finding.Verdict) string {
	var words []string
	for _, s := range sightings(vs) {
		word := string(s.kind)
		if s.runs > 0 {
			word += fmt.Sprintf(" %d/%d", s.seen, s.runs)
		}
		if s.checks < len(vs) {
			word += fmt.Sprintf(" (%d of %d checks)", s.checks, len(vs))
		}
		words = append(words, word)
	}
	if _, unclear := inconclusive(vs); unclear {
		words = append(words, "inconclusive")
	}
	if len(words) == 0 {
		return "pass"
	}
	return strings.Join(words, ", ")
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

// tooOften is the chance of missing a certain kind above which a trial is
// called fragile: a suite of 150 trials that runs daily would fail once in 20 years.
const tooOften = 1e-6

// fragile says which certain kinds a check is likely to miss one day, going by
// how many executions showed them. full is the number of executions that a whole
// check has in each mode.
func (t trial) fragile(vs []finding.Verdict, full map[string]int) []string {
	var notes []string
	for _, s := range sightings(vs) {
		if !slices.Contains(t.certain, s.kind) || s.runs == 0 || s.seen == s.runs {
			continue
		}
		executions := max(full[s.example.Evidence.Mode], s.example.Evidence.Runs)
		if miss := math.Pow(1-float64(s.seen)/float64(s.runs), float64(executions)); miss > tooOften {
			notes = append(notes, fmt.Sprintf("%s shows in %d of %d runs: about one check in %.0f misses it (-n measures more)",
				s.kind, s.seen, s.runs, 1/miss))
		}
	}
	return notes
}

// seconds is how a duration stands in the table.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1fs", d.Seconds()) }
