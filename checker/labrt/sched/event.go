package sched

import (
	"runtime"

	"racelab/checker/labrt/wire"
)

// maxStack bounds the stack that an event keeps, in frames.
const maxStack = 32

// An event is something that a goroutine did. Events are kept only when the job
// asks for detail.
type event struct {
	previous *event
	g        *G
	step     int // 0 when it was no choice
	op       wire.Op
	object   *object
	other    int
	text     string
	place
}

// A place is a stack.
type place struct {
	stack [maxStack]uintptr
	depth int
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

// link appends an event.
//
//go:norace
func (s *schedule) link(m *event) {
	m.previous = s.detail
	s.detail = m
	if s.linked++; s.linked%maxEvents == 0 {
		s.forget()
	}
}

// maxEvents is how many events are kept at least. Of a long schedule the end matters.
const maxEvents = 10_000

// forget drops all events but the latest, and those that say who started whom.
//
//go:norace
func (s *schedule) forget() {
	at := &s.detail
	for i := 0; *at != nil; i++ {
		if m := *at; i < maxEvents || m.op == wire.OpGo {
			at = &m.previous
		} else {
			*at = m.previous
		}
	}
}

// checkRaces attributes race reports that are new since the last event to g, the
// goroutine that has run since.
//
//go:norace
func (s *schedule) checkRaces(g *G) {
	if n := raceErrors(); n > s.races {
		s.races = n
		s.link(&event{g: g, op: wire.OpRace})
	}
}

// Remark adds, with Detail, an event that is no step.
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

// note adds an event that was not chosen by the scheduler.
//
//go:norace
func (s *schedule) note(g *G, op wire.Op, o *object) *event {
	s.checkRaces(g)
	m := &event{g: g, op: op, object: o}
	m.depth = runtime.Callers(3, m.stack[:])
	s.link(m)
	return m
}

// tell adds text, such as the value that was sent, to g's latest event.
//
//go:norace
func (g *G) tell(text string) {
	if g.at != nil {
		g.at.text = text
	}
}

// hasToWait notes that g's operation blocks: its step begins it and does not
// complete it.
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

// goesOn notes, with Detail, that g's blocked operation has completed. A received
// value belongs to this event.
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

// detailed reports whether the job asks for values.
//
//go:norace
func (s *schedule) detailed() bool { return s.job.Detail }

// panicked ends the schedule with a panic of g.
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

// fatal ends the schedule with an error that ends the program when it runs
// natively. It does not return.
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
