package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"racelab/checker"
	"racelab/checker/finding"
	"racelab/checker/game"
)

// A doorway is a program to play: a and b go through it, and it fails when b is first.
type doorway struct{ right bool }

// Run is game.Program's.
func (d doorway) Run(_ context.Context, path []game.Choice, more int) (game.Run, error) {
	order := []finding.GoroutineName{"a", "b"}
	if len(path) > 0 && path[0].Goroutine == "b" {
		order = []finding.GoroutineName{"b", "a"}
	}
	var r game.Run
	at := finding.Location{File: "bank.go", Line: 11, Function: "enter"}
	for i, name := range order {
		r.Interleaving.Goroutines = append(r.Interleaving.Goroutines, finding.Lane{Name: finding.GoroutineName(rune('a' + i)), Function: "enter"})
		if more >= 0 && i >= len(path)+more {
			r.Interleaving.Left = append(r.Interleaving.Left, finding.Waiting{Goroutine: name, Op: finding.OpSend, Object: "door", Location: at})
			continue
		}
		turn := game.Turn{Choice: game.Choice{Goroutine: name}, Taken: -1}
		for _, could := range order[i:] {
			turn.Could = append(turn.Could, game.Candidate{Goroutine: could})
		}
		r.Turns = append(r.Turns, turn)
		r.Interleaving.Steps = append(r.Interleaving.Steps, finding.Step{Number: i + 1, Goroutine: name, Op: finding.OpSend, Object: "door", Location: at})
	}
	if r.Ended = len(r.Turns) == len(order); r.Ended {
		r.Schedule = "TestRushHour:a0b:2.00.0000"
		if order[0] == "b" && !d.right {
			r.Findings = []finding.Finding{{Kind: finding.WrongResult, Severity: finding.Error, Message: "b was first"}}
		}
	}
	return r, nil
}

// fixtureTable goes by what the submission says, as fixtureVerdict does.
func fixtureTable(t checker.Task, tests []string) (*checker.Table, error) {
	name := verdictName(t.Exercise, t.Submission)
	switch {
	case name == "error":
		return nil, errors.New("the cable is out\nPut it back")
	case name == "broken":
		return nil, fmt.Errorf("%w: undefined: foo", checker.ErrNotBuilt)
	case len(tests) > 0 && !slices.Contains(tests, "TestRushHour"):
		return nil, fmt.Errorf("%w %s, only TestRushHour", checker.ErrTest, tests[0])
	}
	known := game.Known{Exercise: t.Exercise.ID, Test: "TestRushHour", Coverage: finding.Coverage{Schedules: 2, Complete: true, Bound: -1, Interleavings: 2}}
	if name != "pass" {
		known.Failing, known.Preemptions, known.Par = 1, new(int), []game.Choice{{Goroutine: "b"}, {Goroutine: "a"}}
	}
	return &checker.Table{Program: doorway{name == "pass"}, Known: known}, nil
}

// The best of a test is kept: fewer preemptions, then fewer moves; not what took a hint.
func TestBest(t *testing.T) {
	s := newSession(t)
	s.run(t.Context(), []string{"init", s.cwd})
	kept := func() string {
		l, _ := findLab(s.cwd)
		return fmt.Sprint(s.progress(l).Exercises["01-unlocked-balance"].Played)
	}
	for _, tt := range []struct{ moves, kept string }{
		{"a\n", "map[]"},
		{"hint\n", "map[]"},
		{"b\n", "map[TestRushHour:{0 1}]"},
		{"a\n", "map[TestRushHour:{0 1}]"},
	} {
		s.stdin = strings.NewReader(tt.moves)
		if status := s.run(t.Context(), []string{"play", "01"}); status != statusPass || kept() != tt.kept {
			t.Errorf("%q: status %d, kept %s\n%s%s", tt.moves, status, kept(), s.out.String(), s.err.String())
		}
	}
	for _, tt := range []struct {
		is, other best
		want      bool
	}{
		{best{1, 9}, best{2, 1}, true},
		{best{1, 3}, best{1, 4}, true},
		{best{1, 4}, best{1, 4}, false},
		{best{2, 1}, best{1, 9}, false},
	} {
		if got := tt.is.beats(tt.other); got != tt.want {
			t.Errorf("%v beats %v: %t", tt.is, tt.other, got)
		}
	}
}
