package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// clockWords says what the lane of the clock is.
const clockWords = "the clock, where a timer fires although a goroutine could go on"

const racePrefix = "a data race: "

// faultWords says why a step is where it goes wrong.
func faultWords(f finding.Fault) string {
	switch f.Kind {
	case finding.FaultRace:
		if f.First > 0 && f.Second > 0 && !f.Perhaps {
			return fmt.Sprintf("a data race: nothing orders step %s and step %s", number(f.First), number(f.Second))
		}
		return betweenSteps(f.Conflict)
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

// racesHere says at the second step of two that are the accesses of a data race what is wrong.
// Where the first may be another one, that is said.
func racesHere(first, second finding.Step, f finding.Fault) string {
	if f.Perhaps {
		return fmt.Sprintf(racePrefix+"nothing orders this %s and a %s of goroutine %s, in step %s or before", second.Op, first.Op, first.Goroutine, number(first.Number))
	}
	return fmt.Sprintf(racePrefix+"nothing orders this %s and the %s of goroutine %s in step %s", second.Op, first.Op, first.Goroutine, number(first.Number))
}

// racesToo adds to what is said at a step that it races with one more.
func racesToo(said, text string) string {
	text = strings.TrimPrefix(text, racePrefix)
	switch {
	case said == "":
		return racePrefix + text
	case strings.Contains(said+";", text+";"):
		return said
	}
	return said + "; " + text
}

// betweenSteps says of a data race of which the accesses are no steps what they are.
func betweenSteps(c *finding.Conflict) string {
	if c == nil || c.Second == nil {
		return "a data race: nothing orders what this goroutine did just before and what another did"
	}
	return fmt.Sprintf("a data race: nothing orders this %s and the %s of another goroutine %s", plainOp(*c.Second), plainOp(c.First), accessWhere(c.First))
}

// Step says what a goroutine does in a step: "lock from.mu", "send jobs: 3".
func Step(s finding.Step) string { return stepText(s) }

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
