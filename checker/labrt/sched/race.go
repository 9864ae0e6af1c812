//go:build race

package sched

import "runtime"

// hide and show bracket what the race detector must not see: handing over the turn
// orders nothing in the program under test.
//
//go:norace
func hide() {
	if !Visible {
		runtime.RaceDisable()
	}
}

//go:norace
func show() {
	if !Visible {
		runtime.RaceEnable()
	}
}

// handover carries happens-before edges from each schedule to the next, which uses
// the same variables again. A goroutine releases to it before it waits or ends: it
// may never run again, so its accesses must be ordered before the next schedule
// now.
var handover byte

//go:norace
func release() { runtime.RaceReleaseMerge(pointer(&handover)) }

//go:norace
func acquire() { runtime.RaceAcquire(pointer(&handover)) }

//go:norace
func raceErrors() int { return runtime.RaceErrors() }

// RaceRead and RaceWrite tell the race detector of an access to the byte at p.
func RaceRead(p pointer)  { runtime.RaceRead(p) }
func RaceWrite(p pointer) { runtime.RaceWrite(p) }
