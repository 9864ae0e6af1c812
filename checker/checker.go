// Package checker grades one submission of one exercise.
//
// Check is the whole pipeline on one page; every step is a package of its own
// beneath this one. Data goes one way: submission, workspace, executions,
// findings, verdict. What a pass does not prove: see the package doc of rubric.
package checker

import (
	"context"
	"errors"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/stage"
)

// Options are the circumstances of a check. The zero value is what a learner gets.
type Options struct {
	// Cache is where racelab keeps what it can always make again: the staged
	// run-time and what the reference solutions showed. Empty means a folder
	// of its own in os.UserCacheDir.
	Cache string
	// Progress is told, in a few words, what takes long just now. May be nil.
	Progress func(string)
}

// Check grades sub. A defect of the submission is a finding in the verdict; an
// error means that racelab could not do its job, and says what to do about it.
func Check(ctx context.Context, ex exercise.Exercise, sub stage.Submission, opts Options) (finding.Verdict, error) {
	return finding.Verdict{}, errors.New("not yet")
}

// Warm makes the first Check fast: it fetches the detectors' modules and builds
// them and the standard library for -race.
func Warm(ctx context.Context, opts Options) error {
	return errors.New("not yet")
}
