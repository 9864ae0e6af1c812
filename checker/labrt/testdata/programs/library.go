package programs

import (
	"context"
	"fmt"
	"log"
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
