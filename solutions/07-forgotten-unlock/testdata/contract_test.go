package boxoffice_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	boxoffice "racelab/exercises/07-forgotten-unlock"
)

// theatre is where a scenario takes place. There are two performances.
type theatre struct {
	matinee, evening *boxoffice.Office

	rows, seatsPerRow int

	gala gala
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
		h.beyond(),
		{Row: 0, Number: 1 << 32},
	}
}

// beyond is in the first row that a theatre which counts all seats through takes for its
// own, because a word has no more bits.
func (h *theatre) beyond() boxoffice.Seat {
	return boxoffice.Seat{Row: int(math.MaxUint64/uint64(h.seatsPerRow)) + 1}
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
		groupOf("[]Seat{{0, 0}, {1, 1}, {0, 0}}", func(*theatre) []boxoffice.Seat { return append(slices.Clone(again[:1]), middle, again[0]) }),
		groupOf("[]Seat{last, {1, 1}}", func(h *theatre) []boxoffice.Seat { return []boxoffice.Seat{h.last(), middle} }),
		{Text: `o.SellGroup(stalls, "the club")`, Do: toTheClub, Steps: inSteps},
		looking("Seat{0, 0}", func(*theatre) boxoffice.Seat { return corner }),
		looking("last", (*theatre).last),
		{Text: "o.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.matinee.Sold()) }},
		{Text: `evening.Sell(Seat{1, 1}, "Dan")`, Do: func(h *theatre, c *contract.Call) { c.Return(sale(h.evening.Sell(middle, "Dan"))) }},
		{Text: "evening.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.evening.Sold()) }},
	}}
	terms.Ops = append(terms.Ops, galas()...)
	nobody := groupOf("[]Seat{}", func(*theatre) []boxoffice.Seat { return []boxoffice.Seat{} })
	nobody.Alone = true
	terms.Ops = append(terms.Ops, nobody)
	for i := range (&theatre{rows: 2, seatsPerRow: 3}).outside() {
		terms.Ops = append(terms.Ops, noSuchSeat(i))
	}
	terms.Ops = append(terms.Ops, ops{
		{Text: "boxoffice.New(17, 17), of which every seat is sold twice, to people with long names", Apart: true, Do: func(_ *theatre, c *contract.Call) { soldOut(c) }},
		{Text: "boxoffice.New(300, 3), and groups that ask for all seats", Apart: true, Do: func(_ *theatre, c *contract.Call) { large(c, 300, 3) }},
		{Text: "boxoffice.New(3, 300), and groups that ask for all seats", Apart: true, Do: func(_ *theatre, c *contract.Call) { large(c, 3, 300) }},
		{Text: "boxoffice.New(2, 1500), and groups that ask for all seats", Apart: true, Do: func(_ *theatre, c *contract.Call) { large(c, 2, 1500) }},
		{Text: "boxoffice.New(2, 3), and groups that ask for seats that are not there", Apart: true, Do: func(_ *theatre, c *contract.Call) { halfwayOut(c) }},
		{Text: "a group asks for {0, 0} and for a seat that is not there, and Bob for {0, 0}", Apart: true, Do: soldToNobody},
		{Text: "boxoffice.New(1, 1), and a group that asks for its seat three times", Apart: true, Do: func(_ *theatre, c *contract.Call) {
			c.Return(boxoffice.New(1, 1).SellGroup([]boxoffice.Seat{corner, corner, corner}, "the school"))
		}},
		{Text: "performances are announced while another one is on sale", Apart: true, Do: func(_ *theatre, c *contract.Call) { announced(c) }},
		{Text: "boxoffice.New(0, 0).Sold()", Apart: true, Do: func(_ *theatre, c *contract.Call) { c.Return(boxoffice.New(0, 0).Sold()) }},
		{Text: "theatres that are as wide, or as deep, as a number in the program", Apart: true, Do: anyShape},
		{Text: "as many seats of a group are sold already as a number in the program", Apart: true, Do: allRefused},
		{Text: "a group of 100 asks for some seats twice, and some are sold", Apart: true, Do: func(_ *theatre, c *contract.Call) { mixed(c, 100) }},
		{Text: "the same, with as many seats as a number in the program", Apart: true, Do: func(_ *theatre, c *contract.Call) {
			contract.UpTo(2_000, mixed)(c)
		}},
		{Text: "two groups of 60 want the same seats at the same time, one the other way round", Apart: true, Do: bothWant},
		{Text: "as many requests that get nothing as a number in the program", Apart: true, Do: inVain},
		{Text: "o.Sold(), as many sales as a number in the program, o.Sold()", Apart: true, Do: countedAgain},
		{Text: "customers whose names are texts in the program", Apart: true, Do: names},
		{Text: "nobody comes for as long as a time in the program", Apart: true, Do: quiet},
		{Text: "as many customers come at the same time as a number in the program", Apart: true, Do: allAtOnce},
		{Text: "after as many requests as a number in the program, two groups ask for the same seats, one the other way round", Apart: true, Do: groupsMeet},
		{Text: "a group that names a free seat twice, and one that is taken in between", Apart: true, Do: namedTwice},
		{Text: "a group that names its first seat again in the end, after more seats than a number in the program", Apart: true, Do: farApart},
		{Text: "what customers were told, and the lists that they asked with, after others have come", Apart: true, Do: told},
		{Text: "what the groups of the gala were told", Finally: true, Do: func(h *theatre, c *contract.Call) { h.gala.audit(c) }},
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
			h.gala.open()
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
		"Seat{-1, -1}", "Seat{1<<64/seatsPerRow + 1, 0}", "Seat{0, 1 << 32}",
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

// soldToNobody is about a seat that a group may get, or not, because it asks for another one
// that is not there. Who is told that it is sold can rely on that.
func soldToNobody(_ *theatre, c *contract.Call) {
	o := boxoffice.New(2, 3)
	var err error
	var both sync.WaitGroup
	both.Go(func() {
		_ = refusal(func() error {
			o.SellGroup([]boxoffice.Seat{corner, {Row: 9}}, "the school")
			return nil
		})
	})
	both.Go(func() { err = o.Sell(corner, "Bob") })
	both.Wait()
	if errors.Is(err, boxoffice.ErrSold) && o.Holder(corner) == "" {
		c.Return("Bob is told that a seat is sold, and nobody has it")
	}
}

// halfwayOut is about a group that asks for a seat that is not there. What becomes of
// its other seats is up to the office, but its books are right, what the customer had
// before it keeps, and if the group is answered it has the seats that it is not told of.
func halfwayOut(c *contract.Call) {
	h := &theatre{matinee: boxoffice.New(2, 3), rows: 2, seatsPerRow: 3}
	_ = h.matinee.Sell(free, "the school")
	for _, missing := range h.outside() {
		_ = refusal(func() error {
			asked := []boxoffice.Seat{corner, free, missing, middle}
			refused := h.matinee.SellGroup(asked, "the school")
			if told := slices.Clone(refused); len(told) > 0 {
				if asked[0], asked[1], asked[2], asked[3] = free, free, free, free; !slices.Equal(refused, told) {
					c.Return("the list that a group is told is the one in which it asked")
				}
			}
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
	if err != nil {
		_ = err.Error() // as a log does, while others are served
	}
	switch {
	case err == nil:
		return "nil"
	case errors.Is(err, boxoffice.ErrSold):
		return "ErrSold"
	}
	return "another error"
}

// gala is a performance for which large groups come at the same time. What they are told
// is compared with who has the seats in the end, so that it may be anything that agrees.
type gala struct {
	office *boxoffice.Office
	far    int // a row for which a program with a fixed number of locks may have that of row 0

	orders [400]order
	made   int
}

// order is what a group asked for, and what it was told.
type order struct {
	customer       string
	seats, refused []boxoffice.Seat
}

func (g *gala) open() {
	g.far = contract.Number(2, 2, 1_000)
	g.office = boxoffice.New(g.far+2, 8)
}

// galas are two groups that want nearly the same seats, and ask for them in opposite orders: whichever
// way a program sorts them that has equals, or a lock for several, they may wait for each other. The single
// customers want others.
func galas() []contract.Op[*theatre] {
	return []contract.Op[*theatre]{
		{Text: "gala.SellGroup(six seats, from the first row to the last)", Do: func(h *theatre, _ *contract.Call) {
			far := h.gala.far
			h.gala.group(boxoffice.Seat{}, boxoffice.Seat{Row: 1}, boxoffice.Seat{Row: 1, Number: 1}, boxoffice.Seat{Row: 1, Number: 2},
				boxoffice.Seat{Row: far + 1}, boxoffice.Seat{Row: far + 1, Number: 1})
		}},
		{Text: "gala.SellGroup(six seats, from the last row to the first)", Do: func(h *theatre, _ *contract.Call) {
			far := h.gala.far
			h.gala.group(boxoffice.Seat{Row: far + 1, Number: 1}, boxoffice.Seat{Row: far + 1},
				boxoffice.Seat{Row: 1, Number: 2}, boxoffice.Seat{Row: 1, Number: 1}, boxoffice.Seat{Row: 1}, boxoffice.Seat{Row: far})
		}},
		{Text: "gala.Sell of twelve other seats, one after the other", Do: func(h *theatre, _ *contract.Call) {
			for i := range 12 {
				_ = h.gala.office.Sell(boxoffice.Seat{Row: h.gala.far * (i % 2), Number: 2 + i/2}, "Hal")
			}
		}},
	}
}

// group is a group that nobody else has the name of.
func (g *gala) group(seats ...boxoffice.Seat) {
	at := g.next()
	customer := fmt.Sprint("group ", at)
	refused := g.office.SellGroup(seats, customer)
	g.note(at, order{customer, seats, refused})
}

//go:norace
func (g *gala) next() int {
	g.made++
	return g.made - 1
}

//go:norace
func (g *gala) note(at int, o order) {
	if at < len(g.orders) {
		g.orders[at] = o
	}
}

// audit compares what the groups were told with who has the seats.
func (g *gala) audit(c *contract.Call) {
	for _, o := range g.orders[:min(g.made, len(g.orders))] {
		var others []boxoffice.Seat
		for _, seat := range o.seats {
			holder := g.office.Holder(seat)
			if holder == "" {
				c.Return(fmt.Sprintf("%v is free, though a group that asked for it did not get it", seat))
				return
			}
			if holder != o.customer {
				others = append(others, seat)
			}
		}
		if o.customer != "" && !slices.Equal(o.refused, others) {
			c.Return(fmt.Sprintf("a group was told of %v, and did not get %v", o.refused, others))
			return
		}
	}
	held := 0
	for _, row := range []int{0, 1, g.far, g.far + 1} {
		for number := range 8 {
			if g.office.Holder(boxoffice.Seat{Row: row, Number: number}) != "" {
				held++
			}
		}
	}
	if sold := g.office.Sold(); sold != held {
		c.Return(fmt.Sprintf("gala.Sold() is %d, and %d seats have a holder", sold, held))
	}
}

// mostSeats is how many a theatre has at most.
const mostSeats = 10_000

// anyShape is about theatres with more rows, or longer ones, than a program may be made for.
func anyShape(_ *theatre, c *contract.Call) {
	for _, n := range append(contract.Numbers(2, mostSeats-1), mostSeats/2-1, mostSeats-1) {
		other := min(2, mostSeats/(n+1))
		for _, shape := range [][2]int{{other, n + 1}, {n + 1, other}} {
			o := boxoffice.New(shape[0], shape[1])
			seats := edges(shape[0], shape[1])
			for _, seat := range seats {
				if sale(o.Sell(seat, fmt.Sprint(seat))) != "nil" {
					c.Return(fmt.Sprintf("boxoffice.New(%d, %d): %v is not sold, though it is free", shape[0], shape[1], seat))
					return
				}
			}
			for _, seat := range seats {
				if got := o.Holder(seat); got != fmt.Sprint(seat) {
					c.Return(fmt.Sprintf("boxoffice.New(%d, %d): %v has the seat of %v", shape[0], shape[1], got, seat))
					return
				}
			}
			if got := o.Sold(); got != len(seats) {
				c.Return(fmt.Sprintf("boxoffice.New(%d, %d): %d seats are sold, and Sold() is %d", shape[0], shape[1], len(seats), got))
				return
			}
		}
	}
}

// edges are the seats of the first and last rows that stand at their ends.
func edges(rows, seatsPerRow int) (all []boxoffice.Seat) {
	for row := range rows {
		for number := range seatsPerRow {
			if (row < 2 || row >= rows-2) && (number < 2 || number >= seatsPerRow-2) {
				all = append(all, boxoffice.Seat{Row: row, Number: number})
			}
		}
	}
	return all
}

// allRefused is about a group that is told of more seats than a program may have room for.
func allRefused(_ *theatre, c *contract.Call) {
	for _, n := range contract.Counts(mostSeats - 1) {
		o := boxoffice.New(1, n+1)
		seats := make([]boxoffice.Seat, n+1)
		for i := range seats {
			seats[i].Number = i
		}
		first, second := o.SellGroup(seats, "the school"), o.SellGroup(seats, "the club")
		if len(first) > 0 || !slices.Equal(second, seats) {
			c.Return(fmt.Sprintf("of %d seats a group is refused %d, and the next one %d", n+1, len(first), len(second)))
			return
		}
	}
}

// mixed is about a large group that asks for so many seats, from the last one to the first: of
// some it is told twice that it does not get them.
func mixed(c *contract.Call, n int) {
	o := boxoffice.New(1, n)
	holders := make([]string, n)
	var asked, want []boxoffice.Seat
	for i := n - 1; i >= 0; i-- {
		seat := boxoffice.Seat{Number: i}
		asked, holders[i] = append(asked, seat), "the school"
		if i%5 == 0 {
			_ = o.Sell(seat, "Ada")
			want, holders[i] = append(want, seat), "Ada"
		}
		if i%3 == 0 {
			asked, want = append(asked, seat), append(want, seat)
		}
	}
	refused := o.SellGroup(asked, "the school")
	if !slices.Equal(refused, want) || o.Sold() != n {
		c.Return(fmt.Sprintf("a group asks for %d seats, of which %d are sold or named twice; it is refused %d, or others, or in another order, and Sold() is %d", n, len(want), len(refused), o.Sold()))
	}
	for i, want := range holders {
		if got := o.Holder(boxoffice.Seat{Number: i}); got != want {
			c.Return(fmt.Sprintf("seat %d is %s's, not %s's", i, got, want))
			return
		}
	}
}

// bothWant is about two large groups that meet. Each has the seats that it is not told of, and is
// told of the others in the order in which it asked.
func bothWant(_ *theatre, c *contract.Call) {
	const n = 60
	o := boxoffice.New(1, n)
	names := [2]string{"the school", "the club"}
	var asked, refused [2][]boxoffice.Seat
	for i := range n {
		asked[0] = append(asked[0], boxoffice.Seat{Number: i})
		asked[1] = append(asked[1], boxoffice.Seat{Number: n - 1 - i})
	}
	var groups sync.WaitGroup
	for i := range names {
		groups.Go(func() { refused[i] = o.SellGroup(asked[i], names[i]) })
	}
	groups.Wait()
	for i, name := range names { // who has a seat that the other one is told of
		has := func(seat boxoffice.Seat) bool { return slices.Contains(refused[1-i], seat) }
		if told := slices.DeleteFunc(slices.Clone(asked[i]), has); !slices.Equal(told, refused[i]) {
			c.Return(fmt.Sprintf("%s is told of %d seats, and the other group has %d, or others", name, len(refused[i]), len(told)))
		}
		for _, seat := range refused[i][:min(1, len(refused[i]))] {
			if got := o.Holder(seat); got != names[1-i] {
				c.Return(fmt.Sprintf("a seat that %s does not get is %q's", name, got))
			}
		}
	}
	if sold := o.Sold(); sold != n {
		c.Return(fmt.Sprintf("of %d seats %d are sold", n, sold))
	}
}

// inVain is about more requests of one sort that get nothing than a program may have
// room for. The next customer is served.
func inVain(_ *theatre, c *contract.Call) {
	taken, missing := corner, boxoffice.Seat{Row: 2}
	requests := []struct {
		what string
		make func(*boxoffice.Office) error
	}{
		{"sales of a seat that is taken", func(o *boxoffice.Office) error { return o.Sell(taken, "Bob") }},
		{"sales of a seat that is not there", func(o *boxoffice.Office) error { return o.Sell(missing, "Bob") }},
		{"looks at a seat that is not there", func(o *boxoffice.Office) error { o.Holder(missing); return nil }},
		{"groups that ask for what is taken", func(o *boxoffice.Office) error { o.SellGroup([]boxoffice.Seat{taken}, "the club"); return nil }},
		{"groups that ask for what is not there", func(o *boxoffice.Office) error { o.SellGroup([]boxoffice.Seat{missing}, "the club"); return nil }},
	}
	for _, n := range contract.Counts(mostSeats) {
		for _, request := range requests {
			o := boxoffice.New(2, 3)
			_ = o.Sell(taken, "Ada")
			for range n + 1 {
				_ = refusal(func() error { return request.make(o) })
			}
			if refused := o.SellGroup(pair, "the school"); len(refused) != 1 || sale(o.Sell(free, "Cyd")) != "nil" || o.Holder(middle) != "the school" || o.Sold() != 3 {
				c.Return(fmt.Sprintf("after %d %s the next customers do not get what is free", n+1, request.what))
				return
			}
		}
	}
}

// countedAgain is about a number of sales after which a program may take the count for
// the old one.
func countedAgain(_ *theatre, c *contract.Call) {
	for _, n := range contract.Counts(mostSeats - 1) {
		for _, sales := range []int{n, n / 2} {
			o := boxoffice.New(sales+1, 1)
			_ = o.Sell(boxoffice.Seat{Row: sales}, "Ada")
			before := o.Sold()
			o.Holder(corner)
			for row := range sales {
				_ = o.Sell(boxoffice.Seat{Row: row}, "Bob")
			}
			if got := o.Sold(); before != 1 || got != sales+1 || o.Holder(corner) != "Bob" {
				c.Return(fmt.Sprintf("Sold() is %d, and after %d more sales %d", before, sales, got))
				return
			}
		}
	}
}

// names is about customers who are called what a program may have a use for.
func names(_ *theatre, c *contract.Call) {
	for _, name := range append([]string{"Zoe"}, contract.Texts()...) {
		o := boxoffice.New(2, 3)
		got := sale(o.Sell(corner, name))
		again, refused := sale(o.Sell(corner, "Ada")), o.SellGroup(pair, name)
		if !slices.Equal(refused, pair[1:]) {
			c.Return(fmt.Sprintf("%s has seat %v; a group in the same name asks for %v, and is told that %v are sold", name, corner, pair, refused))
			return
		}
		if got != "nil" || again != "ErrSold" || o.Holder(corner) != name || o.Holder(middle) != name || o.Sold() != 2 {
			c.Return(fmt.Sprintf("a customer called %q does not get, or keep, the seats", name))
			return
		}
	}
}

// quiet is about an office to which nobody comes for long.
func quiet(_ *theatre, c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		for _, pause := range []time.Duration{long, long + time.Minute} {
			o := boxoffice.New(2, 3)
			_ = o.Sell(corner, "Ada")
			contract.Rest(pause)
			if refused := o.SellGroup(pair, "the school"); !slices.Equal(refused, pair[1:]) || o.Holder(corner) != "Ada" || o.Sold() != 2 {
				c.Return(fmt.Sprintf("after a pause of %v a group is refused %v", pause, refused))
				return
			}
		}
	}
}

// told is about answers that stay as they are, whoever comes, and whatever becomes of
// the list that the group asked with.
func told(_ *theatre, c *contract.Call) {
	o := boxoffice.New(2, 3)
	o.SellGroup(pair, "the school")
	first := o.Sell(corner, "Ada")
	if first == nil {
		c.Return("a seat is sold twice")
		return
	}
	text := first.Error()
	_ = o.Sell(middle, "Bob")
	if first.Error() != text {
		c.Return("the error that Ada got is another one after Bob has got one")
	}
	asked := slices.Clone(pair)
	refused := o.SellGroup(asked, "the club")
	asked[0], asked[1] = free, free
	if !slices.Equal(refused, pair) {
		c.Return("what the club was told has changed with the list that it asked with")
	}
	var own [][]boxoffice.Seat // a list is its group's own: it may make it longer
	for range 6 {
		own = append(own, append(o.SellGroup(pair, "the choir"), free))
	}
	for _, list := range own {
		if !slices.Equal(list, append(slices.Clone(pair), free)) {
			c.Return("the list of a group has changed with that of another one")
		}
	}
	if err := o.Sell(free, "Cleo"); err != nil || first.Error() != text {
		c.Return("the error that Ada got is another one after Cleo has got a seat")
	}
}

// namedTwice is about a group that names a free seat twice, and between that one that is
// taken: it is told of them in the order in which they are refused.
func namedTwice(_ *theatre, c *contract.Call) {
	o := boxoffice.New(2, 3)
	if err := o.Sell(corner, "Ada"); err != nil {
		c.Return("a free seat is not sold")
	}
	if refused := o.SellGroup([]boxoffice.Seat{free, corner, free, middle}, "the club"); !slices.Equal(refused, []boxoffice.Seat{corner, free}) {
		c.Return(fmt.Sprintf("a group asks for a free seat, one that is taken, and the free one again, and is refused %v", refused))
	}
}

// groupsMeet is about groups that ask for the same seats in another order: no seat may wait
// for one that the other group has. And it is about what a program does once in so many
// requests.
func groupsMeet(_ *theatre, c *contract.Call) {
	const rows, wide = 3, 3
	n := contract.Number(2, 2, 1_000)
	o := boxoffice.New(rows, wide)
	sold := 0
	for i := range n - 1 {
		if o.Sell(boxoffice.Seat{}, fmt.Sprint("customer ", i)) == nil {
			sold++
		}
	}
	var seats []boxoffice.Seat
	for row := range rows {
		for number := range wide {
			if row+number > 0 {
				seats = append(seats, boxoffice.Seat{Row: row, Number: number})
			}
		}
	}
	back := slices.Clone(seats)
	slices.Reverse(back)
	var refused [2]int
	var groups sync.WaitGroup
	for i, group := range [][]boxoffice.Seat{seats, back} {
		groups.Go(func() { refused[i] = len(o.SellGroup(group, []string{"Ada", "Ben"}[i])) })
	}
	groups.Wait()
	if sold != 1 || refused[0]+refused[1] != len(seats) || o.Sold() != 1+len(seats) {
		c.Return(fmt.Sprintf("one seat was sold %d times; then two groups asked for all %d others and were refused %v; Sold returns %d", sold, len(seats), refused, o.Sold()))
	}
	ofAda := 0
	for _, seat := range seats {
		if o.Holder(seat) == "Ada" {
			ofAda++
		}
	}
	if ofAda != refused[1] {
		c.Return(fmt.Sprintf("%d seats were refused to one group, and the other one has %d", refused[1], ofAda))
	}
}

// allAtOnce is about more customers at a time than a program may be made for. All but one get
// a seat.
func allAtOnce(_ *theatre, c *contract.Call) {
	n := 1 + 2*contract.Largest(1, 2, 300) // one of them may be held up in the middle
	o := boxoffice.New(1, n-1)
	got := make([]int, n)
	var people sync.WaitGroup
	for i := range n {
		people.Go(func() {
			if o.Sell(boxoffice.Seat{Number: i % (n - 1)}, "somebody") == nil {
				got[i] = 1
			}
		})
	}
	people.Wait()
	sold := 0
	for _, one := range got {
		sold += one
	}
	if sold != n-1 || o.Sold() != n-1 {
		c.Return(fmt.Sprintf("of %d customers %d got one of %d seats; Sold returns %d", n, sold, n-1, o.Sold()))
	}
}

// farApart is about a group whose seats a program may sell in parts, at the same time: the
// seat that is named twice is refused the second time, after one that is taken.
func farApart(_ *theatre, c *contract.Call) {
	n := 2 + contract.Largest(2, 2, 100)
	o := boxoffice.New(1, n)
	taken := boxoffice.Seat{Number: n - 1}
	_ = o.Sell(taken, "Ada")
	var asked []boxoffice.Seat
	for i := range n {
		asked = append(asked, boxoffice.Seat{Number: i})
	}
	asked = append(asked, asked[0])
	if refused, want := o.SellGroup(asked, "the school"), []boxoffice.Seat{taken, asked[0]}; !slices.Equal(refused, want) {
		c.Return(fmt.Sprintf("seat %v is taken, and the group asks for it and then again for %v; it is told that %v are sold, in this order", taken, asked[0], refused))
	}
}
