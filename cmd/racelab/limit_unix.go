//go:build unix

package main

import (
	"fmt"
	"syscall"
	"time"

	"racelab/checker/gotool"
)

// limitProcessor has the kernel kill this process when it has computed for so long, and
// each that it starts.
func limitProcessor(d time.Duration) error {
	if err := enoughProcessor(); err != nil {
		return err
	}
	seconds := uint64(d / time.Second)
	return syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds})
}

// enoughProcessor is an error on a machine that kills processes before a check does: to a
// check, the end of such a process would look like the submission's fault.
func enoughProcessor() error {
	var allowed syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CPU, &allowed); err != nil {
		return err
	}
	return enoughSeconds(allowed.Max)
}

func enoughSeconds(allowed uint64) error {
	needed := uint64(disposableProcessor / time.Second)
	if allowed >= needed {
		return nil
	}
	return &gotool.Advised{
		Err:    fmt.Errorf("this machine stops a process that has computed for %d s, and in a check one may need up to %d s", allowed, needed),
		Advice: "Ask whoever runs the machine to allow more (`ulimit -Ht` prints the limit), or work on another one.",
	}
}
