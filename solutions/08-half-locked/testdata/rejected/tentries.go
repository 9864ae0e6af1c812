// Rejected: wrong-result
// Feedback: After some tries that others were ahead of, a bid is refused although it is the
// highest.

package auction

import (
	"slices"
	"sync/atomic"
)

type Board struct{ p atomic.Pointer[[]Bid] }

func New() *Board { b := new(Board); b.p.Store(&[]Bid{}); return b }
func (b *Board) Offer(bid Bid) bool {
	for range 10 {
		old := b.p.Load()
		if len(*old) > 0 && bid.Amount <= (*old)[0].Amount || bid.Amount <= 0 {
			return false
		}
		next := append([]Bid{bid}, (*old)[:min(len(*old), shown-1)]...)
		if b.p.CompareAndSwap(old, &next) {
			return true
		}
	}
	return false
}
func (b *Board) Leader() Bid {
	if l := *b.p.Load(); len(l) > 0 {
		return l[0]
	}
	return Bid{}
}
func (b *Board) Latest() []Bid { return slices.Clone(*b.p.Load()) }

const shown = 3

// A Bid is an amount in whole euros, offered by the holder of a paddle.
type Bid struct {
	Paddle, Amount int
}
