package evidence

import (
	"maps"
	"slices"
	"time"

	"racelab/checker/contract"
	"racelab/checker/detect/testevent"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// An Observation is one set of attributes that a test showed, and in how many
// executions.
type Observation struct {
	Attrs map[string]string `json:"attrs"`
	Seen  int               `json:"seen"`
}

// Observations are, for each test, the distinct ones.
type Observations map[string][]Observation

// Add takes in what tests recorded. A test that failed has said what is wrong.
func (o Observations) Add(tests []testevent.Test) {
	for _, t := range tests {
		if t.Ended && !t.Failed {
			o.addTest(t)
		}
	}
}

func (o Observations) addTest(t testevent.Test) {
	i := o.find(t.Name, t.Attrs)
	if i < 0 {
		i = len(o[t.Name])
		o[t.Name] = append(o[t.Name], Observation{Attrs: t.Attrs})
	}
	o[t.Name][i].Seen++
}

func (o Observations) find(test string, attrs map[string]string) int {
	return slices.IndexFunc(o[test], func(seen Observation) bool { return maps.Equal(seen.Attrs, attrs) })
}

// Compare reports what got shows, in some of so many runs, and want never did.
// It is meant for exercises whose right fixes have one outcome.
func (want Observations) Compare(got Observations, runs int) []finding.Finding {
	var out []finding.Finding
	for _, test := range slices.Sorted(maps.Keys(got)) {
		if len(want[test]) == 0 {
			continue
		}
		evidence := finding.Evidence{Mode: finding.RaceMode, Runs: runs, Tests: []string{test}}
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
			f := OtherOutcome(test)
			f.Evidence = evidence
			out = append(out, f)
		}
	}
	return out
}

// OtherOutcome is that a test observed what the reference solution never shows.
func OtherOutcome(test string) finding.Finding {
	return finding.Finding{
		Kind: finding.WrongResult, Detector: finding.Reference, Severity: finding.Error,
		Fact:     finding.Fact{Difference: &finding.Difference{Test: test}},
		Evidence: finding.Evidence{Tests: []string{test}},
	}
}

// A Reference is what the reference solution showed.
type Reference struct {
	Observed Observations             `json:"observed"` // natively
	Digests  map[string][]string      `json:"digests"`  // of what each test observed, exploring
	Slowest  map[string]time.Duration `json:"slowest"`  // of each test on the virtual clock, exploring
	// Contract is what the reference does in the scenarios of its contract, nil where
	// there is none.
	Contract *contract.Book `json:"contract,omitempty"`
	// Took is how long it took to build and to run it.
	Took time.Duration `json:"took_ns,omitempty"`
}

// Differs reports whether a right fix, of which there is one outcome, never
// shows digest.
func (r *Reference) Differs(test, digest string) bool {
	return len(r.Digests[test]) > 0 && !slices.Contains(r.Digests[test], digest)
}
