package toll_test

import (
	"fmt"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	toll "racelab/exercises/09-copied-mutex"
)

// river is where a scenario takes place: there are two bridges. At each, an attendant
// has a booth, and no attendant works at the booth of another one.
type river struct {
	north, south             *toll.Bridge
	northBooths, southBooths []*toll.Booth
}

// attendants is at least how many goroutines a scenario has.
const attendants = 4

// Contract is what one can do with a bridge.
func Contract() contract.Contract {
	type ops = []contract.Op[*river]
	north := func(r *river, n int) *toll.Booth { return r.northBooths[n] }
	terms := contract.Terms[*river]{Ops: ops{
		passing("booth", toll.Motorbike, north),
		passing("booth", toll.Car, north),
		passing("b.Booth()", toll.Car, func(r *river, _ int) *toll.Booth { return r.north.Booth() }),
		reporting("b.Report()", func(r *river, c *contract.Call) { c.Keep(r.north.Report()) }),
		reporting("report := b.Report(); clear(report)", func(r *river, c *contract.Call) {
			report := r.north.Report()
			c.Return(report)
			clear(report)
			_ = append(report[:0], toll.Line{Vehicles: -1, Cents: -1})
		}),
		passing("other booth", toll.Car, func(r *river, n int) *toll.Booth { return r.southBooths[n] }),
		{Text: "other.Report()", Do: func(r *river, c *contract.Call) { c.Keep(r.south.Report()) }},
		alone(passing("booth", toll.Lorry, north)),
		alone(passing("other booth", toll.Lorry, func(r *river, n int) *toll.Booth { return r.southBooths[n] })),
		apart(contract.Op[*river]{Text: "tolls := []int{150, 400, 1200}; t := toll.Open(tolls...); tolls[1] = 1; t.Booth().Pass(toll.Car); t.Close()", Do: changedTolls}),
		apart(contract.Op[*river]{Text: "three bridges, one after the other, and what they reported", Do: threeDays}),
		apart(contract.Op[*river]{Text: "bridges are opened while another one is in use", Do: opening}),
		apart(contract.Op[*river]{Text: "a bridge with 300 booths, and 1,200 vehicles", Do: manyBooths}),
		apart(contract.Op[*river]{Text: "1 to 256 vehicles pass, one after the other, and then somebody else asks for a report", Do: asked}),
		apart(contract.Op[*river]{Text: "a bridge with tolls of 0, -50 and 1<<53+1, and its reports", Do: oddTolls}),
		apart(contract.Op[*river]{Text: "a bridge without a booth, and one at whose booth nobody passes", Do: nobodyThere}),
		apart(contract.Op[*river]{Text: "a bridge where some classes pay nothing, and a report after every vehicle", Do: freeOfCharge}),
		apart(contract.Op[*river]{Text: "a bridge with as many booths as a number in the program, and one more", Do: moreBooths}),
		apart(contract.Op[*river]{Text: "a report, as many vehicles as a number in the program, and a report", Do: countedVehicles}),
		apart(contract.Op[*river]{Text: "at each booth nearly as many vehicles have passed as a number in the program, then many more pass, and others ask for reports", Do: rushHour}),
		apart(contract.Op[*river]{Text: "at three booths as many vehicles have passed as a number in the program, but one; then one passes at each, and somebody asks for a report", Do: lastOfMany}),
		apart(contract.Op[*river]{Text: "the same, with a large number in the program", Do: lastOfVeryMany}),
		apart(contract.Op[*river]{Text: "as many bridges as a number in the program", Do: manyBridges}),
		apart(contract.Op[*river]{Text: "1,100 reports, and a vehicle after each; what the reports say then", Do: keptReports}),
		apart(contract.Op[*river]{Text: "at as many booths as a number in the program, a vehicle passes at the same time", Do: allAtOnce}),
		apart(contract.Op[*river]{Text: "somebody asks for a report while as many vehicles pass as a counter of few bits has values", Do: slowReport}),
		{Text: "b.Report(), other.Report()", Finally: true, Do: func(r *river, c *contract.Call) {
			c.Keep(r.north.Report())
			c.Keep(r.south.Report())
		}},
		{Text: "booth.Pass(toll.Car), b.Booth().Pass(toll.Lorry), b.Report()", Finally: true, Do: func(r *river, c *contract.Call) {
			r.northBooths[0].Pass(toll.Car)
			r.north.Booth().Pass(toll.Lorry)
			c.Keep(r.north.Report())
		}},
		{Text: "b.Close()", Finally: true, Do: func(r *river, c *contract.Call) { c.Keep(r.north.Close()) }},
		{Text: "other.Close()", Finally: true, Do: func(r *river, c *contract.Call) { c.Keep(r.south.Close()) }},
	}}
	for _, others := range []int{0, 11, 15} {
		text, open := "", func() *river { return opened(others) }
		if others == 0 {
			text, open = ", and at each booth a car and a lorry have passed", inUse
		}
		terms.Setups = append(terms.Setups, contract.Setup[*river]{
			Text: fmt.Sprintf("b, other := toll.Open(150, 400, 1200), toll.Open(900, 300, 100) // each goroutine has a booth of each; b has %d more between two of them%s", others, text),
			Open: open,
		})
	}
	return contract.Of(terms)
}

func alone(op contract.Op[*river]) contract.Op[*river] {
	op.Alone = true
	return op
}

func apart(op contract.Op[*river]) contract.Op[*river] {
	op.Apart = true
	return op
}

// opened opens two bridges with a booth for each attendant, and that many others
// between those of two.
func opened(others int) *river {
	r := &river{north: toll.Open(150, 400, 1200), south: toll.Open(900, 300, 100)}
	for range attendants {
		r.northBooths = append(r.northBooths, r.north.Booth())
		r.southBooths = append(r.southBooths, r.south.Booth())
		for range others {
			r.north.Booth()
		}
	}
	return r
}

// inUse opens two bridges, and lets vehicles pass at each booth.
func inUse() *river {
	r := opened(0)
	for i := range attendants {
		for _, booth := range []*toll.Booth{r.northBooths[i], r.southBooths[i]} {
			booth.Pass(toll.Car)
			booth.Pass(toll.Lorry)
		}
	}
	return r
}

// passing is a vehicle that passes at a booth.
func passing(text string, class toll.Class, booth func(r *river, goroutine int) *toll.Booth) contract.Op[*river] {
	return contract.Op[*river]{
		Text: fmt.Sprintf("%s.Pass(%s)", text, [...]string{"toll.Motorbike", "toll.Car", "toll.Lorry"}[class]),
		Do:   func(r *river, c *contract.Call) { booth(r, c.Goroutine()).Pass(class) },
	}
}

// reporting is a report. Every line is right, but not all of them at the same moment:
// a vehicle that passes while a report is made may be in it or not. No lorry passes
// meanwhile.
func reporting(text string, do func(*river, *contract.Call)) contract.Op[*river] {
	return contract.Op[*river]{
		Text: text, Do: do,
		Steps: func(r *river, c *contract.Call) {
			first := c.Any(2)
			line := r.north.Report()[first]
			c.Between()
			report := r.north.Report()
			report[first] = line
			c.Return(report)
		},
	}
}

// changedTolls is about a caller that goes on using its list of tolls.
func changedTolls(_ *river, c *contract.Call) {
	tolls := []int{150, 400, 1200}
	b := toll.Open(tolls...)
	tolls[1] = 1
	b.Booth().Pass(toll.Car)
	c.Keep(b.Close())
	if tolls[0] != 150 || tolls[2] != 1200 {
		c.Return("the list of tolls has been changed")
	}
}

// threeDays is about a bridge that opens after another one has closed.
func threeDays(_ *river, c *contract.Call) {
	for day := range 3 {
		b := toll.Open(150+day, 400, 1200)
		booth := b.Booth()
		booth.Pass(toll.Motorbike)
		c.Keep(b.Report())
		for range day {
			booth.Pass(toll.Lorry)
		}
		c.Keep(b.Close())
	}
}

// nobodyThere is about bridges at which nothing happens all day.
func nobodyThere(_ *river, c *contract.Call) {
	noBooth, noVehicle := toll.Open(150, 400, 1200), toll.Open(150, 400, 1200)
	noVehicle.Booth()
	for _, b := range []*toll.Bridge{noBooth, noVehicle} {
		c.Keep(b.Report())
		c.Keep(b.Close())
	}
}

// opening is about bridges that are new while others are in use, or new, too.
func opening(_ *river, c *contract.Call) {
	b := toll.Open(150, 400, 1200)
	var cents, more int
	var people sync.WaitGroup
	people.Go(func() {
		for range 3 {
			b.Booth().Pass(toll.Car)
			b.Report()
			too := toll.Open(50, 200, 700)
			too.Booth().Pass(toll.Lorry)
			more += too.Close()[toll.Lorry].Cents
		}
	})
	people.Go(func() {
		for day := range 3 {
			next := toll.Open(100+day, 300, 900)
			next.Booth().Pass(toll.Motorbike)
			next.Report()
			cents += next.Close()[toll.Motorbike].Cents
		}
	})
	people.Wait()
	c.Return(cents, more)
	c.Keep(b.Close())
}

// manyBooths is about more booths, and more vehicles of a class, than fit into a byte
// or into a list that somebody has made large enough.
func manyBooths(_ *river, c *contract.Call) {
	b := toll.Open(150, 400, 1200)
	var booths []*toll.Booth
	for range 300 {
		booths = append(booths, b.Booth())
	}
	for _, booth := range booths {
		booth.Pass(toll.Lorry)
		for range 3 {
			booths[7].Pass(toll.Car)
		}
	}
	c.Keep(b.Report())
	for range 256 {
		booths[7].Pass(toll.Motorbike)
	}
	c.Keep(b.Report())
	c.Keep(b.Close())
}

// asked is about a report just when so many vehicles have passed: a booth may do something
// at every tenth, or every hundredth. Nobody tells the office that they have passed.
func asked(_ *river, c *contract.Call) {
	for _, vehicles := range []int{1, 2, 3, 4, 5, 8, 10, 12, 16, 20, 25, 32, 50, 64, 100, 128, 200, 256} {
		b := toll.Open(150, 400, 1200)
		booth := b.Booth()
		var people sync.WaitGroup
		people.Go(func() {
			for range vehicles {
				booth.Pass(toll.Car)
			}
		})
		people.Go(func() {
			contract.Rest(time.Second)
			c.Keep(b.Report())
		})
		people.Wait()
		c.Keep(b.Close())
	}
}

// oddTolls is about tolls that are unusual and numbers all the same, and more reports
// than anybody has ready. Each belongs to who asked for it.
func oddTolls(_ *river, c *contract.Call) {
	b := toll.Open(0, -50, 1<<53+1)
	booth := b.Booth()
	var before []toll.Line
	for range 310 {
		report := b.Report()
		c.Keep(report)
		_ = append(before, toll.Line{Vehicles: -1, Cents: -1})
		before = report
		for class := toll.Motorbike; class <= toll.Lorry; class++ {
			booth.Pass(class)
		}
	}
	c.Keep(b.Close())
}

// freeOfCharge is about vehicles that are in the books although no money comes in.
func freeOfCharge(_ *river, c *contract.Call) {
	b := toll.Open(0, 400, 0)
	booth := b.Booth()
	for _, class := range []toll.Class{toll.Motorbike, toll.Car, toll.Motorbike, toll.Lorry, toll.Motorbike} {
		booth.Pass(class)
		c.Keep(b.Report())
	}
	c.Keep(b.Close())
}

// cars says where a report is not that of between from and to cars, at 401 cents each.
func cars(c *contract.Call, report []toll.Line, from, to int, when string) {
	n := -1
	if len(report) == 3 {
		n = report[toll.Car].Vehicles
	}
	if n < from || n > to || report[toll.Car].Cents != 401*n || report[toll.Motorbike] != (toll.Line{}) || report[toll.Lorry] != (toll.Line{}) {
		c.Return(fmt.Sprintf("%s: %d to %d cars have passed, at 401 cents each, and the report is %v", when, from, to, report))
	}
}

// moreBooths is about more booths than a program may be made for.
func moreBooths(_ *river, c *contract.Call) {
	for _, n := range contract.Counts(5_000) {
		b := toll.Open(150, 401, 1200)
		for range n + 1 {
			b.Booth().Pass(toll.Car)
		}
		cars(c, b.Report(), n+1, n+1, fmt.Sprint("with ", n+1, " booths"))
		cars(c, b.Close(), n+1, n+1, "at the end of that day")
	}
}

// countedVehicles is about more vehicles than a program may be made for. Between two reports
// there are just as many.
func countedVehicles(_ *river, c *contract.Call) {
	for _, n := range contract.Counts(10_000) {
		b := toll.Open(150, 401, 1200)
		booth := b.Booth()
		cars(c, b.Report(), 0, 0, "in the morning")
		for range n {
			booth.Pass(toll.Car)
		}
		cars(c, b.Report(), n, n, "after a while")
		booth.Pass(toll.Car)
		cars(c, b.Close(), n+1, n+1, "at the end of the day")
	}
	all := contract.Numbers(2, mostVehicles-1)
	longDay(c, all)
	longDay(c, all[max(1, len(all))-1:]) // nobody asks before
}

// keptReports is about more reports than a program may have places for: none of them changes.
func keptReports(_ *river, c *contract.Call) {
	b := toll.Open(150, 401, 1200)
	booth := b.Booth()
	reports := make([][]toll.Line, 1_100)
	contract.Quickly(func() {
		for i := range reports {
			reports[i] = b.Report()
			booth.Pass(toll.Car)
		}
	})
	for i, report := range reports {
		cars(c, report, i, i, fmt.Sprint("in the report after ", i))
	}
	b.Close()
}

// longDay is a day on which somebody asks for a report after each of so many vehicles.
func longDay(c *contract.Call, reports []int) {
	b := toll.Open(150, 401, 1200)
	booth := b.Booth()
	passed := 0
	for _, n := range reports {
		contract.Quickly(func() {
			for ; passed < n+1; passed++ {
				booth.Pass(toll.Car)
			}
		})
		cars(c, b.Report(), passed, passed, "on a long day")
	}
	cars(c, b.Close(), passed, passed, "at the end of a long day")
}

// mostVehicles pass on a day, says the README.
const mostVehicles = 1_000_000

// rushHour is about what a booth does at every so many vehicles, while all are busy.
func rushHour(_ *river, c *contract.Call) {
	const attendants, offices, each = 6, 3, 3
	for _, n := range append([]int{1}, contract.Counts(500)...) {
		b := toll.Open(150, 401, 1200)
		early := attendants * (n - 1)
		booths := make([]*toll.Booth, attendants)
		for i := range booths {
			booths[i] = b.Booth()
			for range n - 1 {
				booths[i].Pass(toll.Car)
			}
		}
		var people sync.WaitGroup
		for _, booth := range booths {
			people.Go(func() {
				for range each {
					booth.Pass(toll.Car)
				}
			})
		}
		for range offices {
			people.Go(func() {
				for range each {
					cars(c, b.Report(), early, early+attendants*each, "in the rush hour")
				}
			})
		}
		people.Wait()
		cars(c, b.Close(), early+attendants*each, early+attendants*each, "after the rush hour")
	}
}

// lastOfMany is about what a program does once in so many vehicles.
func lastOfMany(_ *river, c *contract.Call) {
	lastOf(c, contract.Number(5, 2, 1_000))
}

// lastOfVeryMany is about the largest such number.
func lastOfVeryMany(_ *river, c *contract.Call) { lastOf(c, contract.Largest(6, 2, 70_000)) }

func lastOf(c *contract.Call, n int) {
	b := toll.Open(150, 401, 1200)
	first := b.Booth()
	for range contract.Largest(5, 2, 1_000) - 1 { // no vehicle comes to these
		b.Booth()
	}
	booths := []*toll.Booth{first, b.Booth(), b.Booth()}
	contract.Quickly(func() {
		for _, booth := range booths {
			for range n - 1 {
				booth.Pass(toll.Car)
			}
		}
	})
	var people sync.WaitGroup
	for _, booth := range booths {
		people.Go(func() { booth.Pass(toll.Car) })
	}
	people.Go(func() { cars(c, b.Report(), 3*n-3, 3*n, "meanwhile") })
	people.Wait()
	cars(c, b.Close(), 3*n, 3*n, "in the evening")
}

// allAtOnce is about more vehicles at a time than a program may be made for.
func allAtOnce(_ *river, c *contract.Call) {
	n := 1 + 2*contract.Largest(1, 2, 300) // one of them may be held up in the middle
	b := toll.Open(150, 401, 1200)
	var people sync.WaitGroup
	for range n {
		booth := b.Booth()
		people.Go(func() { booth.Pass(toll.Car) })
	}
	people.Wait()
	cars(c, b.Close(), n, n, "in the evening")
}

// manyBridges is about more bridges than a program may have books for: those of the first are
// its own.
func manyBridges(_ *river, c *contract.Call) {
	for _, n := range contract.Counts(20_000) {
		first := toll.Open(150, 401, 1200)
		booth := first.Booth()
		booth.Pass(toll.Car)
		others := make([]*toll.Bridge, n-1)
		for i := range others {
			others[i] = toll.Open(1, 2, 3)
		}
		last := toll.Open(150, 401, 1200)
		last.Booth().Pass(toll.Car)
		booth.Pass(toll.Car)
		cars(c, last.Close(), 1, 1, fmt.Sprintf("at the last of %d bridges", n+1))
		cars(c, first.Close(), 2, 2, fmt.Sprintf("at the first of %d bridges", n+1))
		for _, b := range others {
			b.Close()
		}
	}
}

// slowReport is about somebody who is slow at a report: when it is gone on with, what tells
// that the books have changed meanwhile may be what it was. Each vehicle changes it once or
// twice.
func slowReport(_ *river, c *contract.Call) {
	n := contract.Cycle(600)
	b := toll.Open(150, 401, 1200)
	booth := b.Booth()
	booth.Pass(toll.Car)
	var people sync.WaitGroup
	people.Go(func() { cars(c, b.Report(), 1, 1+n, "meanwhile") })
	people.Go(func() {
		for range n {
			booth.Pass(toll.Car)
		}
	})
	people.Wait()
	cars(c, b.Close(), 1+n, 1+n, "in the evening")
}
