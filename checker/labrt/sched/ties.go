package sched

import (
	"testing/synctest"

	"racelab/checker/labrt/wire"
)

// In a bubble the Go run-time fires timers that are due at the same instant in random
// order. Of a goroutine that is blocked in a select on several of them, this decides
// which case it takes. So before such an instant it has to leave the select. When the
// timers have fired it takes another step, a select again: now several cases are ready,
// and which one is tried first is a choice. Nobody else goes before that.

// blockIn blocks g in a select. What it returns makes g leave the select; nil if no two
// timers can make cases ready.
//
//go:norace
func (s *schedule) blockIn(g *G, cases []Case) chan struct{} {
	timed := 0
	for i := range cases {
		if cases[i].timed() {
			timed++
		}
	}
	g.nudge = nil
	if timed > 1 {
		g.nudge = make(chan struct{}, 1)
	}
	s.block(g)
	return g.nudge
}

// loosen is called before the clock advances to the next timer. It makes goroutines leave
// their select if several timers are due then, and reports whether any did.
//
//go:norace
func (s *schedule) loosen() bool {
	if !s.together() {
		return false
	}
	hide()
	defer show()
	s.mu.Lock()
	found := false
	for g := s.first; g != nil; g = g.next {
		if g.state == blocked && g.op == wire.OpSelect && g.nudge != nil {
			g.nudge <- struct{}{}
			found = true
		}
	}
	s.mu.Unlock()
	if found {
		synctest.Wait()
	}
	return found
}

// together reports whether several timers that are no sleeps are due at the instant of
// the next one.
//
//go:norace
func (s *schedule) together() bool {
	n := 0
	for a := s.alarms; a != nil && a.at.Equal(s.alarms.at); a = a.next {
		if !a.wakes {
			n++
		}
	}
	return n > 1
}

// atTie is the yield point of g, which has left its select, when the instant has come.
//
//go:norace
func (s *schedule) atTie(g *G) {
	hide()
	s.mu.Lock()
	s.countBlocked(g, -1)
	g.nudge = nil
	s.wake(g)
	s.mu.Unlock()
	s.await(g)
	show()
	g.tied = true
	s.tied++
	s.point(g)
}

// keepTied keeps the candidates for which several timers are due at this instant.
//
//go:norace
func (s *schedule) keepTied(n int) int {
	kept := 0
	for i := range n {
		if s.ready[i].tied {
			s.ready[kept] = s.ready[i]
			kept++
		}
	}
	return kept
}
