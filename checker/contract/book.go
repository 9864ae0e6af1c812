package contract

import (
	"slices"
	"strconv"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// A Book is what the reference solution does in the scenarios of a contract.
type Book struct {
	Terms      wire.Terms `json:"terms"`
	Sequential []Spec     `json:"sequential"`
	Concurrent []Spec     `json:"concurrent"`

	met meetings
}

// longName is how long the text of a scenario may be that is its name in schedules.
const longName = 32

// Name is what a scenario is called in schedules: its text, or its number where
// that is too long.
func (b *Book) Name(s Spec) string {
	if len(s.Scenario) <= longName {
		return s.Scenario
	}
	at := slices.IndexFunc(b.all(), func(o Spec) bool { return o.Scenario == s.Scenario })
	return "n" + strconv.Itoa(at)
}

// Part is a book with one of so many scenarios of b, beginning with the from-th.
func (b *Book) Part(from, of int) *Book {
	some := func(specs []Spec) (part []Spec) {
		for i := from; i < len(specs); i += of {
			part = append(part, specs[i])
		}
		return part
	}
	return &Book{Terms: b.Terms, Sequential: some(b.Sequential), Concurrent: some(b.Concurrent)}
}

// Find returns the scenario of a name.
func (b *Book) Find(name string) (Spec, bool) {
	for _, s := range b.all() {
		if b.Name(s) == name {
			return s, true
		}
	}
	return Spec{}, false
}

func (b *Book) all() []Spec { return slices.Concat(b.Sequential, b.Concurrent) }

// Show is a scenario as it went.
func (b *Book) Show(s Spec, h wire.History, blame int) *finding.Scenario {
	scenario, err := wire.ParseScenario(s.Scenario)
	if err != nil || scenario.Setup >= len(b.Terms.Setups) {
		return nil
	}
	out := &finding.Scenario{Setup: b.Terms.Setups[scenario.Setup], Threads: make([][]finding.Made, len(scenario.Threads))}
	for i, c := range h.Calls {
		made := finding.Made{Call: b.Text(c), Result: c.Result, Returned: c.Ended > 0, Begun: c.Began > 0, Held: c.Held > 0, Late: c.Late, Blame: i == blame}
		if c.Thread < len(out.Threads) {
			out.Threads[c.Thread] = append(out.Threads[c.Thread], made)
		} else {
			out.Finally = append(out.Finally, made)
		}
	}
	return out
}

// Text is a call as Go.
func (b *Book) Text(c wire.CallRecord) string { return b.Terms.Ops[c.Op].Text }

// Answer is a breach of the reference's ways.
func (b *Book) Answer(s Spec, h wire.History, br Breach) *finding.Answer {
	c := h.Calls[br.Call]
	out := &finding.Answer{Kind: br.Kind, Call: b.Text(c), Got: c.Result, Alone: alone(h)}
	switch br.Kind {
	case finding.HeldUp, finding.Woken, finding.Early:
		out.By = b.Text(h.Calls[br.By])
	case finding.Unexplained:
		out.Want = s.Want(h, br.Call, mostWanted)
	}
	return out
}

// mostWanted is how many right results a report names.
const mostWanted = 3

func alone(h wire.History) bool {
	return !slices.ContainsFunc(h.Calls, func(c wire.CallRecord) bool { return c.Thread == 1 && c.Began > 0 }) || len(h.Calls) < 2
}
