package checker

import (
	"context"

	"racelab/checker/evidence"
	"racelab/checker/finding"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// consequences looks for what data races lead to: a wrong balance, a panic. A race
// that the race detector reports is between two accesses that no scheduler decides. So
// the submission is built once more, with yield points at these accesses, and the tests
// that showed the races are explored again.
//
// That adds findings and never a fault: the races alone fail the submission.
func (c check) consequences(ctx context.Context, parsed *source.Package, want *evidence.Reference, seen []finding.Finding) ([]finding.Finding, error) {
	if c.First {
		return nil, nil
	}
	racing, tests := evidence.Racing(seen, parsed)
	if len(tests) == 0 {
		return nil, nil
	}
	c.Progress("looking for what the data races lead to")
	ws, err := stage.New(c.Exercise, parsed, c.runtime)
	if err != nil {
		return nil, err
	}
	defer ws.Close()
	ws.Racing = racing
	built, _, err := c.builder().BuildUnvetted(ctx, ws)
	if err != nil || built == nil { // our rewriting is to blame: the submission has been built before
		return nil, ctx.Err()
	}
	shown, err := c.explorer(built, want).Consequences(ctx, tests)
	c.anonymise(shown.Findings, ws)
	return shown.Findings, err
}
