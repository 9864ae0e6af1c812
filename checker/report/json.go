package report

import (
	"encoding/json"
	"io"

	"racelab/checker/finding"
)

// JSON writes v as one line: the object that package finding documents.
func JSON(w io.Writer, v finding.Verdict, _ Style, _ Context) error {
	return json.NewEncoder(w).Encode(fillVerdict(v))
}

// ReplayJSON writes r as one line: the object that package finding documents.
func ReplayJSON(w io.Writer, r finding.Replay, _ Style, _ Context) error {
	return json.NewEncoder(w).Encode(fillReplay(r))
}

// A jsonSeries is an object for each submission.
type jsonSeries struct{ w io.Writer }

func newJSONSeries(w io.Writer, _ Style, _ Context, _ int) Series { return jsonSeries{w} }

func (s jsonSeries) Add(v finding.Verdict) error { return JSON(s.w, v, Style{}, Context{}) }

func (jsonSeries) Close() error { return nil }
