package bikes_test

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	bikes "racelab/exercises/17-transfer"
)

// hire is where a scenario takes place: there are five stations, of which two have the same name.
type hire struct{ a, b, c, d, e *bikes.Station }

const (
	mostStations = 1_000
	mostMoves    = 50_000
	mostBikes    = 1_000_000
	longestLoad  = time.Hour
)

// Contract is what one can do with stations.
func Contract() contract.Contract {
	type pick = func(*hire) *bikes.Station
	a, b, c := func(h *hire) *bikes.Station { return h.a }, func(h *hire) *bikes.Station { return h.b }, func(h *hire) *bikes.Station { return h.c }
	d, e := func(h *hire) *bikes.Station { return h.d }, func(h *hire) *bikes.Station { return h.e }
	terms := contract.Terms[*hire]{Ops: slices.Concat([]contract.Op[*hire]{
		mayWait(moving("Move(a, b, 2, …)", a, b, 2)),
		mayWait(moving("Move(b, a, 1, …)", b, a, 1)),
		mayWait(moving("Move(b, c, 2, …)", b, c, 2)),
		mayWait(moving("Move(c, a, 1, …)", c, a, 1)),
		moving("Move(d, e, 1, …)", d, e, 1),
		mayWait(moving("Move(a, a, 2, …)", a, a, 2)),
		mayWait(counting("Count(a, b)", a, b)),
		mayWait(counting("Count(b, a)", b, a)),
		mayWait(counting("Count(c, b, a)", c, b, a)),
		counting("Count(d)", d),
		counting("Count(e, d)", e, d),
		{Text: "Count(…) of each station", Finally: true, Do: func(h *hire, call *contract.Call) {
			for _, of := range []pick{a, b, c, d, e} {
				call.Return(bikes.Count(of(h)))
			}
		}},
	}, aboutVans(), aboutElsewhere(), aboutStations())}
	for i, there := range [][]int{{3, 1, 0, 1, 0}, {2, 2, 2, 0, 1}, {0, 3, 1, 1, 1}} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*hire]{
			Text: fmt.Sprintf("a, b, c, d, e := bikes.New(…), … // with %v bicycles; between a and b are %d others", there, others),
			Open: func() *hire { return built(there, others) },
		})
	}
	return contract.Of(terms)
}

func built(there []int, others int) *hire {
	h := &hire{a: bikes.New("Market", there[0])}
	for range others {
		bikes.New("Market", 0)
	}
	h.b, h.c = bikes.New("Market", there[1]), bikes.New("Lake", there[2])
	h.d, h.e = bikes.New("Tower", there[3]), bikes.New("Harbour", there[4])
	return h
}

// mayWait is for a call at a station where several vans want others, too: who waits for one of
// them may have locked another one.
func mayWait(op contract.Op[*hire]) contract.Op[*hire] {
	op.MayWait = func(string) bool { return true }
	return op
}

// moving is a move.
func moving(text string, from, to func(*hire) *bikes.Station, n int) contract.Op[*hire] {
	return contract.Op[*hire]{
		Text: text, Calls: true,
		Do: func(h *hire, call *contract.Call) {
			loaded := 0
			ok := bikes.Move(from(h), to(h), n, func() {
				loaded++
				call.Inside()
			})
			call.Return(ok, loaded)
		},
	}
}

func counting(text string, of ...func(*hire) *bikes.Station) contract.Op[*hire] {
	return contract.Op[*hire]{Text: text, Do: func(h *hire, call *contract.Call) {
		var stations []*bikes.Station
		for _, one := range of {
			stations = append(stations, one(h))
		}
		call.Return(bikes.Count(stations...))
	}}
}

func apart(text string, do func(*contract.Call)) contract.Op[*hire] {
	return contract.Op[*hire]{Text: text, Apart: true, Do: func(_ *hire, call *contract.Call) { do(call) }}
}

func aboutVans() []contract.Op[*hire] {
	return []contract.Op[*hire]{
		apart("two vans between the same two stations, in both directions", func(call *contract.Call) { round(call, 2, 1) }),
		apart("three vans in a circle", func(call *contract.Call) { round(call, 3, 1) }),
		apart("five vans in a circle, twice each", func(call *contract.Call) { round(call, 5, 2) }),
		apart("more vans in a circle than a number in the program", func(call *contract.Call) {
			round(call, 2+contract.Largest(1, 1, 100), 1)
		}),
		apart("a van drives once, while another one drives more often than a number in the program", inTheWay),
		apart("somebody counts, while vans drive more often than a number in the program", whileCounting),
		apart("bicycles are brought back to where they were, while somebody counts, and another van drives", broughtBack),
		apart("300 moves one after the other", func(call *contract.Call) { manyMoves(call, 300) }),
		apart("more moves than a number in the program", contract.UpTo(mostMoves-2, quickly(manyMoves))),
		apart("as many bicycles as a number in the program", manyBikes),
		apart("loading takes longer than a time in the program, and others wait for it", slowLoad),
		apart("two vans want bicycles of one station, and a third one comes when the first has gone", twoLoad),
		apart("a van loads all that is left, and two others want it", lastBikes),
	}
}

func aboutElsewhere() []contract.Op[*hire] {
	return []contract.Op[*hire]{
		apart("while a van is loaded, and others wait for it, one drives elsewhere", func(call *contract.Call) { elsewhere(call, 1, 1) }),
		apart("while more vans are loaded than a number in the program, one drives elsewhere", func(call *contract.Call) {
			elsewhere(call, 2+contract.Largest(1, 1, 200), 1)
		}),
		apart("while a van is loaded, 50 drive elsewhere, or more than a number in the program", func(call *contract.Call) {
			elsewhere(call, 1, min(490, 2+contract.Largest(48, 1, mostStations)))
		}),
	}
}

func aboutStations() []contract.Op[*hire] {
	return []contract.Op[*hire]{
		apart("stations are built while vans drive", building),
		apart("two stations are built at the same time, and vans drive between them in both directions", builtTogether),
		apart("300 stations", func(call *contract.Call) { manyStations(call, 300) }),
		apart("more stations than a number in the program", contract.UpTo(mostStations-2, quickly(manyStations))),
		apart("stations with odd names, and names that are texts in the program", odd),
		apart("two count with one list", oneList),
	}
}

// quickly is about what one person does alone.
func quickly(many func(*contract.Call, int)) func(*contract.Call, int) {
	return func(call *contract.Call, n int) { contract.Quickly(func() { many(call, n) }) }
}

func at() {} // a van that is loaded at once

// row builds n stations with so many bicycles each, all of one name.
func row(n, each int) []*bikes.Station {
	all := make([]*bikes.Station, n)
	for i := range all {
		all[i] = bikes.New("A", each)
	}
	return all
}

// round is about n vans, of which each drives from one station to the next.
func round(call *contract.Call, n, times int) {
	all := row(n, times)
	var vans sync.WaitGroup
	refused := make([]bool, n)
	for i := range all {
		vans.Go(func() {
			for range times {
				refused[i] = !bikes.Move(all[i], all[(i+1)%n], 1, at) || refused[i]
			}
		})
	}
	vans.Wait()
	if slices.Contains(refused, true) {
		call.Say("of", n, "vans in a circle one gets no bicycles, though there are enough")
	}
	for i, s := range all {
		if got := bikes.Count(s); got != times {
			call.Say("after", n, "vans have driven in a circle, station", i, "has", got, "and should have", times)
		}
	}
}

// inTheWay is about one van, which another one is always in the way of.
func inTheWay(call *contract.Call) {
	n := 3 + contract.Largest(1, 2, 2_000)
	all := row(3, n)
	var vans sync.WaitGroup
	var moved bool
	vans.Go(func() { moved = bikes.Move(all[0], all[1], 1, at) })
	vans.Go(func() {
		for i := range n {
			bikes.Move(all[1+i%2], all[2-i%2], 1, at)
		}
	})
	vans.Wait()
	if got := bikes.Count(all...); !moved || got != 3*n {
		call.Say("a van that another one is in the way of returns", moved, "and of", 3*n, "bicycles there are", got)
	}
}

// whileCounting is about somebody who counts while bicycles are moved.
func whileCounting(call *contract.Call) {
	n := 3 + contract.Largest(1, 2, 1_000)
	all := row(2, 1)
	var people sync.WaitGroup
	for i := range 2 {
		people.Go(func() {
			if got := bikes.Count(all[i], all[1-i]); got != 2 {
				call.Say("of 2 bicycles, somebody counts", got)
			}
		})
	}
	people.Go(func() {
		for i := range n {
			bikes.Move(all[i%2], all[1-i%2], 1, at)
		}
	})
	people.Wait()
}

// broughtBack is about a van that brings bicycles to where they were.
func broughtBack(call *contract.Call) {
	all := row(2, 2)
	var people sync.WaitGroup
	var moved [2]bool
	people.Go(func() { moved[0] = bikes.Move(all[0], all[0], 2, at) })
	people.Go(func() { moved[1] = bikes.Move(all[1], all[0], 1, at) })
	people.Go(func() {
		if got := bikes.Count(all...); got != 4 {
			call.Say("of 4 bicycles, somebody counts", got)
		}
	})
	people.Wait()
	call.Return(moved, bikes.Count(all[0]), bikes.Count(all[1]))
	call.Return(bikes.Move(all[0], all[0], 4, at), bikes.Count(all[0]))
}

// manyMoves is about n moves, one after the other.
func manyMoves(call *contract.Call, n int) {
	all := row(3, 1)
	for i := range n {
		from, to := all[i%3], all[(i+1)%3]
		if !bikes.Move(from, to, 1, at) || bikes.Move(from, to, 3, at) {
			call.Say("move", i+1, "is refused, or one of too many bicycles is not")
			return
		}
	}
	if got := bikes.Count(all...); got != 3 {
		call.Say("after", n, "moves there are", got, "of 3 bicycles")
	}
}

// manyBikes is about numbers of bicycles that a program may have a use of its own for.
func manyBikes(call *contract.Call) {
	for _, n := range append(contract.Numbers(1, mostBikes-1), 1, 255, 256, 1<<16, mostBikes-1) {
		from, to := bikes.New("A", n), bikes.New("A", 1)
		less, more := bikes.Move(from, to, n+1, at), bikes.Move(from, to, n, at)
		if less || !more || bikes.Count(from) != 0 || bikes.Count(to) != n+1 || bikes.Count(to, from) != n+1 {
			call.Say("of", n, "bicycles", n+1, "are moved:", less, "and then", n, "are:", more, "; there are", bikes.Count(from), bikes.Count(to))
		}
	}
}

// slowLoad is about vans that wait for one that is loaded for long.
func slowLoad(call *contract.Call) {
	for _, long := range append(contract.Times(longestLoad), time.Second) {
		all := row(3, 2)
		loaded := make(chan struct{})
		var vans sync.WaitGroup
		var moved [3]bool
		vans.Go(func() { moved[0] = bikes.Move(all[0], all[1], 1, func() { <-loaded }) })
		vans.Go(func() { moved[1] = bikes.Move(all[1], all[2], 1, at) })
		vans.Go(func() { moved[2] = bikes.Move(all[2], all[0], 1, at) })
		total := 0
		vans.Go(func() { total = bikes.Count(all[1], all[0], all[2]) })
		contract.Rest(min(long+time.Second, longestLoad))
		close(loaded)
		vans.Wait()
		if got := bikes.Count(all...); moved != [3]bool{true, true, true} || total != 6 || got != 6 {
			call.Say("one is loaded for longer than", long, "and the vans return", moved, "; of 6 bicycles", total, "and then", got, "are counted")
		}
	}
}

// twoLoad is about a van that loads, or waits, while another one loads at its station and goes. A
// third one wants more than both leave.
func twoLoad(call *contract.Call) {
	for _, each := range []int{1, 200, 100_000} {
		all := row(4, 3*each)
		var vans sync.WaitGroup
		var moved [3]bool
		var loaded [2]chan struct{}
		for i := range loaded {
			loaded[i] = make(chan struct{})
			vans.Go(func() { moved[i] = bikes.Move(all[0], all[1+i], each, func() { <-loaded[i] }) })
			contract.Rest(time.Second)
		}
		close(loaded[0])
		contract.Rest(time.Second)
		vans.Go(func() { moved[2] = bikes.Move(all[0], all[3], 2*each, at) })
		contract.Rest(time.Second)
		close(loaded[1])
		vans.Wait()
		call.Return(moved, bikes.Count(all[0]), bikes.Count(all...))
	}
}

// lastBikes is about vans that want the same bicycles, while one of them is loaded, and another
// one elsewhere has just gone.
func lastBikes(call *contract.Call) {
	for _, each := range []int{1, 300, 100_000} {
		all, others := row(3, 3*each), row(2, 1)
		loading, loaded := make(chan struct{}), make(chan struct{})
		var vans sync.WaitGroup
		var moved [3]bool
		vans.Go(func() {
			moved[0] = bikes.Move(all[0], all[1], 2*each, func() {
				close(loading)
				<-loaded
			})
		})
		<-loading
		for i := range 2 {
			vans.Go(func() { moved[1+i] = bikes.Move(all[0], all[1+i], 2*each, at) })
		}
		contract.Rest(time.Second)
		call.Return(bikes.Move(others[0], others[1], 1, at))
		contract.Rest(time.Second)
		close(loaded)
		vans.Wait()
		call.Return(moved, bikes.Count(all[0]), bikes.Count(all[1]), bikes.Count(all[2]))
	}
}

// elsewhere is about n vans that have nothing to do with those that are loaded: so many, and for
// each of them one that waits, and one who counts.
func elsewhere(call *contract.Call, loadedNow, n int) {
	theirs, ours := row(2*loadedNow, 2), row(2*n, 1)
	loading, loaded := make(chan struct{}, loadedNow), make(chan struct{})
	var vans sync.WaitGroup
	refused := make([]bool, 2*loadedNow)
	for i := range loadedNow {
		from, to := theirs[2*i], theirs[2*i+1]
		vans.Go(func() {
			refused[2*i] = !bikes.Move(from, to, 1, func() {
				loading <- struct{}{}
				<-loaded
			})
		})
	}
	for range loadedNow {
		<-loading
	}
	for i := range loadedNow {
		from, to := theirs[2*i], theirs[2*i+1]
		vans.Go(func() { refused[2*i+1] = !bikes.Move(to, from, 1, at) })
		vans.Go(func() {
			if got := bikes.Count(to, from); got != 4 {
				call.Say("of 4 bicycles, somebody counts", got)
			}
		})
	}
	contract.Rest(time.Second)
	for i := range n {
		from, to := ours[2*i], ours[2*i+1]
		if moved, got := bikes.Move(from, to, 1, at), bikes.Count(to, from); !moved || got != 2 {
			call.Say("elsewhere a move returns", moved, "and of 2 bicycles there are", got)
		}
		contract.GoesOn()
	}
	close(loaded)
	vans.Wait()
	if slices.Contains(refused, true) || bikes.Count(theirs...) != 4*loadedNow {
		call.Say("one of those who waited gets no bicycles, or there are other ones than before")
	}
}

// building is about stations that are built while others are in use.
func building(call *contract.Call) {
	old := row(2, 5)
	var people sync.WaitGroup
	var moved [2][2]bool
	for i := range moved {
		people.Go(func() {
			one := bikes.New("A", 1)
			moved[i][0] = bikes.Move(old[i], one, 1, at)
			moved[i][1] = bikes.Move(one, old[1-i], 2, at)
		})
	}
	people.Wait()
	call.Return(moved, bikes.Count(old[0]), bikes.Count(old[1]), bikes.Count(old[1], old[0]))
}

// builtTogether is about two stations that are built at the same time. A van between them waits
// for another one, when one comes the other way.
func builtTogether(call *contract.Call) {
	all := make([]*bikes.Station, 2)
	var people sync.WaitGroup
	for i := range all {
		people.Go(func() { all[i] = bikes.New("A", 2) })
	}
	people.Wait()
	third := bikes.New("A", 2)
	for i := range all {
		here, there := all[i], all[1-i]
		loading, loaded := make(chan struct{}), make(chan struct{})
		var moved [3]bool
		people.Go(func() {
			moved[0] = bikes.Move(here, third, 1, func() {
				close(loading)
				<-loaded
			})
		})
		<-loading
		people.Go(func() { moved[1] = bikes.Move(here, there, 1, at) })
		contract.Rest(time.Second)
		people.Go(func() { moved[2] = bikes.Move(there, here, 1, at) })
		contract.Rest(time.Second)
		close(loaded)
		people.Wait()
		call.Return(moved)
	}
	call.Return(bikes.Count(all...), bikes.Count(third))
}

// manyStations is about n stations, from each of which a bicycle goes to the next one.
func manyStations(call *contract.Call, n int) {
	all := row(n, 2)
	for i := range all {
		if !bikes.Move(all[i], all[(i+n-1)%n], 1, at) {
			call.Say("of", n, "stations number", i+1, "gives no bicycle")
		}
	}
	if got := bikes.Count(all...); got != 2*n || bikes.Count(all[0]) != 2 || bikes.Count(all[n/2]) != 2 {
		call.Say("at", n, "stations are", got, "bicycles, and should be", 2*n)
	}
	var vans sync.WaitGroup // the first and the last of them
	moved := [2]bool{}
	for i := range 2 {
		vans.Go(func() { moved[i] = bikes.Move(all[i*(n-1)], all[(1-i)*(n-1)], 1, at) })
	}
	vans.Wait()
	if !moved[0] || !moved[1] {
		call.Say("of", n, "stations the first and the last one exchange bicycles:", moved)
	}
}

// odd is about names that a program may have a use of its own for.
func odd(call *contract.Call) {
	for _, name := range append(contract.Texts(), "", " ", "A", "\x00", "\xff") {
		s, t := bikes.New(name, 1), bikes.New(name, 0)
		if !bikes.Move(s, t, 1, at) || bikes.Count(t, s) != 1 || bikes.Count(t) != 1 || s.Name() != name {
			call.Say(fmt.Sprintf("two stations named %q: one is called %q, and they have %d and %d", name, s.Name(), bikes.Count(s), bikes.Count(t)))
		}
	}
}

// oneList is about two who count with the same list, which nobody may write into.
func oneList(call *contract.Call) {
	all := row(3, 1)
	list := []*bikes.Station{all[2], all[0], all[1]}
	var people sync.WaitGroup
	var counted [2]int
	for i := range counted {
		people.Go(func() { counted[i] = bikes.Count(list...) })
	}
	people.Wait()
	call.Return(counted, list[0] == all[2], list[1] == all[0], list[2] == all[1])
}
