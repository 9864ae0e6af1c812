// Package lastcheck keeps what the last check of each exercise of a lab said, so that
// the next one can say what has changed, and a replay knows what problem 2 is.
//
// Nothing in it is needed. What cannot be read is as if there had been no check.
package lastcheck

import (
	"slices"
	"time"

	"racelab/checker/cache"
	"racelab/checker/finding"
)

// A Check is one that has come to its end.
type Check struct {
	At time.Time `json:"at"`
	// Sources is the cache.Key of the files that were checked: other files may do
	// something else in the same schedule.
	Sources string `json:"sources"`
	// Checks is how many there have been of the exercise, with this one, since it was reset or
	// begun. What an older racelab has kept counts as one.
	Checks int `json:"checks,omitempty"`
	// Verdict is what it said, without what is large: the output of detectors, steps,
	// stacks, and what was run.
	Verdict finding.Verdict `json:"verdict"`
}

// New is a check of files that has just ended.
func New(v finding.Verdict, files map[string][]byte, at time.Time) Check {
	return Check{At: at, Sources: cache.Key(files), Verdict: small(v)}
}

// Compared is v with what has changed since the check; v was made of these files.
func (c Check) Compared(v finding.Verdict, files map[string][]byte) finding.Verdict {
	v.Since = v.SinceLast(c.Verdict, c.At, c.Of(files))
	return v
}

// Of reports whether the check was of exactly these files.
func (c Check) Of(files map[string][]byte) bool { return c.Sources == cache.Key(files) }

// Numbers reports whether v numbers the same problems in the same way. Another check of the same
// files may not: native runs differ from one time to the next.
func (c Check) Numbers(v finding.Verdict) bool {
	return slices.EqualFunc(c.Verdict.Problems(), v.Problems(), func(a, b finding.Problem) bool {
		return a.Number == b.Number && a.Schedule() == b.Schedule()
	})
}

func small(v finding.Verdict) finding.Verdict {
	v.Runs, v.Since, v.Findings = nil, nil, slices.Clone(v.Findings)
	for i := range v.Findings {
		e := &v.Findings[i].Evidence
		e.Output, e.Diff, e.Trace, e.Goroutines, e.Scenario = "", "", nil, nil, nil
	}
	return v
}

// A Store is the folder in which a lab keeps its state.
type Store cache.Dir

// Read returns the last check of an exercise; ok is false where none is known.
func (s Store) Read(exercise string) (c Check, ok bool) {
	ok = cache.Dir(s).Load(entry(exercise), &c) && c.Verdict.Schema == finding.Schema && c.Verdict.Exercise == exercise
	if !ok {
		return Check{}, false
	}
	c.Checks = max(c.Checks, 1)
	return c, true
}

// Keep makes c the last check of its exercise, and counts it.
func (s Store) Keep(c Check) {
	earlier, _ := s.Read(c.Verdict.Exercise)
	c.Checks = earlier.Checks + 1
	cache.Dir(s).Keep(entry(c.Verdict.Exercise), c)
}

// Forget makes it as if the exercise had not been checked.
func (s Store) Forget(exercise string) { cache.Dir(s).Keep(entry(exercise), Check{}) }

func entry(exercise string) string { return "last/" + exercise + ".json" }
