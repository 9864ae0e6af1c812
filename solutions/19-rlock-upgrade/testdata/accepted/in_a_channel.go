// Accepted: the list lies in a channel with room for one.

package ladder

import "slices"

type Ladder struct{ players chan []string }

func New(players ...string) *Ladder {
	l := &Ladder{make(chan []string, 1)}
	l.players <- slices.Clone(players)
	return l
}

func (l *Ladder) Place(player string) (place int, ok bool) {
	players := <-l.players
	defer func() { l.players <- players }()
	i := slices.Index(players, player)
	return i + 1, i >= 0
}

func better(players []string, player, other string) bool {
	i, j := slices.Index(players, player), slices.Index(players, other)
	return i >= 0 && j >= 0 && i < j
}

func (l *Ladder) Better(player, other string) bool {
	players := <-l.players
	defer func() { l.players <- players }()
	return better(players, player, other)
}

func (l *Ladder) Won(winner, loser string) {
	players := <-l.players
	defer func() { l.players <- players }()
	if !better(players, loser, winner) {
		return
	}
	from, to := slices.Index(players, winner), slices.Index(players, loser)
	players = slices.Delete(players, from, from+1)
	players = slices.Insert(players, to, winner)
}
