package sched

import (
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"racelab/checker/labrt/wire"
)

// A Ran says how one schedule went.
type Ran struct {
	Ending wire.Ending
	// Events are, with Detail, the steps, the goroutines that are left, and a crash.
	Events []wire.Event
}

// Run runs body once as job says, in a bubble of its own. The error says that the
// bubble itself failed.
func Run(t *testing.T, job *wire.Job, body func()) (Ran, error) {
	s := &schedule{job: job, chooser: newChooser(job)}
	races := raceErrors()
	s.races = races
	if err := s.inBubble(t, body); err != nil {
		return Ran{}, err
	}
	ran := Ran{Ending: s.ending()}
	ran.Ending.Races = raceErrors() - races
	if s.crash != nil {
		ran.Events = append(ran.Events, wire.Event{Event: wire.Crash, Explored: s.explored(s.crash)})
	}
	if job.Detail {
		ran.Events = append(ran.Events, s.events()...)
	}
	for g := s.first; g != nil; g = g.next {
		leftBehind++
	}
	ran.Ending.Full = leftBehind > maxLeftBehind
	return ran, nil
}

// maxLeftBehind is how many goroutines a process may keep. Goroutines that a
// schedule leaves blocked for ever stay until the process ends, and the race
// detector has room for some 8,000.
const maxLeftBehind = 3000

var leftBehind int

// inBubble runs the schedule in a new goroutine: testing/synctest ends the calling
// goroutine when a race was reported, and panics when goroutines are left.
func (s *schedule) inBubble(t *testing.T, body func()) (err error) {
	begun = true
	acquire()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil && !strings.HasPrefix(fmt.Sprint(r), "deadlock:") {
				err = fmt.Errorf("the bubble failed: %v", r)
			}
		}()
		synctest.Test(t, func(*testing.T) { s.run(body) })
	}()
	<-done
	acquire()
	return err
}

//go:norace
func (s *schedule) ending() wire.Ending {
	e := wire.Ending{
		Job: s.job.ID, End: s.end, Steps: s.steps, Missed: s.missed,
		Over: s.returned, Timed: s.timed, Drawn: s.drawn, Outside: s.outside, OutsideAt: s.outsideAt.frames(), Left: s.left(), Trace: string(s.trace.buf[:s.trace.n]),
	}
	if s.returned {
		e.Virtual = s.ended.Sub(s.began).Nanoseconds()
	}
	if e.End == wire.Stuck && e.Over && e.Left == 0 {
		e.End = wire.AllEnded // what is left is not the program's
	}
	return e
}

// left is how many goroutines are left that should have ended.
//
//go:norace
func (s *schedule) left() int {
	n := 0
	for g := s.first; g != nil; g = g.next {
		if s.mustEnd(g) {
			n++
		}
	}
	return n
}

// mustEnd reports whether g should have ended: it is the program's own, and it is
// not one that may outlive the test.
//
//go:norace
func (s *schedule) mustEnd(g *G) bool { return !g.foreign && !(g.early && s.returned) }

//go:norace
func (s *schedule) events() []wire.Event {
	var out []wire.Event
	for m := s.detail; m != nil; m = m.previous {
		out = append(out, wire.Event{Event: wire.Stepped, Explored: s.explored(m)})
	}
	slices.Reverse(out)
	for _, w := range s.waited {
		out = append(out, wire.Event{Event: wire.Waited, Explored: w})
	}
	for g := s.first; g != nil; g = g.next {
		if s.mustEnd(g) {
			out = append(out, wire.Event{Event: wire.Waits, Explored: s.waits(g)})
		}
	}
	return out
}

//go:norace
func (s *schedule) explored(m *event) *wire.Explored {
	return &wire.Explored{
		G: m.g.index, Step: m.step, Op: m.op, Object: s.numberOf(m.object), Other: m.other,
		Text: m.text, Stack: m.frames(),
	}
}

// waits says what g waits for and which locks it holds.
//
//go:norace
func (s *schedule) waits(g *G) *wire.Explored {
	e := &wire.Explored{G: g.index, Op: g.op, Created: g.started.frames()}
	if g.nobject > 0 {
		e.Object = s.numberOf(g.objects[0])
	}
	if g.op != wire.OpUnseen {
		e.Stack = g.at.frames()
	}
	for _, o := range s.objects.slots {
		if o == nil {
			continue
		}
		if o.writer == g {
			e.Holds = append(e.Holds, wire.Held{Object: s.numberOf(o), Stack: o.taken.frames()})
		}
		for r := o.reads; r != nil; r = r.next {
			if r.g == g {
				e.Holds = append(e.Holds, wire.Held{Object: s.numberOf(o), Reads: true, Stack: r.taken.frames()})
			}
		}
	}
	slices.SortFunc(e.Holds, func(a, b wire.Held) int { return a.Object - b.Object })
	return e
}

// numberOf returns o's number, and gives it one if no candidate had it as object; 0
// is no object. As long as the schedule runs only the trace numbers objects, with detail or
// without.
//
//go:norace
func (s *schedule) numberOf(o *object) int {
	switch {
	case o == nil:
		return 0
	case o.number == 0 && s.over:
		s.trace.objects++
		o.number = s.trace.objects
	}
	return o.number
}

// here is the folder of this package's files. Frames are recognised by file,
// because an inlined function can appear under its caller's name.
var here = func() string {
	_, file, _, _ := runtime.Caller(0)
	return path.Dir(file) + "/"
}()

// frames is the event's stack without the scheduler's frames.
//
//go:norace
func (m *event) frames() []wire.CallFrame {
	if m == nil {
		return nil
	}
	return m.place.frames()
}

// frames are those of the stack without the scheduler's.
//
//go:norace
func (m *place) frames() []wire.CallFrame {
	if m.depth == 0 {
		return nil
	}
	var out []wire.CallFrame
	for frames := runtime.CallersFrames(m.stack[:m.depth]); ; {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" {
			f.Function = "panic" // as the Go run-time prints it
		}
		if !strings.HasPrefix(f.File, here) && !strings.HasPrefix(f.Function, "runtime.") {
			out = append(out, wire.CallFrame{Function: f.Function, File: f.File, Line: f.Line})
		}
		if !more {
			return out
		}
	}
}
