package checker

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A tally collects the findings of several executions in one mode and counts
// in how many of them each was seen.
type tally struct {
	mode     string
	runs     int
	findings []finding.Finding
}

// add counts one execution's findings. The first sight of each is kept.
func (t *tally) add(findings []finding.Finding) {
	t.runs++
	seen := map[string]bool{} // in this execution
	for _, f := range findings {
		key := identity(f)
		if seen[key] {
			continue
		}
		seen[key] = true
		if i := slices.IndexFunc(t.findings, func(g finding.Finding) bool { return identity(g) == key }); i >= 0 {
			t.findings[i].Evidence.Seen++
			continue
		}
		f.Evidence.Mode, f.Evidence.Seen = t.mode, 1
		t.findings = append(t.findings, f)
	}
}

// result returns the findings with their counts.
func (t *tally) result() []finding.Finding {
	for i := range t.findings {
		t.findings[i].Evidence.Runs = t.runs
	}
	return t.findings
}

// identity is the same for findings of one defect in different executions: its
// kind, the places concerned, in whichever order they were seen, and of what a
// test said the part that does not vary.
func identity(f finding.Finding) string {
	places := []string{place(f.Location)}
	if f.Kind == finding.DataRace {
		for _, r := range f.Related[:min(1, len(f.Related))] {
			places = append(places, place(r.Location))
		}
		slices.Sort(places)
	}
	shape := ""
	if f.Kind == finding.WrongResult {
		_, said, _ := strings.Cut(f.Message, ": ") // after the test's name
		shape = finding.Shape(said)
	}
	return fmt.Sprint(f.Kind, f.Detector, places, shape)
}

func place(l finding.Location) string { return fmt.Sprintf("%s:%d", l.File, l.Line) }

// fold joins what the modes saw of the same defect. Of a deadlock the run-time
// knows every goroutine that waits, go-deadlock who holds the lock. Of the rest,
// the first sight is kept.
func fold(findings []finding.Finding) []finding.Finding {
	i := slices.IndexFunc(findings, isDeadlockSeenBy(finding.Runtime))
	j := slices.IndexFunc(findings, isDeadlockSeenBy(finding.GoDeadlock))
	if i >= 0 && j >= 0 {
		findings[i].Related = append(findings[i].Related, findings[j].Related...)
		findings = slices.DeleteFunc(findings, isDeadlockSeenBy(finding.GoDeadlock))
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		key := identity(f)
		known := seen[key]
		seen[key] = true
		return known
	})
}

func isDeadlockSeenBy(d finding.Detector) func(finding.Finding) bool {
	return func(f finding.Finding) bool { return isDeadlock(f) && f.Detector == d }
}
