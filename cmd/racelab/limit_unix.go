//go:build unix

package main

import (
	"syscall"
	"time"
)

// limitProcessor has the kernel kill this process when it has computed for so long, and
// each that it starts.
func limitProcessor(d time.Duration) error {
	seconds := uint64(d / time.Second)
	return syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds})
}
