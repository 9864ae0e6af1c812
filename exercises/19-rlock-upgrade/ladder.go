// Package ladder keeps the ladder of a chess club: who is first, who is second, and so on.
// Members look at it all day. Now and then somebody beats a better player, and climbs.
package ladder

import (
	"slices"
	"sync"
)

// A Ladder has the players in order.
type Ladder struct {
	mu      sync.RWMutex
	players []string
}

// New returns a ladder with these players, the best one first.
func New(players ...string) *Ladder {
	return &Ladder{players: slices.Clone(players)}
}

// Place returns on which place a player stands, from 1 on; and false if he is no member.
func (l *Ladder) Place(player string) (place int, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	i := slices.Index(l.players, player)
	return i + 1, i >= 0
}

// Better reports whether a player stands above another one. Both have to be members.
func (l *Ladder) Better(player, other string) bool {
	l.mu.RLock() // so that both places are those of one moment
	defer l.mu.RUnlock()
	p, ok := l.Place(player)
	q, also := l.Place(other)
	return ok && also && p < q
}

// Won is called when somebody has won a game. If the loser stands above him, the winner
// takes his place, and everybody from there on moves down by one, as far as where the
// winner stood.
func (l *Ladder) Won(winner, loser string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if !l.Better(loser, winner) {
		return // as in most games: nothing to write
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	from, to := slices.Index(l.players, winner), slices.Index(l.players, loser)
	l.players = slices.Delete(l.players, from, from+1)
	l.players = slices.Insert(l.players, to, winner)
}
