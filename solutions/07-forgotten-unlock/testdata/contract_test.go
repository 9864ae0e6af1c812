package boxoffice_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"racelab/checker/labrt/contract"
	boxoffice "racelab/exercises/07-forgotten-unlock"
)

// theatre is where a scenario takes place. There are two performances.
type theatre struct {
	matinee, evening *boxoffice.Office

	rows, seatsPerRow int
}

// Seats of every theatre. Nobody may change these lists.
var (
	corner = boxoffice.Seat{Row: 0, Number: 0}
	middle = boxoffice.Seat{Row: 1, Number: 1}
	pair   = []boxoffice.Seat{middle, corner}
	again  = []boxoffice.Seat{corner, corner}
	free   = boxoffice.Seat{Row: 0, Number: 2} // nobody asks for it before the others have gone
)

// last is the seat in the far corner.
func (h *theatre) last() boxoffice.Seat {
	return boxoffice.Seat{Row: h.rows - 1, Number: h.seatsPerRow - 1}
}

// outside are seats that no theatre has, but one that counts them through might think
// that it does.
func (h *theatre) outside() []boxoffice.Seat {
	return []boxoffice.Seat{
		{Row: h.rows},
		{Row: 0, Number: h.seatsPerRow},
		{Row: -1, Number: h.seatsPerRow},
		{Row: 1, Number: -1},
		{Row: h.rows - 1, Number: h.seatsPerRow},
		{Row: -1, Number: -1},
		{Row: 1 << 62, Number: 0},
		{Row: 0, Number: 1 << 32},
	}
}

// Contract is what one can do with the offices of a theatre.
func Contract() contract.Contract {
	type ops = []contract.Op[*theatre]
	terms := contract.Terms[*theatre]{Ops: ops{
		selling("Seat{0, 0}", "Ada", func(*theatre) boxoffice.Seat { return corner }),
		selling("Seat{1, 1}", "Bob", func(*theatre) boxoffice.Seat { return middle }),
		selling("last", "Cyd", (*theatre).last),
		groupOf("[]Seat{{1, 1}, {0, 0}}", func(*theatre) []boxoffice.Seat { return pair }),
		groupOf("[]Seat{{0, 0}, {0, 0}}", func(*theatre) []boxoffice.Seat { return again }),
		groupOf("[]Seat{last, {1, 1}}", func(h *theatre) []boxoffice.Seat { return []boxoffice.Seat{h.last(), middle} }),
		{Text: `o.SellGroup(stalls, "the club")`, Do: toTheClub, Steps: inSteps},
		looking("Seat{0, 0}", func(*theatre) boxoffice.Seat { return corner }),
		looking("last", (*theatre).last),
		{Text: "o.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.matinee.Sold()) }},
		{Text: `evening.Sell(Seat{1, 1}, "Dan")`, Do: func(h *theatre, c *contract.Call) { c.Return(sale(h.evening.Sell(middle, "Dan"))) }},
		{Text: "evening.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.evening.Sold()) }},
	}}
	nobody := groupOf("[]Seat{}", func(*theatre) []boxoffice.Seat { return []boxoffice.Seat{} })
	nobody.Alone = true
	terms.Ops = append(terms.Ops, nobody)
	for i := range (&theatre{}).outside() {
		terms.Ops = append(terms.Ops, noSuchSeat(i))
	}
	terms.Ops = append(terms.Ops, ops{
		{Text: "boxoffice.New(17, 17), of which every seat is sold twice, to people with long names", Apart: true, Do: func(_ *theatre, c *contract.Call) { soldOut(c) }},
		{Text: "boxoffice.New(300, 3), and groups that ask for all seats", Apart: true, Do: func(_ *theatre, c *contract.Call) { large(c, 300, 3) }},
		{Text: "boxoffice.New(3, 300), and groups that ask for all seats", Apart: true, Do: func(_ *theatre, c *contract.Call) { large(c, 3, 300) }},
		{Text: "boxoffice.New(2, 1500), and groups that ask for all seats", Apart: true, Do: func(_ *theatre, c *contract.Call) { large(c, 2, 1500) }},
		{Text: "boxoffice.New(2, 3), and groups that ask for seats that are not there", Apart: true, Do: func(_ *theatre, c *contract.Call) { halfwayOut(c) }},
		{Text: "performances are announced while another one is on sale", Apart: true, Do: func(_ *theatre, c *contract.Call) { announced(c) }},
		{Text: "boxoffice.New(0, 0).Sold()", Apart: true, Do: func(_ *theatre, c *contract.Call) { c.Return(boxoffice.New(0, 0).Sold()) }},
		{Text: "o.Sold(), and who has which seat", Do: func(h *theatre, c *contract.Call) { c.Return(h.books(h.matinee)) }, Finally: true},
		{Text: "evening.Sold(), and who has which seat", Do: func(h *theatre, c *contract.Call) { c.Return(h.books(h.evening)) }, Finally: true},
		{Text: `o.Sell(free, "Fay"), evening.Sell(free, "Fay"), and who has which seat`, Do: sellingOn, Finally: true},
	}...)
	terms.Setups = []contract.Setup[*theatre]{
		performances("", 2, 3, ""), performances("", 10, 13, ""), performances(`; o.Sell(Seat{1, 1}, "Zoe"); evening.Sell(Seat{0, 0}, "Zoe")`, 2, 3, "Zoe"),
	}
	return contract.Of(terms)
}

// performances opens a theatre, in which somebody may have seats from the beginning.
func performances(text string, rows, number int, early string) contract.Setup[*theatre] {
	return contract.Setup[*theatre]{
		Text: fmt.Sprintf("o, evening, last := boxoffice.New(%d, %d), boxoffice.New(%d, %d), Seat{%d, %d}%s", rows, number, rows, number, rows-1, number-1, text),
		Open: func() *theatre {
			h := &theatre{matinee: boxoffice.New(rows, number), evening: boxoffice.New(rows, number), rows: rows, seatsPerRow: number}
			if early != "" {
				_, _ = h.matinee.Sell(middle, early), h.evening.Sell(corner, early)
			}
			return h
		},
	}
}

// selling is a customer who wants a seat, and then looks who has it.
func selling(text, customer string, seat func(*theatre) boxoffice.Seat) contract.Op[*theatre] {
	return contract.Op[*theatre]{
		Text: fmt.Sprintf("o.Sell(%s, %q), o.Holder(%s)", text, customer, text),
		Do: func(h *theatre, c *contract.Call) {
			c.Return(sale(h.matinee.Sell(seat(h), customer)))
			c.Between()
			c.Return(h.matinee.Holder(seat(h)))
		},
	}
}

// groupOf is a group. Its seats need not be sold at one moment, nor in the order in
// which they were asked for.
func groupOf(text string, seats func(*theatre) []boxoffice.Seat) contract.Op[*theatre] {
	const school = "the school"
	return contract.Op[*theatre]{
		Text: fmt.Sprintf("o.SellGroup(%s, %q)", text, school),
		Do: func(h *theatre, c *contract.Call) {
			asked := seats(h)
			before := slices.Clone(asked)
			c.Keep(h.matinee.SellGroup(asked, school))
			if !slices.Equal(asked, before) {
				c.Return("the list of the seats asked for has been changed")
			}
		},
		Steps: func(h *theatre, c *contract.Call) {
			asked := seats(h)
			sold := make([]bool, len(asked))
			left := make([]int, len(asked))
			for i := range left {
				left[i] = i
			}
			for len(left) > 0 {
				at := c.Any(len(left))
				sold[left[at]] = h.matinee.Sell(asked[left[at]], school) == nil
				if left = slices.Delete(left, at, at+1); len(left) > 0 {
					c.Between()
				}
			}
			var refused []boxoffice.Seat
			for i, seat := range asked {
				if !sold[i] {
					refused = append(refused, seat)
				}
			}
			c.Return(refused)
		},
	}
}

// stalls are seats that nobody but the club asks for.
func (h *theatre) stalls() (seats []boxoffice.Seat) {
	if h.rows == 2 {
		return []boxoffice.Seat{{Row: 0, Number: 1}, {Row: 1, Number: 0}}
	}
	for row := 2; row < 8; row++ {
		seats = append(seats, boxoffice.Seat{Row: row, Number: 3}, boxoffice.Seat{Row: row, Number: 7})
	}
	return seats
}

// toTheClub sells the stalls. Nobody looks at one of those seats meanwhile, so it makes
// no difference in which order they are sold.
func toTheClub(h *theatre, c *contract.Call) {
	c.Keep(h.matinee.SellGroup(h.stalls(), "the club"))
}

func inSteps(h *theatre, c *contract.Call) {
	var refused []boxoffice.Seat
	for i, seat := range h.stalls() {
		if i > 0 {
			c.Between()
		}
		if h.matinee.Sell(seat, "the club") != nil {
			refused = append(refused, seat)
		}
	}
	c.Return(refused)
}

// sellingOn is a customer who comes when all others have gone, and gets a seat that
// nobody has asked for.
func sellingOn(h *theatre, c *contract.Call) {
	for _, o := range []*boxoffice.Office{h.matinee, h.evening} {
		c.Return(sale(o.Sell(free, "Fay")), sale(o.Sell(free, "Gus")), h.books(o))
	}
}

// looking is an usher, who looks who has a seat, and then how many are sold.
func looking(text string, seat func(*theatre) boxoffice.Seat) contract.Op[*theatre] {
	do := func(h *theatre, c *contract.Call) {
		c.Return(fmt.Sprintf("%q", h.matinee.Holder(seat(h))))
		c.Between()
		c.Return(h.matinee.Sold())
	}
	return contract.Op[*theatre]{Text: fmt.Sprintf("o.Holder(%s), o.Sold()", text), Do: do}
}

// noSuchSeat is a request for a seat that the theatre does not have.
func noSuchSeat(i int) contract.Op[*theatre] {
	text := [...]string{
		"Seat{rows, 0}", "Seat{0, seatsPerRow}", "Seat{-1, seatsPerRow}", "Seat{1, -1}", "Seat{rows - 1, seatsPerRow}",
		"Seat{-1, -1}", "Seat{1 << 62, 0}", "Seat{0, 1 << 32}",
	}[i]
	return contract.Op[*theatre]{
		Text:  fmt.Sprintf("o.Sell(%s, \"Eve\"), o.Holder(%s)", text, text),
		Alone: i > 1,
		Do: func(h *theatre, c *contract.Call) {
			seat := h.outside()[i]
			c.Return(refusal(func() error { return h.matinee.Sell(seat, "Eve") }))
			_ = refusal(func() error { h.matinee.Holder(seat); return nil })
		},
	}
}

// refusal is the result of a request for a seat that is not there: it may panic or
// return an error, which is not that of a seat that is sold.
func refusal(request func() error) (result string) {
	const refused = "panics, or another error than ErrSold"
	defer func() {
		if recover() != nil {
			result = refused
		}
	}()
	if err := request(); err == nil || errors.Is(err, boxoffice.ErrSold) {
		return sale(err)
	}
	return refused
}

// soldOut is about a theatre with more seats than a byte has numbers, and as many
// customers. Their names differ only in the end.
func soldOut(c *contract.Call) {
	const size = 17
	o := boxoffice.New(size, size)
	name := func(round, row, number int) string {
		return fmt.Sprint(strings.Repeat("von und zu ", 30), round, row, number)
	}
	results := map[string]int{}
	for round := range 2 {
		for row := range size {
			for number := range size {
				results[sale(o.Sell(boxoffice.Seat{Row: row, Number: number}, name(round, row, number)))]++
			}
		}
	}
	for row := range size {
		for number := range size {
			if o.Holder(boxoffice.Seat{Row: row, Number: number}) != name(0, row, number) {
				results["a seat that somebody else has"]++
			}
		}
	}
	c.Return(results, o.Sold())
}

// large is about a theatre with rows, or numbers, that need more than a byte, or more than
// three digits. A group gets all seats but one, and is told of that one; another one is
// told of all.
func large(c *contract.Call, rows, seatsPerRow int) {
	o := boxoffice.New(rows, seatsPerRow)
	far := boxoffice.Seat{Row: rows - 1, Number: seatsPerRow - 1}
	var all []boxoffice.Seat
	for row := range rows {
		for number := range seatsPerRow {
			all = append(all, boxoffice.Seat{Row: row, Number: number})
		}
	}
	c.Return(sale(o.Sell(far, "Ada")), o.SellGroup(all, "the school"), o.Sold())
	refused := o.SellGroup(all, "the club")
	c.Return(len(refused), slices.Equal(refused, all), o.Sold(), o.Holder(far), o.Holder(all[0]), o.Holder(all[256]))
}

// halfwayOut is about a group that asks for a seat that is not there. What becomes of
// its other seats is up to the office, but its books are right, what the customer had
// before it keeps, and if the group is answered it has the seats that it is not told of.
func halfwayOut(c *contract.Call) {
	h := &theatre{matinee: boxoffice.New(2, 3), rows: 2, seatsPerRow: 3}
	_ = h.matinee.Sell(free, "the school")
	for _, missing := range h.outside() {
		_ = refusal(func() error {
			refused := h.matinee.SellGroup([]boxoffice.Seat{corner, free, missing, middle}, "the school")
			for _, seat := range []boxoffice.Seat{corner, middle} {
				if !slices.Contains(refused, seat) && h.matinee.Holder(seat) != "the school" {
					c.Return(fmt.Sprintf("a group is not told of %v, and does not have it", seat))
				}
			}
			return nil
		})
		c.Return(h.matinee.Holder(free))
	}
	held := 0
	for _, holder := range h.holders(h.matinee) {
		if holder != "" {
			held++
		}
	}
	c.Return(fmt.Sprintf("%d more seats sold than held", h.matinee.Sold()-held))
	c.Return(sale(h.matinee.Sell(h.last(), "Ada")))
	h.soldOutAndOut(c)
}

// soldOutAndOut is about a group that asks for seats that are sold, and for some that are
// not there. If it is answered it is told of them all: it gets none.
func (h *theatre) soldOutAndOut(c *contract.Call) {
	var asked []boxoffice.Seat
	for len(asked) < 100 {
		for i, missing := range h.outside() {
			asked = append(asked, boxoffice.Seat{Row: i % h.rows, Number: i % h.seatsPerRow}, missing)
		}
	}
	results := map[string]int{}
	for i, seat := range asked {
		if result := refusal(func() error { return h.matinee.Sell(seat, "Ada") }); i%2 == 1 {
			results[result]++ // it is missing, and most of the time all others are sold
		}
	}
	c.Return(results)
	_ = refusal(func() error {
		if refused := h.matinee.SellGroup(asked, "the school"); !slices.Equal(refused, asked) {
			c.Return(fmt.Sprintf("a group that gets none of %d seats is told of %d", len(asked), len(refused)))
		}
		return nil
	})
}

// announced is about offices that are new while others are in use, or new, too.
func announced(c *contract.Call) {
	o := boxoffice.New(2, 3)
	var sold, soldHere int
	var servers sync.WaitGroup
	servers.Go(func() {
		for number := range 3 {
			_ = o.Sell(boxoffice.Seat{Number: number}, "Ada")
			o.SellGroup(pair, "the school")
			o.Holder(corner)
			o.Sold()
			here := boxoffice.New(1, 1)
			_ = here.Sell(corner, "Cyd")
			soldHere += here.Sold()
		}
	})
	servers.Go(func() {
		for range 3 {
			next := boxoffice.New(2, 3)
			_ = next.Sell(corner, "Bob")
			next.SellGroup(pair, "the club")
			sold += next.Sold()
		}
	})
	servers.Wait()
	c.Return(o.Sold(), o.Holder(middle), sold, soldHere)
}

// holders are those of the seats that are sold in scenarios, and of one that is not.
func (h *theatre) holders(o *boxoffice.Office) []string {
	return []string{o.Holder(corner), o.Holder(middle), o.Holder(h.last()), o.Holder(free)}
}

func (h *theatre) books(o *boxoffice.Office) string {
	return fmt.Sprintf("%d: %q", o.Sold(), h.holders(o))
}

func sale(err error) string {
	switch {
	case err == nil:
		return "nil"
	case errors.Is(err, boxoffice.ErrSold):
		return "ErrSold"
	}
	return "another error"
}
