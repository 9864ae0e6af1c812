//go:build race

package sched

import "runtime"

// hide and show bracket what the race detector must not see: that goroutines
// hand the turn to each other orders nothing in the program under test.
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

// handover is where a goroutine says what it has done so far, before it waits or ends.
// It may never go on; what it has done comes before the next schedule all the same,
// which uses the same variables again.
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
