package boxoffice_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"racelab/checker/labrt/contract"
	boxoffice "racelab/exercises/02-lock-reentry"
)

// theatre is where a scenario takes place: two halls have an office each. Whoever opens
// one closes it, for an office may employ a goroutine.
type theatre struct{ o, other *boxoffice.Office }

// Contract is what one can do with an office. The README says nothing of customers
// without a name, nor of less than no seats, so nobody asks for such.
func Contract() contract.Contract {
	type ops = []contract.Op[*theatre]
	terms := contract.Terms[*theatre]{Ops: ops{
		booking("Ada", 2), booking("Ben", 1), booking("Ben", 3), booking("Cid", 6), booking("Cid", 0),
		returning("Ada"), returning("Ben"), returning("Dan"),
		{Text: "o.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.o.Sold()) }},
		{Text: "o.Free()", Do: func(h *theatre, c *contract.Call) { c.Return(h.o.Free()) }},
		{Text: "o.Board()", Do: func(h *theatre, c *contract.Call) { c.Return(h.o.Board()) }},
		{Text: "o.Free(), o.Sold(), o.Board()", Do: asking},
		{Text: `o.Book("Ada", 1), o.Return("Ada")`, Do: func(h *theatre, c *contract.Call) {
			request(c, h.o, "Ada", 1)
			c.Between()
			c.Return(h.o.Return("Ada"))
		}},
		{Text: `numbers, _ := o.Book("Eve", 2); clear(numbers); o.Return("Eve")`, Do: scribbling},
		{Text: `other.Book("Ada", 1), other.Board()`, Do: func(h *theatre, c *contract.Call) {
			request(c, h.other, "Ada", 1)
			c.Between()
			c.Return(h.other.Board())
		}},
		{Text: `other.Return("Ada")`, Do: func(h *theatre, c *contract.Call) { c.Return(h.other.Return("Ada")) }},
		{Text: `p := boxoffice.Open(2); p.Book("Ada", 1), p.Board(), p.Close()`, Do: premiere},
		{Text: "boxoffice.Open(300), seats by seats of 7, and by customers of 1", Apart: true, Do: manyCustomers},
		{Text: "boxoffice.Open(70_000), and 67 customers who want 300, 1_000 each, and the rest", Apart: true, Do: stadium},
		{Text: "requests for more seats than there can be", Apart: true, Do: tooMany},
		{Text: "customers whose names are nearly alike", Apart: true, Do: oddNames},
		{Text: "boxoffice.Open(0), and what can be asked of it", Apart: true, Do: noSeats},
		{Text: "three evenings, one after the other", Alone: true, Do: threeEvenings},
		{Text: "o.Sold(), o.Free(), o.Board()", Finally: true, Do: func(h *theatre, c *contract.Call) { c.Return(counts(h.o)) }},
		{Text: `o.Return("Ben"), o.Book("Gil", 1)`, Finally: true, Do: func(h *theatre, c *contract.Call) {
			c.Return(h.o.Return("Ben"))
			request(c, h.o, "Gil", 1)
		}},
		{Text: "o.Close()", Finally: true, Do: func(h *theatre, c *contract.Call) { c.Keep(h.o.Close()) }},
		{Text: "other.Board(), other.Close()", Finally: true, Do: func(h *theatre, c *contract.Call) {
			c.Return(h.other.Board())
			c.Keep(h.other.Close())
		}},
	}}
	terms.Setups = []contract.Setup[*theatre]{
		{Text: "o, other := boxoffice.Open(5), boxoffice.Open(3)", Open: func() *theatre { return opened(5) }},
		{
			Text: `o, other := boxoffice.Open(3), boxoffice.Open(3); o.Book("Ada", 2); o.Book("Ben", 1)`,
			Open: func() *theatre { return opened(3, "Ada", "Ada", "Ben") },
		},
		{
			Text: `o, other := boxoffice.Open(13), boxoffice.Open(3); other.Book("Ada", 2) // in o she has seats 0, 2, 4 and 6, and Ben has 5`,
			Open: func() *theatre {
				h := opened(13, "Ada", "Fay", "Ada", "Fay", "Ada", "Ben", "Ada", "Fay")
				h.o.Return("Fay")
				h.other.Book("Ada", 2)
				return h
			},
		},
	}
	return contract.Of(terms)
}

// opened opens two offices, and sells the first seats of one of them.
func opened(seats int, customers ...string) *theatre {
	h := &theatre{boxoffice.Open(seats), boxoffice.Open(3)}
	for _, name := range customers {
		h.o.Book(name, 1)
	}
	return h
}

func booking(name string, n int) contract.Op[*theatre] {
	return contract.Op[*theatre]{
		Text: fmt.Sprintf("o.Book(%q, %d)", name, n),
		Do:   func(h *theatre, c *contract.Call) { request(c, h.o, name, n) },
	}
}

func returning(name string) contract.Op[*theatre] {
	return contract.Op[*theatre]{
		Text: fmt.Sprintf("o.Return(%q)", name),
		Do:   func(h *theatre, c *contract.Call) { c.Return(h.o.Return(name)) },
	}
}

// request books seats, and keeps the list of their numbers.
func request(c *contract.Call, o *boxoffice.Office, name string, n int) {
	numbers, err := o.Book(name, n)
	if err != nil {
		c.Return(refusal(err))
		return
	}
	c.Keep(inAnyOrder(numbers))
}

// inAnyOrder are numbers of seats. Nobody promises in which order they come.
type inAnyOrder []int

func (s inAnyOrder) String() string { return fmt.Sprint(slices.Sorted(slices.Values(s))) }

func refusal(err error) string {
	if errors.Is(err, boxoffice.ErrSoldOut) {
		return "ErrSoldOut"
	}
	return "another error than ErrSoldOut"
}

// scribbling is a customer who uses the list for something else.
func scribbling(h *theatre, c *contract.Call) {
	numbers, err := h.o.Book("Eve", 2)
	if err != nil {
		c.Return(refusal(err))
		return
	}
	c.Return(inAnyOrder(numbers))
	clear(numbers)
	_ = append(numbers, -1)
	c.Between()
	c.Return(h.o.Return("Eve"))
}

func counts(o *boxoffice.Office) string {
	return fmt.Sprintf("%d, %d, %s", o.Sold(), o.Free(), o.Board())
}

// asking asks all that there is to ask. Others may sell seats between two questions.
func asking(h *theatre, c *contract.Call) {
	c.Return(h.o.Free())
	c.Between()
	c.Return(h.o.Sold())
	c.Between()
	c.Return(h.o.Board())
}

// premiere is about an office that opens and closes while others are open.
func premiere(_ *theatre, c *contract.Call) {
	p := boxoffice.Open(2)
	request(c, p, "Ada", 1)
	c.Return(p.Board())
	c.Keep(p.Close())
}

// manyCustomers is about more seats and more customers than fit into a word or a byte.
func manyCustomers(_ *theatre, c *contract.Call) {
	o := boxoffice.Open(300)
	for i := range 43 {
		request(c, o, fmt.Sprint("group ", i), 7)
	}
	c.Return(counts(o))
	for i := 0; i < 43; i += 2 {
		c.Return(o.Return(fmt.Sprint("group ", i)))
	}
	for i := range 160 {
		request(c, o, fmt.Sprint("customer ", i), 1)
	}
	c.Return(counts(o), o.Return("customer 153"), o.Return("customer 0"), counts(o))
	request(c, o, "customer 153", 2)
	c.Keep(o.Close())
}

// stadium is about a hall with more seats than fit into two bytes. They are sold in parts:
// who looks for each seat from the first one on takes as many steps as the square of their
// number, which would be too many for one call.
func stadium(_ *theatre, c *contract.Call) {
	o := boxoffice.Open(70_000)
	sell := func(n int) string {
		numbers, err := o.Book("Ada", n)
		if err != nil {
			return refusal(err)
		}
		slices.Sort(numbers)
		return fmt.Sprint(len(numbers), " from ", numbers[:min(1, len(numbers))])
	}
	c.Return(sell(300), counts(o))
	for range 65 {
		c.Return(sell(1_000))
	}
	c.Return(counts(o), sell(4_701), sell(4_700), counts(o))
	c.Return(o.Return("Ada"), counts(o))
	o.Close()
}

// tooMany is about numbers that are large and numbers all the same. The first is one that
// no memory has room for: with the next ones it could be enough.
func tooMany(_ *theatre, c *contract.Call) {
	o := boxoffice.Open(6)
	request(c, o, "Ada", 2)
	for _, n := range []int{5, 1 << 62, math.MaxInt - 1, math.MaxInt, 1 << 8, 1<<8 + 1, 1<<16 + 1, 1<<31 - 1, 1<<32 + 1} {
		request(c, o, "Ben", n)
	}
	c.Return(counts(o))
	request(c, o, "Ben", 4)
	request(c, o, "Cid", math.MaxInt)
	request(c, o, "Cid", 0)
	c.Return(counts(o))
	c.Keep(o.Close())
}

// oddNames is about names that one might take for another one, or for no name.
func oddNames(_ *theatre, c *contract.Call) {
	names := []string{
		"Ada", "ada", "Ada ", " Ada", " ", "-", "0", "free", "nil", "A", "Ad", "Ada, Ben", "Ben", `"Ada"`, "Ada\x00", "\x00", "\n", "Zoë", "Zoe\u0308", "\xff",
		strings.Repeat("x", 300), strings.Repeat("x", 301),
	}
	o := boxoffice.Open(2*len(names) + 1)
	for range 2 {
		for _, name := range names {
			request(c, o, name, 1)
		}
	}
	for i := 0; i < len(names); i += 2 {
		c.Return(o.Return(names[i]), o.Return(names[i]))
	}
	c.Return(counts(o))
	c.Return(fmt.Sprintf("%q", o.Close()))
}

// noSeats is about a hall without seats.
func noSeats(_ *theatre, c *contract.Call) {
	o := boxoffice.Open(0)
	request(c, o, "Ada", 1)
	request(c, o, "Ada", 0)
	c.Return(o.Return("Ada"), counts(o))
	c.Keep(o.Close())
}

// threeEvenings is about an office that opens when another one has closed. The ushers
// write into their plan.
func threeEvenings(_ *theatre, c *contract.Call) {
	for evening := range 3 {
		o := boxoffice.Open(3)
		request(c, o, "Ada", evening)
		c.Return(counts(o))
		plan := o.Close()
		c.Return(plan)
		for i := range plan {
			plan[i] = "seated"
		}
	}
}
