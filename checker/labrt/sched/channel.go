package sched

import (
	"unsafe"

	"racelab/checker/labrt/wire"
)

// address returns the pointer that identifies a channel.
//
//go:norace
func address[C any](ch *C) pointer { return *(*pointer)(unsafe.Pointer(ch)) }

// Sender returns a function that sends on ch. The two calls keep Go's order of
// evaluation: ch first, then the value, which is converted to ch's element type.
func Sender[T any](ch chan<- T) func(T) {
	return func(v T) { send(ch, v) }
}

func send[T any](ch chan<- T, v T) {
	s, g := atChannel(wire.OpSend, address(&ch), false)
	if s == nil {
		ch <- v
		return
	}
	if s.detailed() {
		g.tell(Text(v))
	}
	select {
	case ch <- v:
		s.done(g)
		return
	default:
	}
	s.block(g)
	ch <- v
	s.unblock(g)
}

// Recv is <-ch.
func Recv[T any](ch <-chan T) T {
	v, _ := Recv2(ch)
	return v
}

// Recv2 is v, ok := <-ch.
func Recv2[T any](ch <-chan T) (v T, ok bool) {
	_, signals := any(v).(struct{})
	s, g := atChannel(wire.OpRecv, address(&ch), signals)
	if s == nil {
		v, ok = <-ch
		return v, ok
	}
	select {
	case v, ok = <-ch:
		s.done(g)
	default:
		s.block(g)
		v, ok = <-ch
		s.unblock(g)
	}
	if s.detailed() {
		g.tell(received(v, ok))
	}
	return v, ok
}

func received[T any](v T, ok bool) string {
	if !ok {
		return "closed"
	}
	return Text(v)
}

// Close is close(ch).
func Close[T any](ch chan<- T) {
	s, g := atChannel(wire.OpClose, address(&ch), false)
	close(ch)
	if s != nil {
		s.done(g)
	}
}

// Len is len(ch).
func Len[T any](ch <-chan T) int {
	s, g := atChannel(wire.OpLen, address(&ch), false)
	n := len(ch)
	if s != nil {
		s.saw(g, uint64(n))
	}
	return n
}

// LenS is len(ch) of a send-only channel.
func LenS[T any](ch chan<- T) int {
	s, g := atChannel(wire.OpLen, address(&ch), false)
	n := len(ch)
	if s != nil {
		s.saw(g, uint64(n))
	}
	return n
}

// Forever is called before select {}.
//
//go:norace
func Forever() {
	if s, g := current(); s != nil {
		g.on(wire.OpForever, wire.None, nil)
		s.point(g)
		s.block(g)
	}
}

// atChannel is the yield point before op on the channel at p. A channel that
// carries no data (signals) may be the Done channel of a context, which cancelling
// any context may close.
//
//go:norace
func atChannel(op wire.Op, p pointer, signals bool) (*schedule, *G) {
	s, g := current()
	if s == nil {
		return nil, nil
	}
	class := wire.Write
	if op == wire.OpLen {
		class = wire.Read
	}
	g.on(op, class, s.object(p))
	if signals {
		s.alsoContexts(g)
	}
	s.point(g)
	return s, g
}

// done is called after a real operation that did not block.
//
//go:norace
func (s *schedule) done(g *G) {
	s.effect()
	s.noteSpin(g, false)
}

//go:norace
func (s *schedule) saw(g *G, value uint64) { s.noteRead(g, g.objects[0], value) }
