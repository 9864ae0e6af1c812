package sched

import (
	"runtime"

	"racelab/checker/labrt/wire"
)

// maxStack bounds the stack that is kept of a moment.
const maxStack = 32

// A moment is something that a goroutine did, kept when a job asks for detail.
type event struct {
	previous *event
	g        *G
	step     int // 0 when it was no choice
	op       wire.Op
	object   *object
	other    int
	text     string
	stack    [maxStack]uintptr
	depth    int
}

// arrived notes where g is about to do its next operation.
//
//go:norace
func (s *schedule) arrived(g *G) {
	s.checkRaces(g)
	m := &event{g: g, op: g.op}
	if g.nobject > 0 {
		m.object = g.objects[0]
	}
	m.depth = runtime.Callers(3, m.stack[:])
	g.at = m
}

// link appends what happened. A race that was reported since is the doing of
// whoever has come here.
//
//go:norace
func (s *schedule) link(m *event) {
	m.previous = s.detail
	s.detail = m
}

// checkRaces notes that g has raced since it was its turn.
//
//go:norace
func (s *schedule) checkRaces(g *G) {
	if n := raceErrors(); n > s.races {
		s.races = n
		s.link(&event{g: g, op: wire.OpRace})
	}
}

// Remark notes, with Detail, something that is no step.
//
//go:norace
func Remark(op wire.Op, text string) {
	s, g := current()
	if s == nil || !s.job.Detail {
		return
	}
	hide()
	s.mu.Lock()
	s.note(g, op, nil).text = text
	s.mu.Unlock()
	show()
}

// note links a moment that was no choice.
//
//go:norace
func (s *schedule) note(g *G, op wire.Op, o *object) *event {
	s.checkRaces(g)
	m := &event{g: g, op: op, object: o}
	m.depth = runtime.Callers(3, m.stack[:])
	s.link(m)
	return m
}

// tell adds the value concerned to what g did.
//
//go:norace
func (g *G) tell(text string) {
	if g.at != nil {
		g.at.text = text
	}
}

// hasToWait says that g's operation, begun in its step, is not completed in it.
//
//go:norace
func (g *G) hasToWait() {
	switch {
	case g.at == nil || g.op == wire.OpForever || g.op == wire.OpSleep:
	case g.at.text == "":
		g.at.text = "has to wait"
	default:
		g.at.text += ", has to wait"
	}
}

// goesOn notes, with Detail, that g's operation is completed now. What it received
// is told of this moment.
//
//go:norace
func (s *schedule) goesOn(g *G) {
	if !s.job.Detail {
		return
	}
	m := s.note(g, g.op, nil)
	if g.nobject > 0 {
		m.object = g.objects[0]
	}
	m.text = "goes on"
	g.at = m
}

// detailed reports whether values are wanted.
//
//go:norace
func (s *schedule) detailed() bool { return s.job.Detail }

// panicked ends the schedule with a panic of g's.
//
//go:norace
func (s *schedule) panicked(g *G, text string) {
	m := &event{g: g, op: wire.OpPanic, text: text}
	m.depth = runtime.Callers(3, m.stack[:])
	hide()
	s.mu.Lock()
	if !s.over {
		s.crash = m
		if s.job.Detail {
			s.checkRaces(g)
			s.link(m)
		}
	}
	s.stop(wire.Crashed)
	s.mu.Unlock()
	show()
}

// fatal ends the schedule with an error of g's that natively ends the program at
// once. It does not return.
//
//go:norace
func (s *schedule) fatal(g *G, text string) {
	s.panicked(g, "fatal error: "+text)
	hide()
	s.mu.Lock()
	s.turn = nil
	g.state = waiting
	s.mu.Unlock()
	s.await(g)
}
