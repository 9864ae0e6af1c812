package auction_test

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	auction "racelab/exercises/08-half-locked"
)

// The holder of paddle p bids amounts that end in the digit p, which is how a
// mixture of two bids is recognised.
func bid(paddle, tens int) auction.Bid {
	return auction.Bid{Paddle: paddle, Amount: 10*tens + paddle}
}

// together runs the tasks at the same time and returns when all are done.
func together(tasks ...func()) {
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			<-gate
			task()
		})
	}
	close(gate)
	wg.Wait()
}

// offers makes a bid for each of the tens, and returns those that led.
func offers(b *auction.Board, paddle int, tens ...int) (led []auction.Bid) {
	for _, n := range tens {
		if b.Offer(bid(paddle, n)) {
			led = append(led, bid(paddle, n))
		}
	}
	return led
}

// whole checks that a bid is one that somebody made.
func whole(t *testing.T, got auction.Bid) {
	t.Helper()
	if got.Amount%10 != got.Paddle {
		t.Errorf("paddle %d is shown with %d, which somebody else bid", got.Paddle, got.Amount)
	}
}

// watchLeader looks at the leader a few times, as a screen does.
func watchLeader(t *testing.T, b *auction.Board, times int) {
	t.Helper()
	last := 0
	for range times {
		leader := b.Leader()
		whole(t, leader)
		if leader.Amount < last {
			t.Errorf("the highest bid fell from %d to %d", last, leader.Amount)
		}
		last = leader.Amount
	}
}

// watchLatest looks at the latest bids a few times.
func watchLatest(t *testing.T, b *auction.Board, times int) {
	t.Helper()
	for range times {
		latest := b.Latest()
		if len(latest) > 3 {
			t.Errorf("Latest returned %d bids, want at most 3", len(latest))
		}
		for i, got := range latest {
			whole(t, got)
			if got.Amount == 0 {
				t.Errorf("Latest has an empty place: %v", latest)
			}
			if i > 0 && got.Amount >= latest[i-1].Amount {
				t.Errorf("Latest is not in falling order: %v", latest)
			}
		}
	}
}

func newestFirst(a, b auction.Bid) int { return cmp.Compare(b.Amount, a.Amount) }

// What one person sees who bids and looks alone.
func TestBoard(t *testing.T) {
	b := auction.New()
	if got := b.Leader(); got != (auction.Bid{}) {
		t.Errorf("Leader() = %v before the first bid", got)
	}
	if got := b.Latest(); len(got) != 0 {
		t.Errorf("Latest() = %v before the first bid", got)
	}
	led := offers(b, 1, 5, 4, 5, 6, 7, 8)
	if want := []auction.Bid{bid(1, 5), bid(1, 6), bid(1, 7), bid(1, 8)}; !slices.Equal(led, want) {
		t.Errorf("%v led, want %v", led, want)
	}
	if got, want := b.Latest(), []auction.Bid{bid(1, 8), bid(1, 7), bid(1, 6)}; !slices.Equal(got, want) {
		t.Errorf("Latest() = %v, want %v", got, want)
	}
	t.Attr("leader", fmt.Sprintf("%+v", b.Leader()))
}

// Two lots have two boards.
func TestTwoLots(t *testing.T) {
	lamp := auction.New()
	offers(lamp, 1, 7)
	clock := auction.New()
	if got := clock.Latest(); len(got) != 0 {
		t.Errorf("Latest() = %v before the first bid for the second lot", got)
	}
	if led := offers(clock, 2, 3); len(led) != 1 {
		t.Error("the first bid for the second lot does not lead")
	}
	if got, want := lamp.Latest(), []auction.Bid{bid(1, 7)}; !slices.Equal(got, want) {
		t.Errorf("Latest() = %v for the first lot, want %v", got, want)
	}
	if got, want := clock.Leader(), bid(2, 3); got != want {
		t.Errorf("Leader() = %v for the second lot, want %v", got, want)
	}
	t.Attr("leader", fmt.Sprintf("%+v", lamp.Leader()))
}

// A screen shows the leader while two people bid.
func TestLeader(t *testing.T) {
	b := auction.New()
	together(
		func() { offers(b, 1, 1, 3) },
		func() { offers(b, 2, 2, 4) },
		func() { watchLeader(t, b, 3) },
	)
	t.Attr("leader", fmt.Sprintf("%+v", b.Leader()))
}

// A screen shows the latest bids while two people bid.
func TestLatest(t *testing.T) {
	b := auction.New()
	together(
		func() { offers(b, 1, 1, 3) },
		func() { offers(b, 2, 2, 4) },
		func() { watchLatest(t, b, 3) },
	)
	t.Attr("leader", fmt.Sprintf("%+v", b.Leader()))
}

// A bid comes when the screens have already been looking for a while.
func TestLateBid(t *testing.T) {
	b := auction.New()
	offers(b, 1, 1, 2)
	together(
		func() { watchLeader(t, b, 1) },
		func() { watchLatest(t, b, 1) },
		func() {
			time.Sleep(time.Millisecond) // likely after they have looked, and not ordered by it
			offers(b, 2, 3)
		},
	)
	t.Attr("leader", fmt.Sprintf("%+v", b.Leader()))
}

// A screen was handed the latest bids and draws them slowly, while the bidding
// goes on.
func TestSlowScreen(t *testing.T) {
	b := auction.New()
	offers(b, 1, 1, 2, 3)
	latest := b.Latest()
	together(
		func() {
			if want := []auction.Bid{bid(1, 3), bid(1, 2), bid(1, 1)}; !slices.Equal(latest, want) {
				t.Errorf("the screen was handed %v, and now has %v", want, latest)
			}
		},
		func() {
			offers(b, 2, 4)
			watchLatest(t, b, 1) // another screen, which shows the new bid
		},
	)
	t.Attr("leader", fmt.Sprintf("%+v", b.Leader()))
}

// Three people outbid each other. The bids that led are on the board, in the
// order of their amounts.
func TestBidding(t *testing.T) {
	b := auction.New()
	var first, second, third []auction.Bid
	together(
		func() { first = offers(b, 1, 1, 4) },
		func() { second = offers(b, 2, 2, 5) },
		func() { third = offers(b, 3, 3) },
	)
	led := slices.Concat(first, second, third)
	slices.SortFunc(led, newestFirst)
	led = led[:min(3, len(led))]
	if got := b.Latest(); !slices.Equal(got, led) {
		t.Errorf("Latest() = %v, but the highest bids that led are %v", got, led)
	}
	if got, want := b.Leader(), bid(2, 5); got != want {
		t.Errorf("Leader() = %v, want %v", got, want)
	}
	t.Attr("leader", fmt.Sprintf("%+v", b.Leader()))
}
