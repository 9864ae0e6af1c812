package proof

import (
	"slices"
	"testing"

	"racelab/checker/finding"
)

func TestSights(t *testing.T) {
	saw := func(d finding.Detector, mode finding.Mode, seen, of int) finding.Finding {
		return finding.Finding{Severity: finding.Error, Detector: d, Evidence: finding.Evidence{Mode: mode, Seen: seen, Runs: of}}
	}
	runs := []finding.Run{
		{Mode: finding.RaceMode, Executions: 4, Failing: 3},
		{Mode: finding.LockMode, Executions: 2},
		{Mode: finding.ExploreMode, Schedules: 20, Failing: 7},
	}
	warning := saw(finding.GoVet, "", 0, 0)
	warning.Severity = finding.Warning
	scenario := saw(finding.Contract, finding.ExploreMode, 1, 1)
	scenario.Evidence.Scenario = &finding.Scenario{}
	for _, tt := range []struct {
		name     string
		findings []finding.Finding
		want     []string
	}{
		{"the most that one of its findings was seen", []finding.Finding{
			saw(finding.Race, finding.RaceMode, 1, 4), saw(finding.Race, finding.RaceMode, 3, 4), saw(finding.Race, finding.ExploreMode, 5, 20), warning,
		}, []string{"-", "3/4", "-", "-", "-", "-", "7/20"}},
		{"each its own", []finding.Finding{
			saw(finding.GoVet, "", 0, 0), saw(finding.Tests, finding.RaceMode, 2, 4), saw(finding.GoDeadlock, finding.LockMode, 1, 2), saw(finding.Goleak, finding.RaceMode, 3, 4), scenario,
		}, []string{"yes", "-", "2/4", "1/2", "3/4", "yes", "7/20"}},
		{"a hang that exploring saw as well", []finding.Finding{saw(finding.Runtime, finding.ExploreMode, 7, 20)}, []string{"-", "-", "3/4", "-", "-", "-", "7/20"}},
	} {
		if got := Sights(finding.Verdict{Findings: tt.findings, Runs: runs}); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := Sights(finding.Verdict{}); len(got) != len(Eyes) || slices.ContainsFunc(got, func(s string) bool { return s != "-" }) {
		t.Errorf("of a program that is right: %q", got)
	}
}
