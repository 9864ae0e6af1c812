package report

import (
	"fmt"
	"strconv"

	"racelab/checker/finding"
)

// A claim is one thing that a pass rests on, perhaps in parts.
type claim struct {
	text  string
	parts []string
}

// evidence says what a pass rests on.
func (v view) evidence() []claim {
	var out []claim
	for _, r := range v.v.Runs {
		if r.Mode == finding.ExploreMode {
			out = append(out, explored(r))
			if r.Scenarios > 0 {
				out = append(out, claim{text: scenarioClaim(r)})
			}
		} else {
			out = append(out, claim{text: runText(r)})
		}
	}
	out = append(out, claim{text: "no data race, no deadlock, no goroutine left behind, no failing test"})
	if v.Lesson.SameOutcome {
		out = append(out, claim{text: "the same results as the reference solution"})
	}
	return out
}

func runText(r finding.Run) string {
	text := fmt.Sprintf("%s of %s", Count(r.Executions, "run"), Count(r.Tests, "test"))
	switch r.Mode {
	case finding.RaceMode:
		text += " under the race detector"
	case finding.WrittenMode:
		text += " as they are written, without racelab's run-time"
	case finding.LockMode:
		text += " with go-deadlock in place of sync.Mutex and sync.RWMutex"
	default:
		text += " in mode " + string(r.Mode)
	}
	if len(r.Procs) == 0 {
		return text
	}
	procs := make([]string, len(r.Procs))
	for i, n := range r.Procs {
		procs[i] = strconv.Itoa(n)
	}
	text += ", with GOMAXPROCS " + list(procs)
	if r.Delayed > 0 {
		text += fmt.Sprintf("; in %d of them with random waits at locks", r.Delayed)
	}
	return text
}

// smallPrint says what a pass does not say.
func (v view) smallPrint() string {
	more := " `" + v.command("explain explore") + "` says what that proves and what it does not."
	switch {
	case !v.wasExplored():
		return "A pass says that none of these runs showed a defect, not that there is none in any order of the goroutines."
	case v.exploredAll():
		return "So in these tests no defect shows, whatever the order in which the goroutines take their steps." + more
	}
	return "A pass says that none of these runs and schedules showed a defect, not that there is none in any order of the goroutines." + more
}
