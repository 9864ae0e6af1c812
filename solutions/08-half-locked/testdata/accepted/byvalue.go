// Accepted: one locked method hands out the whole state by value, and the readers work on their copy.

package auction

import "sync"

// shown is how many of the latest bids a screen has room for.
const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// state is what the screens show: an array, so that an assignment copies it.
type state struct {
	latest [shown]Bid // the bids that led, newest first
	n      int        // how many places of latest are filled
}

// A Board shows the bidding for one lot.
type Board struct {
	mu  sync.Mutex
	now state
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
	if bid.Amount <= b.now.latest[0].Amount {
		return false
	}
	b.now = b.now.with(bid)
	return true
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	return b.snapshot().latest[0]
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid {
	s := b.snapshot()
	return s.latest[:s.n]
}

func (b *Board) snapshot() state {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// with returns what s becomes when bid leads.
func (s state) with(bid Bid) state {
	next := state{n: min(s.n+1, shown)}
	next.latest[0] = bid
	copy(next.latest[1:], s.latest[:])
	return next
}
