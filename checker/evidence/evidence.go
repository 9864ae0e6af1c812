// Package evidence is all that the executions and schedules of a program showed:
// findings that were seen several times are one, what the tests observed is
// compared with what they observe of the reference solution.
//
// It is data and pure functions. Nothing here runs a program.
package evidence

import (
	"slices"
	"time"

	"racelab/checker/contract"
	"racelab/checker/finding"
)

// Shown is what a program showed in one mode.
type Shown struct {
	Run      finding.Run
	Findings []finding.Finding
	Observed Observations  // natively
	Ended    bool          // one of the executions at least came to its end
	Doubt    finding.Doubt // why nothing can be concluded from it, if so

	// Digests are, exploring, of what each test observed, and Slowest is how long
	// its slowest schedule took on the virtual clock.
	Digests map[string][]string
	Slowest map[string]time.Duration
	// Contract is, of the reference solution, what it does in scenarios.
	Contract *contract.Book
}

// Passing are the tests of which schedules were run, all to their ends, and in none of which
// anything went wrong; none where something is in doubt.
func (s Shown) Passing() []string {
	var out []string
	for _, c := range s.Run.Coverage {
		shows := func(f finding.Finding) bool { return slices.Contains(topTests(f), c.Test) }
		if s.Doubt == (finding.Doubt{}) && !c.Skipped && c.Schedules > 0 && c.Cut == 0 && !slices.ContainsFunc(s.Findings, shows) {
			out = append(out, c.Test)
		}
	}
	return out
}

// Ordered are the tests that do the same in every order of their goroutines, and wait for no
// time: many have but one goroutine.
func (s Shown) Ordered() []string {
	var out []string
	for _, c := range s.Run.Coverage {
		if c.Complete && c.Bound < 0 && c.Interleavings == 1 && !c.Timed && !c.Undetermined && c.Outside == "" {
			out = append(out, c.Test)
		}
	}
	return out
}
