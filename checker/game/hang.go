package game

import (
	"context"
	"errors"
	"fmt"

	"racelab/checker/finding"
)

// ErrNoEnd means that what a path leads to cannot be told: the program hangs, or its
// process has ended from outside.
var ErrNoEnd = errors.New("it does not come to its end")

// advanceSlowly goes on after a path as advance does, one step after the other: one of the
// next hangs, and perhaps somebody is asked before.
func (g *Game) advanceSlowly(ctx context.Context, path []Choice, before Position, runs finding.GoroutineName) (Position, error) {
	for {
		ahead, hang := g.program.Run(ctx, path, 1)
		if errors.Is(hang, ErrNoEnd) {
			ahead = g.another(ctx, path)
		} else if hang != nil {
			return Position{}, hang
		}
		if len(ahead.Turns) > len(path) && (hang != nil || g.asks(ahead, len(path), runs)) {
			if moves, err := g.moves(ctx, ahead, len(path)); err != nil {
				return Position{}, err
			} else if len(moves) > 1 {
				return g.at(ctx, ahead, len(path), before, moves)
			}
		}
		switch {
		case hang != nil:
			return Position{}, hang
		case ahead.Ended || ahead.Endless:
			return g.end(ahead, before), nil
		case len(ahead.Turns) <= len(path):
			return Position{}, fmt.Errorf("%w: it makes no step", ErrNoEnd)
		}
		path = choices(ahead.Turns)
	}
}

// another is a step after a path of somebody else than who would go on by itself, since
// that one hangs: it shows who could go on there. It is empty if nobody else could.
func (g *Game) another(ctx context.Context, path []Choice) Run {
	here, err := g.program.Run(ctx, path, 0)
	if err != nil {
		return Run{}
	}
	for _, w := range here.Interleaving.Left {
		if len(path) > 0 && w.Goroutine == path[len(path)-1].Goroutine {
			continue
		}
		r, err := g.program.Run(ctx, append(path[:len(path):len(path)], Choice{Goroutine: w.Goroutine}), 0)
		if err == nil && len(r.Turns) > len(path) {
			return r
		}
	}
	return Run{}
}
