package contract

import (
	"slices"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// An account with 10 in it: operation 0 is a draw of 10, 1 is the balance.
const (
	draw = iota
	look
)

var terms = wire.Terms{
	Setups: []string{"a := New(10)"},
	Ops:    []wire.Operation{{Text: "a.Draw(10)", Calls: true}, {Text: "a.Balance()"}},
}

// account runs scenarios with an account that is right: a draw is decided before it
// calls back.
func account(scenario wire.Scenario, order []int) (wire.History, error) {
	var h wire.History
	money, clock := 10, 0
	tick := func() int { clock++; return clock }
	type thread struct{ next, inside int }
	threads := make([]thread, len(scenario.Threads))
	index := func(i, n int) int {
		for _, t := range scenario.Threads[:i] {
			n += len(t)
		}
		return n
	}
	for i, t := range scenario.Threads {
		threads[i].inside = -1
		for _, in := range t {
			h.Calls = append(h.Calls, wire.CallRecord{Thread: i, Op: in.Op})
		}
	}
	for n := 0; ; n++ {
		var ready []int
		for i, t := range threads {
			if t.inside >= 0 || t.next < len(scenario.Threads[i]) {
				ready = append(ready, i)
			}
		}
		if len(ready) == 0 {
			return h, nil
		}
		i := ready[0]
		if n < len(order) {
			i = order[n]
		}
		h.Choices, h.Order = append(h.Choices, ready), append(h.Order, i)
		t := &threads[i]
		if t.inside >= 0 {
			c := &h.Calls[t.inside]
			c.Released = tick()
			c.Ended, c.Result, t.inside = tick(), "paid", -1
			continue
		}
		at := index(i, t.next)
		t.next++
		c := &h.Calls[at]
		c.Began = tick()
		switch {
		case c.Op == look:
			c.Result = string(rune('0' + money/10))
			c.Ended = tick()
		case money < 10:
			c.Result, c.MayWait, c.Ended = "refused", true, tick()
		default:
			money -= 10
			c.Held, t.inside = tick(), at
		}
	}
}

// accounts is a Runner.
func accounts(tries []Try) (all []wire.History, err error) {
	for _, t := range tries {
		h, err := account(t.Scenario, t.Order)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

func spec(t *testing.T, text string) Spec {
	t.Helper()
	scenario, err := wire.ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	specs, err := specify([]wire.Scenario{scenario}, Shape{}, mostRuns, accounts)
	if err != nil || specs[0].leftOut() {
		t.Fatal(specs, err)
	}
	return specs[0]
}

// Every order of the calls is run, and none twice.
func TestSpecifyRunsEveryOrder(t *testing.T) {
	for text, want := range map[string]int{
		"0.1":     1,
		"0.1-1-1": 1,
		"0.1.1":   2, // who is first
		"0.0.1":   3, // the balance before, meanwhile and after
	} {
		scenario, err := wire.ParseScenario(text)
		if err != nil {
			t.Fatal(err)
		}
		var orders []string
		specs, err := specify([]wire.Scenario{scenario}, Shape{}, mostRuns, func(tries []Try) ([]wire.History, error) {
			all, err := accounts(tries)
			for _, h := range all {
				key := ""
				for _, i := range h.Order {
					key += string(rune('0' + i))
				}
				if slices.Contains(orders, key) {
					t.Errorf("%s: order %s is run twice", text, key)
				}
				orders = append(orders, key)
			}
			return all, err
		})
		if err != nil || specs[0].leftOut() {
			t.Fatal(specs, err)
		}
		if len(orders) != want {
			t.Errorf("%s: %d orders, want %d", text, len(orders), want)
		}
	}
}

func TestJudge(t *testing.T) {
	call := func(thread, op, began, ended int, result string) wire.CallRecord {
		return wire.CallRecord{Thread: thread, Op: op, Began: began, Ended: ended, Result: result}
	}
	held := func(c wire.CallRecord, from, to int) wire.CallRecord {
		c.Held, c.Released = from, to
		return c
	}
	for _, tt := range []struct {
		name, scenario string
		calls          []wire.CallRecord
		want           Breach
		ok             bool
	}{
		{"one after the other", "0.0.1", []wire.CallRecord{call(0, draw, 1, 2, "paid"), call(1, look, 3, 4, "0")}, Breach{}, true},
		{"at the same time, either is first", "0.0.1", []wire.CallRecord{call(0, draw, 1, 4, "paid"), call(1, look, 2, 3, "1")}, Breach{}, true},
		{"a stale balance", "0.0.1", []wire.CallRecord{call(0, draw, 1, 2, "paid"), call(1, look, 3, 4, "1")}, Breach{finding.Unexplained, 1, 0}, false},
		{"overdrawn", "0.0.0", []wire.CallRecord{call(0, draw, 1, 3, "paid"), call(1, draw, 2, 4, "paid")}, Breach{finding.Unexplained, 1, 0}, false},
		{"one does not return", "0.0.1", []wire.CallRecord{call(0, draw, 1, 2, "paid"), call(1, look, 3, 0, "")}, Breach{finding.NoReturn, 1, 0}, false},
		{
			"who looks waits for a machine", "0.0h.1",
			[]wire.CallRecord{held(call(0, draw, 1, 5, "paid"), 2, 4), call(1, look, 3, 6, "0")},
			Breach{finding.HeldUp, 1, 0},
			false,
		},
		{
			"who is refused may wait", "0.0h.0",
			[]wire.CallRecord{held(call(0, draw, 1, 5, "paid"), 2, 4), call(1, draw, 3, 6, "refused")},
			Breach{},
			true,
		},
		{
			"who waits is told of what has returned meanwhile", "0.0h.0-1.0",
			[]wire.CallRecord{held(call(0, draw, 1, 8, "paid"), 2, 7), call(1, draw, 3, 4, "refused"), call(1, look, 5, 9, "0"), call(2, draw, 6, 10, "refused")},
			Breach{finding.HeldUp, 2, 0},
			false,
		},
		{
			"who begins later does not wait", "0.0h.1",
			[]wire.CallRecord{held(call(0, draw, 1, 4, "paid"), 2, 3), call(1, look, 5, 6, "0")},
			Breach{},
			true,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := spec(t, tt.scenario).Judge(wire.History{Calls: tt.calls})
			if got != tt.want || ok != tt.ok {
				t.Errorf("%+v, %t; want %+v, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
}

// What the reference does is right by its own book, in every order.
func TestTheReferenceIsRight(t *testing.T) {
	book, err := Specify(terms, accounts)
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Sequential) < 10 || len(book.Concurrent) < 20 {
		t.Errorf("%d and %d scenarios", len(book.Sequential), len(book.Concurrent))
	}
	for _, s := range slices.Concat(book.Sequential, book.Concurrent) {
		if _, ok := book.Find(book.Name(s)); !ok {
			t.Errorf("%s is not found by its name %s", s.Scenario, book.Name(s))
		}
		for _, r := range s.Runs {
			if b, ok := s.Judge(r); !ok {
				t.Errorf("%s: %+v: %+v", s.Scenario, b, r)
			}
		}
	}
}

// The same contract has the same scenarios everywhere, and no scenario twice.
func TestScenariosAreDetermined(t *testing.T) {
	names := func() (all []string) {
		g := newGenerator(terms)
		scenarios := slices.Concat(g.everyCall(), g.of(sequences))
		for _, shape := range shapes {
			scenarios = append(scenarios, g.of(shape)...)
		}
		for _, s := range scenarios {
			all = append(all, s.String())
		}
		return all
	}
	one, other := names(), names()
	if !slices.Equal(one, other) {
		t.Error("the scenarios differ from one time to the next")
	}
	slices.Sort(one)
	if n := len(slices.Compact(slices.Clone(one))); n != len(one) {
		t.Errorf("%d scenarios, %d of them different", len(one), n)
	}
	for _, text := range one {
		if _, err := wire.ParseScenario(text); err != nil {
			t.Error(err)
		}
	}
}

// In a crowd all are alike: it matters how many go on, not which.
func TestCrowd(t *testing.T) {
	s := Spec{Crowd: true, Runs: []wire.History{{Calls: []wire.CallRecord{
		{Began: 1, Held: 2, Released: 4, Ended: 5},
		{Thread: 1, Began: 3, Held: 6, Released: 7, Ended: 8, MayWait: true},
	}}}}
	second := wire.CallRecord{Thread: 1, Began: 1, Held: 2, Released: 4, Ended: 5}
	waits := wire.CallRecord{Began: 3, Held: 6, Released: 7, Ended: 8}
	if b, ok := s.Judge(wire.History{Calls: []wire.CallRecord{waits, second}}); !ok {
		t.Errorf("one of two goes on, as with the reference, and it is %+v", b)
	}
	s.Runs[0].Calls[1].MayWait, s.Runs[0].Calls[1].Held = false, 3
	if b, ok := s.Judge(wire.History{Calls: []wire.CallRecord{waits, second}}); ok || b.Kind != finding.HeldUp || b.Call != 0 || b.By != 1 {
		t.Errorf("one of two goes on, and with the reference both: %+v %v", b, ok)
	}
}

// Where it matters who waits for whom, what is returned does not matter.
func TestWaits(t *testing.T) {
	s := Spec{Waits: true, Runs: []wire.History{{Calls: []wire.CallRecord{
		{Began: 1, Held: 2, Released: 5, Ended: 6, Result: "paid"},
		{Thread: 1, Began: 3, Ended: 4, Result: "0"},
	}}}}
	held := wire.CallRecord{Began: 1, Held: 2, Released: 5, Ended: 6, Result: "paid"}
	if b, ok := s.Judge(wire.History{Calls: []wire.CallRecord{held, {Thread: 1, Began: 3, Ended: 4, Result: "10"}}}); !ok {
		t.Errorf("a call goes on, and returns something else: %+v", b)
	}
	if b, ok := s.Judge(wire.History{Calls: []wire.CallRecord{held, {Thread: 1, Began: 3, Ended: 7, Result: "0"}}}); ok || b != (Breach{finding.HeldUp, 1, 0}) {
		t.Errorf("a call waits: %+v, %v", b, ok)
	}
}

// A call that only the last calls wake has waited.
func TestWoken(t *testing.T) {
	run := func(takes int) wire.History {
		return wire.History{Calls: []wire.CallRecord{
			{Began: 1, Ended: takes, Result: "1"},
			{Thread: 1, Op: 1, Began: 3, Ended: 4},
			{Thread: 2, Op: 2, Finally: true, Began: 5, Ended: 7},
			{Thread: 2, Op: 3, Finally: true, Began: 8, Ended: 9},
		}}
	}
	inTime, woken, late := run(2), run(6), run(10)
	for _, s := range []Spec{{}, {Same: true}, {Alike: true}} {
		s.Runs = []wire.History{inTime}
		if b, ok := s.Judge(woken); ok || b != (Breach{finding.Woken, 0, 2}) {
			t.Errorf("%+v: it returns only in the end, and it is %+v, %v", s, b, ok)
		}
		s.Runs = []wire.History{woken}
		if b, ok := s.Judge(late); !ok {
			t.Errorf("%+v: it is woken, by whichever of the last calls, as with the reference, and it is %+v", s, b)
		}
		if b, ok := s.Judge(inTime); ok || b != (Breach{finding.Early, 0, 2}) {
			t.Errorf("%+v: it returns before it may, and it is %+v, %v", s, b, ok)
		}
	}
}

// Where the results are the same in every order, the order is not judged.
func TestSame(t *testing.T) {
	s := Spec{Same: true, Runs: []wire.History{{Calls: []wire.CallRecord{
		{Began: 1, Ended: 2, Result: "1"}, {Thread: 1, Began: 3, Ended: 4, Result: "1"},
	}}}}
	h := wire.History{Calls: []wire.CallRecord{{Began: 3, Ended: 4, Result: "1"}, {Thread: 1, Began: 1, Ended: 2, Result: "1"}}}
	if b, ok := s.Judge(h); !ok {
		t.Errorf("the same results in another order: %+v", b)
	}
	h.Calls[1].Result = "2"
	if b, ok := s.Judge(h); ok || b.Kind != finding.Unexplained || b.Call != 1 {
		t.Errorf("another result: %+v, %v", b, ok)
	}
}
