package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// factWords is what a finding says, on one line; "" for none.
func factWords(f finding.Fact) string {
	switch {
	case f.Conflict != nil:
		return conflictWords(*f.Conflict)
	case f.Hang != nil && f.Hang.Keeper != nil:
		return keeperWords(*f.Hang.Keeper)
	case f.Hang != nil:
		return hangWords(*f.Hang)
	case f.Leftover != nil:
		return leftoverWords(*f.Leftover)
	case f.Crash != nil:
		return crashWords(*f.Crash)
	case f.Relock != nil:
		return relockWords(*f.Relock)
	case f.Orders != nil:
		return ordersWords(*f.Orders)
	case f.LongWait != nil:
		return longWaitWords(*f.LongWait)
	case f.Breach != nil:
		return breachWords(*f.Breach)
	case f.Quotation != nil:
		return quotationWords(*f.Quotation)
	}
	return outcomeWords(f)
}

// outcomeWords is what came of the tests.
func outcomeWords(f finding.Fact) string {
	switch {
	case f.Failure != nil:
		return f.Failure.Test + ": " + f.Failure.Text
	case f.Difference != nil:
		return f.Difference.Test + " observed what it never observes with the reference solution"
	case f.Slower != nil:
		return fmt.Sprintf("%s takes %v, and %v with the reference solution: what could happen at the same time happens one after the other",
			f.Slower.Test, f.Slower.Took, f.Slower.Reference)
	case f.Answer != nil:
		return answerWords(*f.Answer)
	case f.Exit != nil:
		return fmt.Sprintf("the program ended itself%s with exit status %d, before its tests were done", inTest(f.Exit.Test), f.Exit.Status)
	case f.NoEnd != nil && f.NoEnd.Prints:
		return "it printed without end" + inTest(f.NoEnd.Test)
	case f.NoEnd != nil:
		return "the tests did not end" + inTest(f.NoEnd.Test)
	}
	return ""
}

func inTest(test string) string {
	if test == "" {
		return ""
	}
	return " in " + test
}

// hangWords says who waits where for what.
func hangWords(h finding.Hang) string {
	const kept = 3
	var parts []string
	more := h.More
	for i, g := range h.Groups {
		switch {
		case i >= kept:
			more += g.Count
		case g.Count > 1:
			parts = append(parts, fmt.Sprintf("%d goroutines %s", g.Count, spotAt(g.Spot, g.Count)))
		default:
			parts = append(parts, "a goroutine "+spotAt(g.Spot, g.Count))
		}
	}
	text := strings.Join(parts, ", ")
	if h.Left {
		text = "goroutines are left that nobody will ever wake: " + text
	}
	if more > 0 {
		text += fmt.Sprintf(", and %d more", more)
	}
	return text
}

func leftoverWords(l finding.Leftover) string {
	by := ""
	if l.Outside {
		starter := l.Starter
		if starter == "" {
			starter = "something"
		}
		by = " that " + starter + " started"
	}
	if l.Count > 1 {
		return fmt.Sprintf("%d goroutines%s are still there after the test: they %s", l.Count, by, doingWords(l.Doing, l.Count))
	}
	return fmt.Sprintf("a goroutine%s is still there after the test: it %s", by, doingWords(l.Doing, 1))
}

// crashWords is the cause, and what followed.
func crashWords(c finding.Crash) string {
	var causes []string
	for _, cause := range c.Causes {
		if cause.Type != "" {
			causes = append(causes, "a value of type "+cause.Type)
		} else {
			causes = append(causes, cause.Text)
		}
	}
	text := strings.Join(causes, "; while that was handled: ")
	switch {
	case c.Map:
		return text + ": a goroutine writes to a map while another uses it, and nothing orders the two"
	case c.Fatal:
		return "fatal error: " + text
	}
	return "panic: " + text
}

// quotationWords is what a tool said, on one line.
func quotationWords(q finding.Quotation) string {
	text := q.Text
	switch {
	case q.Linking:
		return "the program cannot be built: " + text
	case q.Analyzer != "":
		return text + " (" + q.Analyzer + ")"
	case len(q.Chain) > 0:
		return text + " " + strings.Join(q.Chain, " ")
	case len(q.Details) > 0:
		return text + " (" + strings.Join(q.Details, ", ") + ")"
	}
	return text
}
