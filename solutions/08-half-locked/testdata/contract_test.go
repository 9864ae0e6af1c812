package auction_test

import (
	"fmt"
	"sync"

	"racelab/checker/labrt/contract"
	auction "racelab/exercises/08-half-locked"
)

// hall is where a scenario takes place: two lots are sold.
type hall struct {
	lamp, clock *auction.Board
	offered     [bidders]int // by goroutine: bids of those who go on and on
}

// bidders is at least how many goroutines a scenario has.
const bidders = 17

// Contract is what one can do with boards. A screen looks at what it was handed, and
// does not write into it.
func Contract() contract.Contract {
	type ops = []contract.Op[*hall]
	lamp := func(h *hall) *auction.Board { return h.lamp }
	clock := func(h *hall) *auction.Board { return h.clock }
	terms := contract.Terms[*hall]{Ops: ops{
		bidding("b", lamp, auction.Bid{Paddle: 1, Amount: 10}),
		bidding("b", lamp, auction.Bid{Paddle: 2, Amount: 20}),
		bidding("b", lamp, auction.Bid{Paddle: 3, Amount: 20}),
		bidding("b", lamp, auction.Bid{Paddle: 1, Amount: 30}),
		bidding("b", lamp, auction.Bid{Paddle: -1, Amount: 1 << 40}),
		{Text: "two more bids of somebody who bids more each time", Do: rising},
		{Text: "b.Offer(Bid{1, 40}), b.Offer(Bid{2, 50})", Do: bothBid},
		{Text: "b.Leader()", Do: func(h *hall, c *contract.Call) { c.Return(h.lamp.Leader()) }},
		{Text: "b.Latest()", Do: func(h *hall, c *contract.Call) { c.Keep(h.lamp.Latest()) }},
		{Text: "b.Latest(), b.Leader()", Do: func(h *hall, c *contract.Call) {
			c.Keep(h.lamp.Latest())
			c.Between()
			c.Return(h.lamp.Leader())
		}},
		{Text: "b.Leader(), b.Latest()", Do: func(h *hall, c *contract.Call) {
			c.Return(h.lamp.Leader())
			c.Between()
			c.Keep(h.lamp.Latest())
		}},
		bidding("other", clock, auction.Bid{Paddle: 5, Amount: 15}),
		{Text: "other.Latest()", Do: func(h *hall, c *contract.Call) { c.Keep(h.clock.Latest()) }},
		{Text: "1,100 rising bids, and lower ones in between", Apart: true, Do: lively},
		{Text: "bids with extreme amounts and paddles", Apart: true, Do: extremes},
		{Text: "boards are put up while another one is in use", Apart: true, Do: putUp},
		{Text: "bids of nothing, and of less, on new boards", Apart: true, Do: worthless},
		{Text: "b.Leader(), b.Latest(), other.Leader(), other.Latest()", Finally: true, Do: func(h *hall, c *contract.Call) {
			c.Return(h.lamp.Leader(), h.lamp.Latest(), h.clock.Leader(), h.clock.Latest())
		}},
		{Text: "b.Offer(Bid{8, 1 << 41}), other.Offer(Bid{8, 1 << 41}), and what is on the boards", Finally: true, Do: highest},
	}}
	for i, before := range []string{"", "; b.Offer(Bid{4, 1})", "; b.Offer(Bid{4, 1}); b.Offer(Bid{4, 2}); b.Offer(Bid{4, 3}); other.Offer(Bid{4, 1}); other.Offer(Bid{4, 2})"} {
		bids, others := [...][2]int{{}, {1, 0}, {3, 2}}[i], [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*hall]{
			Text: fmt.Sprintf("b, other := auction.New(), auction.New()%s // between them are %d others", before, others),
			Open: func() *hall { return opened(bids, others) },
		})
	}
	return contract.Of(terms)
}

// opened opens two boards with so many others between them, and makes so many bids for
// each lot.
func opened(bids [2]int, others int) *hall {
	h := &hall{lamp: auction.New()}
	for range others {
		auction.New()
	}
	h.clock = auction.New()
	for i, board := range []*auction.Board{h.lamp, h.clock} {
		for amount := range bids[i] {
			board.Offer(auction.Bid{Paddle: 4, Amount: 1 + amount})
		}
	}
	return h
}

// bothBid is one bidder after another.
func bothBid(h *hall, c *contract.Call) {
	c.Return(h.lamp.Offer(auction.Bid{Paddle: 1, Amount: 40}))
	c.Between()
	c.Return(h.lamp.Offer(auction.Bid{Paddle: 2, Amount: 50}))
}

// highest is one more bid when all others have been made. It leads.
func highest(h *hall, c *contract.Call) {
	for _, b := range []*auction.Board{h.lamp, h.clock} {
		c.Return(b.Offer(auction.Bid{Paddle: 8, Amount: 1 << 41}), b.Leader(), b.Latest())
	}
}

// rising are two bids of somebody who bids more each time, however often. Only the
// largest bid is more.
func rising(h *hall, c *contract.Call) {
	c.Return(h.lamp.Offer(h.higher(c.Goroutine())))
	c.Between()
	c.Return(h.lamp.Offer(h.higher(c.Goroutine())))
}

//go:norace
func (h *hall) higher(bidder int) auction.Bid {
	h.offered[bidder]++
	return auction.Bid{Paddle: 6 + bidder, Amount: bidders*(1+h.offered[bidder]) + bidder}
}

func bidding(name string, board func(*hall) *auction.Board, b auction.Bid) contract.Op[*hall] {
	return contract.Op[*hall]{
		Text: fmt.Sprintf("%s.Offer(Bid{%d, %d})", name, b.Paddle, b.Amount),
		Do:   func(h *hall, c *contract.Call) { c.Return(board(h).Offer(b)) },
	}
}

// lively is about more bids than fit into a byte, or into a list that somebody has
// made large enough. Some of the lists are kept.
func lively(_ *hall, c *contract.Call) {
	b := auction.New()
	led := 0
	for i := range 1_100 {
		for _, amount := range []int{10 * (i + 1), 10*(i+1) - 5, 10 * (i + 1), 0, -1}[:1+i%5] {
			if b.Offer(auction.Bid{Paddle: i, Amount: amount}) {
				led++
			}
		}
		if i%50 < 4 {
			c.Keep(b.Latest())
		}
	}
	c.Return(led, b.Leader())
}

// extremes is about numbers that are unusual and numbers all the same.
func extremes(_ *hall, c *contract.Call) {
	const most, least = 1<<63 - 1, -1 << 63
	b := auction.New()
	for _, bid := range [][2]int{{least, 1}, {0, 1 << 31}, {most, 1 << 32}, {-5, -most}, {1 << 40, most - 1}, {7, least}, {8, most}, {9, most}} {
		c.Return(b.Offer(auction.Bid{Paddle: bid[0], Amount: bid[1]}), b.Leader())
		c.Keep(b.Latest())
	}
}

// putUp is about boards that are new while others are in use, or new, too.
func putUp(_ *hall, c *contract.Call) {
	b := auction.New()
	var led, ledToo int
	var people sync.WaitGroup
	people.Go(func() {
		for amount := range 3 {
			b.Offer(auction.Bid{Paddle: 1, Amount: 1 + amount})
			b.Leader()
			b.Latest()
			if too := auction.New(); too.Offer(auction.Bid{Paddle: 3, Amount: 2 + amount}) {
				ledToo += too.Leader().Amount
			}
		}
	})
	people.Go(func() {
		for amount := range 3 {
			next := auction.New()
			if next.Offer(auction.Bid{Paddle: 2, Amount: 1 + amount}) {
				led += next.Leader().Amount + len(next.Latest())
			}
		}
	})
	people.Wait()
	c.Return(b.Leader(), b.Latest(), led, ledToo)
}

// worthless is about first bids of which nobody says whether they lead. But if one
// leads it is on the board, else not.
func worthless(_ *hall, c *contract.Call) {
	for _, amount := range []int{0, -1, -1 << 63} {
		b, bid := auction.New(), auction.Bid{Paddle: 9, Amount: amount}
		led, leader, latest := b.Offer(bid), b.Leader(), b.Latest()
		switch {
		case led && (leader != bid || len(latest) != 1 || latest[0] != bid):
			c.Return("leads, and is not on the board")
		case !led && (leader != auction.Bid{} || len(latest) > 0):
			c.Return("does not lead, and is on the board")
		}
	}
}
