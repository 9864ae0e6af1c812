package boxoffice_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	boxoffice "racelab/exercises/02-lock-reentry"
)

// A quiet evening: one clerk, one customer after the other.
func TestQuietEvening(t *testing.T) {
	o := boxoffice.Open(5)
	book(t, o, "Ada", 2, []int{0, 1})
	book(t, o, "Ben", 2, []int{2, 3})
	wantCounts(t, o, 4, 1)
	book(t, o, "Cid", 2, nil)
	wantCounts(t, o, 4, 1)
	if got := o.Return("Ada"); got != 2 {
		t.Errorf("Ada had 2 seats; Return gave back %d", got)
	}
	wantCounts(t, o, 2, 3)
	book(t, o, "Cid", 3, []int{0, 1, 4})
	wantCounts(t, o, 5, 0)
	if got := o.Return("Dan"); got != 0 {
		t.Errorf("Dan had no seats; Return gave back %d", got)
	}

	// The hall next door has nothing to do with it.
	next := boxoffice.Open(1)
	book(t, next, "Ada", 1, []int{0})
	wantCounts(t, next, 1, 0)
	next.Close()
	wantCounts(t, o, 5, 0)
	closeWith(t, o, "Cid Cid Ben Ben Cid")
}

// Three clerks have five seats left, and each has a customer who wants two:
// two of the three get what they want, wherever they sit, and no seat is sold
// twice.
func TestLastSeats(t *testing.T) {
	o := boxoffice.Open(5)
	names := []string{"Ada", "Ben", "Cid"}
	got := make([][]int, len(names))
	atOnce(
		func() { got[0] = bookSome(t, o, "Ada", 2) },
		func() { got[1] = bookSome(t, o, "Ben", 2) },
		func() { got[2] = bookSome(t, o, "Cid", 2) },
	)
	wantCounts(t, o, 4, 1)
	plan := o.Close()
	sold := 0
	for i, numbers := range got {
		sold += len(numbers)
		if len(numbers) != 0 && len(numbers) != 2 {
			t.Errorf("%s wanted 2 seats or none and got %v", names[i], numbers)
		}
		for _, number := range numbers {
			if plan[number] != names[i] {
				t.Errorf("%s bought seat %d, but the plan says %q", names[i], number, plan[number])
			}
		}
	}
	if sold != 4 {
		t.Errorf("%d of 5 seats were sold by twos, want 4", sold)
	}
	t.Attr("sold", fmt.Sprint(sold))
}

// One customer wants two seats at the moment when another gives two back, the
// only ones there are.
func TestReturnedSeats(t *testing.T) {
	o := boxoffice.Open(2)
	book(t, o, "Ada", 2, []int{0, 1})
	var ben []int
	returned := 0
	atOnce(
		func() { returned = o.Return("Ada") },
		func() { ben = bookSome(t, o, "Ben", 2) },
	)
	if returned != 2 {
		t.Errorf("Ada had 2 seats; Return gave back %d", returned)
	}
	if len(ben) != 0 && len(ben) != 2 {
		t.Errorf("Ben wanted 2 seats or none and got %v", ben)
	}
	wantCounts(t, o, len(ben), 2-len(ben))
	o.Close()
}

// While one clerk sells and takes back, another one asks how many are sold.
func TestAskSold(t *testing.T) {
	askMeanwhile(t, func(o *boxoffice.Office) string { return fmt.Sprint(o.Sold()) }, "0", "2")
}

// The same with the free seats.
func TestAskFree(t *testing.T) {
	askMeanwhile(t, func(o *boxoffice.Office) string { return fmt.Sprint(o.Free()) }, "3", "1")
}

// The same with the board, whose two numbers are those of one moment.
func TestReadBoard(t *testing.T) {
	askMeanwhile(t, (*boxoffice.Office).Board, "0 sold, 3 free", "2 sold, 1 free")
}

// Two clerks ask at the same time, and nothing changes meanwhile.
func TestTwoBoards(t *testing.T) {
	o := boxoffice.Open(4)
	book(t, o, "Ada", 1, []int{0})
	ask := func() { wantCounts(t, o, 1, 3) }
	atOnce(ask, ask)
	closeWith(t, o, "Ada - - -")
}

// When the sale begins, 600 clerks want a seat each, and there are as many.
func TestSaleBegins(t *testing.T) {
	if testing.Short() {
		t.Skip("600 clerks are too many to try their orders")
	}
	const clerks = 600
	o := boxoffice.Open(clerks)
	numbers := make([][]int, clerks)
	sell := make([]func(), clerks)
	for i := range sell {
		sell[i] = func() { numbers[i] = bookSome(t, o, fmt.Sprint("customer ", i), 1) }
	}
	atOnce(sell...)
	all := slices.Sorted(slices.Values(slices.Concat(numbers...)))
	if sold, seats := len(all), len(slices.Compact(all)); sold != clerks || seats != clerks {
		t.Errorf("%d clerks wanted a seat each, and there were as many: %d were sold, which are %d seats", clerks, sold, seats)
	}
	wantCounts(t, o, clerks, 0)
	o.Close()
}

// askMeanwhile asks twice while seats of a hall with three are sold and come
// back by twos, so that every answer must be one of the possible ones.
func askMeanwhile(t *testing.T, ask func(*boxoffice.Office) string, possible ...string) {
	t.Helper()
	o := boxoffice.Open(3)
	atOnce(
		func() {
			bookSome(t, o, "Ada", 2)
			o.Return("Ada")
			bookSome(t, o, "Ben", 2)
		},
		func() {
			for range 2 {
				if got := ask(o); !slices.Contains(possible, got) {
					t.Errorf("with 0 or 2 of 3 seats sold, the answer was %q", got)
				}
			}
		},
	)
	closeWith(t, o, "Ben Ben -")
}

// book books seats that must turn out to be want; nil stands for sold out.
func book(t *testing.T, o *boxoffice.Office, name string, n int, want []int) {
	t.Helper()
	if got := bookSome(t, o, name, n); !slices.Equal(got, want) {
		t.Errorf("%s booked %d seats and got %v, want %v", name, n, got, want)
	}
}

// bookSome books seats and returns their numbers from the lowest to the highest, none
// where they are sold out.
func bookSome(t *testing.T, o *boxoffice.Office, name string, n int) []int {
	t.Helper()
	numbers, err := o.Book(name, n)
	if err != nil && !errors.Is(err, boxoffice.ErrSoldOut) {
		t.Errorf("%s booked %d seats: unexpected error %v", name, n, err)
	}
	if (err != nil) != (len(numbers) == 0) {
		t.Errorf("%s booked %d seats and got %v with the error %v", name, n, numbers, err)
	}
	return slices.Sorted(slices.Values(numbers))
}

func wantCounts(t *testing.T, o *boxoffice.Office, sold, free int) {
	t.Helper()
	if got := o.Sold(); got != sold {
		t.Errorf("Sold is %d, want %d", got, sold)
	}
	if got := o.Free(); got != free {
		t.Errorf("Free is %d, want %d", got, free)
	}
	if got, want := o.Board(), fmt.Sprintf("%d sold, %d free", sold, free); got != want {
		t.Errorf("Board is %q, want %q", got, want)
	}
}

// closeWith closes the office and compares and records the seating plan, which
// it writes as names with "-" for a free seat.
func closeWith(t *testing.T, o *boxoffice.Office, want string) {
	t.Helper()
	plan := slices.Clone(o.Close())
	for number, name := range plan {
		if name == "" {
			plan[number] = "-"
		}
	}
	got := strings.Join(plan, " ")
	if got != want {
		t.Errorf("the seating plan is %q, want %q", got, want)
	}
	t.Attr("plan", got)
}

// atOnce runs the functions in goroutines of their own, which start together,
// and returns when all have ended.
func atOnce(functions ...func()) {
	start := make(chan struct{})
	var all sync.WaitGroup
	for _, f := range functions {
		all.Go(func() {
			<-start
			f()
		})
	}
	close(start)
	all.Wait()
}
