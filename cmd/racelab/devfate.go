package main

import (
	"maps"
	"os"
	"sync"

	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// end is how a mutant ended.
type end string

const (
	endExplored end = "explored" // in a schedule of a test
	endContract end = "contract" // in a schedule of a scenario
	endRace     end = "race"     // natively, and in no schedule
	endLock     end = "lock"     // with go-deadlock's locks alone
	endElse     end = "else"     // vet
	endRefused  end = "refused"
	endUnclear  end = "unclear"
	endPassed   end = "passed"
)

// kills reports whether the mutant failed because of what it does.
func (e end) kills() bool {
	return e == endExplored || e == endContract || e == endRace || e == endLock || e == endElse
}

// A fate is what became of a mutant.
type fate struct {
	By        end              `json:"by"`
	Mode      finding.Mode     `json:"mode,omitempty"`
	Kind      finding.Kind     `json:"kind,omitempty"`
	Detector  finding.Detector `json:"detector,omitempty"`
	Test      string           `json:"test,omitempty"`
	Schedules int              `json:"schedules,omitempty"` // of that test, until one failed
	Reason    string           `json:"reason,omitempty"`    // why there is no verdict
	Glanced   bool             `json:"glanced,omitempty"`   // it passed a glance, and was not checked: it has a reason
}

// fateIn reads it from a verdict of a check that ended at the first error.
func fateIn(v finding.Verdict) fate {
	switch v.Outcome {
	case finding.Pass:
		return fate{By: endPassed}
	case finding.Inconclusive:
		return fate{By: endUnclear, Reason: v.Reason}
	}
	errors := v.Errors()
	f := errors[0]
	for _, e := range errors {
		if n := e.Evidence.SchedulesRun; n > 0 && (f.Evidence.SchedulesRun == 0 || n < f.Evidence.SchedulesRun) {
			f = e
		}
	}
	out := fate{Mode: f.Evidence.Mode, Kind: f.Kind, Detector: f.Detector, Schedules: f.Evidence.SchedulesRun}
	if len(f.Evidence.Tests) > 0 {
		out.Test = f.Evidence.Tests[0]
	}
	switch {
	case f.Kind == finding.Build, f.Kind == finding.Policy:
		out.By = endRefused
	case f.Evidence.Scenario != nil:
		out.By = endContract
	case byExploring(f):
		out.By = endExplored
	case f.Evidence.Mode == finding.LockMode:
		out.By = endLock
	case f.Evidence.Mode != "":
		out.By = endRace
	default:
		out.By = endElse
	}
	return out
}

// fates are those of one exercise's mutants that are known from before, and those that
// were found out now.
type fates struct {
	dir   cache.Dir
	entry string

	mu    sync.Mutex
	known map[string]fate // by the key of the task
	fresh map[string]fate
}

// mostFates are kept of one exercise: several racelabs' or versions' of it.
const mostFates = 5000

func recallFates(ex exercise.Exercise) *fates {
	dir, err := cache.UserDir()
	if err != nil {
		dir = cache.Dir(os.DevNull) // nothing is there, and nothing can be kept
	}
	f := &fates{dir: dir, entry: "mutants/" + ex.ID + ".json", known: map[string]fate{}, fresh: map[string]fate{}}
	f.dir.Load(f.entry, &f.known)
	return f
}

func (f *fates) recall(key string) (fate, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	known, ok := f.known[key]
	return known, ok
}

func (f *fates) note(key string, what fate) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fresh[key] = what
}

// keep writes them. Where there are very many, those of before are forgotten.
func (f *fates) keep() {
	f.mu.Lock()
	defer f.mu.Unlock()
	before := map[string]fate{} // somebody else may have kept some meanwhile
	if f.dir.Load(f.entry, &before); len(f.fresh)+len(before) <= mostFates {
		maps.Copy(f.fresh, before)
	}
	if len(f.fresh) > 0 {
		f.dir.Keep(f.entry, f.fresh)
	}
}
