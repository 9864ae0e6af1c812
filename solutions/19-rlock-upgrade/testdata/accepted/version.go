// Accepted: who looks compares a version before and after, and looks again if somebody has climbed meanwhile.

package ladder

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

type Ladder struct {
	mu      sync.Mutex
	version atomic.Uint32
	players []atomic.Pointer[string]
}

func New(players ...string) *Ladder {
	l := &Ladder{players: make([]atomic.Pointer[string], len(players))}
	for i, p := range slices.Clone(players) {
		l.players[i].Store(&p)
	}
	return l
}

func (l *Ladder) index(player string) int {
	for i := range l.players {
		if *l.players[i].Load() == player {
			return i
		}
	}
	return -1
}

func (l *Ladder) read(f func()) {
	for {
		v := l.version.Load()
		f()
		if v%2 == 0 && l.version.Load() == v {
			return
		}
		runtime.Gosched()
	}
}

func (l *Ladder) Place(player string) (place int, ok bool) {
	l.read(func() { place = l.index(player) + 1 })
	return place, place > 0
}

func (l *Ladder) Better(player, other string) (better bool) {
	l.read(func() {
		i, j := l.index(player), l.index(other)
		better = i >= 0 && j >= 0 && i < j
	})
	return better
}

func (l *Ladder) Won(winner, loser string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from, to := l.index(winner), l.index(loser)
	if from < 0 || to < 0 || from <= to {
		return
	}
	l.version.Store((l.version.Load() + 1))
	w := l.players[from].Load()
	for i := from; i > to; i-- {
		l.players[i].Store(l.players[i-1].Load())
	}
	l.players[to].Store(w)
	l.version.Store((l.version.Load() + 1))
}
