package stock_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	stock "racelab/exercises/05-lost-update"
)

// warehouse is where a scenario takes place. A clerk may have a shelf alone.
type warehouse struct {
	a, b *stock.Shelf
	own  []*stock.Shelf // by goroutine
}

// clerks is at least how many goroutines a scenario has.
const clerks = 17

// brokenError is that of a clerk who has seen so many broken crates. It wraps another
// error, and is not that one.
type brokenError struct{ crates int }

func (e brokenError) Error() string { return fmt.Sprint(e.crates, " crates are broken") }

func (brokenError) Unwrap() error { return errors.New("they fell down") }

// Contract is what one can do with shelves.
func Contract() contract.Contract {
	type ops = []contract.Op[*warehouse]
	a := func(w *warehouse, _ int) *stock.Shelf { return w.a }
	b := func(w *warehouse, _ int) *stock.Shelf { return w.b }
	own := func(w *warehouse, goroutine int) *stock.Shelf { return w.own[goroutine] }
	terms := contract.Terms[*warehouse]{Ops: ops{
		updating("a", a, "add 1", adding(1)),
		updating("a", a, "double", func(crates int) (int, error) { return 2 * crates, nil }),
		updating("a", a, "take 2, if there are", take2),
		updating("a", a, "as it was", adding(0)),
		updating("a", a, "77 and an error", breaking),
		reading("a", a),
		updating("b", b, "add 5", adding(5)),
		reading("b", b),
		updating("own", own, "add 1", adding(1)),
		{Text: "shelves with extreme numbers of crates", Apart: true, Do: extremes},
		{Text: "a slow clerk adds 1, and each of 1,100 times that he looks a quick one is ahead of him", Apart: true, Do: ahead(1_100, 1)},
		{Text: "a slow clerk adds 1, and while he looks a quick one does so 256 times", Apart: true, Do: ahead(1, 256)},
		{Text: "shelves are put up while another one is in use", Apart: true, Do: putUp},
		{Text: "while a clerk is at a shelf, another shelf is put up and used", Apart: true, Do: meanwhile},
		{Text: "a clerk is at a shelf, and as often as he looks, one of another shelf has been quicker", Apart: true, Do: elsewhere},
		{Text: "changes that return errors of many sorts", Apart: true, Do: refusals},
		{Text: "300 clerks at one shelf at the same time", Apart: true, Do: busy},
		{Text: "a.Crates(), b.Crates()", Finally: true, Do: func(w *warehouse, c *contract.Call) { c.Return(w.a.Crates(), w.b.Crates()) }},
		finally("a.Update(77 and an error)", breaking),
		finally("a.Update(add 1)", adding(1)),
	}}
	for i, crates := range []int{0, 3, 1 << 40} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*warehouse]{
			Text: fmt.Sprintf("a, b := stock.NewShelf(%d), stock.NewShelf(7) // between them are %d others", crates, others),
			Open: func() *warehouse {
				w := &warehouse{a: stock.NewShelf(crates)}
				for range others {
					stock.NewShelf(1)
				}
				w.b = stock.NewShelf(7)
				for range clerks {
					w.own = append(w.own, stock.NewShelf(0))
				}
				return w
			},
		})
	}
	return contract.Of(terms)
}

func adding(n int) func(int) (int, error) {
	return func(crates int) (int, error) { return crates + n, nil }
}

func take2(crates int) (int, error) {
	if crates < 2 {
		return 0, errTooFew
	}
	return crates - 2, nil
}

func breaking(crates int) (int, error) { return 77, brokenError{crates} }

func finally(text string, change func(int) (int, error)) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{
		Text: text, Finally: true,
		Do: func(w *warehouse, c *contract.Call) { c.Return(outcome(w.a.Update(change))) },
	}
}

func updating(name string, shelf func(w *warehouse, goroutine int) *stock.Shelf, text string, change func(int) (int, error)) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{
		Text: fmt.Sprintf("%s.Update(%s)", name, text), Calls: true,
		Do: func(w *warehouse, c *contract.Call) {
			crates, err := shelf(w, c.Goroutine()).Update(func(crates int) (int, error) {
				c.Inside()
				return change(crates)
			})
			c.Return(outcome(crates, err))
		},
	}
}

func reading(name string, shelf func(w *warehouse, goroutine int) *stock.Shelf) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{
		Text: name + ".Crates()",
		Do:   func(w *warehouse, c *contract.Call) { c.Return(shelf(w, c.Goroutine()).Crates()) },
	}
}

// outcome is what Update returned. The number counts only if there is no error.
func outcome(crates int, err error) string {
	broken, ok := errors.AsType[brokenError](err)
	switch {
	case err == nil:
		return fmt.Sprint(crates)
	case errors.Is(err, errTooFew):
		return "too few"
	case ok:
		return broken.Error()
	}
	return "an error that is not that of change"
}

// extremes is about numbers that are unusual and numbers all the same. change gets the
// number that is there.
func extremes(_ *warehouse, c *contract.Call) {
	for _, crates := range []int{math.MaxInt, math.MinInt, -1, 0, math.MaxInt32 + 1, 1 << 62} {
		shelf := stock.NewShelf(crates)
		c.Return(shelf.Crates())
		for _, next := range []int{-5, math.MinInt, math.MaxInt, -1, 0, math.MinInt + 1} {
			got, err := shelf.Update(func(before int) (int, error) {
				if before != crates {
					c.Return(fmt.Sprintf("change gets %d instead of %d", before, crates))
				}
				return next, nil
			})
			c.Return(outcome(got, err), shelf.Crates())
			_, err = shelf.Update(func(before int) (int, error) { return crates, brokenError{before} })
			c.Return(outcome(0, err), shelf.Crates())
			crates = next
		}
	}
}

// putUp is about shelves that are new while others are in use.
func putUp(_ *warehouse, c *contract.Call) {
	shelf := stock.NewShelf(0)
	var onNew int
	var at sync.WaitGroup
	at.Go(func() {
		for range 3 {
			_, _ = shelf.Update(adding(1))
			shelf.Crates()
		}
	})
	at.Go(func() {
		for crates := range 3 {
			one := stock.NewShelf(crates)
			_, _ = one.Update(adding(1))
			onNew += one.Crates()
		}
	})
	at.Wait()
	c.Return(shelf.Crates(), onNew)
}

// meanwhile is about a clerk who is at his shelf until a new one has been put up, changed
// and read.
func meanwhile(_ *warehouse, c *contract.Call) {
	shelf := stock.NewShelf(0)
	begun, used := make(chan struct{}), make(chan struct{})
	begin := sync.OnceFunc(func() { close(begun) }) // change may be called again
	go func() {
		defer close(used)
		<-begun
		one := stock.NewShelf(5)
		crates, err := one.Update(adding(1))
		c.Return(outcome(crates, err), one.Crates())
	}()
	crates, err := shelf.Update(func(crates int) (int, error) {
		begin()
		<-used
		return crates + 1, nil
	})
	c.Return(outcome(crates, err))
}

// elsewhere is about a clerk who is never at his shelf without work that ends at another
// one meanwhile. As nobody else is at his own, that is nothing to start again for.
func elsewhere(_ *warehouse, c *contract.Call) {
	const most = 50
	shelf, other := stock.NewShelf(0), stock.NewShelf(0)
	looks := make(chan chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(over)
		for done := range looks {
			_, _ = other.Update(adding(1))
			close(done)
		}
	}()
	looked := 0
	crates, err := shelf.Update(func(crates int) (int, error) {
		if looked++; looked <= most {
			done := make(chan struct{})
			looks <- done
			<-done
		}
		return crates + 1, nil
	})
	close(looks)
	<-over
	if looked > most {
		c.Return(fmt.Sprintf("has looked %d times, once for each update of another shelf", looked))
	}
	c.Return(outcome(crates, err))
}

// late is an error of a clerk who has waited in vain. Who asks again, hears the same.
type late struct{}

func (late) Error() string { return "too late" }
func (late) Timeout() bool { return true }

// refusals is about errors that mean something elsewhere. Here they are those of change.
func refusals(_ *warehouse, c *contract.Call) {
	shelf := stock.NewShelf(3)
	for _, want := range []error{late{}, context.Canceled, context.DeadlineExceeded, io.EOF, fmt.Errorf("at the shelf: %w", io.EOF)} {
		_, err := shelf.Update(func(crates int) (int, error) { return crates + 1, want })
		c.Return(errors.Is(err, want), shelf.Crates())
	}
}

// busy is about very many clerks, of whom the first one is held up until all have come.
// Each of them is told a number of its own.
func busy(_ *warehouse, c *contract.Call) {
	const n = 300
	shelf := stock.NewShelf(0)
	come := make(chan struct{})
	var told [n]int
	var errs [n]error
	var at sync.WaitGroup
	for i := range n {
		at.Go(func() {
			told[i], errs[i] = shelf.Update(func(crates int) (int, error) {
				<-come
				return crates + 1, nil
			})
		})
	}
	contract.Rest(time.Millisecond)
	close(come)
	at.Wait()
	slices.Sort(told[:])
	for i := range n {
		if told[i] != i+1 || errs[i] != nil {
			c.Return("a clerk is told", outcome(told[i], errs[i]))
		}
	}
	c.Return(shelf.Crates())
}

// ahead is about a slow clerk and a quick one, who adds that many crates each of the
// first times that the slow one looks, unless he has to wait for him.
func ahead(looks, each int) func(*warehouse, *contract.Call) {
	return func(_ *warehouse, c *contract.Call) {
		shelf := stock.NewShelf(0)
		begun, done := make(chan struct{}, 1), make(chan struct{})
		added := 0
		go func() {
			defer close(done)
			for range begun {
				for range each {
					if _, err := shelf.Update(adding(1)); err == nil {
						added++
					}
				}
			}
		}()
		looked := 0
		_, err := shelf.Update(func(crates int) (int, error) {
			if looked++; looked <= looks {
				select {
				case begun <- struct{}{}:
				default: // he waits already
				}
				contract.Rest(time.Millisecond)
			}
			return crates + 1, nil
		})
		close(begun)
		<-done
		c.Return(outcome(shelf.Crates()-added, err))
	}
}
