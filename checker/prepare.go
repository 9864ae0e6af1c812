package checker

import (
	"context"

	"racelab/checker/exercise"
)

// Prepare makes ready what every check of an exercise needs and none may write: what the
// reference shows is in the cache from then on. That the reference does not pass is no
// error: each check says so.
func (g *Grader) Prepare(ctx context.Context, ex exercise.Exercise) error {
	_, _, err := g.check(Task{Exercise: ex}).reference(ctx)
	return g.named(err)
}
