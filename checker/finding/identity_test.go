package finding_test

import (
	"errors"
	"testing"

	"racelab/checker/finding"
)

func race(first, second int) finding.Finding {
	return finding.Finding{
		Kind: finding.DataRace, Detector: finding.Race,
		Location: finding.Location{File: "bank.go", Line: first},
		Related:  []finding.Related{{Location: finding.Location{File: "bank.go", Line: second}}},
	}
}

func said(test, text string, line int) finding.Finding {
	f := finding.Finding{
		Kind: finding.WrongResult, Detector: finding.Tests,
		Fact: finding.Fact{Failure: &finding.Failure{Test: test, Text: text}},
	}
	if line > 0 {
		f.Location = finding.Location{File: "bank_test.go", Line: line}
	}
	return f
}

func differs(test string) finding.Finding {
	return finding.Finding{
		Kind: finding.WrongResult, Detector: finding.Reference,
		Fact: finding.Fact{Difference: &finding.Difference{Test: test}},
	}
}

func TestIdentity(t *testing.T) {
	in := func(function string) finding.Finding {
		return finding.Finding{Kind: finding.Timeout, Location: finding.Location{File: "bank.go", Function: function}}
	}
	for _, tt := range []struct {
		name string
		a, b finding.Finding
		same bool
	}{
		{"a race seen from either side", race(3, 7), race(7, 3), true},
		{"races of other lines", race(3, 7), race(3, 9), false},
		{"one line of a test, with other numbers", said("TestA", "got 3", 5), said("TestA", "got 4", 5), true},
		{"one line in two subtests", said("TestX/a", "got 3", 5), said("TestX/b", "got 4", 5), true},
		{"two lines", said("TestA", "got 3", 5), said("TestA", "got 3", 6), false},
		{"one line that says something else", said("TestA", "got 3", 5), said("TestA", "lost 3", 5), false},
		{"two subtests without a place", said("TestX/a", "got 3", 0), said("TestX/b", "got 3", 0), false},
		{"two subtests with another outcome", differs("TestX/a"), differs("TestX/b"), false},
		{"one test with another outcome", differs("TestX/a"), differs("TestX/a"), true},
		{"two functions without a line", in("Open"), in("Close"), false},
	} {
		if got := tt.a.Identity() == tt.b.Identity(); got != tt.same {
			t.Errorf("%s: same is %v", tt.name, got)
		}
	}
}

// Roles are compared by what they say, not by where it is stored.
func TestRelatedEqual(t *testing.T) {
	held := func(left string) finding.Related {
		return finding.Related{Role: finding.Role{Kind: finding.RoleHeld, Fate: &finding.Fate{Left: left}}}
	}
	if !held("Open").Equal(held("Open")) || held("Open").Equal(held("Close")) {
		t.Error("equal roles differ, or others do not")
	}
}

func TestNameGoroutines(t *testing.T) {
	names := []finding.GoroutineName{"a", "b", "c", "d", "e", "f"}
	if r := (finding.Role{}).NameGoroutines(names); len(r.Goroutines) != 4 || r.More != 2 {
		t.Errorf("of six: %+v", r)
	}
	if r := (finding.Role{}).NameGoroutines(names[:1]); len(r.Goroutines) != 1 || r.More != 0 {
		t.Errorf("of one: %+v", r)
	}
}

func TestDefectError(t *testing.T) {
	err := &finding.DefectError{Why: errNot, Finding: race(3, 7)}
	if got, want := err.Error(), "not built: data-race by race at bank.go:3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var errNot = errors.New("not built")
