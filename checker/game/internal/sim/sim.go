// Package sim is a program to play, for tests: a few goroutines that lock, read and write,
// without any process.
package sim

import (
	"context"
	"fmt"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/game"
)

// An Op is what a goroutine does next.
type Op struct {
	Do     finding.Op // lock, unlock, read, write or select; others have no effect
	Object string
	Line   int
	Test   bool  // it stands in the test's own code
	Ready  []int // of a select with Cases: those that can be taken
	Cases  int
	Hangs  bool // it is begun, and never done
}

// A Program is goroutines called a, b, c, … Each write adds 1 to what its goroutine has
// read before. It fails when the sum is not Want, and when nobody can go on.
type Program struct {
	Goroutines [][]Op
	Want       int
	Endless    bool // nobody has ever done its last operation
	Runs       int  // so far
}

// Counter is the lost update: two goroutines each add 1 in two steps.
func Counter() *Program {
	add := []Op{{Do: "receive", Object: "start", Line: 9, Test: true}, {Do: finding.OpRead, Object: "sum", Line: 3}, {Do: finding.OpWrite, Object: "sum", Line: 3}}
	return &Program{Goroutines: [][]Op{add, add}, Want: 2}
}

// Locks are two goroutines that take two locks in both orders.
func Locks() *Program {
	both := func(x, y string) []Op {
		return []Op{
			{Do: finding.OpLock, Object: x, Line: 3},
			{Do: finding.OpLock, Object: y, Line: 4},
			{Do: finding.OpUnlock, Object: y, Line: 5},
			{Do: finding.OpUnlock, Object: x, Line: 6},
		}
	}
	return &Program{Goroutines: [][]Op{both("mu", "nu"), both("nu", "mu")}}
}

// A state is one run while it goes on.
type state struct {
	*Program
	at    []int // the next operation of each
	read  []int
	holds map[string]int // who holds a lock
	sum   int
	last  int
	run   game.Run
}

// Run is game.Program's.
func (p *Program) Run(_ context.Context, path []game.Choice, more int) (game.Run, error) {
	p.Runs++
	n := len(p.Goroutines)
	s := &state{Program: p, at: make([]int, n), read: make([]int, n), holds: map[string]int{}, last: -1}
	for i := 0; more < 0 || i < len(path)+more; i++ {
		could := s.could()
		if len(could) == 0 {
			break
		}
		if p.Endless && i >= 1000 {
			s.run.Endless = true
			break
		}
		next := s.usual(could)
		if i < len(path) {
			next = path[i]
		}
		if s.next(next).Hangs {
			return game.Run{}, fmt.Errorf("%w: %s hangs", game.ErrNoEnd, next.Goroutine)
		}
		s.take(could, next)
	}
	return s.done(), nil
}

func (s *state) could() []game.Candidate {
	var out []game.Candidate
	for g, ops := range s.Goroutines {
		if s.at[g] == len(ops) {
			continue
		}
		op := ops[s.at[g]]
		if _, held := s.holds[op.Object]; op.Do != finding.OpLock || !held {
			out = append(out, game.Candidate{Goroutine: name(g), Cases: op.Cases})
		}
	}
	return out
}

func (s *state) usual(could []game.Candidate) game.Choice {
	for _, c := range could {
		if c.Goroutine == name(s.last) {
			return game.Choice{Goroutine: c.Goroutine}
		}
	}
	return game.Choice{Goroutine: could[0].Goroutine}
}

// next is the operation that a choice is for.
func (s *state) next(c game.Choice) Op {
	g := c.Goroutine.Ordinal() - 1
	return s.Goroutines[g][s.at[g]]
}

func (s *state) take(could []game.Candidate, c game.Choice) {
	g, op := c.Goroutine.Ordinal()-1, s.next(c)
	turn := game.Turn{Choice: c, Taken: -1, Could: could}
	if slices.ContainsFunc(could, func(c game.Candidate) bool { return c.Goroutine == name(s.last) }) {
		turn.Stayed = name(s.last)
	}
	step := finding.Step{Number: len(s.run.Turns) + 1, Goroutine: name(g), Op: op.Do, Object: op.Object, Location: op.location()}
	step.Preempts = turn.Stayed != "" && turn.Stayed != name(g)
	switch op.Do {
	case finding.OpLock:
		s.holds[op.Object] = g
	case finding.OpUnlock:
		delete(s.holds, op.Object)
	case finding.OpRead:
		s.read[g] = s.sum
		step.Value = fmt.Sprint(s.sum)
	case finding.OpWrite:
		s.sum = s.read[g] + 1
		step.Value = fmt.Sprint(s.sum)
	case finding.OpSelect:
		turn.Taken = op.Ready[0]
		if slices.Contains(op.Ready, c.Case) {
			turn.Taken = c.Case
		}
		step.Value = fmt.Sprint("case ", turn.Taken)
	}
	if !s.Endless || s.at[g] < len(s.Goroutines[g])-1 {
		s.at[g]++
	}
	s.run.Turns, s.run.Interleaving.Steps = append(s.run.Turns, turn), append(s.run.Interleaving.Steps, step)
	s.last = g
}

func (s *state) done() game.Run {
	for g, ops := range s.Goroutines {
		s.run.Interleaving.Goroutines = append(s.run.Interleaving.Goroutines, finding.Lane{Name: name(g), Function: "add"})
		if s.at[g] == len(ops) {
			continue
		}
		op := ops[s.at[g]]
		w := finding.Waiting{Goroutine: name(g), Op: op.Do, Object: op.Object, Location: op.location()}
		if by, held := s.holds[op.Object]; held && op.Do == finding.OpLock {
			w.For = []finding.GoroutineName{name(by)}
		}
		for _, lock := range []string{"mu", "nu"} {
			if by, held := s.holds[lock]; held && by == g {
				w.Holds = append(w.Holds, finding.Hold{Object: lock, Location: finding.Location{File: "bank.go", Line: 3}})
			}
		}
		s.run.Interleaving.Left = append(s.run.Interleaving.Left, w)
	}
	if len(s.could()) > 0 {
		return s.run
	}
	s.run.Ended, s.run.Schedule = true, fmt.Sprintf("TestAdd::%d.0.0000", len(s.run.Turns))
	switch {
	case len(s.run.Interleaving.Left) > 0:
		s.run.Findings = []finding.Finding{{Kind: finding.Deadlock, Severity: finding.Error, Message: "nobody can go on"}}
	case s.sum != s.Want:
		s.run.Findings = []finding.Finding{{Kind: finding.WrongResult, Severity: finding.Error, Message: fmt.Sprintf("the sum is %d, want %d", s.sum, s.Want)}}
	}
	return s.run
}

func (o Op) location() finding.Location {
	file := "bank.go"
	if o.Test {
		file = "bank_test.go"
	}
	return finding.Location{File: file, Line: o.Line, Function: "add"}
}

func name(g int) finding.GoroutineName {
	if g < 0 {
		return ""
	}
	return finding.GoroutineName(rune('a' + g))
}
