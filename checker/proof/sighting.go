package proof

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// A sighting is one kind of error as one detector saw it, over several checks.
type sighting struct {
	kind     finding.Kind
	detector finding.Detector
	checks   int // that found it
	example  finding.Finding
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
		all[i].checks = checksWith(vs, all[i].is)
	}
	slices.SortFunc(all, func(a, b sighting) int {
		return cmp.Or(a.kind.Rank()-b.kind.Rank(), cmp.Compare(a.detector, b.detector))
	})
	return all
}

func (s sighting) is(f finding.Finding) bool { return f.Kind == s.kind && f.Detector == s.detector }

// describe names the sighting and one example of it, for a problem's text.
func (s sighting) describe(checks int) string {
	text := fmt.Sprintf("%s by %s", s.kind, s.detector)
	if checks > 1 {
		text += fmt.Sprintf(" in %d of %d checks", s.checks, checks)
	}
	if loc := s.example.Location; loc.File != "" {
		text += fmt.Sprintf(", as at %s:%d", loc.File, loc.Line)
	}
	return text + " (" + terminal.CutWords(terminal.Line(report.Message(s.example)), 160) + ")"
}

// checksWith counts the checks that found such an error.
func checksWith(vs []finding.Verdict, such func(finding.Finding) bool) int {
	n := 0
	for _, v := range vs {
		if slices.ContainsFunc(v.Errors(), such) {
			n++
		}
	}
	return n
}

// byExploring reports whether exploring has shown f, native runs or not. Exploring
// the same program again shows it again.
func byExploring(f finding.Finding) bool { return f.Evidence.SchedulesRun > 0 }

// tooOften is the chance of missing a certain kind above which a trial is
// called fragile: a suite of 150 trials that runs daily would fail once in 20 years.
const tooOften = 1e-6

// Fragile says which certain kinds a check is likely to miss one day: those that
// exploring does not show, going by how many executions did. full is the number
// of executions that a whole check has in each mode.
func (t Trial) Fragile(vs []finding.Verdict, full map[finding.Mode]int) []string {
	var notes []string
	for _, s := range sightings(vs) {
		explored := checksWith(vs, func(f finding.Finding) bool { return f.Kind == s.kind && byExploring(f) })
		if !slices.Contains(t.Certain, s.kind) || explored == len(vs) {
			continue
		}
		n, of, mode := s.executions(vs)
		if n == of {
			continue
		}
		if miss := math.Pow(1-float64(n)/float64(of), float64(max(full[mode], of/len(vs)))); miss > tooOften {
			notes = append(notes, fmt.Sprintf("%s shows in no schedule and in %d of %d executions: about one check in %.0f misses it (-n measures more)",
				s.kind, n, of, 1/miss))
		}
	}
	return notes
}

// executions counts those that showed the sighting, of those that could have. Of
// several findings in one check it takes the one that was seen most often.
func (s sighting) executions(vs []finding.Verdict) (n, of int, mode finding.Mode) {
	such := func(f finding.Finding) bool { return s.is(f) && f.Evidence.Mode != finding.ExploreMode }
	for _, v := range vs {
		for _, f := range v.Errors() {
			if such(f) {
				mode = f.Evidence.Mode
			}
		}
	}
	for _, v := range vs {
		most := 0
		for _, f := range v.Errors() {
			if such(f) {
				most = max(most, f.Evidence.Seen)
			}
		}
		_, runs := Failing(v, mode)
		n, of = n+most, of+runs
	}
	return n, of, mode
}

// Unexplored says what only native runs vouch for, although exploring is there so
// that no verdict depends on luck. What was found without running needs neither.
func (t Trial) Unexplored(vs []finding.Verdict) (note string) {
	if len(t.Certain) > 0 {
		sure := func(f finding.Finding) bool { return byExploring(f) || f.Evidence.Mode == "" }
		if checksWith(vs, sure) < len(vs) {
			return "only native runs show that it is wrong"
		}
		return ""
	}
	for _, v := range vs {
		if !slices.ContainsFunc(v.Runs, func(r finding.Run) bool { return r.Schedules > 0 }) {
			return "no schedule of it was run: only native runs say that it is right"
		}
	}
	return ""
}

// Failing counts the executions in a mode, or its schedules of tests and scenarios,
// and those that showed something.
func Failing(v finding.Verdict, mode finding.Mode) (n, of int) {
	for _, r := range v.Runs {
		if r.Mode != mode {
			continue
		}
		if mode == finding.ExploreMode {
			return r.Failing, r.Schedules + r.ScenarioSchedules
		}
		return r.Failing, r.Executions
	}
	return 0, 0
}

// Seen are the kinds of errors that several checks of one program showed, each
// with the number of checks where some missed it.
func Seen(vs []finding.Verdict) []string {
	var words []string
	for _, kind := range finding.Kinds() {
		n := checksWith(vs, func(f finding.Finding) bool { return f.Kind == kind })
		switch {
		case n == len(vs):
			words = append(words, string(kind))
		case n > 0:
			words = append(words, fmt.Sprintf("%s %d/%d", kind, n, len(vs)))
		}
	}
	if _, unclear := Inconclusive(vs); unclear {
		words = append(words, "inconclusive")
	}
	if len(words) == 0 {
		return []string{"pass"}
	}
	return words
}
