package report

import (
	"fmt"

	"racelab/checker/finding"
)

// conflictWords names both accesses: "unsynchronised write at … and read at …".
func conflictWords(c finding.Conflict) string {
	a := c.First
	if c.Second == nil {
		if a.Exact == finding.Nowhere { // nor is the other one known
			return fmt.Sprintf("unsynchronised %s outside the exercise", plainOp(a))
		}
		return fmt.Sprintf("unsynchronised %s %s", plainOp(a), accessWhere(a))
	}
	b := *c.Second
	if isGroup(a, b) {
		if !a.Write {
			a, b = b, a
		}
		return fmt.Sprintf("WaitGroup.Add %s is not ordered before WaitGroup.Wait %s", accessWhere(b), accessWhere(a))
	}
	opA, opB := plainOp(a), plainOp(b)
	switch {
	case a.Exact == finding.Nowhere:
		return fmt.Sprintf("unsynchronised %s and %s outside the exercise", opA, opB)
	case !samePlaces(a, b):
		return fmt.Sprintf("unsynchronised %s %s and %s %s", opA, accessWhere(a), opB, accessWhere(b))
	case opA != opB:
		return fmt.Sprintf("unsynchronised %s and %s %s", opA, opB, accessWhere(a))
	}
	return fmt.Sprintf("unsynchronised %s %s, by two goroutines", opA, accessWhere(a))
}

// samePlaces reports whether two accesses are at one place, found in the same way.
func samePlaces(a, b finding.Access) bool {
	return a.Place == b.Place && a.Exact == b.Exact && a.Inside == b.Inside
}

// isGroup reports whether the race is between WaitGroup.Add and WaitGroup.Wait.
func isGroup(a, b finding.Access) bool {
	ofGroup := func(a finding.Access) bool {
		return a.Op == finding.AccessGroupAdd || a.Op == finding.AccessGroupWait
	}
	return a.Write != b.Write && ofGroup(a) && ofGroup(b)
}

// plainOp is the operation where it is not one of a WaitGroup after all.
func plainOp(a finding.Access) string {
	switch a.Op {
	case finding.AccessGroupWait:
		return "write inside package sync"
	case finding.AccessGroupAdd:
		return "read inside package sync"
	}
	return string(a.Op)
}

// accessWhere is the place in words: "at bank.go:14 in (*Account).Deposit".
func accessWhere(a finding.Access) string {
	at := fmt.Sprintf("%s:%d", a.Place.File, a.Place.Line)
	switch {
	case a.Exact == finding.Nowhere:
		return "somewhere else"
	case a.Place.File == finding.ContractFile:
		return "in " + scenarioPlace
	case a.Exact == finding.InCall:
		return fmt.Sprintf("in the call at %s in %s", at, a.Place.Function)
	case a.Exact == finding.InGoroutine:
		return "in the goroutine started at " + at
	case a.Inside != "":
		return fmt.Sprintf("at %s in %s (inside %s)", at, a.Place.Function, a.Inside)
	}
	return fmt.Sprintf("at %s in %s", at, a.Place.Function)
}

// accessHow tells what a related place is, when it is not the access itself.
func accessHow(a finding.Access) string {
	switch {
	case a.Exact == finding.InCall:
		return " in the call made here"
	case a.Exact == finding.InGoroutine:
		return ", which was started here"
	case a.Inside != "" && a.Place.File != finding.ContractFile:
		return " inside " + a.Inside
	}
	return ""
}
