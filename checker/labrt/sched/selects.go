package sched

import (
	"reflect"
	"time"

	"racelab/checker/labrt/wire"
)

// A Case is one case of a select: a *RecvC or a *sendC.
type Case interface {
	channel() pointer
	signals() bool
	timed() bool                 // a timer may make it ready
	try() bool                   // without waiting
	waiting() reflect.SelectCase // for reflect.Select
	took(v reflect.Value, ok bool)
	shows() string
}

// A RecvC is a case that receives. After Select it has what was received.
type RecvC[T any] struct {
	ch <-chan T
	v  T
	ok bool
}

// RecvCase is case <-ch.
func RecvCase[T any](ch <-chan T) *RecvC[T] { return &RecvC[T]{ch: ch} }

// Val is the received value.
func (c *RecvC[T]) Val() T { return c.v }

// Val2 is the received value, and whether the channel was open.
func (c *RecvC[T]) Val2() (T, bool) { return c.v, c.ok }

func (c *RecvC[T]) channel() pointer { return address(&c.ch) }
func (c *RecvC[T]) shows() string    { return received(c.v, c.ok) }

func (c *RecvC[T]) signals() bool {
	_, signals := any(c.v).(struct{})
	return signals
}

func (c *RecvC[T]) timed() bool {
	_, timed := any(c.v).(time.Time)
	return timed || c.signals()
}

func (c *RecvC[T]) try() bool {
	select {
	case c.v, c.ok = <-c.ch:
		return true
	default:
		return false
	}
}

func (c *RecvC[T]) waiting() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c.ch)}
}

func (c *RecvC[T]) took(v reflect.Value, ok bool) {
	if c.ok = ok; ok {
		reflect.ValueOf(&c.v).Elem().Set(v)
	}
}

type sendC[T any] struct {
	ch chan<- T
	v  T
}

// SendCase is case ch <- v; see Sender.
func SendCase[T any](ch chan<- T) func(T) Case {
	return func(v T) Case { return &sendC[T]{ch, v} }
}

func (c *sendC[T]) channel() pointer         { return address(&c.ch) }
func (c *sendC[T]) signals() bool            { return false }
func (c *sendC[T]) timed() bool              { return false }
func (c *sendC[T]) took(reflect.Value, bool) {}
func (c *sendC[T]) shows() string            { return "sent " + Text(c.v) }

func (c *sendC[T]) try() bool {
	select {
	case c.ch <- c.v:
		return true
	default:
		return false
	}
}

func (c *sendC[T]) waiting() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectSend, Chan: reflect.ValueOf(c.ch), Send: reflect.ValueOf(&c.v).Elem()}
}

// Select is a select statement. It returns the index of the case that was taken; -1
// is default.
func Select(hasDefault bool, cases ...Case) int {
	s, g := atSelect(cases)
	if s == nil {
		return choose(hasDefault, cases, nil)
	}
	for {
		first := g.choice
		for i := range cases {
			if i = (first + i) % len(cases); cases[i].try() {
				s.done(g)
				s.selected(g, cases, i)
				return i
			}
		}
		if hasDefault {
			s.nothing(g, len(cases))
			return -1
		}
		nudge := s.blockIn(g, cases)
		if i := choose(false, cases, nudge); i >= 0 {
			s.unblock(g)
			s.took(g, cases[i])
			return i
		}
		s.atTie(g)
	}
}

// choose is the real select. It returns -1 for default, or if it was left because of
// nudge.
func choose(hasDefault bool, cases []Case, nudge chan struct{}) int {
	list := make([]reflect.SelectCase, len(cases), len(cases)+1)
	for i, c := range cases {
		list[i] = c.waiting()
	}
	switch {
	case hasDefault:
		list = append(list, reflect.SelectCase{Dir: reflect.SelectDefault})
	case nudge != nil:
		list = append(list, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(nudge)})
	}
	i, v, ok := reflect.Select(list)
	if i == len(cases) {
		return -1
	}
	cases[i].took(v, ok)
	return i
}

// atSelect is the yield point before a select. Which case is tried first is a
// choice.
//
//go:norace
func atSelect(cases []Case) (*schedule, *G) {
	s, g := current()
	if s == nil {
		return nil, nil
	}
	g.on(wire.OpSelect, wire.Write, nil)
	contexts := false
	for i := range cases {
		if o := s.object(cases[i].channel()); o != nil {
			g.also(o)
		}
		contexts = contexts || cases[i].signals()
	}
	if contexts {
		s.alsoContexts(g)
	}
	g.cases = len(cases)
	s.point(g)
	return s, g
}

//go:norace
func (s *schedule) selected(g *G, cases []Case, i int) {
	s.trace.taken(i)
	s.took(g, cases[i])
}

// took records, with Detail, the value and the channel of the case that g's select
// has taken.
//
//go:norace
func (s *schedule) took(g *G, c Case) {
	if s.job.Detail {
		g.tell(c.shows())
		g.at.object = s.object(c.channel())
	}
}

//go:norace
func (s *schedule) nothing(g *G, cases int) {
	s.trace.taken(cases)
	g.tell("default")
	s.noteSpin(g, true)
}
