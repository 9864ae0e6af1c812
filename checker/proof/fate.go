package proof

import "racelab/checker/finding"

// An End is how a mutant ended.
type End string

const (
	EndExplored End = "explored" // in a schedule of a test
	EndContract End = "contract" // in a schedule of a scenario
	EndRace     End = "race"     // natively, and in no schedule
	EndLock     End = "lock"     // with go-deadlock's locks alone
	EndElse     End = "else"     // vet
	EndRefused  End = "refused"
	EndUnclear  End = "unclear"
	EndPassed   End = "passed"
)

// Kills reports whether the mutant failed because of what it does.
func (e End) Kills() bool {
	return e == EndExplored || e == EndContract || e == EndRace || e == EndLock || e == EndElse
}

// A Fate is what became of a mutant.
type Fate struct {
	By        End              `json:"by"`
	Mode      finding.Mode     `json:"mode,omitempty"`
	Kind      finding.Kind     `json:"kind,omitempty"`
	Detector  finding.Detector `json:"detector,omitempty"`
	Test      string           `json:"test,omitempty"`
	Schedules int              `json:"schedules,omitempty"` // of that test, until one failed
	Reason    string           `json:"reason,omitempty"`    // why there is no verdict
	Glanced   bool             `json:"glanced,omitempty"`   // it passed a glance, and was not checked: it has a reason
}

// FateIn reads it from a verdict of a check that ended at the first error.
func FateIn(v finding.Verdict) Fate {
	switch v.Outcome {
	case finding.Pass:
		return Fate{By: EndPassed}
	case finding.Inconclusive:
		return Fate{By: EndUnclear, Reason: v.Reason}
	}
	errors := v.Errors()
	f := errors[0]
	for _, e := range errors {
		if n := e.Evidence.SchedulesRun; n > 0 && (f.Evidence.SchedulesRun == 0 || n < f.Evidence.SchedulesRun) {
			f = e
		}
	}
	out := Fate{Mode: f.Evidence.Mode, Kind: f.Kind, Detector: f.Detector, Schedules: f.Evidence.SchedulesRun}
	if len(f.Evidence.Tests) > 0 {
		out.Test = f.Evidence.Tests[0]
	}
	switch {
	case f.Kind == finding.Build, f.Kind == finding.Policy:
		out.By = EndRefused
	case f.Evidence.Scenario != nil:
		out.By = EndContract
	case byExploring(f):
		out.By = EndExplored
	case f.Evidence.Mode == finding.LockMode:
		out.By = EndLock
	case f.Evidence.Mode != "":
		out.By = EndRace
	default:
		out.By = EndElse
	}
	return out
}
