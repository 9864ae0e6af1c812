package explore

import (
	"context"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// A TestID names one test of a program, or a scenario of its contract.
type TestID struct {
	Index    int    // among the program's tests
	Name     string // for schedules
	Scenario string // "" for a test
	Limit    int    // of the steps of a scenario, where it is not the one that the reference had
}

// A Budget bounds an exploration, and what is done afterwards to make failing schedules
// simpler, which may take a quarter of the steps and the same time once more. Zero means no
// bound; something else must end it then.
type Budget struct {
	Schedules int           // to run, without those that minimising takes
	Steps     int           // of all schedules together, after which no schedule is begun
	First     int           // steps that the first schedule may take in any case; 0: half of Steps
	Time      time.Duration // on the wall clock, after which no schedule is begun
}

// Options say how to explore a test.
type Options struct {
	Budget   Budget
	Shared   *Shared // with other tests; nil: nothing is
	Seed     uint64
	Strategy Strategy // nil: a Plan
	// Failures is after how many defects to stop, or after how many failing schedules
	// that show no new one, when some have been run; 0: go on to the end of the
	// budget, to see what share of the schedules fails.
	Failures int
	// Symptoms tells what is wrong with a schedule; nil: the function Symptoms.
	// Schedules with an equal symptom show the same defect.
	Symptoms func(Ran) []Symptom
	// Minimise is how many schedules may be run to make one failing schedule
	// simpler, for each symptom; 0: 200, negative: none.
	Minimise int
}

// An Outcome is what came out of exploring a test.
type Outcome struct {
	Coverage Coverage
	Failures []Failure // one for each symptom, in the order in which they were found
	Failing  int       // schedules with any symptom
	Fastest  Timed     // by the virtual clock, of those in which the test has returned and no timer overtook a goroutine
	Slowest  Timed
	Shown    []Shown // distinct observations, in the order in which they were made
}

// A Failure is one defect and the simplest schedule found that shows it.
type Failure struct {
	Symptom  Symptom
	Found    Ran               // the first schedule that showed it
	Number   int               // which schedule that was, from 1
	Share    int               // how many of the schedules showed it
	Minimal  Ran               // the simplest found, with wire.Job.Detail
	Schedule schedule.Schedule // of Minimal; zero where its process was lost
	// Reproduced says that Minimal was run twice more, or more often where there was
	// doubt, and did the same, step by step, and showed the symptom again. (Where the process dies no steps are known;
	// then it died again.) Otherwise it must not be reported as a defect: the
	// program is not determined by the schedule, or it hung or filled the memory.
	Reproduced bool
}

// Timed is a duration on the virtual clock and a schedule that takes it.
type Timed struct {
	Virtual time.Duration
	Job     wire.Job
}

// Shown is a digest of what a test observed, a schedule in which it did, and in
// how many it did.
type Shown struct {
	Digest string
	Job    wire.Job
	Times  int
}

// Test explores one test. The same program, options and window of r give the
// same outcome, unless Budget.Time ends it.
func Test(ctx context.Context, r Runner, test TestID, o Options) (Outcome, error) {
	outcomes, err := upToFailure(ctx, r, []Task{{test, o}})
	if len(outcomes) == 0 {
		return Outcome{}, err
	}
	return outcomes[0], err
}
