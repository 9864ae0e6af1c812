package checker

import (
	"testing"
	"testing/fstest"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/submission"
)

// An author's words reach whoever wrote the rejected fix, and, marked as such, whoever fails like it.
func TestComment(t *testing.T) {
	const head = "package count\n\nimport \"time\"\n\nvar m, n int\n\n"
	const wrong = head + "func Add() { time.Sleep(1); n++ }\n"
	ex := exercise.Exercise{
		Manifest:  exercise.Manifest{Files: []string{"count.go"}},
		Dir:       fstest.MapFS{"count.go": {Data: []byte(head + "func Add() { n++ }\n")}},
		Reference: fstest.MapFS{exercise.SymptomsFile: {Data: []byte("['rejected/sleep']\nshows = ['data-race in TestAdd']\n")}},
		Variants:  []exercise.Variant{{Name: "sleep", Feedback: "Sleeping orders nothing.", Files: map[string][]byte{"count.go": []byte(wrong)}}},
	}
	race := finding.Finding{Kind: finding.DataRace, Severity: finding.Error, Evidence: finding.Evidence{Mode: finding.ExploreMode, Schedule: "TestAdd::1.x.y"}}
	for _, tt := range []struct {
		name, source   string
		first          bool
		feedback, like string
	}{
		{"that very fix", wrong, false, "Sleeping orders nothing.", ""},
		{"another one that shows the same", head + "func Add() { pause(); n += 1 }\nfunc pause() { time.Sleep(2) }\n", false, "", "Sleeping orders nothing."},
		{"not all is known of what it shows", head + "func Add() { pause(); n += 1 }\nfunc pause() { time.Sleep(2) }\n", true, "", ""},
		{"another mistake", head + "func Add() { m++ }\n", false, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{race}}
			comment(&v, Task{Exercise: ex, Submission: submission.Submission{Files: map[string][]byte{"count.go": []byte(tt.source)}}, First: tt.first})
			if v.Feedback != tt.feedback || v.Like != tt.like {
				t.Errorf("feedback %q, like %q", v.Feedback, v.Like)
			}
		})
	}
}
