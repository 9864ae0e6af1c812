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
	"time"

	"racelab/checker/detect/testevent"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/stage"
	"racelab/checker/submission"

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
		o.addTest(t)
	}
}

func (o observations) addTest(t testevent.Test) {
	if !t.Ended || t.Failed {
		return // a failed test has said what is wrong
	}
	i := o.find(t.Name, t.Attrs)
	if i < 0 {
		i = len(o[t.Name])
		o[t.Name] = append(o[t.Name], observation{Attrs: t.Attrs})
	}
	o[t.Name][i].Seen++
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
				Message:  otherMessage(test),
				Evidence: evidence,
			})
		}
	}
	return out
}

func otherMessage(test string) string {
	return test + " observed something else than it does of the reference solution"
}

// errReference means that the reference solution did not pass here, so that
// nothing can be compared with it.
var errReference = errors.New("the reference solution itself does not pass on this machine")

// A reference is what the reference solution showed.
type reference struct {
	Observed observations             `json:"observed"` // natively
	Digests  map[string][]string      `json:"digests"`  // of what each test observed, exploring
	Slowest  map[string]time.Duration `json:"slowest"`  // of each test on the virtual clock, exploring
}

// differs reports whether a right fix, of which there is one outcome, never
// shows digest.
func (r *reference) differs(test, digest string) bool {
	return len(r.Digests[test]) > 0 && !slices.Contains(r.Digests[test], digest)
}

// whatReferenceShows runs the reference, or remembers what it showed when
// the same reference ran under the same harness and toolchain before.
func (c *check) whatReferenceShows(ctx context.Context) (*reference, error) {
	file := filepath.Join(c.cache, "reference", c.referenceKey()+".json")
	if data, err := os.ReadFile(file); err == nil {
		known := &reference{}
		if json.Unmarshal(data, known) == nil {
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

func (c *check) observeReference(ctx context.Context) (*reference, error) {
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
	binary, findings, err := ref.compile(ctx, ws, ref.exports(ctx, ws))
	if err != nil {
		return nil, err
	}
	if len(findings) > 0 {
		return nil, fmt.Errorf("%w: %s", errReference, findings[0].Message)
	}
	race, err := ref.runRace(ctx, ws, binary)
	if err := soundReference(race, err); err != nil {
		return nil, err
	}
	explored, err := ref.explore(ctx, ws, binary, nil)
	if err := soundReference(explored.outcome, err); err != nil {
		return nil, err
	}
	return &reference{Observed: race.observed, Digests: explored.digests, Slowest: explored.slowest}, nil
}

func soundReference(o outcome, err error) error {
	switch {
	case err != nil:
		return err
	case len(o.findings) > 0:
		return fmt.Errorf("%w: %s", errReference, o.findings[0].Message)
	case o.fault != "":
		return fmt.Errorf("%w: %s", errReference, o.fault)
	}
	return nil
}

// Reference returns the reference solution as a submission.
func Reference(ex exercise.Exercise) (submission.Submission, error) {
	if ex.Reference == nil {
		return submission.Submission{}, fmt.Errorf("exercise %s comes without a reference solution", ex.ID)
	}
	return submission.From(ex.Reference, ex.Files)
}
