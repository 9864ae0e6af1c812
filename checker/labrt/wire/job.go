package wire

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// JobFD is where a child in explore mode reads its Jobs, one a line, until the
// parent closes it.
const JobFD = 5

// A Policy says who goes on where the picks of a Job say nothing.
type Policy string

// The policies.
const (
	Stay   Policy = "stay"   // whoever went last, as long as it can; else the first that can
	Random Policy = "random" // any, with equal chances
	PCT    Policy = "pct"    // by priorities that change at a few random steps
	POS    Policy = "pos"    // by random priorities of operations
	Slow   Policy = "slow"   // as stay, but one is slow once: others go before, and timers
)

// A Job asks for one schedule of one test.
type Job struct {
	ID     int    // of the parent's choice
	Test   int    // index among the tests
	Policy Policy //
	Seed   uint64 // of the policy's random numbers
	Depth  int    // PCT: how many times priorities change; Slow: who it is
	Length int    // PCT: how many steps to expect; Slow: how many that one has taken
	Detail bool   // record where every step was, and what a test says
	Picks  Picks
}

// String is the line that ParseJob reads.
func (j Job) String() string {
	return fmt.Sprintf("%d %d %s %d %d %d %t %s", j.ID, j.Test, j.Policy, j.Seed, j.Depth, j.Length, j.Detail, j.Picks)
}

var errJob = errors.New("not a job")

// ParseJob reads what Job.String wrote.
func ParseJob(line string) (j Job, err error) {
	f := strings.Fields(line)
	if len(f) < 7 || len(f) > 8 {
		return j, fmt.Errorf("%w: %q", errJob, line)
	}
	var errs [6]error
	j.ID, errs[0] = strconv.Atoi(f[0])
	j.Test, errs[1] = strconv.Atoi(f[1])
	j.Policy = Policy(f[2])
	j.Seed, errs[2] = strconv.ParseUint(f[3], 10, 64)
	j.Depth, errs[3] = strconv.Atoi(f[4])
	j.Length, errs[4] = strconv.Atoi(f[5])
	j.Detail = f[6] == "true"
	if len(f) == 8 {
		j.Picks, errs[5] = ParsePicks(f[7])
	}
	return j, errors.Join(errs[:]...)
}

// A Pick is one choice that differs from what the policy Stay does. It names
// the moment by the goroutine that went last and how many steps it had taken:
// such a moment comes at most once in a schedule.
type Pick struct {
	Last  int  // the goroutine that went last
	Steps int  // how many steps it had taken
	Case  bool // To is a case: the Steps-th step of Last is a select that tries it first
	To    int  // the goroutine that goes on, or the case
}

// Picks are what a schedule is made of. They print as "a3b.b2/1.b4T": when a has
// taken 3 steps, b goes on; b's second step, a select, tries case 1 first; when b
// has taken 4 steps, time passes.
type Picks []Pick

func (ps Picks) String() string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(Letters(p.Last))
		b.WriteString(strconv.Itoa(p.Steps))
		if p.Case {
			b.WriteByte('/')
			b.WriteString(strconv.Itoa(p.To))
		} else {
			b.WriteString(Letters(p.To))
		}
	}
	return b.String()
}

var errPicks = errors.New("not a schedule")

// ParsePicks reads what Picks.String wrote.
func ParsePicks(text string) (Picks, error) {
	if text == "" {
		return nil, nil
	}
	var ps Picks
	for part := range strings.SplitSeq(text, ".") {
		p, ok := parsePick(part)
		if !ok {
			return nil, fmt.Errorf("%w: %q", errPicks, part)
		}
		ps = append(ps, p)
	}
	return ps, nil
}

func parsePick(text string) (p Pick, ok bool) {
	digit := func(r rune) bool { return '0' <= r && r <= '9' }
	from := strings.IndexFunc(text, digit)
	if from <= 0 {
		return p, false
	}
	to := from + strings.IndexFunc(text[from:]+"x", func(r rune) bool { return !digit(r) })
	p.Last, ok = parseLetters(text[:from])
	if !ok {
		return p, false
	}
	var err error
	if p.Steps, err = strconv.Atoi(text[from:to]); err != nil {
		return p, false
	}
	rest := text[to:]
	if number, isCase := strings.CutPrefix(rest, "/"); isCase {
		p.Case = true
		p.To, err = strconv.Atoi(number)
		return p, err == nil && p.To >= 0
	}
	p.To, ok = parseLetters(rest)
	return p, ok
}

// Letters names goroutine i: a, b, … z, aa, ab, …; and the clock: T.
func Letters(i int) string {
	if i == Clock {
		return clockLetter
	}
	var buf [8]byte
	at := len(buf)
	for i++; i > 0 && at > 0; i = (i - 1) / 26 {
		at--
		buf[at] = byte('a' + (i-1)%26)
	}
	return string(buf[at:])
}

const clockLetter = "T"

// maxLetters bounds what parseLetters reads: no program has more goroutines.
const maxLetters = 4

func parseLetters(text string) (i int, ok bool) {
	if text == clockLetter {
		return Clock, true
	}
	if text == "" || len(text) > maxLetters {
		return 0, false
	}
	for _, c := range []byte(text) {
		if c < 'a' || c > 'z' {
			return 0, false
		}
		i = 26*i + int(c-'a') + 1
	}
	return i - 1, true
}
