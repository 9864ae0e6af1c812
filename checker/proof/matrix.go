package proof

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
)

// Eyes are what may see a defect, in the order of a matrix's columns.
var Eyes = []string{"vet", "race", "tests", "go-deadlock", "goleak", "contract", "explore"}

// Sights says what each of Eyes saw of a program: in how many of the native runs, or of the schedules;
// "yes" where there is no number; "-" where it saw nothing.
func Sights(v finding.Verdict) []string {
	race := natively(v, finding.RaceMode, finding.Race)
	leak := natively(v, finding.RaceMode, finding.Goleak)
	tests := natively(v, finding.RaceMode, finding.Tests, finding.Runtime, finding.Reference)
	if tests == nothing && race == nothing && leak == nothing {
		// What hangs is told as exploring saw it, where that did.
		tests = part(Failing(v, finding.RaceMode))
	}
	has := func(such func(finding.Finding) bool) string {
		if slices.ContainsFunc(v.Errors(), such) {
			return "yes"
		}
		return nothing
	}
	return []string{
		has(func(f finding.Finding) bool { return f.Detector == finding.GoVet }),
		race,
		tests,
		natively(v, finding.LockMode, finding.GoDeadlock),
		leak,
		has(func(f finding.Finding) bool { return f.Evidence.Scenario != nil }),
		part(Failing(v, finding.ExploreMode)),
	}
}

// natively is in how many runs one of the detectors saw the same.
func natively(v finding.Verdict, mode finding.Mode, detectors ...finding.Detector) string {
	most := finding.Evidence{}
	for _, f := range v.Errors() {
		if e := f.Evidence; e.Mode == mode && slices.Contains(detectors, f.Detector) && e.Seen > most.Seen {
			most = e
		}
	}
	return part(most.Seen, most.Runs)
}

const nothing = "-"

func part(n, of int) string {
	if n == 0 {
		return nothing
	}
	return fmt.Sprintf("%d/%d", n, of)
}
