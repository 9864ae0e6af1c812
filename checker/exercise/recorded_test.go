package exercise

import (
	"os"
	"testing"
)

// Every exercise says what its wrong versions show, so that whoever fails like them is told why.
func TestExercisesHaveSymptoms(t *testing.T) {
	const top = "../../"
	set, err := Load(Content{Exercises: os.DirFS(top + "exercises"), Solutions: os.DirFS(top + "solutions"), Hints: os.DirFS(top + "hints")})
	if err != nil || len(set) == 0 {
		t.Fatalf("%d exercises, %v", len(set), err)
	}
	for _, ex := range set {
		known, err := ex.Symptoms()
		if err != nil || len(known) == 0 {
			t.Errorf("%s: %d versions, %v: run racelab dev check --record %02d", ex.ID, len(known), err, ex.Number)
		}
		for name, s := range known {
			if len(s.Shows) == 0 {
				t.Errorf("%s: %s shows nothing that a check shows every time", ex.ID, name)
			}
		}
	}
}
