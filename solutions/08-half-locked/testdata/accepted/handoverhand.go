// Accepted: two locks, of which the second is taken before the first is let go. Who has
// seen the new leader waits for the new list.

package auction

import (
	"slices"
	"sync"
)

// A Board shows the bidding for one lot.
type Board struct {
	lead   sync.Mutex
	list   sync.Mutex
	best   Bid
	latest []Bid
}

const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// New returns the board of a lot for which nobody has bid yet.
func New() *Board { return new(Board) }

// Offer makes a bid, and reports whether it leads.
func (b *Board) Offer(bid Bid) bool {
	b.lead.Lock()
	if bid.Amount <= b.best.Amount {
		b.lead.Unlock()
		return false
	}
	b.best = bid
	b.list.Lock()
	defer b.list.Unlock()
	b.lead.Unlock()
	b.latest = append([]Bid{bid}, b.latest[:min(len(b.latest), shown-1)]...)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid { b.lead.Lock(); defer b.lead.Unlock(); return b.best }

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid { b.list.Lock(); defer b.list.Unlock(); return slices.Clone(b.latest) }
