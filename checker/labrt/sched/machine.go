package sched

import (
	"runtime"

	"racelab/checker/labrt/wire"
)

// NumCPU is runtime.NumCPU. A schedule finds as many CPUs on every machine.
func NumCPU() int {
	if scheduled() {
		return wire.CPUs
	}
	return runtime.NumCPU()
}

// GOMAXPROCS is runtime.GOMAXPROCS.
func GOMAXPROCS(n int) int {
	if n < 1 && scheduled() {
		return wire.CPUs
	}
	return runtime.GOMAXPROCS(n)
}

//go:norace
func scheduled() bool { return active != nil }
