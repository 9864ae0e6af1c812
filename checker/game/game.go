// Package game is the model of `racelab play`: a person is the scheduler of a program,
// and tries to make it fail.
//
// A position is reached by running the test anew with the choices that lead there. So
// taking a move back costs nothing, and a game is a list of choices. The scheduler makes
// those by itself that are none: where one goroutine alone can go on, and where the one
// whose turn it would be is in code of the test.
//
// The package knows no terminal and starts no process. It does not promise that there is
// an order that fails; what exploring knows of that is in Known.
package game

import (
	"context"
	"errors"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// Known is what exploring knows of a test before somebody plays it.
type Known struct {
	Exercise string           `json:"exercise"`
	Test     string           `json:"test"`
	Coverage finding.Coverage `json:"coverage"`
	Failing  int              `json:"failing"` // of the schedules that were run
	// Preemptions are the fewest with which a schedule fails; nil when none fails. Par is
	// that schedule.
	Preemptions *int     `json:"preemptions,omitempty"`
	Schedule    string   `json:"schedule,omitempty"`
	Par         []Choice `json:"-"`
	// Racing is set when the reads and writes of lines that race are steps.
	Racing bool `json:"racing,omitempty"`
}

// A Game is one that is being played.
type Game struct {
	Known
	program   Program
	every     bool
	positions []Position // the first is where it begins, the last where it stands
	hints     int
}

// ErrMove means that a move is none of those that can be made.
var ErrMove = errors.New("nobody of that name can go on")

// Begin takes a program to its first choice. With every, none of them is made by itself
// but where one goroutine alone can go on.
func Begin(ctx context.Context, p Program, known Known, every bool) (*Game, error) {
	g := &Game{Known: known, program: p, every: every}
	first, err := g.advance(ctx, nil, Position{}, "")
	if err != nil {
		return nil, err
	}
	g.positions = []Position{first}
	return g, nil
}

// Position is where the game stands.
func (g *Game) Position() Position { return g.positions[len(g.positions)-1] }

// Steps are all on the way here. What they operate on is named as it is known now: of two
// locks that are called the same, only the first is known at first.
func (g *Game) Steps() []finding.Step { return g.Position().way }

// Hints is how many were given.
func (g *Game) Hints() int { return g.hints }

// Play makes a move: one step of a goroutine. With far, it goes on from there as long as
// it can.
func (g *Game) Play(ctx context.Context, c Choice, far bool) error {
	at := g.Position()
	i := slices.IndexFunc(at.Moves, func(m Move) bool { return m.Choice == c })
	if i < 0 {
		return ErrMove
	}
	runs := finding.GoroutineName("")
	if far {
		runs = c.Goroutine
	}
	next, err := g.advance(ctx, append(slices.Clone(at.path), c), at, runs)
	if err != nil {
		return err
	}
	next.Made = at.Made + 1
	g.positions = append(g.positions, next)
	return nil
}

// Back takes moves back, and reports whether there were as many.
func (g *Game) Back(moves int) bool {
	if moves < 1 || moves >= len(g.positions) {
		return false
	}
	g.positions = g.positions[:len(g.positions)-moves]
	return true
}

// A Hint is one move of the schedule that fails: after some moves were taken back, if one
// of them has left its way.
type Hint struct {
	Back   int
	Choice Choice
}

// Hint says what to do to get to a failure as exploring did; false if it knows of none.
func (g *Game) Hint() (Hint, bool) {
	for i, p := range slices.Backward(g.positions) {
		if p.End == nil && len(p.path) < len(g.Par) && slices.Equal(p.path, g.Par[:len(p.path)]) {
			return Hint{Back: len(g.positions) - 1 - i, Choice: g.Par[len(p.path)]}, true
		}
	}
	return Hint{}, false
}

// Follow does what a hint says.
func (g *Game) Follow(ctx context.Context, h Hint) error {
	if h.Back > 0 && !g.Back(h.Back) {
		return ErrMove
	}
	if err := g.Play(ctx, h.Choice, false); err != nil {
		return err
	}
	g.hints++
	return nil
}

// OfTest reports whether a step is one of the test's own code, or of none that a learner
// has before him.
func OfTest(l finding.Location) bool { return l.File == "" || strings.HasSuffix(l.File, "_test.go") }
