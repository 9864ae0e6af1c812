package sched

import "racelab/checker/labrt/wire"

// maxHurry is how many operations may be none of a schedule's steps. A million calls have no
// more.
const maxHurry = 20_000_000

// hurried is what all that is done in a hurry is done to, as far as its step says.
var hurried byte

// Hurry lets the goroutine that calls it go on, until it calls Calm, without steps: nobody
// comes between its operations, so there is nothing to choose. A program that is to be
// brought far, by a hundred thousand calls, is soon there, and the schedule is as short as
// before. All of it is one step, before which others may go on as before any other.
//
//go:norace
func Hurry() {
	if s, g := current(); s != nil {
		s.before(g, wire.OpCall, wire.Write, pointer(&hurried))
		s.hurries = g
		if s.job.Detail {
			g.at = &event{g: g} // for all that it does, and none of the schedule's
		}
	}
}

// Calm ends what Hurry has begun.
//
//go:norace
func Calm() {
	if s, g := current(); s != nil {
		s.hurries, g.spin = nil, 0
	}
}

// hurry reports whether g, which is about to do something, does it at once. It does not where
// it has to wait, or may be waiting in a loop.
//
//go:norace
func (s *schedule) hurry(g *G) bool {
	if s.hurries != g || s.hurried == maxHurry || g.op == wire.OpGosched || g.spin >= spinLimit || !g.enabled() {
		return false
	}
	s.hurried++
	g.clockReads = 0
	return true
}
