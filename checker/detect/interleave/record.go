// Package interleave reads what one schedule left behind when it was run in
// detail: every step, who is left at the end and what he waits for. It makes
// findings of it, and the interleaving that a person can follow.
//
// What the scheduler has seen happened: there is nothing potential about it.
package interleave

import (
	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// A Record is one schedule, run in detail.
type Record struct {
	Ending wire.Ending
	Steps  []wire.Explored // in order
	Waits  []wire.Explored // the goroutines that are left
	Waited []wire.Explored // those that waited when the last calls of a scenario began
	Crash  *wire.Explored
}

// Read sorts the events of one schedule. Those of the test are left out: package
// testevent reads them.
func Read(events []wire.Event, ending wire.Ending) Record {
	r := Record{Ending: ending}
	for _, e := range events {
		if e.Explored == nil {
			continue
		}
		switch e.Event {
		case wire.Stepped:
			r.Steps = append(r.Steps, *e.Explored)
		case wire.Waits:
			r.Waits = append(r.Waits, *e.Explored)
		case wire.Waited:
			r.Waited = append(r.Waited, *e.Explored)
		case wire.Crash:
			r.Crash = e.Explored
		}
	}
	return r
}

// states are the words of the Go run-time for what a goroutine waits in: so it
// is described like one in a dump.
var states = map[wire.Op]string{
	wire.OpSend: "chan send", wire.OpRecv: "chan receive", wire.OpSelect: "select", wire.OpForever: "select (no cases)",
	wire.OpLock: "sync.Mutex.Lock", wire.OpRLock: "sync.RWMutex.RLock", wire.OpWait: "sync.WaitGroup.Wait",
	wire.OpCondWait: "sync.Cond.Wait", wire.OpOnce: "semacquire", wire.OpSleep: "sleep",
}

// goroutine is one that is left, as a dump would show it. Its number is that of
// its letter, from 1.
func goroutine(e wire.Explored) gostack.Goroutine {
	g := gostack.Goroutine{}
	g.ID, g.Name = e.G+1, nameOf(e.G)
	g.State = states[e.Op]
	if g.State == "" {
		g.State = e.Op.String()
	}
	g.Stack = gostack.Frames(e.Stack)
	g.CreatedBy = gostack.Frames(e.Created)
	if e.Object > 0 {
		g.On = schedule.Letters(e.Object - 1)
	}
	return g
}

// nameOf is what a schedule calls goroutine g.
func nameOf(g int) finding.GoroutineName { return finding.GoroutineName(schedule.Letters(g)) }
