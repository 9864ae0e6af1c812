package report

import (
	"fmt"

	"racelab/checker/finding"
)

// clockWords says what the lane of the clock is.
const clockWords = "the clock, where a timer fires although a goroutine could go on"

// faultWords says why a step is where it goes wrong.
func faultWords(f finding.Fault) string {
	switch f.Kind {
	case finding.FaultRace:
		return "a data race: nothing orders what this goroutine did just before and what another did"
	case finding.FaultStuck:
		return "from here on no goroutine can go on"
	case finding.FaultLate:
		return "the test still waits after a minute on the virtual clock"
	case finding.FaultLeft:
		return fmt.Sprintf("the test has returned, and %d of its goroutines will never end", f.Count)
	case finding.FaultFact:
		return factWords(*f.Fact)
	}
	return f.Text
}

func counterWords(n int) string { return fmt.Sprintf("counter %d", n) }

// stepText is what a goroutine does: "lock from.mu", "send jobs: 3", "go b",
// "done wg → 1".
func stepText(s finding.Step) string {
	text := join(string(s.Op), s.Object)
	if s.Counter != nil {
		text += fmt.Sprintf(" → %d", *s.Counter) // shorter, for narrow columns
	} else if s.Value != "" {
		text += ": " + s.Value
	}
	return text
}
