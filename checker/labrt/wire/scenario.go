package wire

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Scenario is some calls of an exercise's API: a few goroutines with a few calls
// each. What the calls are, the exercise's contract says.
type Scenario struct {
	Setup   int // which of the contract's
	Threads [][]Invocation
}

// An Invocation is one call of a scenario.
type Invocation struct {
	Op   int // which of the contract's operations
	Hold Hold
	Late bool // it is made only when the next timer is about to fire
}

// lateLetter begins an invocation that is late.
const lateLetter = "w"

// A Hold says for how long the callbacks of an invocation are held up.
type Hold byte

// The holds. A callback that is held up returns only when all others have had the
// opportunity to go on.
const (
	NoHold Hold = iota
	Short       // for longer than anybody should take
	Long        // for longer than anybody should be ready to wait
)

var holdLetters = [...]string{"", "h", "H"}

// Lasts is how long a hold lasts on the virtual clock.
func (h Hold) Lasts() time.Duration {
	return [...]time.Duration{0, 5 * time.Second, 90 * time.Second}[h]
}

// String is what ParseScenario reads: the setup and then, for each goroutine, its
// operations: "0.3-5h.2".
func (s Scenario) String() string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(s.Setup))
	for _, thread := range s.Threads {
		for i, call := range thread {
			b.WriteByte(".-"[min(i, 1)])
			if call.Late {
				b.WriteString(lateLetter)
			}
			b.WriteString(strconv.Itoa(call.Op))
			b.WriteString(holdLetters[call.Hold])
		}
	}
	return b.String()
}

// ParseScenario reads what String wrote.
func ParseScenario(text string) (s Scenario, err error) {
	parts := strings.Split(text, ".")
	if s.Setup, err = strconv.Atoi(parts[0]); err != nil || s.Setup < 0 {
		return s, fmt.Errorf("%q is no scenario", text)
	}
	for _, part := range parts[1:] {
		var thread []Invocation
		for call := range strings.SplitSeq(part, "-") {
			in, err := parseInvocation(call)
			if err != nil {
				return s, fmt.Errorf("%q is no scenario: %w", text, err)
			}
			thread = append(thread, in)
		}
		s.Threads = append(s.Threads, thread)
	}
	return s, nil
}

func parseInvocation(text string) (in Invocation, err error) {
	text, in.Late = strings.CutPrefix(text, lateLetter)
	for _, h := range []Hold{Short, Long} {
		if digits, ok := strings.CutSuffix(text, holdLetters[h]); ok {
			text, in.Hold = digits, h
			break
		}
	}
	op, err := strconv.ParseUint(text, 10, 16)
	in.Op = int(op)
	return in, err
}

// Calls is how many calls the threads make.
func (s Scenario) Calls() int {
	n := 0
	for _, thread := range s.Threads {
		n += len(thread)
	}
	return n
}

// ListTerms is in a Job the scenario that asks for the contract's Terms instead.
const ListTerms = "terms"

// Terms are a contract as far as its text goes.
type Terms struct {
	Setups []string    `json:"setups"` // as Go: "a := bank.Open(0)"
	Ops    []Operation `json:"ops"`
}

// An Operation is one call that a contract lists, with its arguments.
type Operation struct {
	Text string `json:"text"` // as Go: "a.Deposit(5)"
	// Finally is set for what is called when all others have been.
	Finally bool `json:"finally,omitempty"`
	// Calls is set when it calls functions that it is given.
	Calls bool `json:"calls,omitempty"`
	// Alone is set for what is called while nothing else goes on.
	Alone bool `json:"alone,omitempty"`
	// Vague is set for what may return this or that while two others are under way.
	Vague bool `json:"vague,omitempty"`
	// Apart is set for what is called in scenarios of its own.
	Apart bool `json:"apart,omitempty"`
}

// A History is what the calls of a scenario did.
type History struct {
	Calls []CallRecord `json:"calls"`
	// Choices are, where the calls are made in a given order, who could go on each
	// time.
	Choices [][]int `json:"choices,omitempty"`
	// Order is who went on.
	Order []int `json:"order,omitempty"`
	// Goroutines is how many the calls have started, themselves and what they call, and Steps
	// how many there were until they returned.
	Goroutines int `json:"goroutines,omitempty"`
	Steps      int `json:"steps,omitempty"`
	// Rested is set when a call let time pass.
	Rested bool `json:"rested,omitempty"`
}

// A CallRecord is one call of a history. Began and Ended number all beginnings and
// returns of a history from 1; Ended is 0 when the call has not returned.
type CallRecord struct {
	Thread int    `json:"thread"` // the number of threads for what is called in the end
	Op     int    `json:"op"`
	Began  int    `json:"began"`
	Ended  int    `json:"ended,omitempty"`
	Result string `json:"result,omitempty"`
	// Finally is set for what is called when all others have returned, or cannot.
	Finally bool `json:"finally,omitempty"`
	// MayWait is set when nobody minds if the call waits for a callback of another.
	MayWait bool `json:"may_wait,omitempty"`
	// Late is set when it was made only when a timer was about to fire.
	Late bool `json:"late,omitempty"`
	// Held and Released number, like Began, the time during which a callback of it
	// was held up for the first time.
	Held     int `json:"held,omitempty"`
	Released int `json:"released,omitempty"`
}
