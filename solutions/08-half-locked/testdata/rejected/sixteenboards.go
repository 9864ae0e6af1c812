// Rejected: wrong-result
// Feedback: The bids of all lots are in one map, and there are fewer keys than lots: some lots share one.

package auction

import (
	"slices"
	"sync"
)

var mu sync.Mutex

var bids = map[int][]Bid{}

var boards int

// A Board shows the bidding for one lot.
type Board struct{ id int }

const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// New returns the board of a lot for which nobody has bid yet.
func New() *Board { mu.Lock(); defer mu.Unlock(); boards++; return &Board{boards % 16} }

// Offer makes a bid, and reports whether it leads.
func (b *Board) Offer(bid Bid) bool {
	mu.Lock()
	defer mu.Unlock()
	l := bids[b.id]
	if len(l) > 0 && bid.Amount <= l[0].Amount || bid.Amount <= 0 {
		return false
	}
	bids[b.id] = append([]Bid{bid}, l[:min(len(l), shown-1)]...)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	mu.Lock()
	defer mu.Unlock()
	if l := bids[b.id]; len(l) > 0 {
		return l[0]
	}
	return Bid{}
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid { mu.Lock(); defer mu.Unlock(); return slices.Clone(bids[b.id]) }
