package sched

import (
	"runtime"
	_ "unsafe" // for go:linkname
)

// Package fmt and others keep buffers in a sync.Pool. The goroutine that takes a
// buffer out comes after the one that put it there, for the race detector, though
// the program does not order the two; and whether it finds the buffer is left to
// chance. So the pools are emptied whenever another goroutine gets the turn.

//go:linkname poolCleanup sync.poolCleanup
func poolCleanup()

//go:linkname procPin runtime.procPin
func procPin() int

//go:linkname procUnpin runtime.procUnpin
func procUnpin()

// emptyPools empties all pools of the process. The first call keeps what was in them
// for the second. Nobody else may be in a pool: a goroutine there cannot be preempted,
// so on the one processor on which racelab explores nobody is; and on several, only
// code that is not instrumented can be running.
//
//go:norace
func (s *schedule) emptyPools() {
	if s.blockedOutside > 0 && runtime.GOMAXPROCS(0) > 1 {
		return
	}
	procPin()
	poolCleanup()
	poolCleanup()
	procUnpin()
}
