// Accepted: each bid publishes a new, immutable list by compare-and-swap; readers need no lock.

package auction

import "sync/atomic"

// shown is how many of the latest bids a screen has room for.
const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// A Board shows the bidding for one lot.
type Board struct {
	latest atomic.Pointer[[]Bid] // newest first; never changed once it is here
}

// New returns the board of a lot for which nobody has bid yet.
func New() *Board {
	b := new(Board)
	b.latest.Store(new([]Bid))
	return b
}

// Offer makes a bid. It leads if it is higher than all before it; Offer
// reports whether it does.
func (b *Board) Offer(bid Bid) bool {
	for {
		old := b.latest.Load()
		if len(*old) > 0 && bid.Amount <= (*old)[0].Amount {
			return false
		}
		list := append([]Bid{bid}, *old...)
		list = list[:min(len(list), shown)]
		if b.latest.CompareAndSwap(old, &list) {
			return true
		}
	}
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	if latest := *b.latest.Load(); len(latest) > 0 {
		return latest[0]
	}
	return Bid{}
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid {
	return *b.latest.Load()
}
