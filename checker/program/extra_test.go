package program

import (
	"fmt"
	"testing"

	"racelab/checker/exercise"
	"racelab/checker/submission"
)

// A folder with very many files beside those that count makes few findings.
func TestExtraFilesAreFew(t *testing.T) {
	var sub submission.Submission
	for i := range 100_000 {
		sub.Extra = append(sub.Extra, fmt.Sprintf("x%d.go", i))
	}
	got := extraFiles(exercise.Exercise{}, sub)
	if len(got) != mostExtra || got[mostExtra-1].Fact.Breach.More != 100_000-mostExtra {
		t.Errorf("%d findings, the last of which is of %d more", len(got), got[len(got)-1].Fact.Breach.More)
	}
	sub.Extra = sub.Extra[:2]
	if got := extraFiles(exercise.Exercise{}, sub); len(got) != 2 || got[1].Fact.Breach.More != 0 {
		t.Errorf("%+v", got)
	}
}
