// Racelab teaches how to find and fix data races, deadlocks and goroutine leaks:
// it hands out broken programs, grades what the learner makes of them, and
// explains what it saw.
//
// Each verb is a file of its own. An app holds everything a verb may look at or
// change; only main exits.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"racelab/checker/exercise"
	"racelab/checker/sandbox"
	"racelab/exercises"
	"racelab/hints"
	"racelab/solutions"
)

// gcPercent trades memory for speed: a check leaves much behind and keeps little. But from
// roomyMemory on, memory matters: with the programs that it runs, a check of long schedules came
// near what a submission may take (disposableMemory), and a right fix would have been refused.
const (
	gcPercent   = 400
	roomyMemory = 1 << 30
)

func main() {
	if status, asked := enterWalls(); asked {
		os.Exit(status)
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(roomyMemory)
	os.Exit(runSupervised(func() *app { return newApp(embedded()) }))
}

// enterWalls has this process become another one, within walls, if that is asked of it:
// before anything else, since it costs time for every process. It returns if that fails.
func enterWalls() (status int, asked bool) {
	if len(os.Args) < 2 || os.Args[1] != sandbox.EnterCommand {
		return 0, false
	}
	return sandbox.Enter(os.Args[1:]), true
}

// embedded are the exercises that come with the program.
func embedded() exercise.Content {
	return exercise.Content{Exercises: exercises.FS, Solutions: solutions.FS, Hints: hints.FS}
}

// run is one invocation. A signal cancels the context and is swallowed from
// then on: what runs for us is ended and half-written files are removed before
// we leave, however impatient the second Ctrl-C.
func run(a *app) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return a.run(ctx, os.Args[1:])
}
