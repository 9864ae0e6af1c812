package explored

import (
	"cmp"
	"fmt"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// What code that racelab has not built does, and the world outside of the program, no
// schedule decides.

// waitsOutside says for what a schedule that hung waited, if it waited for the operating
// system; "" if not.
func (e *session) waitsOutside(r explore.Ran) string {
	waits := ""
	for _, g := range dumped(r) {
		var what string
		switch {
		case strings.HasPrefix(g.State, "IO wait"):
			what = "a descriptor: a pipe or a connection"
		case strings.HasPrefix(g.State, "syscall"):
			what = "the operating system: a child process, a file or a descriptor"
		default:
			continue
		}
		if at, ok := e.Program.Sources.Place(g.Stack); ok {
			return what + " (" + place(at) + ")"
		}
		if strings.HasPrefix(g.State, "IO wait") {
			waits = what
		}
	}
	return waits
}

func place(at finding.Location) string { return fmt.Sprintf("%s:%d", at.File, at.Line) }

// worlds name the parts of the world outside of the program.
var worlds = map[wire.Outside]string{
	wire.OutsideProcess:    "a child process",
	wire.OutsideDescriptor: "a pipe or a connection",
	wire.OutsideSignal:     "signals of the operating system",
	wire.OutsideStarts:     "a goroutine that code which racelab has not built has started",
	wire.OutsideWaits:      "a wait inside code that racelab has not built",
}

// undecided says that a schedule depends on what no schedule decides, and on what if that
// is known.
func (e *session) undecided(r explore.Ran) string {
	return ": it depends on " + cmp.Or(e.tookPart(r), "something that no schedule decides")
}

// tookPart names what of the world outside took part in a schedule, and where; "" if
// nothing is known to.
func (e *session) tookPart(r explore.Ran) string {
	what := worlds[r.Ending.Outside]
	if what == "" {
		return ""
	}
	if at, ok := e.Program.Sources.Place(gostack.Frames(r.Ending.OutsideAt)); ok {
		what += " (" + place(at) + ")"
	}
	return what
}

// realTime says why a failure is no finding because the clock is virtual, and a child
// process or a connection takes real time, if so. What the race detector says,
// and a crash, is true whatever time it is.
func (e *session) realTime(test string, f explore.Failure) finding.Doubt {
	switch f.Symptom.Kind {
	case explore.Race, explore.Crash, explore.Lost, explore.Forgery:
		return finding.Doubt{}
	}
	end := f.Found.Ending
	if end.Outside != wire.OutsideProcess && end.Outside != wire.OutsideDescriptor || !end.Timed {
		return finding.Doubt{}
	}
	return finding.Doubtf(finding.DoubtUndetermined, "in a schedule of %s timers go by a virtual clock, and real time passes for %s", test, e.tookPart(f.Found))
}
