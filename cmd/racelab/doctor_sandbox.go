package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/sandbox"
)

// lookAtSandbox tries each tier, since an instructor may ask for any. Learners, who check
// what they have written themselves, need none.
func (d *doctor) lookAtSandbox(ctx context.Context) (string, error) {
	if d.toolchain == nil || !d.raceWorks {
		return "", errNotExamined
	}
	held := []string{string(sandbox.TierLimits)}
	var strongest error // why the strongest does not hold
	for _, tier := range sandbox.Usual[1:] {
		d.progress(fmt.Sprintf("trying the sandbox %s", tier))
		if _, _, strongest = d.confine(ctx, tier); ctx.Err() != nil {
			return "", ctx.Err()
		}
		if strongest == nil {
			held = append(held, string(tier))
		}
	}
	slices.Reverse(held)
	found := "grade confines submissions by " + held[0]
	if others := held[1:]; len(others) > 0 {
		found += "; " + strings.Join(others, " and ") + " can be had, too"
	}
	if why, ok := strongest.(*tierError); ok {
		return "", ailment{fmt.Sprintf("%s. The sandbox %s cannot be used here: %v", found, why.tier, why.why), why.advice}
	}
	return found, strongest
}
