package boxoffice_test

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"racelab/checker/labrt/contract"
	boxoffice "racelab/exercises/02-lock-reentry"
)

// theatre is where a scenario takes place: two halls have an office each. Whoever opens
// one closes it, for an office may employ a goroutine.
type theatre struct {
	o, other *boxoffice.Office
	guild    int // how many seats of o a guild has, and keeps; 0: there is none
	seats    int // of the other one, which is sold as a whole
}

// Contract is what one can do with an office. The README says nothing of customers
// without a name, nor of less than no seats, so nobody asks for such.
func Contract() contract.Contract {
	type ops = []contract.Op[*theatre]
	terms := contract.Terms[*theatre]{Ops: ops{
		booking("Ada", 2), booking("Ben", 1), booking("Ben", 3), booking("Cid", 6), booking("Cid", 0),
		returning("Ada"), returning("Ben"), returning("Dan"),
		{Text: "o.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.count(h.o.Sold())) }},
		{Text: "o.Free()", Do: func(h *theatre, c *contract.Call) { c.Return(h.count(h.o.Free())) }},
		{Text: "o.Board()", Do: func(h *theatre, c *contract.Call) { c.Return(h.board()) }},
		{Text: "o.Free(), o.Sold(), o.Board()", Do: asking},
		{Text: `o.Book("Ada", 1), o.Return("Ada")`, Do: func(h *theatre, c *contract.Call) {
			h.request(c, "Ada", 1)
			c.Between()
			c.Return(h.count(h.o.Return("Ada")))
		}},
		{Text: `numbers, _ := o.Book("Eve", 2); clear(numbers); o.Return("Eve")`, Do: scribbling},
		{Text: `other.Book("Ada", all seats)`, Do: func(h *theatre, c *contract.Call) {
			numbers, err := h.other.Book("Ada", h.seats)
			if err != nil {
				c.Return(refusal(err))
				return
			}
			c.Return(h.ofAll(len(numbers)))
		}},
		{Text: `other.Return("Ada")`, Do: func(h *theatre, c *contract.Call) { c.Return(h.ofAll(h.other.Return("Ada"))) }},
		{Text: "other.Sold()", Do: func(h *theatre, c *contract.Call) { c.Return(h.ofAll(h.other.Sold())) }},
		{Text: `p := boxoffice.Open(2); p.Book("Ada", 1), p.Board(), p.Close()`, Do: premiere},
		{Text: "boxoffice.Open(300), seats by seats of 7, and by customers of 1", Apart: true, Do: manyCustomers},
		{Text: "boxoffice.Open(70_000), and 67 customers who want 300, 1_000 each, and the rest", Apart: true, Do: stadium},
		{Text: "requests for more seats than there can be", Apart: true, Do: asks(tooMany)},
		{Text: "halls of every size up to 200", Apart: true, Do: asks(anySize)},
		{Text: "customers whose names are nearly alike", Apart: true, Do: oddNames},
		{Text: "customers who are called like a text in the program", Apart: true, Do: asks(ownNames)},
		{Text: "as many customers as a number in the program, one after the other", Apart: true, Do: asks(manyNames)},
		{Text: "as many customers as a large number in the program, one after the other", Apart: true, Do: asks(veryManyNames)},
		{Text: "Ada returns more seats than any number in the program, and somebody asks meanwhile", Apart: true, Do: asks(returnsAll)},
		{Text: "boxoffice.Open(0), and what can be asked of it", Apart: true, Do: noSeats},
		{Text: "as many customers at the same time as a number in the program, and a seat for each", Apart: true, Do: asks(allAtOnce)},
		{Text: "after as many customers as a number in the program, two come at the same time, and somebody asks", Apart: true, Do: asks(twoOfMany)},
		{Text: "somebody asks for the board while as many seats are sold as a counter of few bits has values", Apart: true, Do: asks(slowBoard)},
		{Text: "three evenings, one after the other", Alone: true, Do: threeEvenings},
		{Text: "o.Sold(), o.Free(), o.Board()", Finally: true, Do: func(h *theatre, c *contract.Call) {
			c.Return(h.count(h.o.Sold()), h.count(h.o.Free()), h.board())
		}},
		{Text: `o.Book("Gil", 1), o.Return("Ben"), o.Book("Gil", 1)`, Finally: true, Do: func(h *theatre, c *contract.Call) {
			h.request(c, "Gil", 1)
			c.Return(h.count(h.o.Return("Ben")))
			h.request(c, "Gil", 1)
		}},
		{Text: "o.Close()", Finally: true, Do: func(h *theatre, c *contract.Call) { c.Keep(plan(h.o.Close())) }},
		{Text: "other.Sold(), other.Free(), other.Close()", Finally: true, Do: func(h *theatre, c *contract.Call) {
			c.Return(h.ofAll(h.other.Sold()), h.ofAll(h.other.Free()))
			c.Keep(plan(h.other.Close()))
		}},
	}}
	terms.Setups = []contract.Setup[*theatre]{
		{Text: "o, other := boxoffice.Open(5), boxoffice.Open(3)", Open: func() *theatre { return opened(5) }},
		{
			Text: `o, other := boxoffice.Open(3), boxoffice.Open(3); o.Book("Ada", 2); o.Book("Ben", 1)`,
			Open: func() *theatre { return opened(3, "Ada", "Ada", "Ben") },
		},
		{
			Text: `o, other := boxoffice.Open(N + 10), boxoffice.Open(N) // in o a guild has seats 1 to N, Ada 0, N+2 and N+4, and Ben N+5; N depends on the program`,
			Open: guilded,
		},
	}
	return contract.Of(terms)
}

// opened opens two offices, and sells the first seats of one of them.
func opened(seats int, customers ...string) *theatre {
	h := &theatre{o: boxoffice.Open(seats), other: boxoffice.Open(3), seats: 3}
	for _, name := range customers {
		h.o.Book(name, 1)
	}
	return h
}

// fewSeats is more than there are beside those of a guild.
const fewSeats = 40

// guilded opens offices, and sells most seats of one of them to a guild: as many as a number
// in the program, or some times as many. Ada's seats are far from each other. As many as Cid
// may ask for are free.
func guilded() *theatre {
	n := contract.Number(64, 2, 5_000)
	if n < fewSeats {
		n *= 1 + fewSeats/n
	}
	h := &theatre{o: boxoffice.Open(n + 10), other: boxoffice.Open(n), guild: n, seats: n}
	h.o.Book("Ada", 1)
	h.o.Book("Guild", n)
	for _, name := range []string{"Fay", "Ada", "Fay", "Ada", "Ben"} {
		h.o.Book(name, 1)
	}
	h.o.Return("Fay")
	return h
}

// count is a number as it is with the reference, whatever number stands in the program: what
// is no less than that of the guild's seats is told by how much more it is.
func (h *theatre) count(n int) string {
	if h.guild == 0 || n < h.guild {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("N+%d", n-h.guild)
}

// ofAll is a number of seats in the other hall.
func (h *theatre) ofAll(n int) string {
	if n == h.seats {
		return "all"
	}
	return fmt.Sprint(n)
}

func (h *theatre) board() string {
	board := h.o.Board()
	var sold, free int
	if _, err := fmt.Sscanf(board, "%d sold, %d free", &sold, &free); err != nil || board != fmt.Sprintf("%d sold, %d free", sold, free) {
		return fmt.Sprintf("%q", board)
	}
	return h.count(sold) + " sold, " + h.count(free) + " free"
}

// request books seats in o, and keeps the list of their numbers.
func (h *theatre) request(c *contract.Call, name string, n int) {
	numbers, err := h.o.Book(name, n)
	if err != nil {
		c.Return(refusal(err))
		return
	}
	c.Keep(inRows{h, numbers})
}

// inRows are numbers of seats, in any order.
type inRows struct {
	h       *theatre
	numbers []int
}

func (s inRows) String() string {
	var rows []string
	all := slices.Sorted(slices.Values(s.numbers))
	for i := 0; i < len(all); {
		first := i
		for i++; i < len(all) && all[i] == all[i-1]+1; i++ {
		}
		row := s.h.count(all[first])
		if i > first+1 {
			row += " to " + s.h.count(all[i-1])
		}
		rows = append(rows, row)
	}
	return fmt.Sprint(rows)
}

func booking(name string, n int) contract.Op[*theatre] {
	return contract.Op[*theatre]{
		Text: fmt.Sprintf("o.Book(%q, %d)", name, n),
		Do:   func(h *theatre, c *contract.Call) { h.request(c, name, n) },
	}
}

func returning(name string) contract.Op[*theatre] {
	return contract.Op[*theatre]{
		Text: fmt.Sprintf("o.Return(%q)", name),
		Do:   func(h *theatre, c *contract.Call) { c.Return(h.count(h.o.Return(name))) },
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
	c.Return(inRows{h, numbers})
	clear(numbers)
	_ = append(numbers, -1)
	c.Between()
	c.Return(h.count(h.o.Return("Eve")))
}

func counts(o *boxoffice.Office) string {
	return fmt.Sprintf("%d, %d, %s", o.Sold(), o.Free(), o.Board())
}

// asking asks all that there is to ask. Others may sell seats between two questions.
func asking(h *theatre, c *contract.Call) {
	c.Return(h.count(h.o.Free()))
	c.Between()
	c.Return(h.count(h.o.Sold()))
	c.Between()
	c.Return(h.board())
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
func tooMany() string {
	o := boxoffice.Open(6)
	defer o.Close()
	o.Book("Ada", 2)
	for _, n := range append([]int{5, 1 << 62, math.MaxInt - 1, math.MaxInt, 1 << 8, 1<<8 + 1, 1<<16 + 1, 1<<31 - 1, 1<<32 + 1}, contract.Numbers(7, math.MaxInt)...) {
		bad := cmp.Or(
			wrong(fmt.Sprintf(`with 4 seats free, Book("Ben", %d)`, n), booked(o, "Ben", n), "ErrSoldOut"),
			wrong("after that, Sold, Free and Board", counts(o), "2, 4, 2 sold, 4 free"),
		)
		if bad != "" {
			return bad
		}
	}
	return cmp.Or(
		wrong(`Book("Ben", 4)`, booked(o, "Ben", 4), "[2 to 5]"),
		wrong(`in a full hall, Book("Cid", math.MaxInt)`, booked(o, "Cid", math.MaxInt), "ErrSoldOut"),
		wrong(`in a full hall, Book("Cid", 0)`, booked(o, "Cid", 0), "[]"),
		wrong("Sold, Free and Board", counts(o), "6, 0, 6 sold, 0 free"),
	)
}

// plan is a seating plan in few words.
type plan []string

func (p plan) String() string {
	var all []string
	for i := 0; i < len(p); {
		first := i
		for i++; i < len(p) && p[i] == p[first]; i++ {
		}
		if i-first < fewSeats {
			all = append(all, p[first:i]...)
		} else {
			all = append(all, "many of "+p[first])
		}
	}
	return fmt.Sprint(all)
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

// wrong says that an answer is not the right one; nothing, if it is.
func wrong(call string, got, want any) string {
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return ""
	}
	return fmt.Sprintf("%s returns %v, want %v", call, got, want)
}

// asks makes a call of what says in words what is wrong, if anything is.
func asks(about func() (wrong string)) func(*theatre, *contract.Call) {
	return func(_ *theatre, c *contract.Call) { c.Return(cmp.Or(about(), "what was promised")) }
}

// booked is what Book returns, in words.
func booked(o *boxoffice.Office, name string, n int) string {
	numbers, err := o.Book(name, n)
	if err != nil {
		return refusal(err)
	}
	return fmt.Sprint(inRows{&theatre{}, numbers})
}

// anySize is about halls of every size, each sold to the last seat.
func anySize() string {
	for size := 1; size <= 200; size++ {
		o := boxoffice.Open(size)
		at := fmt.Sprintf("in a hall of %d, ", size)
		bad := cmp.Or(
			wrong(at+"Book of all seats", booked(o, "Ada", size), rows(0, size-1)),
			wrong(at+"Sold, Free and Board", counts(o), fmt.Sprintf("%d, 0, %d sold, 0 free", size, size)),
			wrong(at+"Return of all seats", o.Return("Ada"), size),
			wrong(at+"Book of all seats but one", booked(o, "Ben", size-1), rows(0, size-2)),
			wrong(at+"Book of the last one", booked(o, "Cid", 1), rows(size-1, size-1)),
			wrong(at+"Book of one more", booked(o, "Dan", 1), "ErrSoldOut"),
			wrong(at+"Return of all seats but one", o.Return("Ben"), size-1),
			wrong(at+"Sold, Free and Board", counts(o), fmt.Sprintf("1, %d, 1 sold, %d free", size-1, size-1)),
		)
		o.Close()
		if bad != "" {
			return bad
		}
	}
	return ""
}

// rows is how inRows shows the seats from one to another.
func rows(from, to int) string {
	switch {
	case to < from:
		return "[]"
	case to == from:
		return fmt.Sprintf("[%d]", from)
	}
	return fmt.Sprintf("[%d to %d]", from, to)
}

// manyNames is about more customers than a program may have numbers for. The one who came
// first stays.
func manyNames() string {
	for _, n := range contract.Counts(20_000) {
		o := boxoffice.Open(3)
		o.Book("Ada", 1)
		for i := range n + 2 {
			name := fmt.Sprint("customer ", i)
			at := fmt.Sprintf("to customer %d of %d, ", i, n+2)
			if bad := cmp.Or(wrong(at+"Book", booked(o, name, 2), "[1 to 2]"), wrong(at+"Free", o.Free(), 0), wrong(at+"Return", o.Return(name), 2)); bad != "" {
				o.Close()
				return bad
			}
		}
		bad := wrong("after them, Return of the first one's seats", o.Return("Ada"), 1)
		o.Close()
		if bad != "" {
			return bad
		}
	}
	return ""
}

// ownNames is about customers who are called like something in the program.
func ownNames() string {
	names := append(slices.DeleteFunc(contract.Texts(), func(name string) bool { return name == "" || name == "Ada" }), "Ada")
	o := boxoffice.Open(len(names) + 1)
	defer o.Close()
	for i, name := range names {
		bad := cmp.Or(
			wrong(fmt.Sprintf("Book(%q, 1)", name), booked(o, name, 1), rows(i, i)),
			wrong(fmt.Sprintf("after Book(%q, 1), Free", name), o.Free(), len(names)-i),
		)
		if bad != "" {
			return bad
		}
	}
	for _, name := range names {
		if bad := wrong(fmt.Sprintf("Return(%q)", name), o.Return(name), 1); bad != "" {
			return bad
		}
	}
	return ""
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

// twoOfMany is about what a program does once in so many requests.
func twoOfMany() (bad string) {
	n := contract.Number(5, 2, 1_000)
	o := boxoffice.Open(3)
	for range n - 1 {
		o.Book("Ada", 1)
		o.Return("Ada")
	}
	var sold int
	var got [2]string
	var people sync.WaitGroup
	for i, name := range []string{"Ada", "Ben"} {
		people.Go(func() { got[i] = booked(o, name, 1) })
	}
	people.Go(func() { sold = o.Sold() })
	people.Wait()
	if sold < 0 || sold > 2 {
		bad = fmt.Sprintf("while two seats are sold, Sold returns %d", sold)
	}
	slices.Sort(got[:])
	return cmp.Or(
		bad,
		wrong("Book of one seat, by two at the same time,", got, [2]string{rows(0, 0), rows(1, 1)}),
		wrong("after that, Sold, Free and Board", counts(o), "2, 1, 2 sold, 1 free"),
		wrong("Return", o.Return("Ben"), 1),
		wrong("Close of what has been sold", sortedPlan(o.Close()), "[ Ada]"),
	)
}

// sortedPlan is who has a seat, in any order.
func sortedPlan(plan []string) string {
	return fmt.Sprint(slices.Compact(slices.Sorted(slices.Values(plan))))
}

// allAtOnce is about more customers at a time than a program may be made for. Each gets a seat.
func allAtOnce() (bad string) {
	n := 1 + 2*contract.Largest(1, 2, 300) // one of them may be held up in the middle
	o := boxoffice.Open(n)
	var people sync.WaitGroup
	for i := range n {
		people.Go(func() { o.Book(fmt.Sprint("customer ", i), 1) })
	}
	people.Wait()
	bad = wrong("Sold, Free and Board", counts(o), fmt.Sprintf("%d, 0, %d sold, 0 free", n, n))
	seated := o.Close()
	slices.Sort(seated)
	return cmp.Or(bad, wrong(fmt.Sprintf("of %d customers who asked for a seat each, how many got one", n), len(slices.Compact(seated)), n))
}

// slowBoard is about somebody who is slow at looking: when it looks on, what tells that
// seats were sold meanwhile may be what it was. Each purchase changes it once or twice.
func slowBoard() (bad string) {
	n := contract.Cycle(600)
	o := boxoffice.Open(n + 2)
	o.Book("Ada", 2)
	var people sync.WaitGroup
	people.Go(func() {
		var sold, free int
		board := o.Board()
		if _, err := fmt.Sscanf(board, "%d sold, %d free", &sold, &free); err != nil || sold+free != n+2 {
			bad = fmt.Sprintf("while %d of %d seats are sold, Board returns %q", n, n+2, board)
		}
	})
	people.Go(func() {
		for i := range n {
			o.Book(fmt.Sprint("customer ", i), 1)
		}
	})
	people.Wait()
	o.Close()
	return bad
}

// veryManyNames is manyNames for numbers that some 16 bits have.
func veryManyNames() (bad string) {
	for _, n := range contract.Numbers(20_001, 70_000) {
		o := boxoffice.Open(2)
		contract.Quickly(func() {
			o.Book("Ada", 1)
			for i := range n {
				name := fmt.Sprint("customer ", i)
				o.Book(name, 1)
				bad = cmp.Or(bad, wrong(fmt.Sprintf("Return of the one seat of customer %d", i+1), o.Return(name), 1))
			}
		})
		bad = cmp.Or(bad, wrong("after them, Return of the first one's seat", o.Return("Ada"), 1))
		o.Close()
	}
	return bad
}

// returnsAll is about a customer with many seats: they are hers, and then they are not.
func returnsAll() (bad string) {
	n := 2 + contract.Largest(9, 2, 70_000)
	o := boxoffice.Open(n)
	contract.Quickly(func() { o.Book("Ada", n) })
	var people sync.WaitGroup
	people.Go(func() {
		if sold := o.Sold(); sold != 0 && sold != n {
			bad = fmt.Sprintf("while %d seats are returned, Sold returns %d", n, sold)
		}
	})
	people.Go(func() { o.Return("Ada") })
	people.Wait()
	o.Close()
	return bad
}
