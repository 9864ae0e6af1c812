package sched

import (
	"time"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/wire"
)

// Duration and Second are those of package time.
type Duration = time.Duration

// Second is time.Second.
const Second = time.Second

// Rest blocks the caller until done is closed, or for d. Other goroutines never
// find that this timer overtakes them: it is due when none of them can go on.
func Rest(done <-chan struct{}, d Duration) { rest(done, nil, d) }

func rest(done, enough <-chan struct{}, d Duration) {
	s, g := resting(done != nil)
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
	case <-enough:
	case <-timer.C:
	}
	if s != nil {
		s.unblock(g)
	}
}

//go:norace
func resting(wakes bool) (*schedule, *G) {
	s, g := current()
	if s == nil {
		return nil, nil
	}
	op := wire.OpSleep
	if wakes {
		op = wire.OpRecv // others can wake it
	}
	g.on(op, wire.None, nil)
	if s.job.Detail {
		s.arrived(g)
	}
	s.block(g)
	return s, g
}

// Settle is Rest for a caller that then looks what has happened meanwhile. So nobody is
// slow for as long as that: no timer overtakes a goroutine in its second half, or later. Who
// polls has that half to see what one that was slow has done. It ends before where somebody
// polls: after longRest steps of others nothing new is expected.
func Settle(done <-chan struct{}, d Duration) {
	s, g := current()
	if s == nil {
		Rest(done, d)
		return
	}
	rest(done, s.settles(g, d), d)
	s.settled(g)
}

//go:norace
func (s *schedule) settles(g *G, d Duration) (enough <-chan struct{}) {
	g.settles, g.enough, g.restsFrom = time.Now().Add(d/2), make(chan struct{}), s.steps
	s.settling++
	return g.enough
}

//go:norace
func (s *schedule) settled(g *G) {
	s.settling--
	g.settles = time.Time{}
}

// longRest is how many steps a goroutine takes in an hour that looks every second or two
// whether there is anything to do.
const longRest = 10_000

// wakesEnough ends the rests that have taken too many steps.
//
//go:norace
func (s *schedule) wakesEnough() {
	if s.settling == 0 {
		return
	}
	hide()
	for g := s.first; g != nil; g = g.next {
		if !g.settles.IsZero() && g.enough != nil && s.steps-g.restsFrom > longRest {
			close(g.enough)
			g.enough = nil
		}
	}
	show()
}

// ends reports whether somebody settles, and half of that ends when d has passed, or before.
//
//go:norace
func (s *schedule) ends(d time.Duration) bool {
	if s.settling == 0 {
		return false
	}
	for g := s.first; g != nil; g = g.next {
		if !g.settles.IsZero() && time.Until(g.settles) <= d {
			return true
		}
	}
	return false
}

// UntilTimer is the time until the next timer is about to fire; 0 when there is none, or
// when it is by now.
//
//go:norace
func UntilTimer() Duration { return max(0, untilAlarm()-aboutTo) }

// TimerWithin reports whether a timer may fire before d has passed.
//
//go:norace
func TimerWithin(d Duration) bool {
	next := untilAlarm()
	return next > 0 && next <= d
}

// A Count is of what there was in a schedule so far.
type Count struct{ Goroutines, Steps int }

// Counted is what there was in this schedule.
//
//go:norace
func Counted() Count {
	s, _ := current()
	if s == nil {
		return Count{}
	}
	return Count{s.count, s.steps}
}

// aboutTo is so short that the timer may overtake any goroutine.
const aboutTo = maxAdvance / 10

//go:norace
func untilAlarm() time.Duration {
	s, _ := current()
	if s == nil {
		return 0
	}
	hide()
	s.mu.Lock()
	d := s.untilAlarm()
	s.mu.Unlock()
	show()
	return d
}

// Extend lets the scenario last longer: it is about to let so much time pass.
//
//go:norace
func Extend(d Duration) {
	if s, _ := current(); s != nil {
		s.extended += d
	}
}

// GoesOn tells that the schedule goes on, though it may take few steps.
//
//go:norace
func GoesOn() {
	if s, _ := current(); s != nil {
		hide()
		rt.Alive()
		show()
	}
}

// Busy reports whether another goroutine could go on.
//
//go:norace
func Busy() bool {
	s, self := current()
	if s == nil {
		return false
	}
	hide()
	s.mu.Lock()
	busy := false
	for g := s.first; g != nil; g = g.next {
		busy = busy || g != self && g.state == parked && g.enabled()
	}
	s.mu.Unlock()
	show()
	return busy
}

// Call is the step in which a call of a scenario begins, and Return the one in which
// it has returned: which of them is first matters, but neither the order of
// beginnings nor that of returns.
//
//go:norace
func Call(scenario *byte, text string) { mark(scenario, wire.OpCall, wire.Read, text) }

// Return is described at Call.
//
//go:norace
func Return(scenario *byte, text string) { mark(scenario, wire.OpReturn, wire.Add, text) }

//go:norace
func mark(scenario *byte, op wire.Op, class wire.Class, text string) {
	s, g := current()
	if s == nil {
		return
	}
	s.before(g, op, class, pointer(scenario))
	if s.job.Detail {
		g.tell(text)
	}
	s.noteSpin(g, false)
}

// KeepWaits keeps, in detail, who waits now: what wakes it makes that unknown.
//
//go:norace
func KeepWaits() {
	s, self := current()
	if s == nil || !s.detailed() {
		return
	}
	n := 0
	for g := s.first; g != nil; g = g.next {
		n++
	}
	waited := make([]*wire.Explored, n)
	n = 0
	for g := s.first; g != nil; g = g.next {
		if g != self && s.mustEnd(g) && (g.state == waiting || g.state == blocked || g.state == parked) {
			waited[n] = s.waits(g)
			n++
		}
	}
	s.waited = waited[:n]
}
