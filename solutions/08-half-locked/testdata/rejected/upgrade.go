// Rejected: wrong-result
// Feedback: Between the comparison under the read lock and the writing under the write lock another bid may lead, and then the lower one replaces the higher.

package auction

import (
	"slices"
	"sync"
)

// shown is how many of the latest bids a screen has room for.
const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// A Board shows the bidding for one lot.
type Board struct {
	mu     sync.RWMutex
	latest [shown]Bid // the bids that led, newest first
	n      int        // how many places of latest are filled
}

// New returns the board of a lot for which nobody has bid yet.
func New() *Board {
	return new(Board)
}

// Offer makes a bid. It leads if it is higher than all before it; Offer
// reports whether it does.
func (b *Board) Offer(bid Bid) bool {
	// Most bids come too late: those need not keep the screens waiting.
	b.mu.RLock()
	leads := bid.Amount > b.latest[0].Amount
	b.mu.RUnlock()
	if !leads {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	copy(b.latest[1:], b.latest[:])
	b.latest[0] = bid
	b.n = min(b.n+1, shown)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.latest[0]
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Clone(b.latest[:b.n])
}
