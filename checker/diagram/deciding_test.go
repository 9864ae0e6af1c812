package diagram

import (
	"testing"

	"racelab/checker/finding"
)

func TestDecide(t *testing.T) {
	at := func(text string) finding.Interleaving {
		in := steps(text)
		for i := range in.Steps {
			in.Steps[i].Location = finding.Location{File: "x.go", Line: 7}
		}
		for i := range in.Goroutines {
			in.Goroutines[i].Function = string(in.Goroutines[i].Name)
		}
		return in
	}
	tests := []struct {
		name, fails, passes string
		left                []finding.Waiting
		want                Deciding // its steps
		found               bool
	}{
		{
			"a lost update",
			"b, read, x, 0\nc, read, x, 0\nb, write, x, 1\nc, write, x, 1",
			"b, read, x, 0\nb, write, x, 1\nc, read, x, 1\nc, write, x, 2",
			nil,
			Deciding{First: 1, Second: 2, Passing: [2]int{1, 2}},
			true,
		},
		{
			"a lock that is never taken",
			"b, lock, one\nc, lock, two\nb, lock, two, has to wait\nc, lock, one, has to wait",
			"b, lock, one\nb, lock, two\nb, unlock, two\nb, unlock, one\nc, lock, two\nc, lock, one",
			[]finding.Waiting{{Goroutine: "b", Op: finding.OpLock, Object: "two", Location: finding.Location{File: "x.go", Line: 7}}},
			Deciding{First: 1, Second: noStep, Passing: [2]int{1, 4}},
			true,
		},
		{"two reads", "b, read, x, 0\nc, read, x, 0", "c, read, x, 0\nb, read, x, 0", nil, Deciding{}, false},
		{"two objects", "b, lock, one\nc, lock, two", "c, lock, two\nb, lock, one", nil, Deciding{}, false},
		{"the same order", "b, lock, one\nc, lock, one", "b, lock, one\nc, lock, one", nil, Deciding{}, false},
		{"nothing", "b, end", "b, end", nil, Deciding{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fails, passes := at(tt.fails), at(tt.passes)
			fails.Left = tt.left
			got, ok := Decide(fails, passes)
			if ok != tt.found || got.First != tt.want.First || got.Second != tt.want.Second || got.Passing != tt.want.Passing {
				t.Errorf("%+v, %v", got, ok)
			}
			for i := range passes.Goroutines { // others of the same names
				passes.Goroutines[i].Function = "another"
			}
			if got, ok := Decide(fails, passes); ok {
				t.Errorf("between different goroutines: %+v", got)
			}
		})
	}
}
