package fares_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/contract"
	fares "racelab/exercises/16-publish-before-init"
)

// sea is where a scenario takes place: there are two companies.
type sea struct {
	north, south *line
}

// A line is a company, and how often its prices were fetched.
type line struct {
	*fares.Tariff
	fetched atomic.Int64
}

func open(prices map[string]int) *line {
	l := new(line)
	l.Tariff = fares.New(func() map[string]int {
		l.fetched.Add(1)
		return prices
	})
	return l
}

// Contract is what one can do with tariffs.
func Contract() contract.Contract {
	north := func(s *sea) *line { return s.north }
	south := func(s *sea) *line { return s.south }
	terms := contract.Terms[*sea]{Ops: slices.Concat([]contract.Op[*sea]{
		asking("t", "Juist", north),
		asking("t", "Memmert", north),
		asking("t", "Atlantis", north),
		asking("t", "", north),
		asking("south", "Juist", south),
		asking("south", "Capri", south),
		{Text: "fetched", Finally: true, Do: func(s *sea, c *contract.Call) {
			for _, l := range []*line{s.north, s.south} {
				ask(c, l, "Juist")
				ask(c, l, "Atlantis")
				c.Return(l.fetched.Load())
			}
		}},
	}, aboutPassengers(), aboutCompanies())}
	for i, before := range []string{"", "; t.Price(…)", "; south.Price(…)"} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*sea]{
			Text: fmt.Sprintf("t, south := fares.New(…), fares.New(…)%s // between them are %d others", before, others),
			Open: func() *sea { return season(i, others) },
		})
	}
	return contract.Of(terms)
}

// season opens two companies, with so many others between them. The second one has no ferries in
// one of the setups.
func season(before, others int) *sea {
	s := &sea{north: open(map[string]int{"Juist": 2300, "Memmert": 0, "": 7})}
	for range others {
		fares.New(func() map[string]int { return nil })
	}
	s.south = open([]map[string]int{{"Capri": 4500}, nil, {}}[before])
	switch before {
	case 1:
		s.north.Price("Juist")
	case 2:
		s.south.Price("Capri")
	}
	return s
}

func ask(c *contract.Call, l *line, island string) {
	cents, ok := l.Price(island)
	c.Return(cents, ok)
}

func asking(name, island string, of func(*sea) *line) contract.Op[*sea] {
	return contract.Op[*sea]{
		Text: fmt.Sprintf("%s.Price(%q)", name, island),
		Do:   func(s *sea, c *contract.Call) { ask(c, of(s), island) },
	}
}

func apart(text string, do func(*contract.Call)) contract.Op[*sea] {
	return contract.Op[*sea]{Text: text, Apart: true, Do: func(_ *sea, c *contract.Call) { do(c) }}
}

// quickly is about what one person does alone.
func quickly(many func(*contract.Call, int)) func(*contract.Call, int) {
	return func(c *contract.Call, n int) { contract.Quickly(func() { many(c, n) }) }
}

func aboutPassengers() []contract.Op[*sea] {
	return []contract.Op[*sea]{
		apart("1,100 passengers", func(c *contract.Call) { manyPassengers(c, 1_100) }),
		apart("more passengers than a number in the program", contract.UpTo(66_000, quickly(manyPassengers))),
		apart("islands with odd names, and names that are texts in the program", named),
		apart("prices that are numbers in the program", oddPrices),
		apart("nobody asks for as long as a time in the program", quiet),
		apart("5 come at the same time", func(c *contract.Call) { crowd(c, 5) }),
		apart("more than a number in the program come at the same time", func(c *contract.Call) {
			crowd(c, 1+2*contract.Largest(2, 2, 200))
		}),
		apart("a company without ferries: 3 come at the same time", winter),
		apart("fetching takes longer than a time in the program, and 3 wait for it", slowLine),
	}
}

func aboutCompanies() []contract.Op[*sea] {
	return []contract.Op[*sea]{
		apart("while one company's prices are fetched, and somebody waits for them, others are asked, and begin", func(c *contract.Call) { others(c, 1, 1) }),
		apart("while more companies' prices are fetched than a number in the program, others are asked, and begin", func(c *contract.Call) {
			others(c, 2+contract.Largest(1, 1, 200), 1)
		}),
		apart("while one company's prices are fetched, 100 others of each sort are asked, or more than a number in the program", func(c *contract.Call) {
			others(c, 1, 2+contract.Largest(98, 1, 1_660))
		}),
		apart("2 companies are asked by 2 passengers each, for the first time", twoCompanies),
		apart("companies begin while others are asked", beginning),
		apart("300 companies", func(c *contract.Call) { manyCompanies(c, 300) }),
		apart("more companies than a number in the program", contract.UpTo(4_990, quickly(manyCompanies))),
	}
}

// manyPassengers is about n who come one after the other.
func manyPassengers(c *contract.Call, n int) {
	l := open(map[string]int{"A": 1, "B": 2})
	for i := range n {
		island, want := "A", 1
		if i%2 > 0 {
			island, want = "B", 2
		}
		if cents, ok := l.Price(island); cents != want || !ok {
			c.Say("passenger", i+1, "is told", cents, ok, "and should be told", want)
			return
		}
	}
	if cents, ok := l.Price("C"); cents != 0 || ok || l.fetched.Load() != 1 {
		c.Say("no ferry goes there, and it costs", cents, ok, "; the prices are fetched", l.fetched.Load(), "times")
	}
}

// named is about islands that a program may take for another one, or have a use of its own for.
func named(c *contract.Call) {
	islands := append(contract.Texts(), "", " ", "a", "A", "A ", "\x00", "\xff", "Ö", "O\u0308")
	prices := map[string]int{}
	for i, island := range islands {
		prices[island] = i
	}
	l := open(prices)
	for island, want := range prices {
		if cents, ok := l.Price(island); cents != want || !ok {
			c.Say(fmt.Sprintf("%q", island), "costs", cents, ok, "and should cost", want)
		}
	}
}

// oddPrices is about prices that a program may take for none.
func oddPrices(c *contract.Call) {
	all := append(contract.Numbers(-1<<40, 1<<40), 0, -1, 1, 1<<40)
	prices := map[string]int{}
	for i, cents := range all {
		prices[fmt.Sprint(i)] = cents
	}
	l := open(prices)
	for i, want := range all {
		if cents, ok := l.Price(fmt.Sprint(i)); cents != want || !ok {
			c.Say("a price of", want, "is told as", cents, ok)
		}
	}
}

// quiet is about a tariff for which nobody asks for long.
func quiet(c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		for _, pause := range []time.Duration{long + time.Minute, long} {
			l := open(map[string]int{"A": 1})
			contract.Rest(pause)
			before := l.fetched.Load()
			first, _ := l.Price("A")
			contract.Rest(pause)
			second, _ := l.Price("A")
			if before != 0 || first != 1 || second != 1 || l.fetched.Load() != 1 {
				c.Say("with a pause of", pause, "before and after the first passenger, two are told", first, second)
				c.Say("the prices are fetched", before, "times before, and", l.fetched.Load(), "in the end")
				return
			}
		}
	}
}

// crowd is about n who come at the same time.
func crowd(c *contract.Call, n int) {
	l := open(map[string]int{"A": 1})
	told := make([]bool, n)
	var passengers sync.WaitGroup
	for i := range n {
		passengers.Go(func() {
			cents, ok := l.Price("A")
			told[i] = ok && cents == 1
		})
	}
	passengers.Wait()
	if slices.Contains(told, false) || l.fetched.Load() != 1 {
		c.Say("of", n, "passengers", len(slices.DeleteFunc(told, func(ok bool) bool { return !ok })), "are told the price")
		c.Say("it is fetched", l.fetched.Load(), "times")
	}
}

// winter is about a company that has no prices.
func winter(c *contract.Call) {
	for _, prices := range []map[string]int{nil, {}} {
		l := open(prices)
		var passengers sync.WaitGroup
		var told [3]bool
		for i := range told {
			passengers.Go(func() { _, told[i] = l.Price("A") })
		}
		passengers.Wait()
		c.Return(told)
		ask(c, l, "A")
		c.Return(l.fetched.Load())
	}
}

// slowLine is about passengers who have to wait.
func slowLine(c *contract.Call) {
	const longest = 5 * time.Minute
	for _, long := range append(contract.Times(longest), time.Second) {
		answered := make(chan struct{})
		var fetched atomic.Int64
		t := fares.New(func() map[string]int {
			fetched.Add(1)
			<-answered
			return map[string]int{"A": 1}
		})
		var passengers sync.WaitGroup
		var told [3]int
		for i := range told {
			passengers.Go(func() { told[i], _ = t.Price("A") })
		}
		contract.Rest(min(long+time.Second, longest))
		close(answered)
		passengers.Wait()
		if told != [3]int{1, 1, 1} || fetched.Load() != 1 {
			c.Say("fetching takes longer than", long, "and who waits is told", told, "; it is fetched", fetched.Load(), "times")
			return
		}
	}
}

// others is about n companies of each sort that have nothing to do with those that are waited for:
// those whose prices are known, those that nobody has asked, and new ones.
func others(c *contract.Call, waitedFor, n int) {
	known, before := make([]*line, n), make([]*line, n)
	for i := range n {
		known[i], before[i] = open(map[string]int{"A": i}), open(map[string]int{"A": i})
		known[i].Price("A")
	}
	begun, answered := make(chan struct{}, waitedFor), make(chan struct{})
	told := make([]int, 2*waitedFor)
	var passengers sync.WaitGroup
	for i := range waitedFor {
		slow := fares.New(func() map[string]int {
			begun <- struct{}{}
			<-answered
			return map[string]int{"A": 1}
		})
		for k := range 2 {
			passengers.Go(func() { told[2*i+k], _ = slow.Price("A") })
		}
	}
	for range waitedFor {
		<-begun
	}
	for i := range n {
		for _, l := range []*line{known[i], before[i], open(map[string]int{"A": i})} {
			if cents, ok := l.Price("A"); cents != i || !ok {
				c.Say("one of", n, "others takes", cents, ok, "and should take", i)
			}
		}
		contract.GoesOn()
	}
	close(answered)
	passengers.Wait()
	for _, cents := range told {
		if cents != 1 {
			c.Say("of", waitedFor, "companies, one takes", cents, "from somebody who has waited")
		}
	}
}

// twoCompanies is about two that are new at the same time.
func twoCompanies(c *contract.Call) {
	lines := []*line{open(map[string]int{"A": 1}), open(map[string]int{"A": 2})}
	var passengers sync.WaitGroup
	var told [4]int
	for i := range told {
		passengers.Go(func() { told[i], _ = lines[i%2].Price("A") })
	}
	passengers.Wait()
	c.Return(told, lines[0].fetched.Load(), lines[1].fetched.Load())
}

// beginning is about companies that begin while others are asked.
func beginning(c *contract.Call) {
	l := open(map[string]int{"A": 1})
	var passengers sync.WaitGroup
	var told [2][2]int
	for i := range told {
		passengers.Go(func() {
			told[i][0], _ = l.Price("A")
			told[i][1], _ = open(map[string]int{"A": 10 + i}).Price("A")
		})
	}
	passengers.Wait()
	c.Return(told, l.fetched.Load())
}

// manyCompanies is about n companies, each with prices of its own.
func manyCompanies(c *contract.Call, n int) {
	lines := make([]*line, n)
	for i := range lines {
		lines[i] = open(map[string]int{"A": i})
		if cents, ok := lines[i].Price("A"); cents != i || !ok {
			c.Say("company", i+1, "of", n, "takes", cents, ok)
			return
		}
	}
	for i, l := range lines {
		if cents, ok := l.Price("A"); cents != i || !ok || l.fetched.Load() != 1 {
			c.Say("when there are", n, "companies, company", i+1, "takes", cents, ok, "and its prices are fetched", l.fetched.Load(), "times")
			return
		}
	}
}
