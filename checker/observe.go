package checker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/stage"

	"github.com/google/go-cmp/cmp"
)

// An observation is one set of attributes that a test showed, and in how many
// executions.
type observation struct {
	Attrs map[string]string `json:"attrs"`
	Seen  int               `json:"seen"`
}

// observations are, for each test, the distinct ones.
type observations map[string][]observation

func (o observations) add(ex execution) {
	for _, t := range ex.Log.Results {
		if !t.Ended || t.Failed {
			continue // a failed test has said what is wrong
		}
		i := o.find(t.Name, t.Attrs)
		if i < 0 {
			i = len(o[t.Name])
			o[t.Name] = append(o[t.Name], observation{Attrs: t.Attrs})
		}
		o[t.Name][i].Seen++
	}
}

func (o observations) find(test string, attrs map[string]string) int {
	return slices.IndexFunc(o[test], func(seen observation) bool { return maps.Equal(seen.Attrs, attrs) })
}

// compare reports what got shows, in some of so many runs, and want never did.
// It is meant for exercises whose right fixes have one outcome.
func (want observations) compare(got observations, runs int) []finding.Finding {
	var out []finding.Finding
	for _, test := range slices.Sorted(maps.Keys(got)) {
		if len(want[test]) == 0 {
			continue
		}
		evidence := finding.Evidence{Mode: string(wire.Race), Runs: runs, Tests: []string{test}}
		for _, other := range got[test] {
			if want.find(test, other.Attrs) >= 0 {
				continue
			}
			evidence.Seen += other.Seen
			if evidence.Diff == "" { // one difference a test is enough to see
				evidence.Diff = cmp.Diff(want[test][0].Attrs, other.Attrs)
			}
		}
		if evidence.Seen > 0 {
			out = append(out, finding.Finding{
				Kind: finding.WrongResult, Detector: finding.Reference, Severity: finding.Error,
				Message:  fmt.Sprintf("%s observed something else than it does of the reference solution", test),
				Evidence: evidence,
			})
		}
	}
	return out
}

// errReference means that the reference solution did not pass here, so that
// nothing can be compared with it.
var errReference = errors.New("the reference solution itself does not pass on this machine")

// referenceObservations runs the reference, or remembers what it showed when
// the same reference ran under the same harness and toolchain before.
func (c *check) referenceObservations(ctx context.Context) (observations, error) {
	file := filepath.Join(c.cache, "reference", c.referenceKey()+".json")
	if data, err := os.ReadFile(file); err == nil {
		var known observations
		if json.Unmarshal(data, &known) == nil {
			return known, nil
		}
	}
	c.progress("running the reference solution once, to compare with")
	seen, err := c.observeReference(ctx)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(seen)
	if err != nil {
		return nil, err
	}
	// Not being able to remember costs time and nothing else.
	_ = writeAtomically(file, data)
	return seen, nil
}

func (c *check) observeReference(ctx context.Context) (observations, error) {
	sub, err := Reference(c.exercise)
	if err != nil {
		return nil, err
	}
	ref := *c
	ref.submission = sub
	ws, err := stage.New(c.exercise, sub, c.labDir)
	if err != nil {
		return nil, err
	}
	defer ws.Close()
	binary, findings, err := ref.compile(ctx, ws)
	if err != nil {
		return nil, err
	}
	if len(findings) > 0 {
		return nil, fmt.Errorf("%w: %s", errReference, findings[0].Message)
	}
	outcome, err := ref.runRace(ctx, ws, binary)
	if err != nil {
		return nil, err
	}
	if len(outcome.findings) > 0 {
		return nil, fmt.Errorf("%w: %s", errReference, outcome.findings[0].Message)
	}
	if outcome.fault != "" {
		return nil, fmt.Errorf("%w: %s", errReference, outcome.fault)
	}
	return outcome.observed, nil
}

// Reference returns the reference solution as a submission.
func Reference(ex exercise.Exercise) (stage.Submission, error) {
	if ex.Reference == nil {
		return stage.Submission{}, fmt.Errorf("exercise %s comes without a reference solution", ex.ID)
	}
	return stage.From(ex.Reference, ex.Files)
}
