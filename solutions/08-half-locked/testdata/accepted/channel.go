// Accepted: the state lies in a channel with one place, and whoever wants to see or change it takes it out.

package auction

import "slices"

// shown is how many of the latest bids a screen has room for.
const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}

// A Board shows the bidding for one lot.
type Board struct {
	state chan []Bid // the latest bids, newest first
}

// New returns the board of a lot for which nobody has bid yet.
func New() *Board {
	b := &Board{state: make(chan []Bid, 1)}
	b.state <- nil
	return b
}

// Offer makes a bid. It leads if it is higher than all before it; Offer
// reports whether it does.
func (b *Board) Offer(bid Bid) bool {
	latest := <-b.state
	leads := bid.Amount > leader(latest).Amount
	if leads {
		latest = slices.Insert(latest, 0, bid)
		latest = latest[:min(len(latest), shown)]
	}
	b.state <- latest
	return leads
}

// Leader returns the highest bid, or the zero Bid if there is none.
func (b *Board) Leader() Bid {
	latest := <-b.state
	defer func() { b.state <- latest }()
	return leader(latest)
}

// Latest returns the bids that led most recently, at most three, the newest
// first.
func (b *Board) Latest() []Bid {
	latest := <-b.state
	defer func() { b.state <- latest }()
	return slices.Clone(latest)
}

func leader(latest []Bid) Bid {
	if len(latest) == 0 {
		return Bid{}
	}
	return latest[0]
}
