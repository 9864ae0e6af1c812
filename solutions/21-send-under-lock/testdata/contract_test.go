package taxis_test

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	taxis "racelab/exercises/21-send-under-lock"
)

// town is where a scenario takes place: there are two ranks.
type town struct{ north, south *taxis.Rank }

const (
	mostDrivers = 1_000
	mostJobs    = 50_000
)

// Contract is what one can do with ranks.
func Contract() contract.Contract {
	terms := contract.Terms[*town]{Ops: slices.Concat([]contract.Op[*town]{
		of(`r.Wait("Ada", nil)`, func(x *town, c *contract.Call) { waits(c, x.north, "Ada") }),
		of(`r.Wait("Ben", nil)`, func(x *town, c *contract.Call) { waits(c, x.north, "Ben") }),
		of(`r.Order("opera")`, func(x *town, c *contract.Call) { order(c, x.north, "opera") }),
		of(`r.Order("")`, func(x *town, c *contract.Call) { order(c, x.north, "") }),
		of("r.Waiting()", func(x *town, c *contract.Call) { c.Return(x.north.Waiting()) }),
		of(`south.Wait("Cem", nil)`, func(x *town, c *contract.Call) { waits(c, x.south, "Cem") }),
		of(`south.Order("airport")`, func(x *town, c *contract.Call) { order(c, x.south, "airport") }),
		finally("r.Waiting(), south.Waiting()", func(x *town, c *contract.Call) {
			c.Return(x.north.Waiting(), x.south.Waiting())
		}),
		finally(`r.Order("last"), south.Order("last")`, func(x *town, c *contract.Call) {
			order(c, x.north, "last")
			order(c, x.south, "last")
		}),
	}, aboutMany(), aboutFive(), aboutRanks())}
	for i, before := range []string{"", "; r.Order(…)", "; south.Order(…)"} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*town]{
			Text: fmt.Sprintf("r, south := taxis.New(), taxis.New()%s // between them are %d others", before, others),
			Open: func() *town { return begun(i, others) },
		})
	}
	return contract.Of(terms)
}

// begun makes two ranks with so many others between them. At one of them somebody may have asked.
func begun(before, others int) *town {
	x := &town{north: taxis.New()}
	for range others {
		taxis.New()
	}
	x.south = taxis.New()
	switch before {
	case 1:
		x.north.Order("nowhere")
	case 2:
		x.south.Order("nowhere")
	}
	return x
}

func waits(c *contract.Call, r *taxis.Rank, driver string) {
	job, ok := r.Wait(driver, nil)
	c.Return(job, ok)
}

func order(c *contract.Call, r *taxis.Rank, job string) {
	driver, ok := r.Order(job)
	c.Return(driver, ok)
}

func of(text string, do func(*town, *contract.Call)) contract.Op[*town] {
	return contract.Op[*town]{Text: text, Do: do}
}

func finally(text string, do func(*town, *contract.Call)) contract.Op[*town] {
	return contract.Op[*town]{Text: text, Finally: true, Do: do}
}

func apart(text string, do func(*contract.Call)) contract.Op[*town] {
	return contract.Op[*town]{Text: text, Apart: true, Do: func(_ *town, c *contract.Call) { do(c) }}
}

func aboutMany() []contract.Op[*town] {
	return []contract.Op[*town]{
		apart("30 drivers wait, and 31 jobs come", func(c *contract.Call) { manyDrivers(c, 30) }),
		apart("more drivers wait than a number in the program", contract.UpTo(mostDrivers-2, manyDrivers)),
		apart("1,000 drivers wait, and the shift ends", func(c *contract.Call) { shiftEnds(c, mostDrivers) }),
		apart("more jobs than a number in the program", contract.UpTo(mostJobs-2, func(c *contract.Call, n int) {
			contract.Quickly(func() { refused(c, n) })
		})),
		apart("300 drivers have one job after the other", func(c *contract.Call) { oneByOne(c, 300) }),
		apart("more drivers than a number in the program have one job after the other", contract.UpTo(2_000, oneByOne)),
		apart("more drivers go home than a number in the program, and one is left", contract.UpTo(mostDrivers-2, lastOne)),
		apart("names and jobs that are texts in the program", named),
		apart("a driver waits for longer than a time in the program", patient),
	}
}

func aboutFive() []contract.Op[*town] {
	return []contract.Op[*town]{
		apart("a job comes when its driver goes home", func(c *contract.Call) { shift{drivers: 1, jobs: 1}.ends(c) }),
		apart("an empty job comes when its driver goes home", func(c *contract.Call) { shift{drivers: 1, jobs: 1, silent: true}.ends(c) }),
		apart("2 jobs come when 2 drivers go home", func(c *contract.Call) { shift{drivers: 2, jobs: 2, rooms: 2}.ends(c) }),
		apart("a job comes when the first of 3 drivers goes home", func(c *contract.Call) { shift{drivers: 3, jobs: 1, leave: 1}.ends(c) }),
		apart("2 jobs come when the second of 3 drivers goes home", func(c *contract.Call) { shift{drivers: 3, jobs: 2, first: 1, leave: 1}.ends(c) }),
		apart("3 jobs come when 2 drivers of the same name go home", func(c *contract.Call) { shift{drivers: 2, jobs: 3, same: true}.ends(c) }),
		apart("a job comes, and somebody looks how many wait, when 2 drivers go home", func(c *contract.Call) { shift{drivers: 2, jobs: 1, looks: true}.ends(c) }),
		apart("home is closed already, when 2 drivers come and 2 jobs do", closedAlready),
		apart("more jobs than a number in the program come when the drivers go home", func(c *contract.Call) {
			n := 2 + contract.Largest(1, 1, 200)
			shift{drivers: n, jobs: n}.ends(c)
		}),
		apart("a driver comes when one goes home", comesAndGoes),
		apart("somebody gives a job and then looks how many wait, when the only driver goes home", asksAndLooks),
		apart("one of 4 drivers goes home, and the others are given jobs", oneLeaves),
		apart("a driver comes, a job comes, and somebody looks how many wait", looksOn),
	}
}

func aboutRanks() []contract.Op[*town] {
	return []contract.Op[*town]{
		apart("ranks begin while others are used", beginning),
		apart("100 ranks, where drivers wait", func(c *contract.Call) { manyRanks(c, 100) }),
		apart("more ranks than a number in the program", contract.UpTo(mostDrivers-2, manyRanks)),
	}
}

// A driver is somebody who waits, in a goroutine of his own.
type driver struct {
	name string
	job  string
	ok   bool
	back chan struct{} // closed when Wait has returned
}

// joins has a driver come to a rank where n wait, and returns when he waits, too.
func joins(r *taxis.Rank, n int, name string, home <-chan struct{}) *driver {
	d := arrives(r, name, home)
	for tries := 0; r.Waiting() == n && tries < 1_000; tries++ {
		contract.Rest(time.Microsecond)
	}
	return d
}

// tooLate checks that nobody waits any more.
func tooLate(c *contract.Call, r *taxis.Rank) {
	name, ok := r.Order("too late")
	if n := r.Waiting(); ok || n != 0 {
		c.Say("nobody waits any more, and a job is given to", name, ok, "; Waiting returns", n)
	}
}

// arrives has a driver come to a rank.
func arrives(r *taxis.Rank, name string, home <-chan struct{}) *driver {
	d := &driver{name: name, back: make(chan struct{})}
	go func() {
		defer close(d.back)
		d.job, d.ok = r.Wait(name, home)
	}()
	return d
}

// got is what the driver came back with.
func (d *driver) got() (string, bool) {
	<-d.back
	return d.job, d.ok
}

// manyDrivers is about n who wait, and each of whom is given a job.
func manyDrivers(c *contract.Call, n int) {
	r := taxis.New()
	all := make([]*driver, n)
	for i := range all {
		all[i] = joins(r, i, fmt.Sprint(i), nil)
		contract.GoesOn()
	}
	for i := range n {
		if left := r.Waiting(); left != n-i {
			c.Say("of", n, "drivers", i, "have been given jobs, and", left, "wait")
		}
		if name, ok := r.Order(fmt.Sprint("job ", i)); name != fmt.Sprint(i) || !ok {
			c.Say("of", n, "drivers number", i, "has waited longest, and the job is given to", name, ok)
		}
		contract.GoesOn()
	}
	tooLate(c, r)
	for i, d := range all {
		if job, ok := d.got(); job != fmt.Sprint("job ", i) || !ok {
			c.Say("of", n, "drivers number", i, "comes back with", job, ok)
		}
	}
}

// shiftEnds is about n who go home, two of three at the same time, and later the others.
func shiftEnds(c *contract.Call, n int) {
	r, homes := taxis.New(), [2]chan struct{}{make(chan struct{}), make(chan struct{})}
	all := make([]*driver, n)
	for i := range all {
		all[i] = arrives(r, fmt.Sprint(i), homes[i%3/2])
	}
	contract.Rest(time.Second)
	for shift, left := range []int{n / 3, 0} {
		before := r.Waiting()
		close(homes[shift])
		for i, d := range all {
			if i%3/2 != shift {
				continue
			}
			if job, ok := d.got(); ok {
				c.Say("a driver comes back with", job, "that nobody has given to him")
			}
			contract.GoesOn()
		}
		if after := r.Waiting(); after != left || before < n/3 || shift == 0 && before != n {
			c.Say("of", n, "drivers", before, "wait, and when shift", shift+1, "has ended", after)
		}
	}
	tooLate(c, r)
}

// refused is about n jobs when nobody waits.
func refused(c *contract.Call, n int) {
	r := taxis.New()
	for range n {
		if name, ok := r.Order("job"); ok {
			c.Say("nobody waits, and a job is given to", name)
			return
		}
	}
	works(c, r, joins(r, 0, "Ada", nil))
}

// works checks that the next job is given to a driver, who then has it.
func works(c *contract.Call, r *taxis.Rank, d *driver) {
	name, given := r.Order("opera")
	if job, ok := d.got(); name != d.name || !given || job != "opera" || !ok {
		c.Say(name, given, "is given a job, and", d.name, "comes back with", job, ok)
	}
}

// oneByOne is about n drivers, of whom each comes when the one before has had his job.
func oneByOne(c *contract.Call, n int) {
	r := taxis.New()
	for i := range n {
		d := joins(r, 0, "Ada", nil)
		name, given := r.Order(fmt.Sprint(i))
		if job, ok := d.got(); name != "Ada" || !given || job != fmt.Sprint(i) || !ok {
			c.Say("driver", i, "comes back with", job, ok, "and", name, given, "was given", i)
			return
		}
		contract.GoesOn()
	}
	tooLate(c, r)
}

// lastOne is about n drivers who go home, one after the other, from the middle of the row, the end
// and the beginning, and about the one who is left.
func lastOne(c *contract.Call, n int) {
	r := taxis.New()
	homes := make([]chan struct{}, n)
	all := make([]*driver, n)
	for i := range all {
		homes[i] = make(chan struct{})
		all[i] = joins(r, i, "Ada", homes[i])
		contract.GoesOn()
	}
	left := n / 3
	for i := range all {
		i = (i + n/2) % n
		if i == left {
			continue
		}
		close(homes[i])
		if job, ok := all[i].got(); ok {
			c.Say("a driver who goes home has", job)
		}
		contract.GoesOn()
	}
	works(c, r, all[left])
	tooLate(c, r)
}

// named is about texts that a program may have a use of its own for.
func named(c *contract.Call) {
	r := taxis.New()
	for _, text := range append(contract.Texts(), "", " ", "0", "\x00", "\xff") {
		d := joins(r, 0, text, nil)
		name, given := r.Order(text)
		if job, ok := d.got(); name != text || !given || job != text || !ok {
			c.Say(fmt.Sprintf("driver %q is given job %q, %t, and comes back with %q, %t", name, text, given, job, ok))
		}
	}
}

// patient is about one who waits for long, and others who come and go meanwhile.
func patient(c *contract.Call) {
	for _, long := range append(contract.Times(1_000*time.Hour), time.Second) {
		r := taxis.New()
		d, home := joins(r, 0, "Ada", nil), make(chan struct{})
		e := joins(r, 1, "Ben", home)
		contract.Rest(long + time.Second)
		waiting := r.Waiting()
		name, given := r.Order("opera")
		job, ok := d.got()
		contract.Rest(long)
		close(home)
		if _, works := e.got(); waiting != 2 || name != "Ada" || !given || job != "opera" || !ok || works {
			c.Say("after", long, waiting, "wait, and", name, given, "is given a job; Ada comes back with", job, ok)
		}
	}
}

// A shift is so many drivers, who wait when so many jobs come, and of whom some go home then.
type shift struct {
	drivers, jobs int
	first, leave  int  // who goes first, and how many go; 0: all
	rooms         int  // in which the jobs are given; 0: one
	same          bool // all have the same name
	silent        bool // the first job is an empty text
	looks         bool // somebody looks how many wait
}

// text is a job.
func (s shift) text(job int) string {
	if s.silent && job == 0 {
		return ""
	}
	return fmt.Sprint(job)
}

// ends has the drivers go home while the jobs come. Each job is with whoever it was given to, those
// who stay have none that others refused, and the first ones come first.
func (s shift) ends(c *contract.Call) {
	r, home, never := taxis.New(), make(chan struct{}), make(chan struct{})
	all := make([]*driver, s.drivers)
	for i := range all {
		name, goes := fmt.Sprint(i), home
		if s.same {
			name = "Ada"
		}
		if s.leave > 0 && (i < s.first || i >= s.first+s.leave) {
			goes = never
		}
		all[i] = joins(r, i, name, goes)
	}
	var people sync.WaitGroup
	rooms := max(1, s.rooms)
	given := make([]string, s.jobs)
	for room := range rooms {
		people.Go(func() {
			for job := room; job < s.jobs; job += rooms {
				if name, ok := r.Order(s.text(job)); ok {
					given[job] = name
				}
			}
		})
	}
	people.Go(func() { close(home) })
	if s.looks {
		people.Go(func() {
			if n := r.Waiting(); n < 0 || n > s.drivers {
				c.Say("of", s.drivers, "drivers", n, "wait")
			}
		})
	}
	people.Wait()
	contract.Rest(time.Second)
	s.checks(c, r, all, given)
	close(never)
	for _, d := range all {
		<-d.back
	}
	c.Return(r.Waiting())
}

// checks looks who has which job, a second after the shift has ended.
func (s shift) checks(c *contract.Call, r *taxis.Rank, all []*driver, given []string) {
	stay, with := 0, map[string]string{}
	for i, d := range all {
		goes := s.leave == 0 || i >= s.first && i < s.first+s.leave
		select {
		case <-d.back:
			if d.ok {
				with[d.job] = d.name
			} else if !goes {
				c.Say("driver", i, "goes home, and should stay")
			}
		default:
			stay++
			if goes {
				c.Say("driver", i, "wants to go home, and cannot")
			}
		}
	}
	for job, name := range given {
		if with[s.text(job)] != name {
			c.Say(fmt.Sprintf("job %q is given to %q, and %q has it", s.text(job), name, with[s.text(job)]))
		}
		if name == "" && stay > 0 {
			c.Say("job", job, "is refused, and", stay, "wait")
		}
	}
	if n := r.Waiting(); n != stay {
		c.Say(stay, "drivers are left, and", n, "wait")
	}
	if s.leave > 0 && s.first > 0 && s.jobs > 0 && given[0] != "0" {
		c.Say("driver 0 has waited longest and stays, and the first job is given to", given[0])
	}
}

// closedAlready is about drivers who come when everybody goes home.
func closedAlready(c *contract.Call) {
	r, home := taxis.New(), make(chan struct{})
	close(home)
	all := []*driver{arrives(r, "Ada", home), arrives(r, "Ben", home)}
	with := map[string]string{}
	for i := range 2 {
		if name, ok := r.Order(fmt.Sprint(i)); ok {
			with[name] = fmt.Sprint(i)
		}
	}
	for _, d := range all {
		if job, ok := d.got(); job != with[d.name] || ok != (job != "") {
			c.Say(d.name, "comes back with", job, ok, "and was given", with[d.name])
		}
	}
	c.Return(r.Waiting())
	order(c, r, "too late")
}

// comesAndGoes is about a row in which somebody is new when somebody leaves.
func comesAndGoes(c *contract.Call) {
	r, home := taxis.New(), make(chan struct{})
	goes := joins(r, 0, "Ada", home)
	stays := arrives(r, "Ben", nil)
	close(home)
	job, ok := goes.got()
	c.Return(job, ok)
	contract.Rest(time.Second)
	c.Return(r.Waiting())
	order(c, r, "opera")
	c.Return(stays.got())
	order(c, r, "too late")
}

// asksAndLooks is about a room that has a job when the only driver goes home: he has it, or has
// gone, and then nobody waits.
func asksAndLooks(c *contract.Call) {
	r, home := taxis.New(), make(chan struct{})
	d := joins(r, 0, "Ada", home)
	var people sync.WaitGroup
	people.Go(func() { close(home) })
	people.Go(func() {
		name, ok := r.Order("opera")
		if n := r.Waiting(); n != 0 {
			c.Say("the job is given to", name, ok, "and then", n, "wait")
		}
	})
	people.Wait()
	<-d.back
}

// oneLeaves is about the row that is left when one of four has gone home.
func oneLeaves(c *contract.Call) {
	for leaver := range 4 {
		r, home := taxis.New(), make(chan struct{})
		all := make([]*driver, 4)
		for i := range all {
			goes := home
			if i != leaver {
				goes = nil
			}
			all[i] = joins(r, i, fmt.Sprint(i), goes)
		}
		close(home)
		c.Return(all[leaver].got())
		for i, d := range all {
			if i != leaver {
				works(c, r, d)
			}
		}
		tooLate(c, r)
	}
}

// looksOn is about one who looks while a driver comes and is given a job.
func looksOn(c *contract.Call) {
	r, home := taxis.New(), make(chan struct{})
	d := arrives(r, "Ada", home)
	var people sync.WaitGroup
	var name string
	people.Go(func() { name, _ = r.Order("opera") })
	for range 2 {
		people.Go(func() {
			if n := r.Waiting(); n != 0 && n != 1 {
				c.Say("one driver comes, and", n, "wait")
			}
		})
	}
	people.Wait()
	close(home)
	if job, ok := d.got(); ok != (name != "") || ok && job != "opera" {
		c.Say("the job is given to", name, "and Ada comes back with", job, ok)
	}
	tooLate(c, r)
}

// beginning is about ranks that begin while others are used.
func beginning(c *contract.Call) {
	r := taxis.New()
	d := joins(r, 0, "Ada", nil)
	var people sync.WaitGroup
	var told [2]string
	for i := range told {
		people.Go(func() {
			one := taxis.New()
			e := arrives(one, fmt.Sprint(i), nil)
			contract.Rest(time.Second)
			one.Order(fmt.Sprint(i))
			told[i], _ = e.got()
		})
	}
	people.Wait()
	c.Return(told)
	order(c, r, "opera")
	c.Return(d.got())
}

// manyRanks is about n ranks, where one driver each waits.
func manyRanks(c *contract.Call, n int) {
	ranks := make([]*taxis.Rank, n)
	all := make([]*driver, n)
	for i := range ranks {
		ranks[i] = taxis.New()
		all[i] = joins(ranks[i], 0, fmt.Sprint(i), nil)
		contract.GoesOn()
	}
	for i, r := range ranks {
		name, given := r.Order(fmt.Sprint("job ", i))
		if job, ok := all[i].got(); name != fmt.Sprint(i) || !given || job != fmt.Sprint("job ", i) || !ok {
			c.Say("of", n, "ranks number", i, "gives its job to", name, given, "who comes back with", job, ok)
			return
		}
		contract.GoesOn()
	}
}
