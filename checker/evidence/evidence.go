// Package evidence is all that the executions and schedules of a program showed:
// findings that were seen several times are one, what the tests observed is
// compared with what they observe of the reference solution.
//
// It is data and pure functions. Nothing here runs a program.
package evidence

import (
	"time"

	"racelab/checker/contract"
	"racelab/checker/finding"
)

// Shown is what a program showed in one mode.
type Shown struct {
	Run      finding.Run
	Findings []finding.Finding
	Observed Observations // natively
	Ended    bool         // one of the executions at least came to its end
	Fault    string       // why nothing can be concluded from it, if so

	// Digests are, exploring, of what each test observed, and Slowest is how long
	// its slowest schedule took on the virtual clock.
	Digests map[string][]string
	Slowest map[string]time.Duration
	// Contract is, of the reference solution, what it does in scenarios.
	Contract *contract.Book
}
