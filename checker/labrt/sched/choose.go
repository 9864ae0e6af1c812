package sched

import (
	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/wire"
)

// aliveEvery is after how many steps a schedule tells that it goes on.
const aliveEvery = 1 << 13

// pick chooses the goroutine that gets the turn. It returns nil when no goroutine
// is runnable, or when the clock advances instead. s.mu is held.
//
//go:norace
func (s *schedule) pick() *G {
	if s.over || s.advance > 0 {
		return nil
	}
	n := 0
	s.insists = nil
	progressing := false // some candidate does not spin
	for g := s.first; g != nil; g = g.next {
		switch g.state {
		case local:
			return g
		case parked:
			if g.enabled() {
				s.ready[n] = g
				n++
				progressing = progressing || g.spin < spinLimit
			}
		}
	}
	if s.tied > 0 {
		n = s.keepTied(n)
	} else {
		n = s.leaveOutSpinners(n, progressing)
	}
	if n == 0 {
		return nil
	}
	s.steps++
	switch {
	case s.steps > s.limit:
		s.stop(wire.TooLong)
		return nil
	case s.trace.n > s.room:
		s.stop(wire.TooMuch)
		return nil
	case s.steps%aliveEvery == 0:
		rt.Alive()
	}
	g := s.choose(n)
	if g == s.clock {
		s.clockChosen()
		return nil
	}
	return g
}

// leaveOutSpinners drops candidates that spin: goroutines whose last operations had
// no effect. They may not delay goroutines that make progress; when there are none
// of those, they may not keep the clock from advancing. (Fair scheduling: Musuvathi
// and Qadeer, PLDI 2008.) One that insists goes on.
//
//go:norace
func (s *schedule) leaveOutSpinners(n int, progressing bool) int {
	limit := idleSpinLimit
	if progressing {
		limit = spinLimit
	}
	kept := 0
	for i := range n {
		if g := s.ready[i]; g.spin < limit || s.lets(g) {
			s.ready[kept] = g
			kept++
		}
	}
	return kept
}

// lets reports whether g, which spins and would be left out, goes on nevertheless,
// because a pick or the chooser says so: one that gives up after so many tries would
// never come to that.
//
//go:norace
func (s *schedule) lets(g *G) bool {
	to, ok := s.picked(s.latest, false)
	if ok && to == g.index || s.chooser.lets(g) {
		s.insists = g
	}
	return s.insists == g
}

// choose picks one of the first n candidates, and a case if its operation is a
// select. It records the step.
//
//go:norace
func (s *schedule) choose(n int) *G {
	if s.tied == 0 {
		n = s.forceFairness(n)
	}
	stay, others := s.canStay(n), n
	if s.tied == 0 {
		n = s.offerClock(n)
	}
	if n > others && s.worked() > 0 && s.due(s.untilAlarm()) {
		s.ready[0], others, n, stay = s.clock, 0, 1, false
	}
	g := s.decide(n, others, stay)
	g.choice = 0
	if g.cases > 1 {
		g.choice = s.chooseCase(g)
	}
	s.trace.step(s, g, n, stay, s.insists == g)
	s.chooser.took(s, g, n)
	if g.tied {
		g.tied, s.tied = false, s.tied-1
	}
	g.steps++
	g.yielded = false
	if s.insists != g { // else they wait for long because somebody wants it so
		for i := range n {
			s.ready[i].overtaken++
		}
	}
	g.overtaken = 0
	if s.runLength++; s.latest != g {
		s.runLength = 1
	}
	s.latest = g
	if s.job.Detail && g != s.clock {
		s.link(g.at)
		g.at.step = s.steps
	}
	return g
}

// decide picks one of the first n candidates, of which others are goroutines.
//
//go:norace
func (s *schedule) decide(n, others int, stay bool) *G {
	if to, ok := s.picked(s.latest, false); ok {
		if g := s.amongReady(n, to); g != nil {
			return g
		}
	}
	if others == 0 {
		return s.clock
	}
	g := s.chooser.next(s, others, stay)
	if n > others && s.chooser.clockFirst(s.clock, g) {
		return s.clock
	}
	return g
}

// forceFairness keeps only the candidates that have been passed over for too long,
// if there are any. Otherwise, after a long run of one goroutine, it drops that one
// if there are others: it may be waiting in a loop for them. The limit shrinks each
// time it applies, so that such a schedule ends.
//
//go:norace
func (s *schedule) forceFairness(n int) int {
	kept := 0
	for i := range n {
		if s.ready[i].overtaken >= s.patience {
			s.ready[kept] = s.ready[i]
			kept++
		}
	}
	if kept > 0 {
		s.patience = max(s.patience/2, shortWait)
		return kept
	}
	if s.runLength < wire.LongRun || n == 1 || s.lets(s.latest) {
		return n
	}
	for i := range n {
		if s.ready[i] != s.latest {
			s.ready[kept] = s.ready[i]
			kept++
		}
	}
	return kept
}

// canStay reports whether the goroutine that took the last step is a candidate and
// neither spins nor has just yielded.
//
//go:norace
func (s *schedule) canStay(n int) bool {
	for i := range n {
		if s.ready[i] == s.latest {
			return s.latest.spin < staySpinLimit && !s.latest.yielded
		}
	}
	return false
}

// picked looks up the job's pick that follows last's latest step; with isCase, the
// pick for the case of its next select.
//
//go:norace
func (s *schedule) picked(last *G, isCase bool) (to int, ok bool) {
	index, steps := 0, 0
	if last != nil {
		index, steps = last.index, last.steps
	}
	if p := s.picks.find(index, steps, isCase); p != nil {
		return p.To, true
	}
	return 0, false
}

//go:norace
func (s *schedule) amongReady(n, index int) *G {
	for i := range n {
		if s.ready[i].index == index {
			return s.ready[i]
		}
	}
	s.missed++
	return nil
}

//go:norace
func (s *schedule) chooseCase(g *G) int {
	g.steps++ // a pick is numbered by the step that the select is about to take
	to, ok := s.picked(g, true)
	g.steps--
	if ok && to < g.cases {
		return to
	}
	return s.chooser.firstCase(g.cases)
}
