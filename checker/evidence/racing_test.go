package evidence

import (
	"testing"

	"racelab/checker/finding"
	"racelab/checker/schedule"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

func TestRacing(t *testing.T) {
	in := source.Parse("a", "", map[string][]byte{"a.go": []byte("package a\n"), "a_test.go": []byte("package a\n")})
	race := func(test, file string, line, other int) finding.Finding {
		f := finding.Finding{Kind: finding.DataRace, Location: finding.Location{File: file, Line: line}, Evidence: finding.Evidence{Tests: []string{test}}}
		if other > 0 {
			f.Related = []finding.Related{{Role: finding.Role{Kind: finding.RoleAccess}, Location: finding.Location{File: file, Line: other}}}
		}
		f.Related = append(f.Related, finding.Related{Role: finding.Role{Kind: finding.RoleStarted}, Location: finding.Location{File: file, Line: 99}})
		return f
	}
	shown := finding.Finding{Kind: finding.WrongResult, Evidence: finding.Evidence{Tests: []string{"TestA"}, Schedule: "TestA::0..s7u3"}}
	native := finding.Finding{Kind: finding.WrongResult, Evidence: finding.Evidence{Tests: []string{"TestB"}}}
	line := func(n int) schedule.Line { return schedule.Line{Number: n} }
	for _, tt := range []struct {
		name   string
		in     []finding.Finding
		groups [][]schedule.Line
		tests  []string
	}{
		{"none", []finding.Finding{native}, nil, nil},
		{"one line", []finding.Finding{race("TestB", "a.go", 7, 0), native}, [][]schedule.Line{{line(7)}}, []string{"TestB"}},
		{"what has a line in common is one group", []finding.Finding{
			race("TestC", "a.go", 7, 9), race("TestB", "a_test.go", 3, 3), race("TestB", "a.go", 12, 14), race("TestB", "a.go", 12, 9),
		}, [][]schedule.Line{{{File: 1, Number: 3}}, {line(7), line(9), line(12), line(14)}}, []string{"TestB", "TestC"}},
		{"known already", []finding.Finding{race("TestA", "a.go", 7, 0), shown}, [][]schedule.Line{{line(7)}}, nil},
		{"a place that is not the exercise's", []finding.Finding{race("TestB", "proc.go", 7, 0), race("TestC", "a.go", 0, 0)}, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			groups, tests := Racing(tt.in, in)
			if diff := cmp.Diff(tt.groups, groups); diff != "" {
				t.Error(diff)
			}
			if len(tests) != len(tt.tests) || cmp.Diff(tt.tests, tests) != "" && len(tests) > 0 {
				t.Errorf("tests %v, want %v", tests, tt.tests)
			}
		})
	}
}
