package page

import (
	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/finding"
)

// hostileBook has one student who puts all that is hostile wherever a student may put
// anything, for an exercise of a hostile name.
func hostileBook() (record.Book, Known) {
	race := raceAt(3, "TestShown", 5)
	race.Evidence.Output, race.Evidence.Diff = hostile, "- a\n+ "+hostile
	race.Evidence.Scenario = &finding.Scenario{Setup: hostile, Threads: [][]finding.Made{{{Call: hostile, Result: hostile, Returned: true, Begun: true}}}}
	for i := range race.Evidence.Trace.Steps {
		race.Evidence.Trace.Steps[i].Object, race.Evidence.Trace.Steps[i].Value = hostile, hostile
	}
	race.Location.Function = hostile
	r := record.Record{
		Student: hostile, Name: hostile, Exercise: "01-exercise", State: record.Graded, Score: 1, MaxScore: 10,
		Verdict: &finding.Verdict{
			Outcome: finding.Fail, Score: 1, MaxScore: 10, Feedback: hostile,
			Points: []finding.Points{{Name: hostile, Max: 10}}, Findings: []finding.Finding{race, wrongIn("TestShown", hostile, 5)},
		},
		Notes:   []handin.Note{{What: handin.Unreadable, Path: hostile}},
		Earlier: []record.Earlier{{Score: 1, MaxScore: 10, Reason: hostile}},
		Quotes:  []record.Quote{{File: "bank.go", Line: 3, Text: hostile}},
		Late:    true,
	}
	other := record.Record{Student: hostile, Name: hostile, Exercise: hostile, State: record.Graded, MaxScore: 10, Verdict: &finding.Verdict{Outcome: finding.Inconclusive, Reason: hostile}}
	_, known := generated(0, 1)
	return record.Book{Header: record.Header{Racelab: hostile}, Records: []record.Record{r, other}}, known
}
