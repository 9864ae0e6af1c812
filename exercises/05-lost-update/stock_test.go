package stock_test

import (
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	stock "racelab/exercises/05-lost-update"
)

// Four clerks put a crate on the same shelf, twice each. No crate is lost, and
// each update reports a number of its own: the one it wrote.
func TestDeliveries(t *testing.T) {
	const clerks, each = 4, 2
	shelf := stock.NewShelf(0)
	written := make([][]int, clerks)
	together(clerks, func(i int) {
		for range each {
			crates, err := shelf.Update(add(1))
			if err != nil {
				t.Errorf("Update: %v", err)
			}
			written[i] = append(written[i], crates)
		}
	})

	checkCrates(t, shelf, clerks*each)
	got := slices.Sorted(slices.Values(slices.Concat(written...)))
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8}; !slices.Equal(got, want) {
		t.Errorf("the %d updates returned %v; want each of %v once", clerks*each, got, want)
	}
}

// Three crates are left, and two customers want two each. One gets two crates,
// the other is told that there are too few. After that the shelf is still in use.
func TestOrders(t *testing.T) {
	shelf := stock.NewShelf(3)
	errs := make([]error, 2)
	together(len(errs), func(i int) {
		_, errs[i] = shelf.Update(take(2))
	})

	served := 0
	for _, err := range errs {
		switch {
		case err == nil:
			served++
		case !errors.Is(err, errTooFew):
			t.Errorf("Update: %v; want %v or none", err, errTooFew)
		}
	}
	if served != 1 {
		t.Errorf("of 3 crates %d customers were served with 2 each; want 1", served)
	}
	if crates, err := shelf.Update(add(10)); crates != 11 || err != nil {
		t.Errorf("the delivery of 10 crates after that returned %d, %v; want 11, no error", crates, err)
	}
	checkCrates(t, shelf, 11)
}

// The manager looks into the book while crates are being delivered. As none is
// taken away, the number never goes down.
func TestReadingMeanwhile(t *testing.T) {
	shelf := stock.NewShelf(0)
	var seen []int
	together(2, func(i int) {
		for range 3 {
			if i == 0 {
				_, _ = shelf.Update(add(5)) // add knows no errors
			} else {
				seen = append(seen, shelf.Crates())
				time.Sleep(moment)
			}
		}
	})
	if !slices.IsSorted(seen) {
		t.Errorf("while crates were only added, the book said %v", seen)
	}
	for _, crates := range seen {
		if crates%5 != 0 {
			t.Errorf("the book said %d, which nobody has written", crates)
		}
	}
	checkCrates(t, shelf, 15)
}

// A slow clerk and a quick one work at the same shelf. Whenever the slow one has
// walked there once, the quick one has already changed the number; in the end
// both are done.
func TestSlowAndQuick(t *testing.T) {
	const quickly = 36
	shelf := stock.NewShelf(0)
	together(2, func(i int) {
		if i == 0 {
			_, err := shelf.Update(func(crates int) (int, error) {
				time.Sleep(3 * moment)
				return crates + 1, nil
			})
			if err != nil {
				t.Errorf("Update of the slow clerk: %v", err)
			}
			return
		}
		for range quickly {
			time.Sleep(moment)
			if _, err := shelf.Update(func(crates int) (int, error) { return crates + 1, nil }); err != nil {
				t.Errorf("Update of the quick clerk: %v", err)
			}
		}
	})
	checkCrates(t, shelf, 1+quickly)
}

// A thousand clerks come to the same shelf while the first one is there. Where many take
// long, as while racelab explores, testing.Short is true, and the test is left out.
func TestRushHour(t *testing.T) {
	if testing.Short() {
		t.Skip("1,000 clerks take too long")
	}
	const clerks = 1000
	shelf := stock.NewShelf(0)
	var come sync.WaitGroup
	come.Add(clerks)
	written := make([]int, clerks)
	together(clerks, func(i int) {
		come.Done()
		crates, err := shelf.Update(func(crates int) (int, error) {
			come.Wait()
			return crates + 1, nil
		})
		if err != nil {
			t.Errorf("Update: %v", err)
		}
		written[i] = crates
	})

	checkCrates(t, shelf, clerks)
	slices.Sort(written)
	for i, crates := range written {
		if crates != i+1 {
			t.Fatalf("%d updates returned a number twice, or none: %d instead of %d", clerks, crates, i+1)
		}
	}
}

// Each of two clerks works at a different shelf, and does not finish before both
// have begun.
func TestShelvesAreIndependent(t *testing.T) {
	shelves := []*stock.Shelf{stock.NewShelf(10), stock.NewShelf(20)}
	here := []chan struct{}{make(chan struct{}), make(chan struct{})}
	together(len(shelves), func(i int) {
		arrive := sync.OnceFunc(func() { close(here[i]) }) // change may be called again
		crates, err := shelves[i].Update(func(crates int) (int, error) {
			arrive()
			<-here[1-i]
			return crates + 1, nil
		})
		if want := 10*(i+1) + 1; crates != want || err != nil {
			t.Errorf("shelf %d: Update = %d, %v; want %d, no error", i, crates, err, want)
		}
	})
}

// moment is how long a clerk takes to walk to a shelf.
const moment = time.Millisecond

var errTooFew = errors.New("too few crates")

func add(n int) func(int) (int, error) {
	return func(crates int) (int, error) {
		time.Sleep(moment)
		return crates + n, nil
	}
}

func take(n int) func(int) (int, error) {
	return func(crates int) (int, error) {
		time.Sleep(moment)
		if crates < n {
			return 0, errTooFew
		}
		return crates - n, nil
	}
}

func checkCrates(t *testing.T, shelf *stock.Shelf, want int) {
	t.Helper()
	got := shelf.Crates()
	if got != want {
		t.Errorf("%d crates in the book; want %d", got, want)
	}
	t.Attr("crates", strconv.Itoa(got))
}

// together calls do(0) … do(n-1) in goroutines that set out at the same time,
// and returns when all of them are done.
func together(n int, do func(i int)) {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	wg.Wait()
}
