// Package schedule is the printable value that says which interleaving of a
// test is meant, so that anybody can run it again:
//
//	TestTransfer:a3b.b2a:12.0f3kq8t1v2d4.9c0e
//
// The test; the picks, which are where it differs from letting every goroutine
// go on as long as it can; and a fingerprint of the interleaving that these
// picks gave. A replay follows the picks; the fingerprint only tells whether
// the same happened again, and at which step the code has gone another way.
//
// Before the picks may come a number, as in R4711: from it follows what the program
// leaves to chance, such as random numbers and the order of its maps.
//
// Further before them may come lines, as in L23-31,40: they race, in groups, and the
// accesses there are steps.
//
// Lines and names are not part of the fingerprint: a comment or a renaming does
// not change it, but a lock more does. It is no proof of equality for whoever
// wants to forge it.
package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/labrt/wire"
)

// A Schedule names one interleaving of one test.
type Schedule struct {
	Test   string
	Racing [][]Line // see package instrument
	Luck   uint64   // see wire.Job
	Picks  wire.Picks
	Print  Fingerprint
}

// Of is the schedule of a trace that the luck and the picks of a job gave, of a program
// in which no lines race.
func Of(test string, j wire.Job, t wire.Trace) Schedule {
	return Schedule{Test: test, Luck: j.Luck, Picks: j.Picks, Print: Print(t)}
}

func (s Schedule) String() string {
	return s.Test + ":" + s.printChoices() + ":" + s.Print.String()
}

var errSchedule = errors.New("not a schedule")

// Parse reads what String wrote.
func Parse(text string) (s Schedule, err error) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 || parts[0] == "" {
		return s, fmt.Errorf("%w: %q: want TEST:PICKS:FINGERPRINT", errSchedule, text)
	}
	s.Test = parts[0]
	if err := s.parseChoices(parts[1]); err != nil {
		return s, err
	}
	s.Print, err = parsePrint(parts[2])
	return s, err
}

// Overtakes reports whether a timer fires in s although a goroutine is runnable.
func (s Schedule) Overtakes() bool {
	return slices.ContainsFunc(s.Picks, func(p wire.Pick) bool { return !p.Case && p.To == wire.Clock })
}
