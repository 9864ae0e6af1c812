package evidence

import (
	"slices"

	"racelab/checker/finding"
)

// A Tally collects the findings of several executions in one mode and counts
// in how many of them each was seen.
type Tally struct {
	Mode     finding.Mode
	runs     int
	findings []finding.Finding
}

// Add counts one execution's findings. The first finding of each is kept.
func (t *Tally) Add(findings []finding.Finding) {
	t.runs++
	seen := map[finding.Identity]bool{} // in this execution
	for _, f := range findings {
		key := f.Identity()
		if seen[key] {
			continue
		}
		seen[key] = true
		if i := slices.IndexFunc(t.findings, func(g finding.Finding) bool { return g.Identity() == key }); i >= 0 {
			t.findings[i].Evidence.Seen++
			continue
		}
		f.Evidence.Mode, f.Evidence.Seen = t.Mode, 1
		t.findings = append(t.findings, f)
	}
}

// Findings returns the findings with their counts.
func (t *Tally) Findings() []finding.Finding {
	for i := range t.findings {
		t.findings[i].Evidence.Runs = t.runs
	}
	return t.findings
}
