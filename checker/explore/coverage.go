package explore

import (
	"racelab/checker/labrt/wire"
)

// Why an exploration stopped before its strategy had no more to run.
const (
	StoppedSchedules = "schedules" // the budget of schedules
	StoppedSteps     = "steps"     // the budget of steps
	StoppedTime      = "time"      // the budget of time
	StoppedFailing   = "failing"   // enough schedules have failed
	StoppedLost      = "lost"      // some schedules hung or filled the memory
)

// Coverage says what was run, and what may be claimed of it.
type Coverage struct {
	Schedules int // that were run
	Sampled   int // of these, chosen at random
	Distinct  int // interleavings among them, where the strategy may claim something: those that differ in the order of independent steps counted once
	Claim     Claim
	Timed     bool             // in one of them at least there were timers
	Skipped   int              // of these, in which the test skipped itself
	Drawn     bool             // in one of them at least luck decided something; what is claimed is of those without any
	Outside   wire.Outside     // in one of them at least code that is not instrumented took part. Nothing is claimed then
	OutsideAt []wire.CallFrame // the stack where that began
	Stopped   string           // why no more were run; empty when the strategy had no more

	Steps        int          // of all schedules
	Ended        int          // schedules that were run to an end
	Longest      int          // steps of one that ended, at most
	Over         int          // steps of one that did not end within its limit, at most; 0 if there was none …
	OverBy       wire.EndKind // … and which limit that was
	Cut          int          // schedules that were not run to an end: too long, too late, or lost with their process
	Undetermined int          // schedules that did not do again what they had done: the program is not determined by them
	// Contradicted counts samples that showed an interleaving that the search said
	// it had run, and had not. Nothing is claimed then.
	Contradicted int
}

// A Claim is what was run in full.
type Claim struct {
	Bound         int // all schedules with at most so many preemptions were run; Unbounded: all; -1: nothing is claimed
	Interleavings int // that these schedules had, as Coverage.Distinct counts
}

var noClaim = Claim{Bound: -1}

// All reports whether all schedules were run.
func (c Claim) All() bool { return c.Bound == Unbounded }

// Any reports whether anything is claimed.
func (c Claim) Any() bool { return c.Bound >= 0 }

// count takes note of one schedule.
func (c *Coverage) count(r Ran) {
	c.Schedules++
	c.Steps += r.Ending.Steps
	if r.Ending.Skipped {
		c.Skipped++
	}
	switch r.Job.Chooser {
	case wire.Random, wire.POS, wire.PCT:
		c.Sampled++
	}
	c.Timed = c.Timed || r.Ending.Timed
	c.Drawn = c.Drawn || r.Ending.Drawn
	if c.Outside == "" {
		c.Outside, c.OutsideAt = r.Ending.Outside, r.Ending.OutsideAt
	}
	if ended(r) {
		c.Ended++
		c.Longest = max(c.Longest, r.Ending.Steps)
		return
	}
	c.Cut++
	if end := r.Ending.End; tooLong(r) && r.Ending.Steps > c.Over {
		c.Over, c.OverBy = r.Ending.Steps, end
	}
}

// tooLong reports whether a schedule reached its limit, though it was fair: under PCT a
// goroutine may wait for another one for ever.
func tooLong(r Ran) bool {
	return (r.Ending.End == wire.TooLong || r.Ending.End == wire.TooMuch) && r.Job.Chooser != wire.PCT
}
