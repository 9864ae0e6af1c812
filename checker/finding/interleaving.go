package finding

import (
	"encoding/json"
	"slices"
)

// An Interleaving is the order of events that a schedule produced.
type Interleaving struct {
	Goroutines []Lane `json:"goroutines"` // in order of their start
	Steps      []Step `json:"steps"`
	// Left are the goroutines that could not go on at the end.
	Left []Waiting `json:"left,omitempty"`
}

// A Lane is a goroutine and what it is called in a schedule: a, b, c, …
type Lane struct {
	Name     GoroutineName `json:"name"`
	Function string        `json:"function,omitempty"` // that it runs, as in "transfer.func1"; of a the test, of T what package report says of the clock
	Started  Location      `json:"started"`            // its go statement; the zero Location for a
}

// StepNumbered is the index of the step that has a number; -1 if there is none.
func StepNumbered(steps []Step, number int) int {
	return slices.IndexFunc(steps, func(s Step) bool { return number > 0 && s.Number == number })
}

// Makes reports whether s is an access, as a step.
func (s Step) Makes(a Access) bool {
	return (s.Op == OpWrite) == a.Write && s.Location.File == a.Place.File && s.Location.Line == a.Place.Line
}

// A Step is what one goroutine did when it was its turn.
type Step struct {
	// Number counts the scheduler's choices from 1. It is 0 for what followed from
	// the step before: that a goroutine was started, slept or ended.
	Number    int           `json:"number,omitempty"`
	Goroutine GoroutineName `json:"goroutine"`         // a, b, c, …
	Op        Op            `json:"op"`                // "lock", "send", "go", …
	Object    string        `json:"object,omitempty"`  // as the program calls it: "from.mu", "jobs"; numbered when several are called so
	Value     string        `json:"value,omitempty"`   // sent, received, read or written; or what became of it: "fails", "closed"
	Counter   *int          `json:"counter,omitempty"` // of a WaitGroup, after the step: package report fills Value in
	Location  Location      `json:"location"`
	// Preempts is set when the goroutine that went before could have gone on.
	Preempts bool `json:"preempts,omitempty"`
	// Explains is set for the steps that the finding comes of, as far as they are known.
	Explains bool `json:"explains,omitempty"`
	// Wrong marks the step at which it goes wrong, Fault says how, and Why that in
	// words, which package report fills in.
	Wrong bool   `json:"wrong,omitempty"`
	Why   string `json:"why,omitempty"`
	Fault *Fault `json:"fault,omitempty"`
}

// A Waiting is a goroutine that cannot go on: an edge of the wait-for graph.
type Waiting struct {
	Goroutine GoroutineName   `json:"goroutine"`
	Op        Op              `json:"op"` // that it cannot complete
	Object    string          `json:"object,omitempty"`
	Location  Location        `json:"location"`
	For       []GoroutineName `json:"for,omitempty"`   // the goroutines that hold what it waits for
	Holds     []Hold          `json:"holds,omitempty"` // the locks that it holds itself
}

// A Hold is a lock that is held since Location.
type Hold struct {
	Object   string   `json:"object"`
	Reads    bool     `json:"reads,omitempty"` // for reading
	Location Location `json:"location"`
}

// ReplaySchema is the version of the JSON object that a Replay marshals to, under
// the rules of Schema.
const ReplaySchema = "racelab/replay/v1"

// A Replay is what became of a schedule that was run again. It marshals to
//
//	{"schema":"racelab/replay/v1","exercise":"17-transfer","test":"TestBothWays",
//	 "schedule":"TestBothWays:b1c:12.….…","diverged":{"from","to"},
//	 "interleaving":{"goroutines":[…],"steps":[…],"left":[…]},"findings":[…]}
type Replay struct {
	Schema   string `json:"schema"`
	Exercise string `json:"exercise"`
	Test     string `json:"test"`
	Schedule string `json:"schedule"`
	// Diverged is set when the interleaving is not the one that was recorded.
	Diverged *Divergence `json:"diverged,omitempty"`
	// Undetermined is set when the same schedule did different things when it was
	// run twice: something else than the order of the goroutines decides.
	Undetermined bool         `json:"undetermined,omitempty"`
	Interleaving Interleaving `json:"interleaving"`
	Findings     []Finding    `json:"findings"` // that this schedule shows
	// Passes is that of another schedule, in which nothing goes wrong: of those that were
	// tried the one with the longest beginning in common. Nil if nobody has asked for it.
	Passes *Interleaving `json:"passes,omitempty"`
}

// MarshalJSON writes empty lists as [], so that readers need no null checks.
func (r Replay) MarshalJSON() ([]byte, error) {
	type plain Replay // without this method
	p := plain(r)
	p.Schema = ReplaySchema
	p.Interleaving.Goroutines = notNil(p.Interleaving.Goroutines)
	p.Interleaving.Steps = notNil(p.Interleaving.Steps)
	p.Findings = slices.Clone(notNil(p.Findings))
	for i := range p.Findings {
		p.Findings[i].Related = notNil(p.Findings[i].Related)
	}
	return json.Marshal(p)
}

// A Divergence says at which step an interleaving is no longer the one that was
// recorded: somewhere from From to To, which are equal when it is known exactly.
type Divergence struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Coverage says what was explored of one test.
type Coverage struct {
	Test      string `json:"test"`
	Schedules int    `json:"schedules"`
	// Complete is set when all interleavings with at most Bound preemptions were
	// run; Bound is -1 when there are none with more.
	Complete bool `json:"complete"`
	Bound    int  `json:"bound"`
	// Interleavings are those that Complete speaks of; else those among Schedules,
	// which may repeat each other but for the order of independent steps.
	Interleavings int `json:"interleavings"`
	// Undetermined is set when a schedule did something else when it was run again:
	// the test is not determined by its schedule.
	Undetermined bool `json:"undetermined,omitempty"`
	// Timed is set when the test sets timers. Then there are more interleavings: those
	// in which a timer overtakes somebody who could go on. When Bound is -1 they are
	// not counted; else those count in which it does so by no more than 10 ms.
	Timed bool `json:"timed,omitempty"`
	// Drawn is set when random numbers, or the order of a map, decided something. They vary
	// among the sampled schedules, and are the same in those that Complete speaks of.
	Drawn bool `json:"drawn,omitempty"`
	// Outside is what code that racelab has not built did in one of the schedules, and
	// no schedule decides: "starts" a goroutine, or "waits"; or a part of the world that
	// took part: "process", "descriptor" or "signal". Complete is not set then. OutsideAt
	// is where that began, if it is known.
	Outside   string    `json:"outside,omitempty"`
	OutsideAt *Location `json:"outside_at,omitempty"`
	// Cut are the schedules that were stopped before their end, among Schedules: they were
	// too long, or their process was lost.
	Cut int `json:"cut,omitempty"`
	// Skipped is set when the test skipped itself, as it may where testing.Short is true:
	// it was not explored.
	Skipped bool `json:"skipped,omitempty"`
	// Sampled are the schedules that a sampling strategy chose, among Schedules.
	Sampled int `json:"sampled"`
}
