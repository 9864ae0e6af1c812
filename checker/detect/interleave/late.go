package interleave

import (
	"slices"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// seenAt is the step at which it shows that something is wrong: the first that is, or where a
// scenario's last call has returned.
func seenAt(steps []wire.Explored, wrong int) int {
	if wrong >= 0 {
		return wrong
	}
	for i, s := range slices.Backward(steps) {
		if s.Op == wire.OpReturn {
			return i
		}
	}
	return -1
}

// startedLate looks for a goroutine of the learner's that a function has started and not waited
// for: the function has returned, it shows at step wrong that something is, and only then the
// goroutine begins, with what others have used before. The latest such one counts.
//
// One that waits for something, as those do that are there to work for others, is none: it may
// be late with nothing.
func startedLate(steps []wire.Explored, wrong int, src finding.Sources) (*finding.Origin, []int) {
	for i := wrong - 1; i >= 0; i-- {
		starts := steps[i]
		if starts.Op != wire.OpGo || !isOwn(starts, src) {
			continue
		}
		first, ok := worksAfter(steps, starts.Other, wrong, src)
		if !ok || !hasReturned(steps[i+1:wrong+1], starts, src) {
			continue
		}
		from, _ := src.Place(gostack.Frames(starts.Stack))
		to, _ := src.Place(gostack.Frames(steps[first].Stack))
		return &finding.Origin{
			Kind: finding.OriginLate, Goroutine: nameOf(starts.G), By: nameOf(starts.Other),
			First: finding.Use{Op: finding.OpGo, Place: from}, Then: finding.Use{Place: to},
		}, []int{i, first}
	}
	return nil, nil
}

// worksAfter finds the first step of a goroutine that takes none until a step, and then uses what
// others have used until there, in the learner's code too, and ends without waiting for anybody.
func worksAfter(steps []wire.Explored, g, until int, src finding.Sources) (first int, ok bool) {
	used := map[int]bool{}
	for _, s := range steps[:until] {
		if s.G == g {
			return 0, false
		}
		used[s.Object] = used[s.Object] || s.Object > 0 && isWithin(s, src)
	}
	first, meets, ends := -1, false, false
	for i, s := range steps[until:] {
		if s.G != g {
			continue
		}
		switch s.Op {
		case wire.OpRecv, wire.OpSelect, wire.OpCondWait, wire.OpWait, wire.OpForever:
			return 0, false
		case wire.OpEnd:
			ends = true
		}
		if isWithin(s, src) && first < 0 {
			first = until + i
		}
		meets = meets || used[s.Object] && isWithin(s, src)
	}
	return first, first >= 0 && meets && ends
}

// isWithin reports whether the learner's code makes a step, or calls what does.
func isWithin(s wire.Explored, src finding.Sources) bool {
	return slices.ContainsFunc(gostack.Frames(s.Stack), func(f finding.Frame) bool { return src.IsEditable(f.File) })
}

// hasReturned reports whether the goroutine that has started another one is seen outside of the
// function in which it did.
func hasReturned(steps []wire.Explored, starts wire.Explored, src finding.Sources) bool {
	own := src.Trim(gostack.Frames(starts.Stack))
	return slices.ContainsFunc(steps, func(s wire.Explored) bool {
		return s.G == starts.G && len(s.Stack) > 0 && !slices.ContainsFunc(src.Trim(gostack.Frames(s.Stack)), func(f finding.Frame) bool {
			return f.Function == own[0].Function
		})
	})
}
