// Accepted: each change makes a new list, and who looks needs no lock.

package ladder

import (
	"slices"
	"sync"
	"sync/atomic"
)

type Ladder struct {
	writing sync.Mutex
	players atomic.Pointer[[]string]
}

func New(players ...string) *Ladder {
	l := new(Ladder)
	players = slices.Clone(players)
	l.players.Store(&players)
	return l
}

func (l *Ladder) Place(player string) (place int, ok bool) {
	i := slices.Index(*l.players.Load(), player)
	return i + 1, i >= 0
}

func better(players []string, player, other string) bool {
	i, j := slices.Index(players, player), slices.Index(players, other)
	return i >= 0 && j >= 0 && i < j
}

func (l *Ladder) Better(player, other string) bool {
	return better(*l.players.Load(), player, other)
}

func climbed(players []string, winner, loser string) []string {
	from, to := slices.Index(players, winner), slices.Index(players, loser)
	players = slices.Clone(players)
	players = slices.Delete(players, from, from+1)
	return slices.Insert(players, to, winner)
}

func (l *Ladder) Won(winner, loser string) {
	l.writing.Lock()
	defer l.writing.Unlock()
	players := *l.players.Load()
	if !better(players, loser, winner) {
		return
	}
	now := climbed(players, winner, loser)
	l.players.Store(&now)
}
