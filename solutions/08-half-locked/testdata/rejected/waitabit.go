// Rejected: data-race
// Feedback: Waiting makes it likely that the bid is written, but nothing orders the reading after it; the next bid may come just then.

package auction

import (
	"slices"
	"sync"
	"time"
)

// shown is how many of the latest bids a screen has room for.
const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// A Board shows the bidding for one lot.
type Board struct {
	mu     sync.Mutex
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
	b.mu.Lock()
	defer b.mu.Unlock()
	if bid.Amount <= b.latest[0].Amount {
		return false
	}
	copy(b.latest[1:], b.latest[:]) // everybody moves down one place
	b.latest[0] = bid
	b.n = min(b.n+1, shown)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	settle()
	return b.latest[0]
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid {
	settle()
	return slices.Clone(b.latest[:b.n])
}

// settle gives a bid that is just being written the time to be complete.
func settle() {
	time.Sleep(100 * time.Microsecond)
}
