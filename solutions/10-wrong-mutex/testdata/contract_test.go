package stadium_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	stadium "racelab/exercises/10-wrong-mutex"
)

// towns is where a scenario takes place: there are two stadiums.
type towns struct {
	s, other *stadium.Stadium

	scanning [manyGates]int // tickets that are at the turnstile of a gate of s
	inside   int            // visitors in s who can leave

	scans [manyGates]int // how many good tickets have been scanned at a gate of s
	mine  [manyGates]int // by goroutine: which of them its latest one was; 0: none
	let   [manyGates]int // the last of them whose visitor got in
	turns [manyGates]int // by goroutine: 1 + the gate that has scanned its ticket, until it is through; 0: none
	left  bool           // somebody has left s
}

// manyGates is more than anybody should provide for. The last gate is for visitors
// who leave: nobody enters there.
const manyGates = 20

// early is how many visitors are inside from the beginning, so that every goroutine of
// a scenario can let one out.
const early = 4

// Contract is what one can do with a stadium.
func Contract() contract.Contract {
	type ops = []contract.Op[*towns]
	gate := func(n int) func(int) int { return func(int) int { return n } }
	own := func(goroutine int) int { return goroutine }
	terms := contract.Terms[*towns]{Ops: ops{
		entering("s.Gate(0)", "good", gate(0)),
		entering("s.Gate(1)", "good", gate(1)),
		entering("s.Gate(0)", "forged", gate(0)),
		entering("s.Gate(own)", "good", own),
		changing(`if s.Gate(1).Enter("good") { s.Gate(last).Leave() }`, gate(1), func(t *towns, c *contract.Call, visit func() bool) {
			if visit() {
				c.Between()
				leaving(t, c)
			}
		}),
		changing(`s.Gate(last).Leave(), s.Gate(own).Enter("good")`, own, func(t *towns, c *contract.Call, visit func() bool) {
			leaving(t, c)
			c.Between()
			visit()
		}),
		changing(`s.Gate(own).Enter("good"), s.Inside()`, own, func(t *towns, c *contract.Call, visit func() bool) {
			visit()
			c.Between()
			c.Return(t.s.Inside())
		}),
		{Text: "s.Gate(last).Leave()", Do: leaving},
		{
			Text: "s.Inside()", Do: func(t *towns, c *contract.Call) { c.Return(t.s.Inside()) },
			// The board may wait for a gate, as long as no gate waits for the board.
			MayWait: func(string) bool { return true },
		},
		{Text: `other.Gate(0).Enter("other")`, Do: func(t *towns, c *contract.Call) { c.Return(t.other.Gate(0).Enter("other")) }},
		{Text: `other.Gate(1).Enter("good")`, Do: func(t *towns, c *contract.Call) { c.Return(t.other.Gate(1).Enter("good")) }},
		{Text: "other.Inside()", Do: func(t *towns, c *contract.Call) { c.Return(t.other.Inside()) }},
		{Text: "a stadium with 300 seats and 20 gates, which fills and empties twice, and then people pass through a gate", Apart: true, Do: derby},
		{Text: "a scan at gate 2 takes long, somebody looks at the board, and visitors come to all other gates", Apart: true, Do: behindTheBoard(100, 1)},
		{Text: "the same, and two look at the board at the same time", Apart: true, Do: behindTheBoard(100, 2)},
		{Text: "a scan at gate 2 takes long, the stadium is full, somebody looks at the board, and visitors leave and come", Apart: true, Do: behindTheBoard(3, 1)},
		{Text: "a scan at gate 2 takes long, somebody leaves there, and visitors leave at all other gates", Apart: true, Do: outBehindAScan},
		{Text: "a ticket is scanned at gate 0 until the same one is at gate 1: good, forged, or none", Apart: true, Do: sameTicket},
		{Text: "stadiums are opened while another one is in use", Apart: true, Do: opening},
		{Text: "a stadium with 300 gates, and a visitor at each", Apart: true, Do: manyMore},
		{Text: "at each of two gates comes a visitor with a ticket that the ticket office finds valid once", Apart: true, Do: validOnce},
		{Text: "at as many gates as a number in the program, a visitor comes at the same time", Apart: true, Do: allAtOnce},
		{Text: "after as many visitors as a number in the program, two come for the last seat, and somebody looks at the board", Apart: true, Do: lastSeat},
		{Text: "a stadium with 300 gates, and at some of them two visitors with forged tickets at the same time", Apart: true, Do: twoAtEach},
		{Text: "stadium.Open(0, 1, scan), a visitor, and stadium.Open(1, 0, scan)", Apart: true, Do: nothingThere},
		{Text: "a ticket office that changes its mind, and counts how often it is asked", Apart: true, Do: usedUp},
		{Text: "visitors come to a full stadium, one leaves, and another one comes", Apart: true, Do: fullHouse},
		{Text: "at two gates tickets are scanned, and at both as many visitors wait as a number in the program", Apart: true, Do: longQueues},
		{Text: "a stadium with as many gates as a number in the program, and one more, which scan side by side", Apart: true, Do: manyScans},
		{Text: "a stadium with as many seats as a number in the program, which fills, and one visitor too many", Apart: true, Do: allSeats},
		{Text: "two gates, with as many visitors inside as a number in the program, and one more", Apart: true, Do: fuller},
		{Text: "two gates, after as many refused tickets as a number in the program, and one more", Apart: true, Do: afterForgeries},
		{Text: "two gates, after as many visitors have come and gone as a number in the program, and one more", Apart: true, Do: afterVisitors},
		{Text: "a gate through which as many visitors come as a number in the program, and one more", Apart: true, Do: oneGate},
		{Text: "as many visitors as a number in the program, and two more, leave one after the other in the evening", Apart: true, Do: evening},
		{Text: "a stadium with one seat, three visitors who come and leave, one after the other, and the board", Apart: true, Do: comeAndGo},
		{Text: "two seats, one of them free: who is in leaves at gate 0, another visitor comes to gate 1, and a third to gate 0", Apart: true, Do: movesOn(0, 1, 0)},
		{Text: "two seats, one of them free: who is in leaves at gate 1, another visitor comes to gate 0, and a third to gate 0", Apart: true, Do: movesOn(1, 0, 0)},
		{Text: "three gates, two seats, one of them free: who is in leaves at gate 0, another visitor comes to gate 1, and a third to gate 2", Apart: true, Do: movesOn(0, 1, 2)},
		{Text: "three gates, two seats, one of them free: who is in leaves at gate 1, another visitor comes to gate 0, and a third to gate 2", Apart: true, Do: movesOn(1, 0, 2)},
		{Text: "a scan takes as long as a time in the program, and a little longer", Apart: true, Do: slowOffice},
		{Text: "s.Inside(), other.Inside()", Finally: true, Do: func(t *towns, c *contract.Call) { c.Return(t.s.Inside(), t.other.Inside()) }},
		{Text: `s.Gate(0).Enter("good"), s.Gate(1).Enter("good"), s.Inside(), and the same with other`, Finally: true, Do: comingLate},
		{Text: "s.Close()", Finally: true, Do: func(t *towns, c *contract.Call) { c.Keep(t.s.Close()) }},
		{Text: "other.Close()", Finally: true, Do: func(t *towns, c *contract.Call) { c.Keep(t.other.Close()) }},
	}}
	for inOther, capacity := range []int{early, early + 1, 20_000} {
		terms.Setups = append(terms.Setups, contract.Setup[*towns]{
			Text: fmt.Sprintf("s, other := stadium.Open(%d, %d, scan), stadium.Open(2, 2, scanOther) // %d visitors have entered s at gates 0 to %d, and %d the other", capacity, manyGates, early, early-1, inOther),
			Open: func() *towns { return opened(capacity, inOther) },
		})
	}
	return contract.Of(terms)
}

func opened(capacity, inOther int) *towns {
	t := &towns{inside: early}
	t.s = stadium.Open(capacity, manyGates, t.scan)
	t.other = stadium.Open(2, 2, func(_ int, ticket string) bool { return ticket == "other" })
	for i := range early {
		t.s.Gate(i).Enter("good")
	}
	for i := range inOther {
		t.other.Gate(i).Enter("other")
	}
	return t
}

// comingLate are visitors who come when all others have gone their ways. They get in if
// there is room.
func comingLate(t *towns, c *contract.Call) {
	for gate := range 2 {
		c.Return(t.s.Gate(gate).Enter("good"), t.other.Gate(gate).Enter("other"))
	}
	c.Return(t.s.Inside(), t.other.Inside())
}

// entering is a visitor who wants to get in.
func entering(text, ticket string, gate func(goroutine int) int) contract.Op[*towns] {
	return contract.Op[*towns]{
		Text: fmt.Sprintf("%s.Enter(%q)", text, ticket), Calls: true,
		Do: func(t *towns, c *contract.Call) { t.enter(c, gate(c.Goroutine()), ticket) },
	}
}

// changing is a visitor who does something else, too.
func changing(text string, gate func(goroutine int) int, do func(t *towns, c *contract.Call, visit func() bool)) contract.Op[*towns] {
	return contract.Op[*towns]{
		Text: text, Calls: true,
		Do: func(t *towns, c *contract.Call) {
			do(t, c, func() bool { return t.enter(c, gate(c.Goroutine()), "good") })
		},
		// The board may wait for a gate, and so may who looks at it.
		MayWait: func(string) bool { return strings.Contains(text, "Inside") },
	}
}

// enter lets a visitor in, if it can.
func (t *towns) enter(c *contract.Call, gate int, ticket string) bool {
	t.comes(c.Goroutine())
	in := t.s.Gate(gate).Enter(fmt.Sprintf("%s %s %d", ticket, c.Token(), gate))
	t.through(c.Goroutine())
	c.Return(in)
	if t.overtaken(c.Goroutine(), gate, in) {
		c.Return("and it was let in whose ticket was scanned later")
	}
	return in
}

//go:norace
func (t *towns) comes(goroutine int) { t.mine[goroutine] = 0 }

// overtaken notes what became of a visitor, and reports whether it was turned away
// although the next at that gate got in. It says nothing once somebody has left.
//
//go:norace
func (t *towns) overtaken(goroutine, gate int, in bool) bool {
	mine := t.mine[goroutine]
	if in {
		t.inside++
		t.let[gate] = max(t.let[gate], mine)
	}
	return !in && mine > 0 && t.let[gate] > mine && !t.left
}

// scan is the ticket office of s.
func (t *towns) scan(gate int, ticket string) bool {
	kind, rest, _ := strings.Cut(ticket, " ")
	token, at, _ := strings.Cut(rest, " ")
	if c := contract.Find(token); c != nil {
		if at != strconv.Itoa(gate) {
			c.Return(fmt.Sprintf("gate %s says that it is gate %d", at, gate))
		}
		if t.turnstile(gate, 1) > 1 {
			c.Return("two tickets are scanned at one gate at the same time")
		}
		t.waits(c, gate)
		c.Inside()
		if kind == "good" {
			t.valid(gate, c.Goroutine())
		}
		t.scanned(gate, c.Goroutine())
		t.turnstile(gate, -1)
	}
	return kind == "good"
}

// waits lets a scan at gate 1 take long while the visitor before, whose ticket has been
// scanned there, is not through: whoever can get on does so, however slow it is. At other
// gates it does not, because then a visitor may overtake the one before.
func (t *towns) waits(c *contract.Call, gate int) {
	if gate != 1 || !t.before(gate, c.Goroutine()) {
		return
	}
	contract.Rest(3 * time.Second)
	if t.before(gate, c.Goroutine()) {
		c.Return("the visitor before waits until this ticket is scanned, too")
	}
}

// turnstile counts the tickets that are being scanned at a gate.
//
//go:norace
func (t *towns) turnstile(gate, change int) int {
	t.scanning[gate] += change
	return t.scanning[gate]
}

//go:norace
func (t *towns) valid(gate, goroutine int) {
	t.scans[gate]++
	t.mine[goroutine] = t.scans[gate]
}

//go:norace
func (t *towns) scanned(gate, goroutine int) { t.turns[goroutine] = 1 + gate }

//go:norace
func (t *towns) through(goroutine int) { t.turns[goroutine] = 0 }

// before reports whether another visitor, whose ticket this gate has scanned, is not
// through yet.
//
//go:norace
func (t *towns) before(gate, goroutine int) bool {
	for other, at := range t.turns {
		if at == 1+gate && other != goroutine {
			return true
		}
	}
	return false
}

// leaving is a visitor who leaves. In a long scenario there may be none.
func leaving(t *towns, _ *contract.Call) {
	if t.leaves() {
		t.s.Gate(manyGates - 1).Leave()
	}
}

//go:norace
func (t *towns) leaves() bool {
	if t.inside == 0 {
		return false
	}
	t.inside--
	t.left = true
	return true
}

// derby is about a stadium with more visitors than fit into a byte, at one gate, too.
func derby(_ *towns, c *contract.Call) {
	const seats = 300
	s := stadium.Open(seats, manyGates, func(_ int, ticket string) bool { return ticket == "good" })
	in := 0
	for range 2 {
		for i := range seats + 3 {
			if s.Gate(i % manyGates).Enter("good") {
				in++
			}
		}
		c.Return(in, s.Inside())
		for i := range seats {
			s.Gate((i + 3) % manyGates).Leave()
		}
		c.Return(s.Inside())
	}
	for range seats {
		if g := s.Gate(1); g.Enter("good") {
			g.Leave()
		}
	}
	c.Return(s.Inside())
	c.Keep(s.Close())
}

// behindTheBoard is about a board that may wait for a gate: no other gate waits for the
// board. Three visitors are inside.
func behindTheBoard(seats, looking int) func(*towns, *contract.Call) {
	return func(_ *towns, c *contract.Call) {
		const gates, slow = 5, 2
		scanned := make(chan struct{})
		s := stadium.Open(seats, gates, func(gate int, _ string) bool {
			if gate == slow {
				<-scanned
			}
			return true
		})
		for range 3 {
			s.Gate(0).Enter("good")
		}
		var people sync.WaitGroup
		people.Go(func() { s.Gate(slow).Enter("good") })
		contract.Rest(time.Second)
		for range looking {
			people.Go(func() { s.Inside() })
		}
		contract.Rest(time.Second)
		for gate := range gates {
			if gate != slow {
				s.Gate(gate).Leave()
				c.Return(s.Gate(gate).Enter("good"))
			}
		}
		close(scanned)
		people.Wait()
		c.Return(s.Inside())
		c.Keep(s.Close())
	}
}

// outBehindAScan is about a gate where somebody who leaves may wait for a ticket: nobody waits
// for that at another gate.
func outBehindAScan(_ *towns, c *contract.Call) {
	const gates, slow = 4, 2
	scanned := make(chan struct{})
	s := stadium.Open(10, gates, func(gate int, _ string) bool {
		if gate == slow {
			<-scanned
		}
		return true
	})
	for range gates {
		s.Gate(0).Enter("good")
	}
	var people sync.WaitGroup
	people.Go(func() { s.Gate(slow).Enter("good") })
	contract.Rest(time.Second)
	people.Go(s.Gate(slow).Leave)
	contract.Rest(time.Second)
	for gate := range gates {
		if gate != slow {
			s.Gate(gate).Leave()
		}
	}
	close(scanned)
	people.Wait()
	c.Return(s.Inside())
	c.Keep(s.Close())
}

// sameTicket is about tickets that look the same at two gates, which scan them at the same
// time all the same.
func sameTicket(_ *towns, c *contract.Call) {
	for _, ticket := range []string{"good", "forged", "", "good"} {
		other := make(chan struct{})
		s := stadium.Open(10, 2, func(gate int, ticket string) bool {
			if gate == 0 {
				<-other
			} else {
				close(other)
			}
			return ticket == "good"
		})
		var first bool
		var people sync.WaitGroup
		people.Go(func() { first = s.Gate(0).Enter(ticket) })
		contract.Rest(time.Second)
		second := s.Gate(1).Enter(ticket)
		people.Wait()
		c.Return(first, second, s.Inside())
		c.Keep(s.Close())
	}
}

// opening is about stadiums that are new while others are in use, or new, too.
func opening(_ *towns, c *contract.Call) {
	valid := func(int, string) bool { return true }
	s := stadium.Open(4, 2, valid)
	var in, inMine int
	var visitors sync.WaitGroup
	visitors.Go(func() {
		for i := range 3 {
			if s.Gate(i % 2).Enter("good") {
				s.Inside()
				s.Gate(0).Leave()
			}
			mine := stadium.Open(1, 1, valid)
			mine.Gate(0).Enter("good")
			inMine += mine.Inside()
			mine.Close()
		}
	})
	visitors.Go(func() {
		for gates := range 3 {
			next := stadium.Open(1, 1+gates, valid)
			if next.Gate(gates).Enter("good") {
				in += next.Inside()
				next.Gate(0).Leave()
			}
			next.Close()
		}
	})
	visitors.Wait()
	c.Return(in, inMine, s.Inside())
	c.Keep(s.Close())
}

// manyMore is about more gates than fit into a byte. The first visitor at each finds the
// stadium empty, the second finds it full.
func manyMore(_ *towns, c *contract.Call) {
	const gates = 300
	s := stadium.Open(1, gates, func(gate int, ticket string) bool { return ticket == strconv.Itoa(gate) })
	results := map[bool]int{}
	for gate := range gates {
		contract.GoesOn()
		results[s.Gate(gate).Enter(strconv.Itoa(gate))]++
		results[s.Gate((gate+1)%gates).Enter(strconv.Itoa((gate+1)%gates))]++
		s.Gate(gates - 1 - gate).Leave()
	}
	c.Return(results, s.Inside())
	checkAdmitted(c, s.Close(), func(int) int { return 1 }, gates)
}

// checkAdmitted says where what the gates have let in is not what it should be.
func checkAdmitted(c *contract.Call, got []int, want func(gate int) int, gates int) {
	if len(got) != gates {
		c.Return(fmt.Sprintf("of %d gates, Close returns %d numbers", gates, len(got)))
		return
	}
	for gate, n := range got {
		if n != want(gate) {
			c.Return(fmt.Sprintf("Close says that gate %d has let %d visitors in; it was %d", gate, n, want(gate)))
			return
		}
	}
}

// twoAtEach is about gates whose numbers do not fit into a byte, or are more than a word has
// bits: each scans one ticket at a time, and all of them side by side. Nobody gets in, so that it
// is about the turnstiles alone.
func twoAtEach(t *towns, c *contract.Call) {
	numbers := [...]int{0, 31, 32, 63, 64, 127, 128, 255, 256, 299}
	scanned := make(chan struct{})
	s := stadium.Open(300, 300, func(gate int, _ string) bool {
		at := slices.Index(numbers[:], gate)
		if t.turnstile(at, 1) > 1 {
			c.Return("two tickets are scanned at one gate at the same time")
		}
		<-scanned
		t.turnstile(at, -1)
		return false
	})
	var visitors sync.WaitGroup
	for range 2 {
		for _, gate := range numbers {
			visitors.Go(func() { s.Gate(gate).Enter("forged") })
		}
	}
	contract.Rest(time.Second)
	scans := 0
	for at := range numbers {
		scans += t.turnstile(at, 0)
	}
	c.Say("at each of", scans, "gates a ticket is scanned")
	close(scanned)
	visitors.Wait()
	c.Return(s.Inside())
	checkAdmitted(c, s.Close(), func(int) int { return 0 }, 300)
}

// nothingThere is about a stadium without seats, and one without gates.
func nothingThere(_ *towns, c *contract.Call) {
	valid := func(int, string) bool { return true }
	noSeats, noGates := stadium.Open(0, 1, valid), stadium.Open(1, 0, valid)
	c.Return(noSeats.Gate(0).Enter("good"), noSeats.Inside(), noGates.Inside())
	c.Keep(noSeats.Close())
	c.Keep(noGates.Close())
}

// usedUp is about a ticket office that finds every third scan of a ticket valid. There is
// room for all: in a full stadium nobody needs to ask.
func usedUp(_ *towns, c *contract.Call) {
	asked := map[string]int{}
	s := stadium.Open(6, 2, func(gate int, ticket string) bool {
		asked[ticket]++
		return asked[ticket]%3 == 0
	})
	for i := range 18 {
		ticket := []string{"", "one"}[i%2]
		c.Return(s.Gate(i/3%2).Enter(ticket), asked[ticket])
	}
	c.Return(s.Inside())
	c.Keep(s.Close())
}

// fullHouse is about visitors for whom there is no seat. Their tickets need not be scanned, and
// not more than once.
func fullHouse(_ *towns, c *contract.Call) {
	asked := map[string]int{}
	s := stadium.Open(1, 2, func(_ int, ticket string) bool {
		asked[ticket]++
		return true
	})
	c.Return(s.Gate(0).Enter("first"), asked["first"])
	for i := range 4 {
		ticket := fmt.Sprint("late ", i)
		c.Return(s.Gate(i%2).Enter(ticket), asked[ticket] < 2)
	}
	s.Gate(0).Leave()
	c.Return(s.Gate(1).Enter("last"), asked["last"], s.Inside())
	c.Keep(s.Close())
}

// tally counts what happens in several goroutines. It does not order them.
type tally int

//go:norace
func (t *tally) add(n int) int {
	*t += tally(n)
	return int(*t)
}

// longQueues is about many who wait at two gates. When the ticket at one of them has been
// scanned, all get in who wait there, and not those at the other: whose turn it is depends on
// the gate, and nobody is sent away because the queue is long.
func longQueues(_ *towns, c *contract.Call) {
	for _, waiting := range append([]int{3}, contract.Counts(300)...) {
		for free := range 2 {
			twoQueues(c, waiting+2, free)
		}
	}
	if large := contract.Largest(0, 301, 1_000); large > 0 { // such a crowd takes long
		twoQueues(c, large+2, 0)
	}
}

// twoQueues is about two gates at which so many wait. The scan at gate free ends first.
func twoQueues(c *contract.Call, waiting, free int) {
	answered := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
	s := stadium.Open(2*waiting+2, 2, func(gate int, _ string) bool {
		<-answered[gate]
		return true
	})
	var in [2]tally
	var visitors sync.WaitGroup
	comes := func(gate, n int) {
		for range n {
			visitors.Go(func() {
				if s.Gate(gate).Enter("good") {
					in[gate].add(1)
				}
			})
		}
		contract.Rest(time.Second)
	}
	comes(0, 1)
	comes(1, 1)
	comes(0, waiting)
	comes(1, waiting)
	for _, gate := range []int{free, 1 - free} {
		close(answered[gate])
		contract.Rest(time.Second)
		if got := in[gate].add(0); got != waiting+1 {
			c.Return(fmt.Sprintf("%d visitors wait at each of two gates; when gate %d goes on, %d of %d get in there", waiting, gate, got, waiting+1))
		}
	}
	visitors.Wait()
	checkAdmitted(c, s.Close(), func(int) int { return waiting + 1 }, 2)
}

// office answers at once, except for tickets that are held: these it finds forged, and not
// before it is told to answer.
type office struct {
	held   tally // how many tickets are held
	answer chan struct{}
}

const heldTicket = "held"

func (o *office) scan(_ int, ticket string) bool {
	if ticket == heldTicket {
		o.held.add(1)
		<-o.answer
		o.held.add(-1)
	}
	return ticket == "good"
}

// sideBySide lets a visitor come to each of the first gates, and says whether their tickets
// are scanned at the same time. The stadium must not be full.
func (o *office) sideBySide(c *contract.Call, s *stadium.Stadium, gates int, when string, n int) {
	o.answer = make(chan struct{})
	var visitors sync.WaitGroup
	for gate := range gates {
		visitors.Go(func() { s.Gate(gate).Enter(heldTicket) })
	}
	contract.Rest(time.Second)
	if got := o.held.add(0); got != gates {
		c.Return(fmt.Sprintf("with %d %s, %d of %d gates scan a ticket at the same time", n, when, got, gates))
	}
	close(o.answer)
	visitors.Wait()
}

// manyScans is about more gates than a program may be made for.
func manyScans(_ *towns, c *contract.Call) {
	for _, n := range contract.Counts(899) {
		var o office
		s := stadium.Open(1, n+1, o.scan)
		o.sideBySide(c, s, n+1, "gates", n+1)
		checkAdmitted(c, s.Close(), func(int) int { return 0 }, n+1)
	}
}

// allSeats is about stadiums that are just as large as a program may be made for, and a
// little larger.
func allSeats(_ *towns, c *contract.Call) {
	for _, n := range contract.Counts(5_000) {
		for _, seats := range []int{n, n + 1} {
			var o office
			s := stadium.Open(seats, 2, o.scan)
			in := 0
			for range seats + 1 {
				if s.Gate(0).Enter("good") {
					in++
				}
			}
			if in != seats || s.Inside() != seats {
				c.Return(fmt.Sprintf("there are %d seats: %d visitors got in, %d are inside", seats, in, s.Inside()))
			}
			s.Gate(1).Leave()
			if !s.Gate(1).Enter("good") || s.Gate(0).Enter("good") {
				c.Return(fmt.Sprintf("there are %d seats: one has left, and then not just one got in", seats))
			}
			checkAdmitted(c, s.Close(), func(gate int) int { return []int{in, 1}[gate] }, 2)
		}
	}
}

// fuller is about a stadium in which there are more and more visitors: its gates always
// work side by side.
func fuller(_ *towns, c *contract.Call) {
	var o office
	s := stadium.Open(100_000, 2, o.scan)
	inside := 0
	for _, n := range contract.Numbers(1, 50_000) {
		for _, want := range []int{n, n + 1} {
			for ; inside < want; inside++ {
				s.Gate(inside % 2).Enter("good")
			}
			o.sideBySide(c, s, 2, "visitors inside", inside)
		}
		if got := s.Inside(); got != inside {
			c.Return(fmt.Sprintf("%d visitors have come, %d are inside", inside, got))
		}
	}
	s.Close()
}

// afterForgeries is about gates that have refused more and more tickets, one after the
// other: they work side by side all the same, and let in who has a good one.
func afterForgeries(_ *towns, c *contract.Call) {
	var o office
	s := stadium.Open(1, 2, o.scan)
	refused := 0 // at each of the gates
	for _, n := range contract.Numbers(1, 10_000) {
		for _, want := range []int{n, n + 1} {
			for ; refused < want; refused++ {
				s.Gate(0).Enter("forged")
				s.Gate(1).Enter("forged")
			}
			o.sideBySide(c, s, 2, "tickets refused at each gate", refused)
			refused++ // those tickets, too
		}
	}
	if !s.Gate(0).Enter("good") {
		c.Return(fmt.Sprintf("after %d forged tickets, a good one is refused", refused))
	}
	s.Close()
}

// afterVisitors is about gates through which more and more visitors have come and gone.
func afterVisitors(_ *towns, c *contract.Call) {
	var o office
	s := stadium.Open(2, 2, o.scan)
	in := [2]int{}
	for _, n := range contract.Numbers(1, 10_000) {
		for _, want := range []int{n, n + 1} {
			for in[0] < want {
				for gate := range in {
					if s.Gate(gate).Enter("good") {
						s.Gate(1 - gate).Leave()
					}
					in[gate]++
				}
			}
			o.sideBySide(c, s, 2, "visitors who have come and gone at each gate", want)
		}
		if got := s.Inside(); got != 0 {
			c.Return(fmt.Sprintf("%d visitors have come and gone, %d are inside", in[0]+in[1], got))
		}
	}
	checkAdmitted(c, s.Close(), func(gate int) int { return in[gate] }, 2)
}

// slowOffice is about a scan that takes longer than a program may be made for. Somebody waits
// at that gate, and others come and go at the next.
func slowOffice(_ *towns, c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		s := stadium.Open(3, 2, func(_ int, ticket string) bool {
			if ticket == "slow" {
				contract.Rest(long + long/8 + time.Millisecond)
			}
			return true
		})
		var in tally
		var visitors sync.WaitGroup
		for _, ticket := range []string{"slow", "good"} {
			visitors.Go(func() {
				if s.Gate(0).Enter(ticket) {
					in.add(1)
				}
			})
			visitors.Go(func() {
				if g := s.Gate(1); g.Enter("good") {
					g.Leave()
				}
			})
		}
		visitors.Wait()
		if got := s.Inside(); in.add(0) != 2 || got != 2 {
			c.Return(fmt.Sprintf("a scan has taken a little longer than %v: %d of 2 got in at that gate, and %d are inside", long, in.add(0), got))
		}
		checkAdmitted(c, s.Close(), func(int) int { return 2 }, 2)
	}
}

// lastSeat is about what a program does once in so many visitors.
func lastSeat(_ *towns, c *contract.Call) {
	n := contract.Number(5, 2, 2_000)
	s := stadium.Open(2, 3, func(int, string) bool { return true })
	for i := range n {
		if !s.Gate(0).Enter("good") {
			c.Return("there was room, and a visitor is turned away")
		}
		if i < n-1 {
			s.Gate(1).Leave()
		}
	}
	var in [2]bool
	var people sync.WaitGroup
	for gate := range in {
		people.Go(func() { in[gate] = s.Gate(gate).Enter("good") })
	}
	people.Go(func() {
		if got := s.Inside(); got < 1 || got > 2 {
			c.Say("the board says", got)
		}
	})
	people.Wait()
	if in[0] == in[1] || s.Inside() != 2 {
		c.Return(fmt.Sprintf("two came for the last seat, who got in: %v, and %d are inside", in, s.Inside()))
	}
	admitted := []int{n, 0, 0}
	for gate := range in {
		if in[gate] {
			admitted[gate]++
		}
	}
	checkAdmitted(c, s.Close(), func(gate int) int { return admitted[gate] }, len(admitted))
}

// allAtOnce is about more visitors at a time than a program may be made for. There is a seat
// for all but one.
func allAtOnce(_ *towns, c *contract.Call) {
	n := 1 + 2*contract.Largest(1, 2, 300) // one of them may be held up in the middle
	s := stadium.Open(n-1, n, func(int, string) bool { return true })
	got := make([]int, n)
	var people sync.WaitGroup
	for gate := range n {
		people.Go(func() {
			if s.Gate(gate).Enter("good") {
				got[gate] = 1
			}
		})
	}
	people.Wait()
	in := 0
	for _, one := range got {
		in += one
	}
	if in != n-1 || s.Inside() != n-1 {
		c.Return(fmt.Sprintf("there are %d seats: %d visitors got in, %d are inside", n-1, in, s.Inside()))
	}
	checkAdmitted(c, s.Close(), func(gate int) int { return got[gate] }, n)
}

// validOnce is about a ticket office that finds each ticket valid once. A gate that asks again
// keeps a visitor out.
func validOnce(_ *towns, c *contract.Call) {
	asked := map[string]*tally{"one": new(tally), "two": new(tally), "three": new(tally)}
	s := stadium.Open(9, 3, func(_ int, ticket string) bool { return asked[ticket].add(1) == 1 })
	var in [3]bool
	var visitors sync.WaitGroup
	for i, ticket := range []string{"one", "two", "three"} {
		visitors.Go(func() { in[i] = s.Gate(i).Enter(ticket) })
	}
	visitors.Wait()
	if in != [...]bool{true, true, true} {
		c.Return("a visitor whose ticket is valid once is turned away")
	}
	checkAdmitted(c, s.Close(), func(int) int { return 1 }, 3)
}

// oneGate is about more visitors at one gate than a program may count, of the million that the
// README speaks of.
func oneGate(_ *towns, c *contract.Call) {
	s := stadium.Open(1, 2, func(int, string) bool { return true })
	in := 1 + contract.Largest(0, 2, 1_000_000-1)
	contract.Quickly(func() {
		for range in {
			s.Gate(0).Enter("good")
			s.Gate(1).Leave()
		}
	})
	if got := s.Inside(); got != 0 {
		c.Return(fmt.Sprintf("%d visitors have come and gone, %d are inside", in, got))
	}
	checkAdmitted(c, s.Close(), func(gate int) int { return []int{in, 0}[gate] }, 2)
}

// evening is about visitors who leave while nobody comes or looks.
func evening(_ *towns, c *contract.Call) {
	for _, n := range append([]int{300}, contract.Counts(10_000)...) {
		s := stadium.Open(n+2, 2, func(int, string) bool { return true })
		contract.Quickly(func() {
			for i := range n + 2 {
				s.Gate(i % 2).Enter("good")
			}
			for i := range n + 2 {
				s.Gate(i % 2).Leave()
			}
		})
		if got := s.Inside(); got != 0 {
			c.Return(fmt.Sprintf("%d visitors have come and gone, %d are inside", n+2, got))
		}
		s.Close()
	}
}

// comeAndGo is about a board that somebody is slow at: several visitors pass meanwhile.
func comeAndGo(_ *towns, c *contract.Call) {
	s := stadium.Open(1, 2, func(int, string) bool { return true })
	var people sync.WaitGroup
	people.Go(func() {
		if got := s.Inside(); got < 0 || got > 1 {
			c.Say("there is one seat, and the board says", got)
		}
	})
	people.Go(func() {
		for range 3 {
			if !s.Gate(0).Enter("good") {
				c.Return("a visitor is turned away, and nobody is inside")
			}
			s.Gate(1).Leave()
		}
	})
	people.Wait()
	s.Close()
}

// movesOn is about a stadium that is never full: somebody is in through a gate and leaves there,
// and then one more comes to the next. Whoever comes meanwhile finds a seat, though not always
// the same one.
func movesOn(first, next, meanwhile int) func(*towns, *contract.Call) {
	return func(_ *towns, c *contract.Call) {
		s := stadium.Open(2, 1+max(1, meanwhile), func(int, string) bool { return true })
		enter := func(gate int) {
			if !s.Gate(gate).Enter("good") {
				c.Return("a visitor is turned away while a seat is free")
			}
		}
		enter(first)
		var people sync.WaitGroup
		people.Go(func() { enter(meanwhile) })
		people.Go(func() {
			s.Gate(first).Leave()
			enter(next)
		})
		people.Wait()
		c.Return(s.Inside())
		s.Close()
	}
}
