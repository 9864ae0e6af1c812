package auction_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	auction "racelab/exercises/08-half-locked"
)

// hall is where a scenario takes place: two lots are sold, and a third one, the vase.
type hall struct {
	lamp, clock *auction.Board
	offered     [bidders]int // by goroutine: bids of those who go on and on

	vase   *auction.Board
	called int // the last amount for it
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
		{Text: "vase.Latest(), a higher bid than all before, vase.Latest()", Do: overtaking},
		{Text: "many rising bids for the vase, one after the other", Do: onAndOn},
		{Text: "b.Latest(), as many leading bids as a number in the program, b.Latest()", Apart: true, Do: manyBids},
		{Text: "as many looks as a number in the program, and what the first screen was handed", Apart: true, Do: manyLooks},
		{Text: "as many times a bid and a look as a number in the program, and what the first screen was handed", Apart: true, Do: manyLists},
		{Text: "as many bids as a number in the program, b.Latest(), and as many again", Apart: true, Do: bothHalves},
		{Text: "amounts, and paddles, that are numbers in the program", Apart: true, Do: named},
		{Text: "as many boards as a number in the program", Apart: true, Do: manyBoards},
		{Text: "nobody comes for as long as a time in the program", Apart: true, Do: quiet},
		{Text: "as many bid at the same time as a number in the program", Apart: true, Do: allAtOnce},
		{Text: "after as many bids as a number in the program, two bid at the same time, and a screen looks", Apart: true, Do: lastOfMany},
		{Text: "screens look while as many bids lead as a counter of few bits has values", Apart: true, Do: sleepy},
		{Text: "somebody bids a million while as many bid less, one after the other, as a number in the program", Apart: true, Do: bidsMost},
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
	h := &hall{lamp: auction.New(), vase: auction.New()}
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

// overtaking is somebody who bids more for the vase than all before, and looks before and
// after. What there is to see depends on the others, but what is wrong is so whatever they do.
func overtaking(h *hall, c *contract.Call) {
	before := h.look(c)
	amount := h.call()
	if led, leader := h.vase.Offer(vaseBid(amount)), h.vase.Leader(); leader.Amount < amount {
		c.Return("the leader has bid less than somebody before")
	} else if !led && leader.Amount == amount {
		c.Return("a bid leads, and Offer says that it does not")
	}
	switch after := h.look(c); {
	case after < before:
		c.Return("the latest bids become older")
	case after < amount:
		c.Return("the latest bids are older than one that was made before")
	}
}

// onAndOn makes more bids than a program may have room for, while a screen looks once.
func onAndOn(h *hall, _ *contract.Call) {
	bids := 10
	for _, n := range contract.Numbers(bids, 300) {
		bids = n + 1
	}
	for range bids {
		h.vase.Offer(vaseBid(h.call()))
	}
}

// call is the next amount for the vase.
//
//go:norace
func (h *hall) call() int {
	h.called++
	return h.called
}

// vaseBid has a paddle by which a mixture of two bids is recognised.
func vaseBid(amount int) auction.Bid { return auction.Bid{Paddle: -amount, Amount: amount} }

// look looks at the latest bids for the vase, and returns the highest amount.
func (h *hall) look(c *contract.Call) (amount int) {
	latest := h.vase.Latest()
	for i, bid := range latest {
		if bid.Paddle != -bid.Amount || bid.Amount == 0 {
			c.Return("a bid is shown that nobody made")
		}
		if i > 0 && bid.Amount >= latest[i-1].Amount {
			c.Return("the latest bids are not in falling order")
		}
	}
	if len(latest) == 0 {
		return 0
	}
	return latest[0].Amount
}

// onShow is a board with three bids.
func onShow() *auction.Board {
	b := auction.New()
	for amount := range 3 {
		b.Offer(auction.Bid{Paddle: 1, Amount: 1 + amount})
	}
	return b
}

// shows reports whether the latest bids are those that onShow made, and so many more.
func shows(latest []auction.Bid, more int) bool {
	return slices.Equal(latest, []auction.Bid{{Paddle: 1, Amount: 3 + more}, {Paddle: 1, Amount: 2 + more}, {Paddle: 1, Amount: 1 + more}})
}

// manyBids is about a number of bids after which a program may take its list for a new one,
// or use the place of one that somebody still looks at.
func manyBids(_ *hall, c *contract.Call) {
	all := contract.Counts(66_000)
	for _, n := range contract.Counts(20_000) {
		all = append(all, n/2) // of what changes twice for each bid
	}
	for _, n := range all {
		b := onShow()
		first := b.Latest()
		for i := range n {
			b.Offer(auction.Bid{Paddle: 1, Amount: 4 + i})
		}
		if !shows(b.Latest(), n) || b.Leader().Amount != 3+n {
			c.Return(fmt.Sprintf("after %d more bids the latest ones are not shown", n))
			return
		}
		b.Offer(auction.Bid{Paddle: 1, Amount: 4 + n})
		if !shows(first, 0) {
			c.Return(fmt.Sprintf("what a screen was handed has changed after %d more bids", n+1))
			return
		}
	}
}

// manyLooks is about more screens than a program may have room for, or count.
func manyLooks(_ *hall, c *contract.Call) {
	for _, n := range contract.Counts(25_000) {
		b := onShow()
		first := b.Latest()
		for range n - 1 {
			b.Latest()
		}
		b.Offer(auction.Bid{Paddle: 1, Amount: 4})
		changed := !shows(first, 0)
		for range n + 1 {
			b.Latest()
		}
		if changed || !shows(first, 0) || !shows(b.Latest(), 1) {
			c.Return(fmt.Sprintf("with %d looks before and after a bid, what the first screen was handed has changed", n))
			return
		}
	}
}

// manyLists is about more lists than a program may have room for.
func manyLists(_ *hall, c *contract.Call) {
	for _, n := range contract.Counts(25_000) {
		b := onShow()
		first := b.Latest()
		for i := range n + 1 {
			b.Offer(auction.Bid{Paddle: 1, Amount: 4 + i})
			latest := b.Latest()
			if i >= n-2 && !shows(latest, i+1) || len(latest) == 0 || latest[0].Amount != 4+i {
				c.Return(fmt.Sprintf("after %d bids, and looks, the latest bids are not shown", i+1))
				return
			}
		}
		if !shows(first, 0) {
			c.Return(fmt.Sprintf("what the first screen was handed has changed after %d bids, and looks", n+1))
			return
		}
	}
}

// bothHalves is about a screen that looks when a program may just have made room for all
// the lists that it will ever have.
func bothHalves(_ *hall, c *contract.Call) {
	for _, n := range contract.Counts(21_000) {
		b := auction.New()
		var latest []auction.Bid
		for i := range 2*n + 1 {
			b.Offer(auction.Bid{Paddle: 1, Amount: 1 + i})
			if i == n-1 {
				latest = b.Latest()
			}
		}
		if len(latest) == 0 || latest[0].Amount != n {
			c.Return(fmt.Sprintf("what a screen was handed after %d bids has changed after as many again", n))
			return
		}
	}
}

// named is about bids that a program may have a use of its own for.
func named(_ *hall, c *contract.Call) {
	for _, n := range contract.Numbers(2, math.MaxInt-1) {
		b := auction.New()
		bids := []auction.Bid{{Paddle: n, Amount: n - 1}, {Paddle: n - 1, Amount: n}, {Paddle: -n, Amount: n + 1}}
		for _, bid := range bids {
			if !b.Offer(bid) || b.Offer(bid) || b.Leader() != bid {
				c.Return(fmt.Sprintf("%+v does not lead, or leads twice", bid))
				return
			}
		}
		slices.Reverse(bids)
		if got := b.Latest(); !slices.Equal(got, bids) {
			c.Return(fmt.Sprintf("the latest bids are %v, and shown are %v", bids, got))
			return
		}
	}
}

// manyBoards is about more lots than a program may have room for.
func manyBoards(_ *hall, c *contract.Call) {
	for _, n := range contract.Counts(3_000) {
		first, last := onShow(), auction.New()
		for range n - 1 {
			last = auction.New()
		}
		if len(last.Latest()) > 0 || !last.Offer(auction.Bid{Paddle: 2, Amount: 1}) || !shows(first.Latest(), 0) || first.Leader().Amount != 3 {
			c.Return(fmt.Sprintf("a bid is on another board too, %d boards later", n))
			return
		}
		if next := auction.New(); len(next.Latest()) > 0 || !next.Offer(auction.Bid{Paddle: 3, Amount: 1}) || !shows(first.Latest(), 0) {
			c.Return(fmt.Sprintf("a bid is on another board too, %d boards later", n+1))
			return
		}
	}
}

// quiet is about a board at which nobody looks for long.
func quiet(_ *hall, c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		for _, pause := range []time.Duration{long + time.Minute, long} {
			b := onShow()
			before := [][]auction.Bid{b.Latest(), b.Latest(), b.Latest()}
			contract.Rest(pause)
			leads := b.Offer(auction.Bid{Paddle: 1, Amount: 4})
			for range 60 {
				leads = leads && shows(b.Latest(), 1)
			}
			if !leads || !shows(before[0], 0) || !shows(before[1], 0) || !shows(before[2], 0) {
				c.Return(fmt.Sprintf("after a pause of %v a bid does not lead, or a screen shows what it should not", pause))
				return
			}
		}
	}
}

// lastOfMany is about what a program does once in so many bids.
func lastOfMany(_ *hall, c *contract.Call) {
	h := &hall{vase: auction.New()}
	n := contract.Number(5, 2, 2_000)
	for range n - 1 {
		h.vase.Offer(vaseBid(h.call()))
	}
	var people sync.WaitGroup
	for range 2 {
		people.Go(func() { overtaking(h, c) })
	}
	people.Go(func() {
		if first := h.look(c); first < n-1 || h.look(c) < first {
			c.Return("the latest bids are older than those before")
		}
	})
	people.Wait()
	if leads := h.vase.Leader().Amount; leads != n+1 || h.look(c) != n+1 {
		c.Return(fmt.Sprintf("the highest of all bids is %d, and the leader has bid %d", n+1, leads))
	}
}

// allAtOnce is about more bidders at a time than a program may be made for.
func allAtOnce(_ *hall, c *contract.Call) {
	n := 1 + 2*contract.Largest(1, 2, 300) // one of them may be held up in the middle
	h := &hall{vase: auction.New()}
	var people sync.WaitGroup
	for i := range n {
		people.Go(func() { h.vase.Offer(vaseBid(1 + i)) })
	}
	people.Wait()
	if leads := h.vase.Leader().Amount; leads != n || h.look(c) != n {
		c.Return(fmt.Sprintf("the highest of all bids is %d, and the leader has bid %d", n, leads))
	}
}

// sleepy is about a screen that is slow: when it looks on, what tells that the board has
// changed meanwhile may be what it was. Each bid changes it once or twice.
func sleepy(_ *hall, c *contract.Call) {
	h := &hall{vase: auction.New()}
	for range 3 {
		h.vase.Offer(vaseBid(h.call()))
	}
	var people sync.WaitGroup
	people.Go(func() { h.look(c) })
	people.Go(func() {
		if leader := h.vase.Leader(); leader != vaseBid(leader.Amount) {
			c.Return("somebody leads who has not bid so")
		}
	})
	people.Go(func() {
		for range contract.Cycle(600) {
			h.vase.Offer(vaseBid(h.call()))
		}
	})
	people.Wait()
}

// bidsMost is about a bid that is higher than all that come meanwhile, however many.
func bidsMost(_ *hall, c *contract.Call) {
	const million = 1_000_000
	b := auction.New()
	var people sync.WaitGroup
	people.Go(func() {
		for i := range 3 + contract.Largest(1, 2, 2_000) {
			b.Offer(vaseBid(1 + i))
		}
	})
	people.Go(func() {
		if !b.Offer(vaseBid(million)) {
			c.Return("the highest bid does not lead")
		}
	})
	people.Wait()
	c.Return(b.Leader())
}
