// Rejected: data-race
// Feedback: The version tells a reader that it read rubbish, but it has read it all the same, while somebody was writing: the bids themselves are not atomic.

package auction

import (
	"slices"
	"sync"
	"sync/atomic"
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

	version atomic.Int64 // odd while a bid is being written
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
	b.version.Add(1)
	defer b.version.Add(1)
	copy(b.latest[1:], b.latest[:]) // everybody moves down one place
	b.latest[0] = bid
	b.n = min(b.n+1, shown)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() (leader Bid) {
	b.read(func() { leader = b.latest[0] })
	return leader
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() (latest []Bid) {
	b.read(func() { latest = slices.Clone(b.latest[:b.n]) })
	return latest
}

// read calls f, again and again until no bid was written meanwhile.
func (b *Board) read(f func()) {
	for {
		before := b.version.Load()
		if before%2 != 0 {
			continue
		}
		f()
		if b.version.Load() == before {
			return
		}
	}
}
