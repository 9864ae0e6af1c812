package interleave

import (
	"slices"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// receivedClosed is what the run-time says of a receive that got nothing.
const receivedClosed = "closed"

// ignoresClosed looks for a goroutine of the learner's that received from a closed channel
// and then called the tests' code, or crashed, in the steps until the first that is wrong,
// just as it or another one does after something was sent. One that has noticed ends, or does
// something of its own; and who waits for a signal waits until somebody closes the channel.
func ignoresClosed(steps []wire.Explored, until int, names Names, src finding.Sources) (*finding.Origin, []int) {
	for i, s := range steps[:until] {
		if s.Op != wire.OpRecv || s.Text != receivedClosed || !isOwn(s, src) {
			continue
		}
		then, from, to, ok := received(steps, i, src)
		if !ok || steps[then].Op == wire.OpEnd || steps[then].Op != wire.OpPanic && isOwn(steps[then], src) {
			continue
		}
		if !goesOnAfterSent(steps, from, to, src) {
			continue
		}
		return &finding.Origin{
			Kind: finding.OriginClosed, Goroutine: nameOf(s.G), Object: names.Of(s.Object),
			First: finding.Use{Op: finding.OpReceive, Place: from}, Then: finding.Use{Place: to},
		}, []int{i, then}
	}
	return nil, nil
}

// received is the next step after a receive by the same goroutine, and where both are in one
// call.
func received(steps []wire.Explored, i int, src finding.Sources) (then int, from, to finding.Location, ok bool) {
	next := slices.IndexFunc(steps[i+1:], func(t wire.Explored) bool { return t.G == steps[i].G && t.Op != wire.OpRace })
	if next < 0 {
		return 0, from, to, false
	}
	then = i + 1 + next
	from, to, ok = inOneCall(gostack.Frames(steps[i].Stack), gostack.Frames(steps[then].Stack), src)
	return then, from, to, ok
}

// goesOnAfterSent reports whether a goroutine that has received something in one place goes
// on in the other.
func goesOnAfterSent(steps []wire.Explored, from, to finding.Location, src finding.Sources) bool {
	for i, s := range steps {
		if s.Op != wire.OpRecv || s.Text == receivedClosed {
			continue
		}
		if _, f, t, ok := received(steps, i, src); ok && f == from && t == to {
			return true
		}
	}
	return false
}

// isOwn reports whether the learner's own code makes the step, and not what it calls.
func isOwn(s wire.Explored, src finding.Sources) bool {
	own := src.Trim(gostack.Frames(s.Stack))
	return len(own) > 0 && src.IsEditable(own[0].File)
}
