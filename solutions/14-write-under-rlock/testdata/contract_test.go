package tides_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/contract"
	tides "racelab/exercises/14-write-under-rlock"
)

// coast is where a scenario takes place: two harbours have a table each.
type coast struct{ bay, fjord *tides.Table }

// Contract is what one can do with tables.
func Contract() contract.Contract {
	bay := func(c *coast) *tides.Table { return c.bay }
	fjord := func(c *coast) *tides.Table { return c.fjord }
	terms := contract.Terms[*coast]{Ops: slices.Concat([]contract.Op[*coast]{
		asking("t", bay, 0, 510), // which is known: nobody waits
		orWaiting(asking("t", bay, 1, 420)),
		orWaiting(asking("t", bay, 1, 0)),
		orWaiting(asking("t", bay, 2, 380)),
		orWaiting(asking("t", bay, 3, -15)),
		orWaiting(asking("fjord", fjord, 1, 9000)),
		alone(counting("t", bay)),
		alone(counting("fjord", fjord)),
		finally("what t and fjord know in the end", func(co *coast, c *contract.Call) {
			for _, t := range []*tides.Table{co.bay, co.fjord} {
				c.Return(t.Days())
				for day := range 4 {
					ask(c, t, day, 7)
				}
				c.Return(t.Days())
			}
		}),
	}, aboutMany(), aboutWaiting(), aboutTables())}
	for i, before := range []string{"", ", t.Depth(1, …)", ", t.Depth(1, …), t.Depth(-1, …), fjord.Depth(2, …)"} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*coast]{
			Text: fmt.Sprintf("t, fjord := tides.NewTable(), tides.NewTable(); t.Depth(0, …)%s // between them are %d others", before, others),
			Open: func() *coast { return charted(i, others) },
		})
	}
	return contract.Of(terms)
}

// charted makes two tables with so many others between them, and asks for a few days.
func charted(before, others int) *coast {
	c := &coast{bay: tides.NewTable()}
	for range others {
		tides.NewTable()
	}
	c.fjord = tides.NewTable()
	c.bay.Depth(0, of(500))
	if before > 0 {
		c.bay.Depth(1, of(410))
	}
	if before > 1 {
		c.bay.Depth(-1, of(0))
		c.fjord.Depth(2, of(8000))
	}
	return c
}

func of(depth int) func(int) int { return func(int) int { return depth } }

// ask asks for a day, and tells what it was given, and for which day it had to calculate.
func ask(c *contract.Call, t *tides.Table, day, depth int) {
	calculated := []int{}
	got := t.Depth(day, func(day int) int {
		calculated = append(calculated, day)
		c.Inside()
		return depth
	})
	c.Say(got, "after calculating", calculated)
}

func asking(name string, of func(*coast) *tides.Table, day, depth int) contract.Op[*coast] {
	return contract.Op[*coast]{
		Text:  fmt.Sprintf("%s.Depth(%d, func(int) int { return %d })", name, day, depth),
		Calls: true,
		Do:    func(co *coast, c *contract.Call) { ask(c, of(co), day, depth) },
	}
}

// orWaiting is for a day that is not known from the beginning. Who asks for it may wait for a
// calculation of it, or for that of another day, also where in the end it need not be calculated.
func orWaiting(op contract.Op[*coast]) contract.Op[*coast] {
	op.MayWait = func(string) bool { return true }
	return op
}

// counting counts the days. While somebody asks for a day, it may be counted or not.
func counting(name string, of func(*coast) *tides.Table) contract.Op[*coast] {
	return contract.Op[*coast]{Text: name + ".Days()", Do: func(co *coast, c *contract.Call) { c.Return(of(co).Days()) }}
}

func aboutMany() []contract.Op[*coast] {
	return []contract.Op[*coast]{
		apart("1,100 days", func(c *contract.Call) { manyDays(c, 1_100) }),
		apart("more days than a number in the program", contract.UpTo(4_990, quickly(manyDays))),
		apart("a day is asked for 1,100 times", func(c *contract.Call) { manyAsk(c, 1_100) }),
		apart("a day is asked for more often than a number in the program", contract.UpTo(66_000, quickly(manyAsk))),
		apart("odd days, and those that are numbers in the program", oddDays),
		apart("odd depths, and those that are numbers in the program", oddDepths),
		apart("nobody asks for as long as a time in the program", quiet),
	}
}

func aboutWaiting() []contract.Op[*coast] {
	return []contract.Op[*coast]{
		apart("5 ask for a day at the same time", func(c *contract.Call) { crowd(c, 5) }),
		apart("more than a number in the program ask for a day at the same time", func(c *contract.Call) {
			crowd(c, 1+2*contract.Largest(2, 2, 200))
		}),
		apart("3 ask for two days each at the same time, and somebody counts them", newDays),
		apart("while a day is calculated others wait for it, and one asks for known days", func(c *contract.Call) { knownMeanwhile(c, 3) }),
		apart("while a day is calculated others wait for it, and one asks for 300 known days, or more than a number in the program", func(c *contract.Call) {
			knownMeanwhile(c, 2+contract.Largest(298, 2, 2_000))
		}),
		apart("a known day is asked for, while one day is calculated at once, and three others take long", knownAtLast),
		apart("others wait for a calculation, and for those before it, for longer than a time in the program", slowOffice),
		apart("days are calculated while another one looks on, after as many days as a number in the program", lastOfMany),
	}
}

func aboutTables() []contract.Op[*coast] {
	return []contract.Op[*coast]{
		apart("while a day is calculated for a table, others begin and are used", func(c *contract.Call) { otherTables(c, 1, 1) }),
		apart("while days are calculated for more tables than a number in the program, others begin and are used", func(c *contract.Call) {
			otherTables(c, 2+contract.Largest(1, 1, 200), 1)
		}),
		apart("while a day is calculated for a table, 100 others begin and are used, or more than a number in the program", func(c *contract.Call) {
			otherTables(c, 1, 2+contract.Largest(98, 1, 1_000))
		}),
		apart("300 tables", func(c *contract.Call) { manyTables(c, 300) }),
		apart("more tables than a number in the program", contract.UpTo(3_000, quickly(manyTables))),
	}
}

func apart(text string, do func(*contract.Call)) contract.Op[*coast] {
	return contract.Op[*coast]{Text: text, Apart: true, Do: func(_ *coast, c *contract.Call) { do(c) }}
}

func finally(text string, do func(*coast, *contract.Call)) contract.Op[*coast] {
	return contract.Op[*coast]{Text: text, Finally: true, Do: do}
}

func alone(op contract.Op[*coast]) contract.Op[*coast] {
	op.Alone = true
	return op
}

// quickly is about what one person does alone.
func quickly(many func(*contract.Call, int)) func(*contract.Call, int) {
	return func(c *contract.Call, n int) { contract.Quickly(func() { many(c, n) }) }
}

// An office calculates depths, each once.
type office struct {
	bills atomic.Int64
	twice atomic.Bool
	known sync.Map
}

func (o *office) calculate(day int) int {
	if _, again := o.known.LoadOrStore(day, true); again {
		o.twice.Store(true)
	}
	return int(o.bills.Add(1))<<32 | day&math.MaxUint32
}

// manyDays is about n days, of which each is asked for again when all are known.
func manyDays(c *contract.Call, n int) {
	t := tides.NewTable()
	for day := range n {
		if got := t.Depth(day, of(3*day)); got != 3*day {
			c.Say("day", day, "has", got)
			return
		}
	}
	for day := range n {
		if got := t.Depth(day, of(-1)); got != 3*day {
			c.Say("when", n, "days are known, day", day, "has", got)
			return
		}
	}
	if got := t.Days(); got != n {
		c.Say("of", n, "days the table has", got)
	}
}

// manyAsk is about a day that is asked for n times, while another one is known.
func manyAsk(c *contract.Call, n int) {
	t := tides.NewTable()
	t.Depth(2, of(20))
	t.Depth(1, of(10))
	for i := range n {
		if got := t.Depth(1, of(-1)); got != 10 {
			c.Say("asked for the time", i+1, "the day has", got)
			return
		}
	}
	if got, days := t.Depth(2, of(-1)), t.Days(); got != 20 || days != 2 {
		c.Say("when a day was asked for", n, "times, the other one has", got, "and there are", days)
	}
}

// oddDays is about days that a program may have a use of its own for.
func oddDays(c *contract.Call) {
	days := append(contract.Numbers(-1<<40, 1<<40), 0, -1, 1, 255, 256, 365, 366, math.MinInt, math.MaxInt, 1<<32, 1<<32+1, -1<<32)
	slices.Sort(days)
	days = slices.Compact(days)
	t := tides.NewTable()
	for i, day := range days {
		got := t.Depth(day, func(of int) int {
			if of != day {
				c.Say("asked for", day, "and calculating", of)
			}
			return i
		})
		if got != i {
			c.Say("day", day, "has", got, "and should have", i)
			return
		}
	}
	for i, day := range days {
		if got := t.Depth(day, of(-1)); got != i {
			c.Say("day", day, "has", got, "in the end, and had", i)
			return
		}
	}
	if got := t.Days(); got != len(days) {
		c.Say("of", len(days), "days the table has", got)
	}
}

// oddDepths is about depths that a program may take for none.
func oddDepths(c *contract.Call) {
	depths := append(contract.Numbers(-1<<40, 1<<40), 0, -1, 1, math.MinInt, math.MaxInt, math.MaxInt32, math.MinInt32, 1<<32)
	t := tides.NewTable()
	for day, depth := range depths {
		first, again := t.Depth(day, of(depth)), t.Depth(day, of(depth+1))
		if first != depth || again != depth {
			c.Say("a depth of", depth, "is told as", first, "and then as", again)
			return
		}
	}
	if got := t.Days(); got != len(depths) {
		c.Say("of", len(depths), "days the table has", got)
	}
}

// quiet is about a table of which nobody wants anything for long.
func quiet(c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		for _, pause := range []time.Duration{long + time.Minute, long} {
			t := tides.NewTable()
			t.Depth(1, of(10))
			contract.Rest(pause)
			old, other, days := t.Depth(1, of(-1)), t.Depth(2, of(20)), t.Days()
			if old != 10 || other != 20 || days != 2 {
				c.Say("after a pause of", pause, "the days have", old, "and", other, "and there are", days)
				return
			}
		}
	}
}

// crowd is about n who ask for a day at the same time.
func crowd(c *contract.Call, n int) {
	t, o := tides.NewTable(), new(office)
	depths := make([]int, n)
	var pilots sync.WaitGroup
	for i := range n {
		pilots.Go(func() { depths[i] = t.Depth(1, o.calculate) })
	}
	pilots.Wait()
	slices.Sort(depths)
	if depths[0] != depths[n-1] || o.twice.Load() || t.Days() != 1 {
		c.Say("of", n, "pilots who ask for a day, one is told", depths[0], "and one", depths[n-1])
		c.Say("the day is calculated", o.bills.Load(), "times, and the table has", t.Days())
	}
}

// newDays is about days that come while the map grows.
func newDays(c *contract.Call) {
	t, o := tides.NewTable(), new(office)
	var pilots sync.WaitGroup
	for i := range 3 {
		pilots.Go(func() {
			t.Depth(i, o.calculate)
			t.Depth((i+1)%3, o.calculate)
		})
	}
	days := 0
	pilots.Go(func() { days = t.Days() })
	pilots.Wait()
	if days < 0 || days > 3 || o.twice.Load() || t.Days() != 3 {
		c.Say("3 days are calculated", o.bills.Load(), "times; meanwhile there are", days, "and in the end", t.Days())
	}
}

// knownMeanwhile is about one who asks for n days that are known, while a day is calculated, and
// others wait for it, or for another day.
func knownMeanwhile(c *contract.Call, n int) {
	t := tides.NewTable()
	for day := range n {
		t.Depth(day, of(10*day))
	}
	begun, answered := make(chan struct{}), make(chan struct{})
	var told [3]int
	var pilots sync.WaitGroup
	slow := func(int) int {
		close(begun)
		<-answered
		return 30
	}
	pilots.Go(func() { told[0] = t.Depth(-1, slow) })
	<-begun
	for i := range 2 {
		pilots.Go(func() { told[1+i] = t.Depth(-1-i, of(40)) })
	}
	for day := range n {
		if got, days := t.Depth(day, of(-1)), t.Days(); got != 10*day || days < n || days > n+2 {
			c.Say("day", day, "has", got, "and of", n, "days, or 2 more, there are", days)
		}
		contract.GoesOn()
	}
	close(answered)
	pilots.Wait()
	if days := t.Days(); told != [3]int{30, 30, 40} || days != n+2 {
		c.Say("who waited is told", told, "and of", n+2, "days there are", days)
	}
}

// knownAtLast is about one who asks for a day that is known, and may come when somebody enters a
// depth. Several others wait for calculations of their own then, which end when he has his answer.
func knownAtLast(c *contract.Call) {
	t := tides.NewTable()
	t.Depth(1, of(10))
	answered := make(chan struct{})
	var told [4]int
	var pilots sync.WaitGroup
	pilots.Go(func() { told[0] = t.Depth(2, of(20)) })
	for i := range 3 {
		pilots.Go(func() {
			told[1+i] = t.Depth(3+i, func(day int) int {
				<-answered
				return 10 * day
			})
		})
	}
	c.Return(t.Depth(1, of(-1)))
	close(answered)
	pilots.Wait()
	c.Return(told, t.Days())
}

// slowOffice is about those who wait for a calculation that takes long, and for so many others before
// that together they take longer than a time in the program.
func slowOffice(c *contract.Call) {
	const moment = time.Second
	const longest = 30*time.Minute - moment
	for _, long := range append(contract.Times(200*longest), time.Minute) {
		t, o := tides.NewTable(), new(office)
		takes := min(long+time.Minute, longest)
		before := int(long/takes) + 1
		answered := make(chan struct{})
		slow := func(day int) int {
			<-answered
			return o.calculate(day)
		}
		var told [3]int
		var pilots sync.WaitGroup
		for day := range before {
			pilots.Go(func() { t.Depth(1+day, slow) })
		}
		contract.Rest(moment)
		for i := range told {
			pilots.Go(func() { told[i] = t.Depth(0, slow) })
		}
		for range before + 1 { // each is calculated by then, also where it is one after the other
			contract.Rest(takes)
			for waits := true; waits; {
				select {
				case answered <- struct{}{}:
				default:
					waits = false
				}
			}
		}
		close(answered)
		pilots.Wait()
		if again := t.Depth(0, of(-1)); told != [3]int{again, again, again} || o.twice.Load() || t.Days() != before+1 {
			c.Say("calculations take", takes, "each, and after", before, "others, those who ask for a day are told", told, "and later", again)
			return
		}
	}
}

// lastOfMany is about what a program does once in so many days.
func lastOfMany(c *contract.Call) {
	n := contract.Number(5, 2, 2_000)
	t, o := tides.NewTable(), new(office)
	for day := range n - 1 {
		t.Depth(day, o.calculate)
	}
	first := t.Depth(0, of(-1))
	var told [2]int
	var known, days int
	var pilots sync.WaitGroup
	for i := range told {
		pilots.Go(func() { told[i] = t.Depth(n+i, o.calculate) })
	}
	pilots.Go(func() {
		known = t.Depth(0, of(-1))
		days = t.Days()
	})
	pilots.Wait()
	if known != first || days < n-1 || days > n+1 || t.Days() != n+1 {
		c.Say("the first day has", first, "and then", known, "and of", n-1, "to", n+1, "days there are", days, "and in the end", t.Days())
	}
	for i := range told {
		if again := t.Depth(n+i, of(-1)); again != told[i] {
			c.Say("a day has", told[i], "and then", again)
		}
	}
}

// otherTables is about n tables of each sort that have nothing to do with those that are waited for:
// those that were there before, and new ones.
func otherTables(c *contract.Call, waitedFor, n int) {
	before, slow := tables(n), tables(waitedFor)
	var now []*tides.Table
	for i, t := range before {
		t.Depth(2, of(i))
	}
	begun, answered := make(chan struct{}, waitedFor), make(chan struct{})
	told := make([]int, waitedFor)
	var pilots sync.WaitGroup
	for i, t := range slow {
		pilots.Go(func() {
			told[i] = t.Depth(1, func(int) int {
				begun <- struct{}{}
				<-answered
				return 10
			})
		})
	}
	for range waitedFor {
		<-begun
	}
	for i, t := range before {
		now = append(now, tides.NewTable())
		got := [...]int{t.Depth(2, of(-1)), t.Depth(1, of(20)), now[i].Depth(1, of(30)), t.Days(), now[i].Days()}
		if want := [...]int{i, 20, 30, 2, 1}; got != want {
			c.Say("of another table one is told", got, "and should be told", want)
		}
		contract.GoesOn()
	}
	close(answered)
	pilots.Wait()
	for i, t := range slow {
		if days := t.Days(); told[i] != 10 || days != 1 {
			c.Say("of", waitedFor, "tables one has", told[i], "for somebody who has waited, and", days, "days")
		}
	}
	for i, t := range before {
		if got := [...]int{t.Depth(1, of(-1)), now[i].Depth(1, of(-1))}; got != [...]int{20, 30} {
			c.Say("in the end other tables have", got)
		}
	}
}

func tables(n int) []*tides.Table {
	all := make([]*tides.Table, n)
	for i := range all {
		all[i] = tides.NewTable()
	}
	return all
}

// manyTables is about n tables, each with days of its own.
func manyTables(c *contract.Call, n int) {
	tables := make([]*tides.Table, n)
	for i := range tables {
		tables[i] = tides.NewTable()
		if got := tables[i].Depth(1, of(i)); got != i {
			c.Say("table", i+1, "of", n, "has", got)
			return
		}
	}
	for i, t := range tables {
		if got, days := t.Depth(1, of(-1)), t.Days(); got != i || days != 1 {
			c.Say("when there are", n, "tables, table", i+1, "has", got, "and", days, "days")
			return
		}
	}
}
