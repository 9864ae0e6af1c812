// Package program builds what was staged, and says what can be said of it
// without running it: what the compiler says, what go vet says, and what has
// become of its exported API.
package program

import (
	"fmt"
	"strconv"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox/wall"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// A Program is a submission that was built: what can be executed and explored.
// It lives as long as the workspace that it was built in.
type Program struct {
	Binary   string
	Tests    []string          // those that must run, in order
	Contract bool              // there is a contract beside the tests
	Timers   bool              // the submission or its tests may set a timer
	Timed    []string          // the submission's files that may
	Written  []*source.File    // the sources as they were written
	Sources  finding.Sources   // tells the exercise's files in the stacks of its processes
	Racing   [][]schedule.Line // lines whose accesses are yield points
	Reported bool              // races on these lines are reported all the same: the schedules are for showing
	// Constants are what the submission names in its source, none for a schema of mutants.
	Constants source.Constants
	Mutant    int    // which of the mutants that are in it is explored
	Dir       string // where its processes run
	Temp      string // their TMPDIR and HOME
	Runs      string // where they write
}

func of(ws *stage.Workspace, constants source.Constants, binary string) *Program {
	return &Program{
		Constants: constants,
		Binary:    binary, Tests: ws.Tests, Contract: ws.Contract, Timers: ws.Timers, Timed: ws.Timed, Written: ws.Source.Files, Racing: ws.Racing,
		Sources: ws.Sources(stage.Instrumented), Dir: ws.Dir(stage.Instrumented), Temp: ws.Temp(), Runs: ws.RunDir(),
	}
}

// OutputKept is how much is kept of what a process of a program prints, in bytes.
const OutputKept = 256 << 10

// RaceExit is the exit status of a process in mode race in which races were
// reported.
const RaceExit = 66

// searchPath is where a program finds others by their names, if its exercise lets it
// start any: the same on every machine.
const searchPath = "/usr/local/bin:/usr/bin:/bin"

// Env is the whole environment of a process of the program. The race detector
// appends its reports to raceLog.PID. It sleeps a second at exit unless it is told
// not to; goleak has made sure by then that no goroutine is left to race.
func (p *Program) Env(mode wire.Mode, procs int, raceLog string) []string {
	return []string{
		"PATH=" + searchPath, "HOME=" + p.Temp, "TMPDIR=" + p.Temp, "GOTRACEBACK=all",
		"GOMAXPROCS=" + strconv.Itoa(procs),
		fmt.Sprintf(`GORACE=log_path="%s" halt_on_error=0 atexit_sleep_ms=0 %s`, raceLog, p.raceOptions(mode)),
	}
}

// fileSize bounds what a process of a program may write into one file, in bytes: its record
// or the race detector's reports.
const fileSize = 256 << 20

// Within is what a process of the program may reach: itself, and a folder in which it leaves
// its record. It sees neither the tests nor what racelab keeps.
func (p *Program) Within(dir string) *wall.Wall {
	return &wall.Wall{Run: []string{p.Binary}, Add: []string{dir}, Alone: true, FileSize: fileSize}
}

// raceOptions are those of the race detector that differ. In mode lock its
// reports are not looked at. Exploring wants one for every schedule that shows a
// race, and counts them itself; none where it looks for what the races lead to.
func (p *Program) raceOptions(mode wire.Mode) string {
	switch {
	case mode == wire.Lock:
		return "exitcode=0 history_size=3"
	case len(p.Racing) > 0 && !p.Reported:
		return "exitcode=0 report_bugs=0"
	case mode == wire.Explore:
		return "exitcode=0 suppress_equal_stacks=0 suppress_equal_addresses=0"
	}
	return fmt.Sprintf("exitcode=%d history_size=3", RaceExit)
}
