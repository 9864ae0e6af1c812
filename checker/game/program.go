package game

import (
	"context"

	"racelab/checker/finding"
)

// A Choice is one of the scheduler's: whose step is next and, where that step is a
// select, which case it tries first. finding.Clock stands for the next timer, which fires
// although a goroutine could go on.
type Choice struct {
	Goroutine finding.GoroutineName `json:"goroutine"`
	Case      int                   `json:"case,omitempty"`
}

// A Turn is one choice of a run, and what there was to choose from.
type Turn struct {
	Choice
	// Stayed is the goroutine that took the step before and could have gone on; "" if it
	// could not. Whoever goes instead interrupts it.
	Stayed finding.GoroutineName
	Taken  int // the case that a select took; -1 when it had to wait, or is none
	Could  []Candidate
}

// A Candidate is a goroutine that could take the next step.
type Candidate struct {
	Goroutine finding.GoroutineName
	Cases     int // that its select could try first; 0 for other steps
}

// preempts reports whether a runnable goroutine is interrupted when who goes.
func (t Turn) preempts(who finding.GoroutineName) bool {
	return who == finding.Clock || t.Stayed != "" && t.Stayed != who
}

// A Run is what became of a path of choices.
type Run struct {
	Turns []Turn // of all choices that were made, those of the path first
	// Interleaving has the steps so far. Those who are left in it have come to the
	// operation that they would do next, or cannot complete.
	Interleaving finding.Interleaving
	Ended        bool // there is no next choice; else the run was stopped before it
	Endless      bool // it was stopped since it seems never to end
	Findings     []finding.Finding
	Schedule     string // as text, of all choices; "" while it has not ended
}

// A Program is one test of a submission under the controlled scheduler.
type Program interface {
	// Run starts the test anew and makes the choices of a path, then so many more as
	// the scheduler makes them by itself: the goroutine that took the last step goes
	// on as long as it can, then the first that can; a select tries its first case
	// first. A negative number asks for all up to the end. The same path leads to the
	// same place every time, or there is an error: ErrNoEnd if it leads nowhere.
	Run(ctx context.Context, path []Choice, more int) (Run, error)
}
