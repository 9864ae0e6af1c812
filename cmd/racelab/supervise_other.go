//go:build !linux

package main

// Here nothing ends the child when racelab is killed, so there is none: a crash has Go's
// own status.
func runSupervised(newApp func() *app) int { return run(newApp()) }

func stdoutIsClosed() bool { return false }
