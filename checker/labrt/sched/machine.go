package sched

import (
	"runtime"

	"racelab/checker/labrt/wire"
)

// NumCPU is runtime.NumCPU. A schedule finds as many CPUs on every machine.
func NumCPU() int {
	if Native() {
		return runtime.NumCPU()
	}
	return wire.CPUs
}

// GOMAXPROCS is runtime.GOMAXPROCS.
func GOMAXPROCS(n int) int {
	if n > 0 || Native() {
		return runtime.GOMAXPROCS(n)
	}
	return wire.CPUs
}
