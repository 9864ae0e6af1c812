package stock_test

import (
	"errors"
	"fmt"
	"math"

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

var errBroken = errors.New("the crates are broken")

// Contract is what one can do with shelves.
func Contract() contract.Contract {
	type ops = []contract.Op[*warehouse]
	a := func(w *warehouse, _ int) *stock.Shelf { return w.a }
	b := func(w *warehouse, _ int) *stock.Shelf { return w.b }
	own := func(w *warehouse, goroutine int) *stock.Shelf { return w.own[goroutine] }
	terms := contract.Terms[*warehouse]{Ops: ops{
		updating("a", a, "add 1", adding(1)),
		updating("a", a, "double", func(crates int) (int, error) { return 2 * crates, nil }),
		updating("a", a, "take 2, if there are", func(crates int) (int, error) {
			if crates < 2 {
				return 0, errTooFew
			}
			return crates - 2, nil
		}),
		updating("a", a, "as it was", adding(0)),
		updating("a", a, "77 and an error", func(int) (int, error) { return 77, errBroken }),
		reading("a", a),
		updating("b", b, "add 5", adding(5)),
		reading("b", b),
		updating("own", own, "add 1", adding(1)),
		{Text: "shelves with extreme numbers of crates", Alone: true, Do: extremes},
		{Text: "a.Crates(), b.Crates()", Finally: true, Do: func(w *warehouse, c *contract.Call) { c.Return(w.a.Crates(), w.b.Crates()) }},
		{Text: "a.Update(add 1)", Finally: true, Do: func(w *warehouse, c *contract.Call) { c.Return(w.a.Update(adding(1))) }},
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
	switch {
	case err == nil:
		return fmt.Sprint(crates)
	case errors.Is(err, errTooFew):
		return "too few"
	case errors.Is(err, errBroken):
		return "broken"
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
			_, err = shelf.Update(func(int) (int, error) { return crates, errBroken })
			c.Return(outcome(0, err), shelf.Crates())
			crates = next
		}
	}
}
