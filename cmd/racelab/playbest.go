package main

import (
	"racelab/checker/game"
	"racelab/checker/report"
)

// A best is the best that a learner has reached in playing a test: the fewest preemptions
// with which it failed and, with as many, the fewest moves.
type best struct {
	Preemptions int `json:"preemptions"`
	Moves       int `json:"moves"`
}

func (b best) beats(o best) bool {
	return b.Preemptions < o.Preemptions || b.Preemptions == o.Preemptions && b.Moves < o.Moves
}

// keepBest records an end in which the test fails, if none was better and no hint was
// given on the way.
func (a *app) keepBest(t target, g *game.Game, p game.Position) {
	if t.lab == nil || !p.End.Failed() || g.Hints() > 0 {
		return
	}
	now := best{p.Preemptions, p.Made}
	a.remember(*t.lab, t.ex.ID, func(e *exerciseProgress) {
		if before, ok := e.Played[g.Test]; ok && !now.beats(before) {
			return
		}
		if e.Played == nil {
			e.Played = map[string]best{}
		}
		e.Played[g.Test] = now
	})
}

// bestOf says what was reached before; "" if nothing was.
func (a *app) bestOf(t target, test string) string {
	if t.lab == nil {
		return ""
	}
	b, ok := a.progress(*t.lab).Exercises[t.ex.ID].Played[test]
	if !ok {
		return ""
	}
	return "Your best so far: " + report.Count(b.Preemptions, "preemption") + " in " + report.Count(b.Moves, "move") + "."
}
