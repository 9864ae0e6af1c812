// Accepted: one sync.Mutex for all: the looks are short, and nobody notices that they come one after the other.

// Package ladder keeps the ladder of a chess club: who is first, who is second, and so on.
// Members look at it all day. Now and then somebody beats a better player, and climbs.
package ladder

import (
	"slices"
	"sync"
)

// A Ladder has the players in order.
type Ladder struct {
	mu      sync.Mutex
	players []string
}

// New returns a ladder with these players, the best one first.
func New(players ...string) *Ladder {
	return &Ladder{players: slices.Clone(players)}
}

// Place returns on which place a player stands, from 1 on; and false if he is no member.
func (l *Ladder) Place(player string) (place int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.players, player)
	return i + 1, i >= 0
}

// Better reports whether a player stands above another one. Both have to be members.
func (l *Ladder) Better(player, other string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _, better := l.compare(player, other)
	return better
}

// compare finds two players, and reports whether the first one stands above the second one.
// Whoever calls it has a lock.
func (l *Ladder) compare(player, other string) (i, j int, better bool) {
	i, j = slices.Index(l.players, player), slices.Index(l.players, other)
	return i, j, i >= 0 && j >= 0 && i < j
}

// Won is called when somebody has won a game. If the loser stands above him, the winner
// takes his place, and everybody from there on moves down by one, as far as where the
// winner stood.
func (l *Ladder) Won(winner, loser string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	to, from, above := l.compare(loser, winner)
	if !above {
		return
	}
	l.players = slices.Delete(l.players, from, from+1)
	l.players = slices.Insert(l.players, to, winner)
}
