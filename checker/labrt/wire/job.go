package wire

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// JobFD is where a child in explore mode reads its Jobs, one a line, until the
// parent closes it.
const JobFD = 5

// A Chooser says which goroutine goes on where the picks of a Job say nothing.
type Chooser string

// The choosers.
const (
	Stay   Chooser = "stay"   // the goroutine that went last, as long as it is runnable; else the first that is
	Random Chooser = "random" // any runnable goroutine, with equal chances
	PCT    Chooser = "pct"    // by priorities that change at a few random steps
	POS    Chooser = "pos"    // by random priorities of operations
	Slow   Chooser = "slow"   // as stay, but one goroutine is slow once: others go first, and timers
	Starve Chooser = "starve" // as stay, but what one goroutine tries is in vain, as long as others can see to that
)

// DefaultLimit is how many steps a schedule may take. Most tests take a few hundred.
const DefaultLimit = 20_000

// CPUs is how many a program finds, whatever the machine has: else schedules would be those
// of one machine.
const CPUs = 2

// A Job asks for one schedule of one test.
type Job struct {
	ID      int // of the parent's choice
	Test    int // index among the tests
	Chooser Chooser
	Seed    uint64 // of the chooser's random numbers; Starve: if not 0, to read something again is a try, too
	Depth   int    // PCT: how many times priorities change; Slow, Starve: which goroutine
	Length  int    // PCT: how many steps to expect; Slow: how many that one has taken; Starve: if not 0, who has tried in vain is the last to take a lock
	Vain    int    // Slow, Starve: for how many steps somebody goes on although it spins, or waits for that one; 0: for some
	Luck    uint64 // of what the program leaves to chance: random numbers, the order of its maps, the time at which it begins
	Limit   int    // how many steps it may take; 0: DefaultLimit
	Detail  bool   // record where every step was, and what a test says
	// Scenario is, when it is not a test that is to run, one of the contract's.
	Scenario string
	// Sequential asks for the scenario's calls one after the other: Order says whose is next,
	// and then the first that can go on.
	Sequential bool
	Order      []int
	Picks      Picks
}

// String is the line that ParseJob reads.
func (j Job) String() string {
	return fmt.Sprintf("%d %d %s %d %d %d %d %d %d %t %s %s", j.ID, j.Test, j.Chooser, j.Seed, j.Depth, j.Length, j.Vain, j.Luck, j.Limit, j.Detail, j.scenario(), j.Picks.numbers())
}

var errJob = errors.New("not a job")

// ParseJob reads what Job.String wrote.
func ParseJob(line string) (j Job, err error) {
	f := strings.Fields(line)
	if len(f) < 11 || len(f) > 12 {
		return j, fmt.Errorf("%w: %q", errJob, line)
	}
	var errs [10]error
	j.ID, errs[0] = strconv.Atoi(f[0])
	j.Test, errs[1] = strconv.Atoi(f[1])
	j.Chooser = Chooser(f[2])
	j.Seed, errs[2] = strconv.ParseUint(f[3], 10, 64)
	j.Depth, errs[3] = strconv.Atoi(f[4])
	j.Length, errs[4] = strconv.Atoi(f[5])
	j.Vain, errs[5] = strconv.Atoi(f[6])
	j.Luck, errs[6] = strconv.ParseUint(f[7], 10, 64)
	j.Limit, errs[7] = strconv.Atoi(f[8])
	j.Detail = f[9] == "true"
	errs[8] = j.parseScenario(f[10])
	if len(f) == 12 {
		j.Picks, errs[9] = parseNumbers(f[11])
	}
	return j, errors.Join(errs[:]...)
}

// noScenario stands for none in a job.
const noScenario = "-"

// scenario is "-", "SCENARIO" or "SCENARIO/ORDER".
func (j Job) scenario() string {
	switch {
	case j.Scenario == "":
		return noScenario
	case !j.Sequential:
		return j.Scenario
	}
	order := make([]string, len(j.Order))
	for i, thread := range j.Order {
		order[i] = strconv.Itoa(thread)
	}
	return j.Scenario + "/" + strings.Join(order, ",")
}

func (j *Job) parseScenario(text string) error {
	if text == noScenario {
		return nil
	}
	var order string
	j.Scenario, order, j.Sequential = strings.Cut(text, "/")
	for thread := range strings.FieldsFuncSeq(order, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(thread)
		if err != nil {
			return err
		}
		j.Order = append(j.Order, n)
	}
	return nil
}

// A Pick is one choice that differs from what the chooser Stay does. It names
// the moment by the goroutine that went last and how many steps it had taken:
// such a moment comes at most once in a schedule.
type Pick struct {
	Last  int  // the goroutine that went last
	Steps int  // how many steps it had taken
	Case  bool // To is a case: the Steps-th step of Last is a select that tries it first
	To    int  // the goroutine that goes on, or the case
	More  int  // where Last goes on: so many picks like this follow, each a step later
}

// Picks are what a schedule is made of. Package schedule knows how they are
// written for people.
type Picks []Pick

// numbers are the picks in a job: five numbers each.
func (ps Picks) numbers() string {
	var text []byte
	for _, p := range ps {
		isCase := 0
		if p.Case {
			isCase = 1
		}
		for _, n := range [...]int{p.Last, p.Steps, isCase, p.To, p.More} {
			text = append(strconv.AppendInt(text, int64(n), 10), ',')
		}
	}
	return string(bytes.TrimSuffix(text, []byte{','}))
}

// parseNumbers reads what numbers wrote.
func parseNumbers(text string) (Picks, error) {
	fields := strings.Split(text, ",")
	if len(fields)%5 != 0 {
		return nil, fmt.Errorf("%w: %q are no picks", errJob, text)
	}
	var ps Picks
	for five := range slices.Chunk(fields, 5) {
		var n [5]int
		for i, field := range five {
			var err error
			if n[i], err = strconv.Atoi(field); err != nil {
				return nil, fmt.Errorf("%w: %w", errJob, err)
			}
		}
		ps = append(ps, Pick{Last: n[0], Steps: n[1], Case: n[2] == 1, To: n[3], More: n[4]})
	}
	return ps, nil
}
