package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"racelab/checker/gotool"
)

// Exit statuses. Whatever is not 0 has told why.
const (
	statusPass       = 0
	statusFail       = 1   // the submission does not pass
	statusUsage      = 2   // the command makes no sense; nothing was done
	statusNotAble    = 3   // racelab could not grade, or could not do what was asked
	statusStopped    = 130 // by Ctrl-C, as shells have it: 128 + SIGINT
	statusTerminated = 143 // by SIGTERM
)

// A usageError is a command that makes no sense. Its text ends in what to do.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usage(format string, args ...any) error {
	return usageError{fmt.Sprintf(format, args...)}
}

// A verdictStatus ends a command whose report is written already: there is
// nothing more to say, only the status to return.
type verdictStatus int

func (verdictStatus) Error() string { return "the report says it" }

// exitStatus says what err is, on stderr, and returns the status for it.
func (a *app) exitStatus(ctx context.Context, err error) int {
	if status, ok := errors.AsType[verdictStatus](err); ok {
		return int(status)
	}
	if ctx.Err() != nil && err != nil {
		return a.stopped(context.Cause(ctx))
	}
	if u, ok := errors.AsType[usageError](err); ok {
		a.note("%s", u.text)
		return statusUsage
	}
	if err != nil {
		a.note("%s", withAdvice(err))
		return statusNotAble
	}
	return statusPass
}

// stopped says that we were asked to stop, and did. The cause of a context from
// signal.NotifyContext begins with the signal's name.
func (a *app) stopped(cause error) int {
	if cause != nil && cause.Error() == syscall.SIGTERM.String()+" signal received" {
		a.note("stopped by a termination signal before it had finished. Nothing is left running.")
		return statusTerminated
	}
	a.note("stopped before it had finished. Nothing is left running.")
	return statusStopped
}

// withAdvice adds what to do to the faults of a machine that a user can mend.
func withAdvice(err error) string {
	text := err.Error()
	if _, ok := errors.AsType[*gotool.Advised](err); ok {
		return text
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return text + ". The disk is full: free some space there, then try again."
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return text + ". Make that place writable, or work in another folder."
	case errors.Is(err, os.ErrDeadlineExceeded):
		return text + ". Try again when the machine is less busy."
	}
	return text
}
