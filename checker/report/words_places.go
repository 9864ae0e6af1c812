package report

import (
	"fmt"
	"regexp"
	"strings"

	"racelab/checker/finding"
)

// mergeSamePlace makes one of neighbours at the same place, as the start of many
// goroutines is.
func mergeSamePlace(related []finding.Related) []finding.Related {
	var out []finding.Related
	for _, r := range related {
		if last := len(out) - 1; last >= 0 && out[last].Location == r.Location {
			out[last].Message += "; " + r.Message
			continue
		}
		out = append(out, finding.Related{Message: r.Message, Location: r.Location})
	}
	return out
}

// placesOf are where to look first, what is to be said of that, and the other places. A
// wrong result begins where it comes of; what a test says of it does not stand there. Of a
// deadlock the first place is also where one of the goroutines is, and of a data race that of
// the one access.
func placesOf(f finding.Finding) (first finding.Location, own string, others []finding.Related) {
	if f.Origin != nil {
		return f.Origin.First.Place, originRole(*f.Origin), originPlaces(*f.Origin)
	}
	others = mergeSamePlace(f.Related)
	if keeperOf(f) != nil && len(others) > 0 && others[0].Location == f.Location {
		return f.Location, others[0].Message, others[1:]
	}
	return f.Location, ownAccess(f), others
}

// scenarioPlace stands for all places in the contract of an exercise.
const scenarioPlace = "a call of the scenario"

// placeOf is a location as editors understand it, "bank.go:14".
func placeOf(l finding.Location) string {
	if l.File == finding.ContractFile {
		return scenarioPlace
	}
	if l.File == "" || l.Line == 0 {
		return l.File
	}
	return fmt.Sprintf("%s:%d", l.File, l.Line)
}

// shortPlace is a place with the last name of its function: "bank.go:14 Deposit".
func shortPlace(l finding.Location) string {
	if l.File == finding.ContractFile {
		return scenarioPlace
	}
	return strings.TrimSpace(placeOf(l) + " " + lastName(l.Function))
}

// madeName matches what the compiler adds to the name of a function for those
// without a name in it.
var madeName = regexp.MustCompile(`(\.(func|gowrap|deferwrap)?\d+|-range\d+|-fm|\[\.\.\.\])$`)

// lastName is what the source calls a function, or the one that it is written in:
// "Deposit" for "(*Account).Deposit.func1".
func lastName(function string) string {
	for madeName.MatchString(function) {
		function = madeName.ReplaceAllString(function, "")
	}
	return function[strings.LastIndexByte(function, '.')+1:]
}
