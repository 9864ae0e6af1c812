package gostack

import (
	"slices"
	"strings"
)

// harness are the packages that are in the program for racelab's own purposes: a
// crash in them is racelab's fault, and goroutines that they start are not the
// learner's. The stand-in for package sync is not among them: the learner's code
// runs in what its WaitGroup.Go starts.
var harness = []string{"racelab/checker/labrt/rt.", "racelab/checker/labrt/testing.", "go.uber.org/goleak"}

// libraries start goroutines of their own, too. A crash in them need not be
// racelab's fault: they crash when the learner's code passes them a nil mutex.
var libraries = []string{"testing.", "github.com/sasha-s/go-deadlock"}

// IsHarness reports whether the function with the given full name is racelab's own.
func IsHarness(function string) bool { return isIn(harness, function) }

func isIn(packages []string, function string) bool {
	return slices.ContainsFunc(packages, func(p string) bool { return strings.HasPrefix(function, p) })
}

// startedByHarness reports whether g was started for racelab's own purposes.
func startedByHarness(g Goroutine) bool {
	if len(g.CreatedBy) == 0 {
		return false
	}
	function := g.CreatedBy[0].Function
	return IsHarness(function) || isIn(libraries, function)
}
