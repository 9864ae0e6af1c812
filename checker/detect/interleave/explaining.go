package interleave

import (
	"slices"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// Explaining are the steps that f, a finding of the schedule, comes of, by their index.
func (r Record) Explaining(f finding.Finding, names Names, src finding.Sources) []int {
	var at []int
	last := func(who finding.GoroutineName, object string, ops ...wire.Op) {
		for i, s := range slices.Backward(r.Steps) {
			if nameOf(s.G) == who && names.Of(s.Object) == object && slices.Contains(ops, s.Op) {
				at = append(at, i)
				return
			}
		}
	}
	if h := f.Fact.Hang; h != nil && h.Keeper != nil {
		last(h.Keeper.Goroutine, h.Keeper.Object, wire.OpLock, wire.OpTryLock, wire.OpRLock, wire.OpTryRLock)
		if h.Keeper.Fate.Panic != nil {
			last(h.Keeper.Goroutine, "", wire.OpRecover)
		}
	}
	for _, rel := range f.Related {
		if rel.Role.Kind == finding.RoleClosed && len(rel.Role.Goroutines) > 0 {
			last(rel.Role.Goroutines[0], rel.Role.Object, wire.OpClose)
		}
	}
	if f.Origin != nil {
		_, steps := r.origin(f.Kind == finding.WrongResult, names, src)
		at = append(at, steps...)
	}
	return at
}
