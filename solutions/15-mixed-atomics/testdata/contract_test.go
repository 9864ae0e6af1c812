package marathon_test

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	marathon "racelab/exercises/15-mixed-atomics"
)

// day is where a scenario takes place: there are two runs.
type day struct{ whole, half *marathon.Run }

const (
	mostRunners = 10_000
	slowest     = 100_000

	mostMeanwhile = 5_000 // come in, or leave, while a board looks
)

// Contract is what one can do with runs.
func Contract() contract.Contract {
	terms := contract.Terms[*day]{Ops: slices.Concat([]contract.Op[*day]{
		of("r.Finish(100)", func(d *day, c *contract.Call) { d.whole.Finish(100) }),
		of("r.Finish(100_000)", func(d *day, c *contract.Call) { d.whole.Finish(slowest) }),
		of("r.Board()", func(d *day, c *contract.Call) { look(c, d.whole) }),
		of("r.Finish(70), r.Disqualify(70)", func(d *day, c *contract.Call) {
			d.whole.Finish(70)
			c.Between()
			d.whole.Disqualify(70)
		}),
		of("r.Finish(1), r.Finish(300), r.Disqualify(1)", func(d *day, c *contract.Call) {
			d.whole.Finish(1)
			c.Between()
			d.whole.Finish(300)
			c.Between()
			d.whole.Disqualify(1)
		}),
		of("r.Finish(5), r.Board()", func(d *day, c *contract.Call) {
			d.whole.Finish(5)
			c.Between()
			look(c, d.whole)
		}),
		of("half.Finish(40)", func(d *day, c *contract.Call) { d.half.Finish(40) }),
		of("half.Board()", func(d *day, c *contract.Call) { look(c, d.half) }),
		finally("r.Board(), half.Board()", func(d *day, c *contract.Call) {
			look(c, d.whole)
			look(c, d.half)
		}),
		finally("r.Finish(9), r.Board(), r.Disqualify(9), r.Board()", func(d *day, c *contract.Call) {
			d.whole.Finish(9)
			look(c, d.whole)
			d.whole.Disqualify(9)
			look(c, d.whole)
		}),
	}, aboutMany(), aboutCrowds(), aboutRuns())}
	for i, before := range []string{"", "; r.Finish(100)", "; r.Finish(100), r.Finish(200), half.Finish(30)"} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*day]{
			Text: fmt.Sprintf("r, half := marathon.NewRun(), marathon.NewRun()%s // between them are %d others", before, others),
			Open: func() *day { return begun(i, others) },
		})
	}
	return contract.Of(terms)
}

// begun begins two runs with so many others between them, in which some have come in.
func begun(before, others int) *day {
	d := &day{whole: marathon.NewRun()}
	for range others {
		marathon.NewRun()
	}
	d.half = marathon.NewRun()
	for i := range before {
		d.whole.Finish(100 + 100*i)
	}
	if before > 1 {
		d.half.Finish(30)
	}
	return d
}

func look(c *contract.Call, r *marathon.Run) {
	finishers, seconds := r.Board()
	c.Return(finishers, seconds)
}

func of(text string, do func(*day, *contract.Call)) contract.Op[*day] {
	return contract.Op[*day]{Text: text, Do: do}
}

func finally(text string, do func(*day, *contract.Call)) contract.Op[*day] {
	return contract.Op[*day]{Text: text, Finally: true, Do: do}
}

func apart(text string, do func(*contract.Call)) contract.Op[*day] {
	return contract.Op[*day]{Text: text, Apart: true, Do: func(_ *day, c *contract.Call) { do(c) }}
}

// quickly is about what one person does alone.
func quickly(many func(*contract.Call, int)) func(*contract.Call, int) {
	return func(c *contract.Call, n int) { contract.Quickly(func() { many(c, n) }) }
}

func aboutMany() []contract.Op[*day] {
	return []contract.Op[*day]{
		apart("1,100 runners", func(c *contract.Call) { manyRunners(c, 1_100) }),
		apart("10,000 runners", func(c *contract.Call) { quickly(allRunners)(c, mostRunners) }),
		apart("more runners than a number in the program", contract.UpTo(mostRunners-2, quickly(manyRunners))),
		apart("1,100 times one comes in, is disqualified, and the board looks", func(c *contract.Call) { manyTimes(c, 1_100) }),
		apart("more often than a number in the program one comes in, is disqualified, and the board looks", contract.UpTo(70_000, quickly(manyTimes))),
		apart("more often than a number in the program one comes in and is disqualified, and no board looks", contract.UpTo(150_000, quickly(unseen))),
		apart("times that are numbers in the program", oddTimes),
		apart("nobody comes in for as long as a time in the program", quiet),
	}
}

func aboutCrowds() []contract.Op[*day] {
	return []contract.Op[*day]{
		apart("5 come in at the same time", func(c *contract.Call) { crowd(c, 5) }),
		apart("more than a number in the program come in at the same time", func(c *contract.Call) {
			crowd(c, 1+2*contract.Largest(2, 2, 200))
		}),
		apart("4 boards look, while 2 come in", boards),
		apart("the board looks, while runners come in and are disqualified more often than a number in the program", func(c *contract.Call) {
			meanwhile(c, 3+contract.Largest(1, 2, 2_000), 0, onBoard)
		}),
		apart("a runner comes in, while others come in and are disqualified more often than a number in the program", func(c *contract.Call) {
			meanwhile(c, 3+contract.Largest(1, 2, 2_000), 1_000, func(_ *contract.Call, r *marathon.Run) { r.Finish(1_000) })
		}),
		apart("the board looks, while there are as many changes as a counter of few bits has values", func(c *contract.Call) {
			meanwhile(c, contract.Cycle(600), 0, onBoard)
		}),
		apart("the board looks, while as many come in as a counter of few bits has values", func(c *contract.Call) { comingIn(c, contract.Cycle(4_096)) }),
		apart("the board looks, while half as many come in as a counter of few bits has values", func(c *contract.Call) { comingIn(c, contract.Cycle(8_192)/2) }),
		apart("the board looks, while as many come in as a number in the program", func(c *contract.Call) { comingIn(c, contract.Largest(1, 1, mostMeanwhile)) }),
		apart("the board looks, while half as many come in as a number in the program", func(c *contract.Call) { comingIn(c, contract.Largest(2, 2, 2*mostMeanwhile)/2) }),
		apart("the board looks, while there are half as many changes as a counter of few bits has values", func(c *contract.Call) {
			meanwhile(c, contract.Cycle(600)/2, 0, onBoard)
		}),
		apart("runners come in, and a board looks, after as many runners as a number in the program", lastOfMany),
	}
}

func aboutRuns() []contract.Op[*day] {
	return []contract.Op[*day]{
		apart("runs begin while another one takes place", beginning),
		apart("300 runs", func(c *contract.Call) { manyRuns(c, 300) }),
		apart("more runs than a number in the program", contract.UpTo(3_000, quickly(manyRuns))),
	}
}

// manyRunners is about n runners, of whom the first half is then disqualified.
func manyRunners(c *contract.Call, n int) {
	for _, time := range []int{1, 7_919, slowest} {
		r := marathon.NewRun()
		for i := range n {
			r.Finish(time)
			if f, s := r.Board(); f != i+1 || s != (i+1)*time {
				c.Say("when", i+1, "runners have come in after", time, "seconds each, the board shows", f, s)
				return
			}
		}
		for range n / 2 {
			r.Disqualify(time)
		}
		if f, s := r.Board(); f != n-n/2 || s != f*time {
			c.Say("when", n/2, "of", n, "runners are disqualified, who took", time, "seconds each, the board shows", f, s)
			return
		}
	}
}

// allRunners is about n runners who are as slow as one may be.
func allRunners(c *contract.Call, n int) {
	r := marathon.NewRun()
	for range n {
		r.Finish(slowest)
	}
	if f, s := r.Board(); f != n || s != n*slowest {
		c.Say("when", n, "runners have come in after", slowest, "seconds each, the board shows", f, s)
	}
}

// unseen is about n runners who come in and are disqualified while no board looks.
func unseen(c *contract.Call, n int) {
	r := marathon.NewRun()
	for range n {
		r.Finish(30)
		r.Disqualify(30)
	}
	if f, s := r.Board(); f != 0 || s != 0 {
		c.Say("when", n, "have come in and been disqualified, the board shows", f, s)
	}
}

// manyTimes is about n runners, of whom one at a time is on the board.
func manyTimes(c *contract.Call, n int) {
	r := marathon.NewRun()
	r.Finish(5)
	for i := range n {
		time := 1 + i%slowest
		r.Finish(time)
		with, withSeconds := r.Board()
		r.Disqualify(time)
		without, withoutSeconds := r.Board()
		if with != 2 || withSeconds != 5+time || without != 1 || withoutSeconds != 5 {
			c.Say("the time", i+1, "the board shows", with, withSeconds, "and then", without, withoutSeconds)
			return
		}
	}
}

// oddTimes is about times that a program may have a use of its own for.
func oddTimes(c *contract.Call) {
	times := append(contract.Numbers(1, slowest), 1, 2, 255, 256, 65_535, 65_536, slowest-1, slowest)
	r := marathon.NewRun()
	sum := 0
	for i, time := range times {
		r.Finish(time)
		sum += time
		if f, s := r.Board(); f != i+1 || s != sum {
			c.Say("when somebody has come in after", time, "seconds, the board shows", f, s, "and should show", i+1, sum)
			return
		}
	}
	for i, time := range times {
		r.Disqualify(time)
		sum -= time
		if f, s := r.Board(); f != len(times)-1-i || s != sum {
			c.Say("when one who took", time, "seconds is disqualified, the board shows", f, s, "and should show", len(times)-1-i, sum)
			return
		}
	}
}

// quiet is about a run at which nobody looks for long.
func quiet(c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		for _, pause := range []time.Duration{long + time.Minute, long} {
			r := marathon.NewRun()
			r.Finish(100)
			contract.Rest(pause)
			f, s := r.Board()
			r.Finish(200)
			r.Disqualify(100)
			if f2, s2 := r.Board(); f != 1 || s != 100 || f2 != 1 || s2 != 200 {
				c.Say("after a pause of", pause, "the board shows", f, s, "and then", f2, s2)
				return
			}
		}
	}
}

// crowd is about n who come in at the same time.
func crowd(c *contract.Call, n int) {
	r := marathon.NewRun()
	var lanes sync.WaitGroup
	for range n {
		lanes.Go(func() { r.Finish(50) })
	}
	f, s := r.Board()
	lanes.Wait()
	if s != 50*f || f > n {
		c.Say("while", n, "come in after 50 seconds each, the board shows", f, s)
	}
	if f, s := r.Board(); f != n || s != 50*n {
		c.Say("when", n, "have come in after 50 seconds each, the board shows", f, s)
	}
}

// boards is about boards that look while others do.
func boards(c *contract.Call) {
	r := marathon.NewRun()
	var all sync.WaitGroup
	var shown [4][2]int
	for i := range shown {
		all.Go(func() { shown[i][0], shown[i][1] = r.Board() })
	}
	for range 2 {
		all.Go(func() { r.Finish(60) })
	}
	all.Wait()
	for _, s := range shown {
		if s[1] != 60*s[0] || s[0] > 2 {
			c.Say("while 2 come in after 60 seconds each, a board shows", s)
		}
	}
	look(c, r)
}

// onBoard checks what the board shows of a run of meanwhile. There each state stands for itself.
func onBoard(c *contract.Call, r *marathon.Run) {
	switch f, s := r.Board(); {
	case f == 1 && (s == 200 || s == 300), f == 2 && s == 500:
	default:
		c.Say("the board shows", f, s)
	}
}

// meanwhile is about somebody who comes once, and adds so many seconds, while one who took 200 seconds
// and one who took 300 come in and are disqualified so many times: one of them always is on the board.
func meanwhile(c *contract.Call, times, more int, once func(*contract.Call, *marathon.Run)) {
	r := marathon.NewRun()
	r.Finish(200)
	var people sync.WaitGroup
	people.Go(func() { once(c, r) })
	people.Go(func() {
		for i := range times {
			comes, leaves := 300-100*(i%2), 200+100*(i%2)
			r.Finish(comes)
			r.Disqualify(leaves)
		}
	})
	people.Wait()
	want := 200 + 100*(times%2) + more
	if _, s := r.Board(); s != want {
		c.Say("after", times, "changes the board shows", s, "seconds, and should show", want)
	}
}

// comingIn is about a board that looks while n come in, after 100 seconds each.
func comingIn(c *contract.Call, n int) {
	r := marathon.NewRun()
	var people sync.WaitGroup
	var f, s int
	people.Go(func() { f, s = r.Board() })
	people.Go(func() {
		contract.Quickly(func() {
			for range n {
				r.Finish(100)
			}
		})
	})
	people.Wait()
	if f > n || s != 100*f {
		c.Say("while", n, "come in after 100 seconds each, the board shows", f, s)
	}
}

// lastOfMany is about what a program does once in so many runners.
func lastOfMany(c *contract.Call) {
	n := contract.Number(5, 2, 2_000)
	r := marathon.NewRun()
	for range n - 1 {
		r.Finish(80)
	}
	var people sync.WaitGroup
	for range 2 {
		people.Go(func() { r.Finish(80) })
	}
	var f, s int
	people.Go(func() { f, s = r.Board() })
	people.Wait()
	if f < n-1 || f > n+1 || s != 80*f {
		c.Say("while", n-1, "to", n+1, "have come in after 80 seconds each, the board shows", f, s)
	}
	if f, s := r.Board(); f != n+1 || s != 80*f {
		c.Say("when", n+1, "have come in after 80 seconds each, the board shows", f, s)
	}
}

// beginning is about runs that are new while others take place, or are new, too.
func beginning(c *contract.Call) {
	r := marathon.NewRun()
	var people sync.WaitGroup
	var shown [2][2]int
	for i := range shown {
		people.Go(func() {
			r.Finish(90)
			one := marathon.NewRun()
			one.Finish(10 + i)
			shown[i][0], shown[i][1] = one.Board()
		})
	}
	people.Wait()
	c.Return(shown)
	look(c, r)
}

// manyRuns is about n runs, each with finishers of its own.
func manyRuns(c *contract.Call, n int) {
	runs := make([]*marathon.Run, n)
	for i := range runs {
		runs[i] = marathon.NewRun()
		runs[i].Finish(1 + i)
	}
	for i, r := range runs {
		if f, s := r.Board(); f != 1 || s != 1+i {
			c.Say("of", n, "runs number", i+1, "shows", f, s)
			return
		}
	}
}
