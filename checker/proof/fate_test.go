package proof

import (
	"testing"

	"racelab/checker/finding"
)

// What is not built, and what breaks a rule, is no kill.
func TestFateIn(t *testing.T) {
	verdict := func(fs ...finding.Finding) finding.Verdict {
		for i := range fs {
			fs[i].Severity = finding.Error
		}
		return finding.Verdict{Outcome: finding.Fail, Findings: fs}
	}
	explored := finding.Finding{Kind: finding.Deadlock, Evidence: finding.Evidence{Mode: finding.ExploreMode, SchedulesRun: 3, Tests: []string{"TestA"}}}
	native := finding.Finding{Kind: finding.DataRace, Evidence: finding.Evidence{Mode: finding.RaceMode}}
	for _, tt := range []struct {
		name string
		v    finding.Verdict
		want End
	}{
		{"explored", verdict(explored), EndExplored},
		{"in a scenario", verdict(finding.Finding{Kind: finding.WrongResult, Evidence: finding.Evidence{Mode: finding.ExploreMode, SchedulesRun: 1, Scenario: &finding.Scenario{}}}), EndContract},
		{"in both", verdict(native, explored), EndExplored},
		{"native", verdict(native), EndRace},
		{"lock", verdict(finding.Finding{Kind: finding.Deadlock, Evidence: finding.Evidence{Mode: finding.LockMode}}), EndLock},
		{"vet", verdict(finding.Finding{Kind: finding.Vet}), EndElse},
		{"build", verdict(finding.Finding{Kind: finding.Build}), EndRefused},
		{"policy", verdict(finding.Finding{Kind: finding.Policy}), EndRefused},
		{"pass", finding.Verdict{Outcome: finding.Pass}, EndPassed},
		{"inconclusive", finding.Verdict{Outcome: finding.Inconclusive}, EndUnclear},
	} {
		if got := FateIn(tt.v); got.By != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got.By, tt.want)
		}
	}
	if got := FateIn(verdict(native, explored)); got.Schedules != 3 || got.Test != "TestA" || got.Kind != finding.Deadlock {
		t.Errorf("%+v", got)
	}
}
