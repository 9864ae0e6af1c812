package bank_test

import (
	"math"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	bank "racelab/exercises/01-unlocked-balance"
)

// Two accounts of one bank.
type accounts struct{ a, b *bank.Account }

// Contract is what one can do with two accounts.
func Contract() contract.Contract {
	type op = contract.Op[*accounts]
	terms := contract.Terms[*accounts]{
		Setups: []contract.Setup[*accounts]{
			{Text: "a, b := bank.Open(0), bank.Open(-70); a.Deposit(40)", Open: opening(0, -70, 40)},
			// The next cent changes every digit, also those of two machine words.
			{Text: "a, b := bank.Open(1<<32 - 3), bank.Open(0); a.Deposit(2)", Open: opening(1<<32-3, 0, 2)},
		},
		Ops: []op{
			{Text: "a.Balance()", Do: func(s *accounts, c *contract.Call) { c.Return(s.a.Balance()) }},
			{Text: "a.Deposit(1)", Do: func(s *accounts, c *contract.Call) { s.a.Deposit(1) }},
			{Text: "a.Withdraw(4)", Do: func(s *accounts, c *contract.Call) { s.a.Withdraw(4) }},
			{Text: "a.Deposit(-5)", Do: func(s *accounts, c *contract.Call) { s.a.Deposit(-5) }},
			{Text: "a.Withdraw(-3); a.Balance()", Do: func(s *accounts, c *contract.Call) {
				s.a.Withdraw(-3)
				c.Between()
				c.Return(s.a.Balance())
			}},
			{Text: "a.Deposit(0)", Alone: true, Do: func(s *accounts, c *contract.Call) { s.a.Deposit(0) }},
			{Text: "a.Withdraw(0)", Alone: true, Do: func(s *accounts, c *contract.Call) { s.a.Withdraw(0) }},
			{Text: "a.Deposit(1<<53 + 1)", Do: func(s *accounts, c *contract.Call) { s.a.Deposit(1<<53 + 1) }},
			{Text: "a.Deposit(1<<60); a.Withdraw(1<<60)", Do: changes(1<<60, -1<<60)},
			// Of two places for small and large amounts, both change, whichever is read first.
			{Text: "a.Deposit(2); a.Deposit(1<<50); a.Withdraw(3)", Do: changes(2, 1<<50, -3)},
			// Each of the two sums comes back to what it was.
			{Text: "a.Deposit(5); a.Withdraw(3); a.Withdraw(-3); a.Deposit(-5)", Do: back},
			{Text: "a.Balance(); a.Balance()", Do: func(s *accounts, c *contract.Call) {
				first := s.a.Balance()
				c.Between()
				c.Return(first, s.a.Balance())
			}},
			{Text: "b.Balance()", Do: func(s *accounts, c *contract.Call) { c.Return(s.b.Balance()) }},
			{Text: "b.Withdraw(2)", Do: func(s *accounts, c *contract.Call) { s.b.Withdraw(2) }},
			{Text: "x := bank.Open(7); x.Deposit(1); x.Close()", Do: func(_ *accounts, c *contract.Call) {
				x := bank.Open(7)
				x.Deposit(1)
				c.Return(x.Close())
			}},
			{Text: "x := bank.Open(math.MinInt); x.Deposit(math.MaxInt); x.Balance(); x.Close()", Alone: true, Do: extremes},
			{Text: "_, ok := any(a).(interface{ Lock(); Unlock() })", Alone: true, Do: func(s *accounts, c *contract.Call) {
				_, ok := any(s.a).(interface {
					Lock()
					Unlock()
				})
				c.Return(ok)
			}},
			{Text: "a.Balance(), b.Balance()", Finally: true, Do: func(s *accounts, c *contract.Call) { c.Return(s.a.Balance(), s.b.Balance()) }},
			{Text: "a.Serve({pays 3 in}, {pays 5 out})", Finally: true, Do: func(s *accounts, c *contract.Call) {
				s.a.Serve([]bank.Customer{func(a *bank.Account) { a.Deposit(3) }}, []bank.Customer{func(a *bank.Account) { a.Withdraw(5) }})
			}},
			{Text: "a.Close()", Finally: true, Do: func(s *accounts, c *contract.Call) { c.Return(s.a.Close()) }},
			{Text: "b.Close()", Finally: true, Do: func(s *accounts, c *contract.Call) { c.Return(s.b.Close()) }},
		},
	}
	terms.Ops = append(terms.Ops, counters()...)
	return contract.Of(terms)
}

func opening(a, b, then int) func() *accounts {
	return func() *accounts {
		s := &accounts{bank.Open(a), bank.Open(b)}
		s.a.Deposit(then)
		return s
	}
}

// changes deposits some amounts and withdraws the negative ones, one after the other.
func changes(amounts ...int) func(*accounts, *contract.Call) {
	return func(s *accounts, c *contract.Call) {
		for i, cents := range amounts {
			if i > 0 {
				c.Between()
			}
			if cents > 0 {
				s.a.Deposit(cents)
			} else {
				s.a.Withdraw(-cents)
			}
		}
	}
}

func back(s *accounts, c *contract.Call) {
	s.a.Deposit(5)
	c.Between()
	s.a.Withdraw(3)
	c.Between()
	s.a.Withdraw(-3)
	c.Between()
	s.a.Deposit(-5)
}

func extremes(_ *accounts, c *contract.Call) {
	x := bank.Open(math.MinInt)
	c.Return(x.Balance())
	x.Deposit(math.MaxInt)
	c.Return(x.Balance())
	x.Withdraw(math.MinInt)
	c.Return(x.Balance())
	x.Withdraw(math.MaxInt)
	c.Return(x.Balance(), x.Close())
}

// counters are the ways to serve customers.
func counters() []contract.Op[*accounts] {
	type op = contract.Op[*accounts]
	type queue = []bank.Customer
	nod := func(*bank.Account) {}
	return []op{
		{Text: "a.Serve of as many queues, and of one with as many customers, as a number in the program", Apart: true, Do: manyCustomers},
		{Text: "as many payments, of as many cents, as a number in the program", Apart: true, Do: manyPayments},
		{Text: "x := bank.Open(0); go x.Deposit(7), beside as many payments as a number in the program", Apart: true, Do: inTheWay},
		{Text: "x.Balance(), beside as many payments as fit into a byte, of which no two leave more than a cent", Apart: true, Do: looking(1 << 7)},
		{Text: "x.Balance(), beside as many payments as a number in the program, of which no two leave more than a cent", Apart: true, Do: looking(1 << 9)},
		{Text: "after as many payments as a number in the program, two are made at the same time", Apart: true, Do: meetingLate},
		{Text: "x := bank.Open(0); one pays 100 in, one looks and pays 30 out, one looks", Apart: true, Do: lookAndPay},
		{Text: "x := bank.Open(0); as many payments at the same time as a number in the program; x.Close()", Apart: true, Do: allAtOnce},
		{Text: "a.Serve({stays for as long as a time in the program}, {waits for that one})", Apart: true, Do: longVisits},
		{Text: "a.Serve(); a.Serve({}); a.Serve(nil, {pays 6 in}, {})", Alone: true, Do: func(s *accounts, c *contract.Call) {
			s.a.Serve()
			s.a.Serve(queue{})
			s.a.Serve(nil, queue{func(a *bank.Account) { a.Deposit(6) }}, queue{})
		}},
		{Text: "a.Serve({pays 100 in and stays})", Calls: true, Do: func(s *accounts, c *contract.Call) {
			left := false
			s.a.Serve(queue{func(a *bank.Account) {
				a.Deposit(100)
				c.Inside()
				left = true
			}})
			c.Say("everybody has left:", left)
		}},
		{Text: "a.Serve({stays, and five more come}, {pays 20 out}, {})", Calls: true, Do: func(s *accounts, c *contract.Call) {
			var served []string // no lock: those of one queue come one after the other
			comes := func(name string, stays func()) bank.Customer {
				return func(*bank.Account) {
					served = append(served, name+" comes")
					stays()
					served = append(served, name+" leaves")
				}
			}
			go1 := func() {}
			s.a.Serve(
				queue{comes("first", c.Inside), comes("second", go1), comes("third", go1), comes("fourth", go1), comes("fifth", go1), comes("last", go1)},
				queue{func(a *bank.Account) { a.Withdraw(20) }},
				queue{}, // nobody who stands there may help the others
			)
			c.Return(served)
		}},
		{Text: "a.Serve({nods, waits for one at the second counter, nods}, {nods, nods, nods back})", Do: func(s *accounts, c *contract.Call) {
			nodded, back := make(chan bool), make(chan bool)
			all := queue{
				nod, func(*bank.Account) { <-nodded }, func(*bank.Account) { close(back) },
				nod, nod, func(a *bank.Account) { a.Deposit(8); close(nodded); <-back },
			}
			s.a.Serve(all[:3], all[3:])
		}},
		{Text: "a.Serve({stays, then calls a.Serve({pays 7 in})}, {calls a.Serve and waits for that one})", Calls: true, Do: func(s *accounts, c *contract.Call) {
			paid := make(chan bool)
			s.a.Serve(
				queue{func(a *bank.Account) {
					c.Inside()
					a.Serve(queue{func(a *bank.Account) { a.Deposit(7); close(paid) }})
				}},
				queue{func(a *bank.Account) { a.Serve(queue{func(*bank.Account) { <-paid }}, queue{nod}) }},
			)
		}},
		{Text: "b.Serve({calls a.Serve({moves 9 from b to a and stays})})", Calls: true, Do: func(s *accounts, c *contract.Call) {
			s.b.Serve(queue{func(b *bank.Account) {
				s.a.Serve(queue{func(a *bank.Account) {
					b.Withdraw(9)
					c.Inside()
					a.Deposit(9)
				}})
			}})
		}},
		{Text: "queues := {Ann}, {}, {Ben, Cid, Dan}, {Eve, Fay}; a.Serve(queues...); a.Serve(queues...)", Alone: true, Do: queuesAsTheyWere},
		{Text: "queue := {pays 3 in, pays 4 in}; a.Serve(queue, {}, queue[1:], queue) // and b serves the same queues", Alone: true, Do: sharedQueues},
		{Text: "a.Serve(300 queues, whose customers wait for each other)", Alone: true, Do: func(s *accounts, _ *contract.Call) { crowd(s.a, 300) }},
		{Text: "a.Serve({200 customers})", Alone: true, Do: func(s *accounts, c *contract.Call) {
			served := 0
			var long queue
			for range 200 {
				long = append(long, func(*bank.Account) { served++ })
			}
			s.a.Serve(long)
			c.Return(served)
		}},
	}
}

// queuesAsTheyWere is about the queues after they have been served: who stands where, and
// is still the same. Neither their lengths nor anything else is in order.
func queuesAsTheyWere(s *accounts, c *contract.Call) {
	var asked []string // by name, once all have left
	here := func(name string) bank.Customer {
		return func(a *bank.Account) {
			if a == nil {
				asked = append(asked, name)
			}
		}
	}
	queues := [][]bank.Customer{{here("Ann")}, {}, {here("Ben"), here("Cid"), here("Dan")}, {here("Eve"), here("Fay")}}
	for range 2 {
		s.a.Serve(queues...)
		for _, queue := range queues {
			asked = append(asked, "|")
			for i, customer := range queue {
				if customer == nil {
					c.Say("customer", i, "of a queue is gone from the list")
					return
				}
				customer(nil)
			}
		}
		c.Return(asked)
	}
}

// sharedQueues is about queues that two accounts serve at the same time, and about one that
// stands at two counters. Nobody may change them meanwhile, as the race detector sees.
func sharedQueues(s *accounts, _ *contract.Call) {
	queue := []bank.Customer{func(a *bank.Account) { a.Deposit(3) }, func(a *bank.Account) { a.Deposit(4) }}
	queues := [][]bank.Customer{queue, {}, queue[1:], queue}
	var both sync.WaitGroup
	both.Go(func() { s.b.Serve(queues...) })
	s.a.Serve(queues...)
	both.Wait()
}

// manyCustomers is about queues that are longer, and more, than a program may be made for.
// The customers wait for each other.
func manyCustomers(_ *accounts, c *contract.Call) {
	x := bank.Open(0)
	for _, n := range contract.Counts(9_999) {
		before := x.Balance()
		if crowd(x, n+1); x.Balance() != before+n+1 {
			c.Say(n+1, "queues give", x.Balance()-before)
		}
	}
	for _, n := range contract.Counts(50_000) {
		served, order := 0, true
		long := make([]bank.Customer, n+1)
		for i := range long {
			long[i] = func(*bank.Account) { // no lock: they come one after the other
				order = order && served == i
				served++
			}
		}
		x.Serve(long)
		if served != n+1 || !order {
			c.Say(served, "of", n+1, "customers were served, in order:", order)
		}
	}
	x.Close()
}

// manyPayments is about more payments than a program may be made for, and larger ones. Who
// looks after just so many may be shown what was there before.
func manyPayments(_ *accounts, c *contract.Call) {
	for _, n := range contract.Counts(5_000) {
		x := bank.Open(0)
		for round := range 3 {
			before := x.Balance()
			for range n + round - 1 {
				x.Deposit(1)
			}
			if got := x.Balance() - before; got != n+round-1 {
				c.Return(n+round-1, "payments of 1, after somebody has looked, give", got)
			}
		}
		x.Close()
	}
	for _, n := range contract.Counts(50_000) {
		x := bank.Open(n)
		for range n + 1 {
			x.Deposit(2)
			x.Withdraw(1)
		}
		if got := x.Balance(); got != 2*n+1 {
			c.Say(n+1, "times", 2, "in and 1 out, beside", n, "give", got)
		}
		x.Close()
	}
	for _, n := range contract.Numbers(2, math.MaxInt) {
		for _, cents := range []int{n - 1, n, n + 1, -n} {
			x := bank.Open(cents)
			x.Deposit(cents)
			x.Withdraw(-cents)
			x.Deposit(1)
			if got := x.Balance(); got != 3*cents+1 {
				c.Say("three times", cents, "and 1 give", got)
			}
			x.Withdraw(3 * cents)
			if got := x.Close(); got != 1 {
				c.Say("three times", cents, "in and out leave", got)
			}
		}
	}
}

// inTheWay is about somebody who pays while another one makes payment after payment. Whoever
// gives up after some tries in vain is made to.
func inTheWay(_ *accounts, c *contract.Call) {
	x := bank.Open(0)
	beside(x, 1+contract.Largest(2, 2, 2_000), func() { x.Deposit(7) })
	if got := x.Close(); got != 7 {
		c.Say("7 cents were paid in, and there are", got)
	}
}

// looking is about somebody who looks meanwhile: a cent is there, or it is not. Between two
// looks at the same thing there may be some payments, or as many as fit into a byte; the more
// there are, the fewer orders are tried.
func looking(most int) func(*accounts, *contract.Call) {
	return func(_ *accounts, c *contract.Call) {
		x := bank.Open(0)
		beside(x, min(most, 8*(1+contract.Largest(2, 2, 1_000))), func() {
			if got := x.Balance(); got != 0 && got != 1 {
				c.Say("somebody sees", got)
			}
		})
		x.Close()
	}
}

// beside does something while somebody pays a cent in and out, so many times.
func beside(x *bank.Account, times int, do func()) {
	var both sync.WaitGroup
	both.Go(do)
	both.Go(func() {
		for range times {
			x.Deposit(1)
			x.Withdraw(1)
		}
	})
	both.Wait()
}

// meetingLate is about what a program does once in so many payments.
func meetingLate(_ *accounts, c *contract.Call) {
	n := contract.Number(5, 2, 2_000)
	x := bank.Open(-n)
	for range n - 1 {
		x.Deposit(1)
	}
	var both sync.WaitGroup
	both.Go(func() { x.Deposit(10) })
	both.Go(func() { x.Withdraw(20) })
	both.Wait()
	if got := x.Close(); got != -11 {
		c.Say("after", n-1, "payments and two at the same time there are", got, "instead of", -11)
	}
}

// longVisits is about customers who stay for longer than a program may be made for.
func longVisits(_ *accounts, c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		x := bank.Open(0)
		left := make(chan bool)
		x.Serve(
			[]bank.Customer{func(*bank.Account) {
				contract.Rest(long + time.Minute)
				close(left)
			}, func(a *bank.Account) { a.Deposit(1) }},
			[]bank.Customer{func(*bank.Account) { <-left }, func(a *bank.Account) { a.Deposit(2) }},
		)
		if got := x.Close(); got != 3 {
			c.Say("after a visit of", long, "there are", got)
		}
	}
}

// crowd serves many: the first waits for the second, the second for the third, and
// so on.
func crowd(x *bank.Account, n int) {
	paid := make([]chan struct{}, n+1)
	for i := range paid {
		paid[i] = make(chan struct{})
	}
	close(paid[n])
	queues := make([][]bank.Customer, n)
	for i := range queues {
		queues[i] = []bank.Customer{func(a *bank.Account) {
			<-paid[i+1]
			if i == 0 {
				a.Deposit(n)
			}
			close(paid[i])
		}}
	}
	x.Serve(queues...)
}

// allAtOnce is about more payments at a time than a program may be made for.
func allAtOnce(_ *accounts, c *contract.Call) {
	n := 1 + 2*contract.Largest(1, 2, 300) // one of them may be held up in the middle
	x := bank.Open(0)
	var people sync.WaitGroup
	for range n {
		people.Go(func() { x.Deposit(3) })
	}
	people.Wait()
	if got := x.Close(); got != 3*n {
		c.Return(n, "payments of 3 at the same time give", got)
	}
}

// lookAndPay is about somebody who looks, and then pays out what has been paid in. Another one
// who looks cannot see that there is less than nothing.
func lookAndPay(_ *accounts, c *contract.Call) {
	x := bank.Open(0)
	var first, second int
	var people sync.WaitGroup
	people.Go(func() { x.Deposit(100) })
	people.Go(func() { first = x.Balance(); x.Withdraw(30) })
	people.Go(func() { second = x.Balance() })
	people.Wait()
	if first == 100 && second < 0 {
		c.Say("one sees 100 and pays 30 out, another one sees", second)
	}
	x.Close()
}
