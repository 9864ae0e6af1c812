package programs

import (
	"context"
	"encoding/gob"
	"fmt"
	"log"
	"log/slog"
	"strings"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/testing"
)

// A logger's lock orders two goroutines that access n, in one order and not in the
// other.
//
// want: ended, ended+race
func logs(*testing.T) {
	logger, n := log.New(new(strings.Builder), "", 0), 0
	together(
		func() { sched.Library(logger).Print("first"); n++ },
		func() { n++; sched.Library(logger).Print("second") },
	)()
}

// The pools of package fmt order nothing.
//
// want: ended+race
func formats(*testing.T) {
	n := 0
	format := func() {
		_ = fmt.Sprint("before")
		n++
		_ = fmt.Sprint("after")
	}
	together(format, format)()
}

// The first to ask for a Done channel makes it.
//
// want: ended+race
func asksForDone(*testing.T) {
	ctx, cancel := sched.WithCancel(context.Background())
	defer cancel()
	n := 0
	ask := func() {
		n++
		ctx.Done()
		n++
	}
	together(ask, ask)()
}

// A writer has a yield point, and gob's encoder holds its own lock around it.
//
// want: ended
func writesUnderALock(*testing.T) {
	enc := gob.NewEncoder(yieldingWriter{})
	send := func() { sched.Library(enc).Encode("x") }
	together(send, send, send)()
}

// slog's lock is behind an interface.
//
// want: ended
func logsUnderALock(*testing.T) {
	logger := slog.New(slog.NewTextHandler(yieldingWriter{}, nil))
	send := func() { sched.Library(logger).Info("x") }
	together(send, send)()
}

// Who waits inside the logger for somebody who would log first waits for ever.
//
// want: deadlock
func waitsUnderALock(*testing.T) {
	logged := make(chan bool, 1)
	logger := log.New(receivingWriter{logged}, "", 0)
	together(
		func() { sched.Library(logger).Print("x") },
		func() {
			sched.Library(logger).Print("y")
			sched.Sender(logged)(true)
		},
	)()
}

type yieldingWriter struct{}

func (yieldingWriter) Write(p []byte) (int, error) {
	sched.Gosched()
	return len(p), nil
}

type receivingWriter struct{ c chan bool }

func (w receivingWriter) Write(p []byte) (int, error) {
	sched.Recv(w.c)
	return len(p), nil
}
