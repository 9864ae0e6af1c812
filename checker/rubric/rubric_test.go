package rubric

import (
	"testing"

	"racelab/checker/exercise"
	"racelab/checker/finding"
)

func about(kinds ...finding.Kind) exercise.Exercise {
	ex := exercise.Exercise{ID: "01-bank"}
	for _, k := range kinds {
		ex.Expect = append(ex.Expect, exercise.Expect{Kind: k})
	}
	ex.Rubric = []exercise.Line{
		{Name: "No race", Kinds: []finding.Kind{finding.DataRace, finding.LockOrder, finding.RecursiveLock, finding.Vet}, Points: 6},
		{Name: "Right", Kinds: []finding.Kind{finding.WrongResult, finding.Deadlock}, Points: 4},
	}
	return ex
}

func found(kinds ...finding.Kind) []finding.Finding {
	var out []finding.Finding
	for _, k := range kinds {
		out = append(out, finding.Finding{Kind: k, Severity: finding.Error})
	}
	return out
}

func natively(kind finding.Kind) []finding.Finding { return seenIn(finding.RaceMode, kind) }
func explored(kind finding.Kind) []finding.Finding { return seenIn(finding.ExploreMode, kind) }

func seenIn(mode finding.Mode, kind finding.Kind) []finding.Finding {
	all := found(kind)
	all[0].Evidence.Mode = mode
	return all
}

func TestJudge(t *testing.T) {
	noMemory := finding.Doubtf(finding.DoubtMachine, "no memory")
	unwatched := func(seen, of int) []finding.Finding {
		all := natively(finding.DataRace)
		all[0].Evidence.Mode, all[0].Evidence.Seen, all[0].Evidence.Runs = finding.WrittenMode, seen, of
		return all
	}
	tests := []struct {
		name     string
		about    []finding.Kind
		evidence Evidence
		outcome  finding.Outcome
		score    int
		stuck    bool // no execution came to its end
	}{
		{"clean", nil, Evidence{}, finding.Pass, 10, false},
		{"a race", nil, Evidence{Findings: found(finding.DataRace)}, finding.Fail, 4, false},
		{"both", nil, Evidence{Findings: found(finding.DataRace, finding.WrongResult)}, finding.Fail, 0, false},
		{"does not build", nil, Evidence{Findings: found(finding.Build)}, finding.Fail, 0, false},
		{"against the policy", nil, Evidence{Findings: found(finding.Policy)}, finding.Fail, 0, false},
		{"an error on no line", nil, Evidence{Findings: found(finding.Timeout)}, finding.Fail, 0, false},
		{"our fault", nil, Evidence{Doubt: noMemory}, finding.Inconclusive, 0, false},
		{"our fault does not undo an error", nil, Evidence{Findings: found(finding.DataRace), Doubt: noMemory}, finding.Fail, 4, false},
		{"a lock order elsewhere", nil, Evidence{Findings: found(finding.LockOrder)}, finding.Pass, 10, false},
		{"a lock order where it is the lesson", []finding.Kind{finding.LockOrder}, Evidence{Findings: found(finding.LockOrder)}, finding.Fail, 4, false},
		{"nothing ran to its end", nil, Evidence{Findings: found(finding.Deadlock)}, finding.Fail, 0, true},
		{"nothing ran, and nothing says why", nil, Evidence{}, finding.Inconclusive, 0, true},
		{"a second lock that hung", nil, Evidence{Findings: found(finding.RecursiveLock, finding.Deadlock)}, finding.Fail, 0, false},
		{"a second lock that did not", nil, Evidence{Findings: found(finding.RecursiveLock)}, finding.Pass, 10, false},
		{"seen natively, and nothing explored", nil, Evidence{Findings: natively(finding.WrongResult)}, finding.Fail, 6, false},
		{
			"seen natively, by luck, and another one explored", nil,
			Evidence{Findings: append(natively(finding.WrongResult), explored(finding.DataRace)...)},
			finding.Fail, 4, false,
		},
		{"another program where nobody looks", nil, Evidence{Findings: unwatched(2, 4)}, finding.Fail, 0, false},
		{"once, where nobody looks", nil, Evidence{Findings: unwatched(1, 4)}, finding.Fail, 4, false},
		{"nothing ran to its end, and exploring says why", nil, Evidence{Findings: explored(finding.Deadlock)}, finding.Fail, 6, true},
		{"vet elsewhere", nil, Evidence{Findings: found(finding.Vet)}, finding.Pass, 10, false},
		{"vet where it is the lesson", []finding.Kind{finding.Vet}, Evidence{Findings: found(finding.Vet)}, finding.Fail, 4, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.evidence.Ended = !tt.stuck
			v := Judge(about(tt.about...), tt.evidence)
			if v.Outcome != tt.outcome || v.Score != tt.score || v.MaxScore != 10 {
				t.Errorf("%s with %d of %d points, want %s with %d", v.Outcome, v.Score, v.MaxScore, tt.outcome, tt.score)
			}
			if (v.Outcome == finding.Inconclusive) != (v.Reason != "" && v.Cause == finding.DoubtMachine) {
				t.Errorf("reason = %q, cause = %q", v.Reason, v.Cause)
			}
		})
	}
}

func TestJudgeDoesNotChangeTheEvidence(t *testing.T) {
	e := Evidence{Findings: found(finding.Vet, finding.DataRace)}
	Judge(about(), e)
	if e.Findings[0].Kind != finding.Vet || e.Findings[0].Severity != finding.Error {
		t.Errorf("evidence is now %v", e.Findings)
	}
}
