// Rejected: wrong-result
// Feedback: Everybody takes the lock, but the bids are variables of the package now: all boards are one, and a new lot wipes the others.

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
type Board struct{}

var (
	mu     sync.RWMutex
	latest [shown]Bid // the bids that led, newest first
	n      int        // how many places of latest are filled
)

// New returns the board of a lot for which nobody has bid yet.
func New() *Board {
	mu.Lock()
	defer mu.Unlock()
	latest, n = [shown]Bid{}, 0
	return new(Board)
}

// Offer makes a bid. It leads if it is higher than all before it; Offer
// reports whether it does.
func (b *Board) Offer(bid Bid) bool {
	mu.Lock()
	defer mu.Unlock()
	if bid.Amount <= latest[0].Amount {
		return false
	}
	copy(latest[1:], latest[:]) // everybody moves down one place
	latest[0] = bid
	n = min(n+1, shown)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	mu.RLock()
	defer mu.RUnlock()
	return latest[0]
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid {
	mu.RLock()
	defer mu.RUnlock()
	return slices.Clone(latest[:n])
}
