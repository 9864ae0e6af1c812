package game

import (
	"context"
	"errors"
	"slices"

	"racelab/checker/finding"
)

// A Position is a place in a game: where somebody has to say who goes on, or the end.
type Position struct {
	Made        int `json:"made"`        // moves that led here
	Preemptions int `json:"preemptions"` // goroutines that were interrupted on the way
	// Steps are those since the position before: the one that was chosen, and what
	// followed without a choice.
	Steps []finding.Step `json:"steps"`
	// Goroutines are those that have not ended, in order of their start.
	Goroutines []Goroutine `json:"goroutines"`
	Ended      int         `json:"ended"` // goroutines that have
	Moves      []Move      `json:"moves"` // that can be made; none at the end
	// Last took the last step and could go on: to let another go is a preemption.
	Last finding.GoroutineName `json:"last,omitempty"`
	End  *End                  `json:"end,omitempty"`

	path []Choice       // that leads here
	way  []finding.Step // all steps to here, with the names that objects have by now
}

// A Goroutine is one of a position, with the operation that it does next or cannot
// complete.
type Goroutine struct {
	Lane     finding.Lane    `json:"lane"`
	Next     finding.Waiting `json:"next"`
	Runnable bool            `json:"runnable"`
}

// A Move is a choice that can be made.
type Move struct {
	Choice
	Preempts bool         `json:"preempts,omitempty"` // another goroutine could go on
	Step     finding.Step `json:"step"`               // that it takes
}

// An End is how a game ends.
type End struct {
	// Findings are what is wrong; none when this order is right.
	Findings []finding.Finding `json:"findings"`
	Endless  bool              `json:"endless,omitempty"` // it seems never to end
	Replay   finding.Replay    `json:"replay"`
}

// Failed reports whether the program has failed.
func (e *End) Failed() bool { return e != nil && len(e.Findings) > 0 }

// Choices are how many the scheduler has made on the way here, those that were none
// included.
func (p Position) Choices() int { return len(p.path) }

// window is how far one looks ahead for the next choice at first.
const window = 32

// advance goes on after a path, as long as there is nothing to choose. With runs, that
// goroutine goes on as long as it can.
func (g *Game) advance(ctx context.Context, path []Choice, before Position, runs finding.GoroutineName) (Position, error) {
	for more := window; ; more *= 4 {
		ahead, err := g.program.Run(ctx, path, more)
		switch {
		case errors.Is(err, ErrNoEnd):
			return g.advanceSlowly(ctx, path, before, runs)
		case err != nil:
			return Position{}, err
		}
		for at := len(path); at < len(ahead.Turns); at++ {
			if !g.asks(ahead, at, runs) {
				continue
			}
			if moves, err := g.moves(ctx, ahead, at); err != nil {
				return Position{}, err
			} else if len(moves) > 1 {
				return g.at(ctx, ahead, at, before, moves)
			}
		}
		if ahead.Ended || ahead.Endless {
			return g.end(ahead, before), nil
		}
	}
}

// asks reports whether somebody has to say at a choice who goes on.
func (g *Game) asks(ahead Run, at int, runs finding.GoroutineName) bool {
	turn := ahead.Turns[at]
	switch {
	case len(turn.Could) == 0 || len(turn.Could) == 1 && turn.Could[0].Cases < 2:
		return false
	case runs != "" && turn.Stayed == runs && turn.Goroutine == runs:
		return false
	}
	return g.every || g.leaves(ahead, at) || !OfTest(stepAt(ahead, at).Location)
}

// moves are those that can be made at a choice.
func (g *Game) moves(ctx context.Context, ahead Run, at int) ([]Move, error) {
	var out []Move
	for _, c := range ahead.Turns[at].Could {
		moves, err := g.ofCandidate(ctx, ahead, at, c)
		if err != nil {
			return nil, err
		}
		out = append(out, moves...)
	}
	return out, nil
}

// leaves reports whether the schedule that fails goes another way at this choice than the
// scheduler would by itself: then a learner must be able to.
func (g *Game) leaves(ahead Run, at int) bool {
	if at >= len(g.Par) || g.Par[at] == ahead.Turns[at].Choice {
		return false
	}
	return slices.EqualFunc(ahead.Turns[:at], g.Par[:at], func(t Turn, c Choice) bool { return t.Choice == c })
}

// ofCandidate are the moves of one goroutine: one, or one for each case that its select
// can take.
func (g *Game) ofCandidate(ctx context.Context, ahead Run, at int, c Candidate) ([]Move, error) {
	move := Move{Choice: Choice{Goroutine: c.Goroutine}, Preempts: ahead.Turns[at].preempts(c.Goroutine)}
	if c.Cases < 2 {
		return []Move{move}, nil
	}
	var out []Move
	var taken []int
	path := choices(ahead.Turns[:at])
	for move.Case = 0; move.Case < c.Cases; move.Case++ {
		tried, err := g.program.Run(ctx, append(path[:at:at], move.Choice), 0)
		if err != nil {
			return nil, err
		}
		if len(tried.Turns) <= at {
			continue
		}
		if t := tried.Turns[at].Taken; !slices.Contains(taken, t) {
			move.Step = stepAt(tried, at)
			out, taken = append(out, move), append(taken, t)
		}
	}
	return out, nil
}

// at is the position at a choice.
func (g *Game) at(ctx context.Context, ahead Run, at int, before Position, moves []Move) (Position, error) {
	path := choices(ahead.Turns[:at])
	here, err := g.program.Run(ctx, path, 0)
	if err != nil {
		return Position{}, err
	}
	if len(here.Findings) > 0 { // it has failed; what is left changes nothing
		all, err := g.program.Run(ctx, path, -1)
		if err != nil {
			return Position{}, err
		}
		return g.end(all, before), nil
	}
	p := g.position(here, before)
	p.path, p.Moves, p.Last = path, moves, ahead.Turns[at].Stayed
	for i := range p.Moves {
		p.describe(&p.Moves[i])
	}
	for i := range p.Goroutines {
		who := &p.Goroutines[i]
		who.Runnable = slices.ContainsFunc(moves, func(m Move) bool { return m.Goroutine == who.Lane.Name })
	}
	return p, nil
}

// describe says what step a move is, if that is not known yet.
func (p Position) describe(m *Move) {
	i := slices.IndexFunc(p.Goroutines, func(g Goroutine) bool { return g.Lane.Name == m.Goroutine })
	if i < 0 || m.Step.Op != "" {
		return
	}
	next := p.Goroutines[i].Next
	m.Step = finding.Step{Goroutine: m.Goroutine, Op: next.Op, Object: next.Object, Location: next.Location}
}

// position is what a run shows, without what can be done next.
func (g *Game) position(r Run, before Position) Position {
	p := Position{Made: before.Made, way: r.Interleaving.Steps, path: choices(r.Turns)}
	for _, t := range r.Turns {
		if t.preempts(t.Goroutine) {
			p.Preemptions++
		}
	}
	p.Steps = p.way[min(len(before.way), len(p.way)):]
	for _, lane := range r.Interleaving.Goroutines {
		i := slices.IndexFunc(r.Interleaving.Left, func(w finding.Waiting) bool { return w.Goroutine == lane.Name })
		if i >= 0 {
			p.Goroutines = append(p.Goroutines, Goroutine{Lane: lane, Next: r.Interleaving.Left[i]})
		} else if lane.Name != finding.Clock {
			p.Ended++
		}
	}
	return p
}

// end is the position in which a run has ended.
func (g *Game) end(r Run, before Position) Position {
	p := g.position(r, before)
	p.End = &End{Findings: r.Findings, Endless: r.Endless, Replay: finding.Replay{
		Exercise: g.Exercise, Test: g.Test, Schedule: r.Schedule, Interleaving: r.Interleaving, Findings: r.Findings,
	}}
	return p
}

func choices(turns []Turn) []Choice {
	out := make([]Choice, len(turns))
	for i, t := range turns {
		out[i] = t.Choice
	}
	return out
}

// stepAt is the step that was taken at a choice.
func stepAt(r Run, at int) finding.Step {
	i := slices.IndexFunc(r.Interleaving.Steps, func(s finding.Step) bool { return s.Number == at+1 })
	if i < 0 {
		return finding.Step{}
	}
	return r.Interleaving.Steps[i]
}
