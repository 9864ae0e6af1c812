package wire

import (
	"reflect"
	"testing"
)

func TestJobsAreReadAsTheyWereWritten(t *testing.T) {
	for _, j := range []Job{
		{},
		{ID: 7, Test: 2, Chooser: PCT, Seed: 1 << 63, Depth: 3, Length: 100, Vain: 50, Luck: 4711, Limit: 1000, Detail: true},
		{Chooser: Stay, Picks: Picks{{Last: 0, Steps: 3, To: 1}, {Last: 1, Steps: 2, Case: true, To: 1}, {Last: 1, Steps: 4, To: Clock}, {Last: 1, Steps: 7, To: 1, More: 9}}},
		{Scenario: "0.1-2h.3"},
		{Scenario: "0.1.2", Sequential: true},
		{Scenario: "0.1.2", Sequential: true, Order: []int{1, 0}, Picks: Picks{{Last: 0, Steps: 3, To: 1}}},
	} {
		if j.Chooser == "" {
			j.Chooser = Stay // a field of the line is never empty
		}
		if back, err := ParseJob(j.String()); err != nil || !reflect.DeepEqual(back, j) {
			t.Errorf("%+v becomes %q, then %+v, %v", j, j, back, err)
		}
	}
}

func TestParseJobRefusesOthers(t *testing.T) {
	for _, line := range []string{
		"", "1 2 stay", "1 2 stay 0 0 0 0 0 0 false - 1,2,3", "1 2 stay 0 0 0 0 0 0 false - a,b,c,d", "x 2 stay 0 0 0 0 0 0 false -", "1 2 stay 0 0 0 0 0 0 false - 1,2,0,3 more", "1 2 stay 0 0 0 0 0 0 false 0.1/a",
	} {
		if j, err := ParseJob(line); err == nil {
			t.Errorf("%q is read as %+v", line, j)
		}
	}
}

func TestScenariosAreReadAsTheyWereWritten(t *testing.T) {
	for _, s := range []Scenario{
		{Threads: [][]Invocation{{{Op: 3}}}},
		{Setup: 2, Threads: [][]Invocation{{{Op: 0}, {Op: 12, Hold: Short}}, {{Op: 3, Hold: Long}}}},
	} {
		if back, err := ParseScenario(s.String()); err != nil || !reflect.DeepEqual(back, s) {
			t.Errorf("%+v becomes %q, then %+v, %v", s, s, back, err)
		}
	}
	for _, text := range []string{"", "x", "0.", "0.1x", "0.-1", "-1.2", "0.1--2", "0.h"} {
		if s, err := ParseScenario(text); err == nil {
			t.Errorf("%q is read as %+v", text, s)
		}
	}
}
