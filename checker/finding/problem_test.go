package finding_test

import (
	"slices"
	"testing"

	"racelab/checker/finding"
)

func numbered(kind finding.Kind, problem int, follows finding.Follows, schedule string) finding.Finding {
	return finding.Finding{
		Kind: kind, Severity: finding.Error, Problem: problem, Follows: follows,
		Evidence: finding.Evidence{Schedule: schedule},
	}
}

func TestProblems(t *testing.T) {
	const race, result = finding.DataRace, finding.WrongResult
	type problem struct {
		head     finding.Kind
		follows  int
		schedule string
	}
	for name, c := range map[string]struct {
		findings []finding.Finding
		want     []problem
	}{
		"none": {nil, nil},
		"as an older racelab wrote them, first one of each kind": {
			[]finding.Finding{numbered(race, 0, "", "a"), numbered(race, 0, "", "b"), numbered(result, 0, "", "c")},
			[]problem{{race, 0, "a"}, {result, 0, "c"}, {race, 0, "b"}},
		},
		"numbered": {
			[]finding.Finding{
				numbered(race, 2, "", ""), numbered(result, 1, finding.Same, "b"), numbered(result, 1, "", ""), numbered(result, 2, finding.Consequence, "c"),
			},
			[]problem{{result, 1, "b"}, {race, 1, "c"}},
		},
		"what a race leads to shows the race, too": {
			[]finding.Finding{numbered(race, 1, "", "a"), numbered(race, 1, finding.Same, "b"), numbered(result, 1, finding.Consequence, "c")},
			[]problem{{race, 2, "c"}},
		},
		"a warning is none": {[]finding.Finding{{Kind: race, Severity: finding.Warning}}, nil},
	} {
		var got []problem
		for i, p := range (finding.Verdict{Findings: c.findings}).Problems() {
			got = append(got, problem{p.Head.Kind, len(p.Follows), p.Schedule()})
			if p.Number != i+1 {
				t.Errorf("%s: number %d is number %d", name, i+1, p.Number)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
