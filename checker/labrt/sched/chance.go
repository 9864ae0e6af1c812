package sched

import "time"

// What a program leaves to chance, such as random numbers and the order of its maps,
// follows from the job's Luck, and from what the goroutine that asks has done before:
// the order of independent steps of others changes nothing.

// Draw returns a random number that the schedule determines; false natively.
//
//go:norace
func Draw() (uint64, bool) {
	s, g := current()
	if s == nil {
		return 0, false
	}
	s.drawn = true
	g.draws++
	return scramble(s.job.Luck ^ scramble(g.kin+g.draws)), true
}

// Seeds is called before a generator of random numbers is made. Its seed may be the
// time, which depends on luck.
//
//go:norace
func Seeds() {
	if s, _ := current(); s != nil {
		s.drawn = s.drawn || s.looked
	}
}

// Number returns a number for the object at p. An address is another one each time; the
// number follows from which goroutine was the first to ask for it, and when.
//
//go:norace
func Number(p pointer) uint64 {
	s, g := current()
	if s == nil || p == nil {
		return 0
	}
	o := s.object(p)
	if o.name == 0 {
		g.named++
		o.name = scramble(^(g.kin + g.named))
	}
	return o.name
}

// descend gives g, which parent has started, a number that tells it apart: it follows
// from which of its parent's children it is.
//
//go:norace
func (g *G) descend(parent *G) {
	if parent != nil {
		parent.children++
		g.kin = scramble(parent.kin ^ parent.children)
	}
}

// scramble is the last part of SplitMix64.
//
//go:norace
func scramble(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// maxStart is how much later than others a schedule may begin on the virtual clock: some
// days.
const maxStart = time.Second << 20

// begin lets the virtual clock begin at another time where there is luck: a program may
// take the time for a random number.
//
//go:norace
func (s *schedule) begin() {
	if s.job.Luck > 0 {
		hide()
		time.Sleep(time.Duration(scramble(s.job.Luck) % uint64(maxStart)))
		show()
	}
	s.began = time.Now()
}

// late is by how much a timer that g sets is late, with some luck: so little that it
// matters only where something else comes at the same instant.
//
//go:norace
func (s *schedule) late(g *G) time.Duration {
	if s.job.Luck&3 != 3 {
		return 0
	}
	g.timers++
	return time.Duration(scramble(s.job.Luck^scramble(g.kin-g.timers)) & 1)
}
