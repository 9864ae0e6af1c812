package screen

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/report"
)

// goal says what the game is about: what the test wants, and what is known of it.
func (l Look) goal(k game.Known) []string {
	text := ""
	explored := "the " + report.Count(k.Coverage.Schedules, "schedule") + " that were explored"
	switch n := k.Preemptions; {
	case n == nil && onlyOrder(k.Coverage):
		text = "There is nothing to choose: " + report.Tried(k.Coverage) + "."
	case n == nil && everyOrder(k.Coverage):
		text = "No order fails: " + report.Tried(k.Coverage) + ". See for yourself."
	case n == nil:
		text = "Exploring has found no order that fails: " + report.Tried(k.Coverage) + ". Can you make it fail?"
	case *n == 0 && k.Failing == k.Coverage.Schedules:
		text = "All of " + explored + " fail, even without a preemption. Let the goroutines go on, and see how it comes to that."
	case *n == 0:
		text = fmt.Sprintf("It fails even if no goroutine is interrupted, in %d of %s. See how; then look for an order in which it goes right.", k.Failing, explored)
	default:
		text = fmt.Sprintf("Make it fail: %d of %s do. Par is %s: so often a goroutine is interrupted that could have gone on.", k.Failing, explored, report.Count(*n, "preemption"))
	}
	text += " Goroutine a is the test."
	if k.Racing {
		text += " Where lines race, to read is one step here and to write is another."
	}
	if k.Coverage.Drawn {
		text += " Random numbers and the order of maps are the same each time."
	}
	if l.Best != "" {
		text += " " + l.Best
	}
	return append(l.about(k.Test), l.wrap(text, "")...)
}

// about is what stands above a test in its file.
func (l Look) about(test string) []string {
	for _, src := range l.Files {
		before, _, ok := strings.Cut(string(src), "\nfunc "+test+"(")
		if !ok {
			continue
		}
		var text []string
		for _, line := range slices.Backward(strings.Split(before, "\n")) {
			comment, is := strings.CutPrefix(line, "//")
			if !is {
				break
			}
			text = append([]string{strings.TrimSpace(comment)}, text...)
		}
		if len(text) > 0 {
			return append(l.wrap(strings.Join(text, " "), "  "), "")
		}
	}
	return nil
}

// onlyOrder reports whether there is no other order than the one that a test takes by itself.
func onlyOrder(c finding.Coverage) bool {
	return everyOrder(c) && c.Interleavings == 1
}

// everyOrder reports whether all orders of a test were run.
func everyOrder(c finding.Coverage) bool { return c.Complete && c.Bound < 0 && !c.Timed && !c.Drawn }
