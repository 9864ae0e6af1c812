package river_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	river "racelab/exercises/13-pool-map"
)

// most is how many bottles there can be.
const (
	most          = 2_000
	mostAnalysers = 100
	mostProfiles  = 20 // at the same time
)

// week is what there is in a scenario: a list of bottles, which all profiles are made from.
type week struct{ bottles []river.Bottle }

// Contract is what one can do with bottles.
func Contract() contract.Contract {
	terms := contract.Terms[*week]{
		Setups: []contract.Setup[*week]{{
			Text: "bottles := []river.Bottle{{70, 1}, {10, 2}, {40, 0}, {10, 1}, {0, 1}}",
			Open: func() *week {
				return &week{[]river.Bottle{{Km: 70, Depth: 1}, {Km: 10, Depth: 2}, {Km: 40}, {Km: 10, Depth: 1}, {Depth: 1}}}
			},
		}},
		Ops: []contract.Op[*week]{
			profiling(1, 1), profiling(2, 2), profiling(3, 2),
			changing(),
			apart("1, 2, 7 and 100 analysers that are all held up, with fewer bottles, as many, and more", func(c *contract.Call) {
				for _, analysers := range []int{1, 2, 7, mostAnalysers} {
					staffed(c, analysers)
				}
			}),
			apart("the same, with as many analysers as a number in the program, and one more", func(c *contract.Call) {
				for _, n := range contract.Counts(mostAnalysers) {
					staffed(c, n)
					staffed(c, min(n+1, mostAnalysers))
				}
			}),
			apart("2, 3 and 5 analysers, one of which, or all but one, have a bottle that takes longer than all the others together", oneIsSlow),
			apart("the same, with 100 analysers, or 2,000 bottles", func(c *contract.Call) {
				goesOn(c, mostAnalysers, mostAnalysers+50, 0, mostAnalysers-1)
				goesOn(c, 2, most, 0, 1)
			}),
			apart("the same, with as many bottles as a number in the program", contract.UpTo(most-2, func(c *contract.Call, n int) { goesOn(c, 3, n, 0, 1) })),
			apart("three analysers and nine bottles, which become ready one after the other", oneByOne),
			apart("bottles that take an hour each", func(c *contract.Call) { takesLong(c, time.Hour) }),
			apart("the same, for each time in the program", func(c *contract.Call) {
				for _, long := range contract.Times(100 * time.Hour) {
					takesLong(c, long+long/2+time.Second)
				}
			}),
			apart("bottles and readings that are unusual", odd),
			apart("bottles and readings that are numbers in the program", named),
			apart("bottles that say the same", alike),
			apart("no bottles", none),
			apart("2,000 bottles", func(c *contract.Call) { manyBottles(c, most) }),
			apart("as many bottles as a number in the program, one less, and some more", func(c *contract.Call) {
				for _, n := range contract.Counts(most - 2) {
					for more := -1; more <= 2; more++ {
						manyBottles(c, n+more)
					}
				}
			}),
			apart("as many profiles, one after the other, as a number in the program", contract.UpTo(9_000, manyProfiles)),
			apart("five profiles at the same time, and 20 more meanwhile", func(c *contract.Call) { manyRivers(c, 5, 20, 2) }),
			apart("19 profiles at the same time, and another one meanwhile", func(c *contract.Call) { manyRivers(c, mostProfiles-1, 1, 2) }),
			apart("five profiles at the same time, with 100 analysers each", func(c *contract.Call) { manyRivers(c, 5, 1, mostAnalysers) }),
			apart("more bottles at the same time, of several profiles, than a number in the program", func(c *contract.Call) {
				for _, n := range contract.Counts(mostProfiles*mostAnalysers - 1) {
					rivers := n/mostAnalysers + 1
					manyRivers(c, rivers, min(1, mostProfiles-rivers), mostAnalysers)
				}
			}),
			apart("profiles with 1, 3, 2 and 1 analysers, one after the other and all at the same time", changingStaff),
			apart("a list that is used again with other bottles", reused),
			apart("an analyser that has profiles of its own made", within),
			{Text: "bottles", Finally: true, Do: func(w *week, c *contract.Call) { c.Return(w.bottles) }},
		},
	}
	return contract.Of(terms)
}

func apart(text string, do func(*contract.Call)) contract.Op[*week] {
	return contract.Op[*week]{Text: text, Apart: true, Do: func(_ *week, c *contract.Call) { do(c) }}
}

// A watch counts what is analysed, behind the back of the race detector: it must not order
// those who analyse.
type watch struct{ begun, busy, most int }

// begins tells how many have begun before.
//
//go:norace
func (w *watch) begins() (before int) {
	w.begun++
	w.busy++
	w.most = max(w.most, w.busy)
	return w.begun - 1
}

//go:norace
func (w *watch) ends() { w.busy-- }

// now is how many bottles are being analysed, and how many have been.
//
//go:norace
func (w *watch) now() (busy, done int) { return w.busy, w.begun - w.busy }

//go:norace
func (w *watch) says(c *contract.Call, bottles, analysers int) {
	if w.begun != bottles {
		c.Return(fmt.Sprintf("%d bottles are analysed %d times", bottles, w.begun))
	}
	if w.most > analysers {
		c.Return(fmt.Sprintf("%d bottles are analysed at the same time, with %d analysers", w.most, analysers))
	}
	if w.busy != 0 {
		c.Return(fmt.Sprintf("%d bottles are still being analysed", w.busy))
	}
}

// make makes a profile of the first n bottles. Each call has readings of its own.
func (w *week) make(c *contract.Call, n, analysers int) []river.Reading {
	var seen watch
	profile := river.Profile(w.bottles[:n], analysers, func(b river.Bottle) river.Reading {
		seen.begins()
		c.Inside()
		seen.ends()
		return river.Reading(1_000*(c.Goroutine()+1)+10*b.Km) + river.Reading(b.Depth)
	})
	seen.says(c, n, analysers)
	return profile
}

func profiling(n, analysers int) contract.Op[*week] {
	return contract.Op[*week]{
		Text: fmt.Sprintf("river.Profile(bottles[:%d], %d, analyse)", n, analysers), Calls: true,
		Do: func(w *week, c *contract.Call) { c.Keep(w.make(c, n, analysers)) },
	}
}

// changing is somebody who goes on writing on the sheet.
func changing() contract.Op[*week] {
	return contract.Op[*week]{
		Text: "p := river.Profile(bottles[:1], 2, analyse); p[0] = -1; p = append(p, -2, -3)", Calls: true,
		Do: func(w *week, c *contract.Call) {
			p := w.make(c, 1, 2)
			c.Return(p)
			if len(p) > 0 {
				p[0] = -1
			}
			c.Keep(append(p, -2, -3))
		},
	}
}

// list are n different bottles.
func list(n int) []river.Bottle {
	bottles := make([]river.Bottle, n)
	for i := range bottles {
		bottles[i] = river.Bottle{Km: i, Depth: -i}
	}
	return bottles
}

func read(b river.Bottle) river.Reading { return river.Reading(7*b.Km + 3) }

// isRight reports whether a profile is that of all the bottles of a list, as read reads them.
func isRight(profile []river.Reading, bottles []river.Bottle) bool {
	return slices.EqualFunc(profile, bottles, func(r river.Reading, b river.Bottle) bool { return r == read(b) })
}

// A making is a profile that is being made.
type making struct {
	watch
	bottles   []river.Bottle
	analysers int
	made      chan []river.Reading
}

// begin has a profile made. Analysers are held up by hold, which is told how many have begun
// before.
func begin(bottles []river.Bottle, analysers int, hold func(before int)) *making {
	m := &making{bottles: bottles, analysers: analysers, made: make(chan []river.Reading, 1)}
	go func() {
		m.made <- river.Profile(bottles, analysers, func(b river.Bottle) river.Reading {
			hold(m.begins())
			m.ends()
			return read(b)
		})
	}()
	return m
}

// settles waits until all have begun who can.
func (m *making) settles() (busy, done int) {
	busy, done = m.now()
	for before := -1; before != busy+2*done; busy, done = m.now() {
		before = busy + 2*done // what has begun, and what has ended
		contract.Rest(time.Second)
	}
	return busy, done
}

// ready waits until the profile is ready, and says what is wrong with it.
func (m *making) ready(c *contract.Call) {
	profile := <-m.made
	if !isRight(profile, m.bottles) {
		c.Return(fmt.Sprintf("the profile of %d bottles, with %d analysers, is %.100s", len(m.bottles), m.analysers, fmt.Sprint(profile)))
	}
	m.says(c, len(m.bottles), m.analysers)
}

// heldUp makes profiles of a list at the same time, with so many analysers each, all of whom
// are held up, while others are made. It reports whether all of them have begun.
func heldUp(c *contract.Call, bottles []river.Bottle, others int, staff ...int) bool {
	gate, ok := make(chan struct{}), true
	rivers := make([]*making, len(staff))
	for i, analysers := range staff {
		rivers[i] = begin(bottles, analysers, func(int) { <-gate })
	}
	for _, m := range rivers {
		m.settles()
	}
	for range others {
		begin(bottles, 2, func(int) {}).ready(c)
	}
	for _, m := range rivers {
		busy, _ := m.now()
		if want := min(len(bottles), m.analysers); ok && busy != want {
			c.Return(fmt.Sprintf("in %d profiles that are made at the same time: %d of %d bottles are analysed, want %d", len(staff), busy, len(bottles), want))
			ok = false
		}
	}
	close(gate)
	for _, m := range rivers {
		m.ready(c)
	}
	return ok
}

// staffed is about analysers all of whom are held up.
func staffed(c *contract.Call, analysers int) {
	for _, n := range []int{analysers / 2, analysers, analysers + 1, analysers + 20} {
		if !heldUp(c, list(n), 0, analysers) {
			return
		}
	}
}

// manyRivers is about n profiles that are made at the same time, while others are made.
func manyRivers(c *contract.Call, n, others, analysers int) {
	heldUp(c, list(analysers), others, slices.Repeat([]int{analysers}, n)...)
}

// changingStaff is about profiles with different numbers of analysers.
func changingStaff(c *contract.Call) {
	staff := []int{1, 3, 2, 1}
	for _, analysers := range staff {
		staffed(c, analysers)
	}
	heldUp(c, list(4), 0, staff...)
}

// oneIsSlow is about bottles that take longer than all the others together. They may be the
// first or the last that are begun, or in between.
func oneIsSlow(c *contract.Call) {
	const n = 9
	for _, analysers := range []int{2, 3, 5} {
		for first := range n {
			for _, slow := range []int{1, analysers - 1} {
				if !goesOn(c, analysers, n, first, slow) {
					return
				}
			}
		}
	}
}

// goesOn makes a profile of n bottles, of which so many are slow, those that are begun
// after the first few. It reports whether those that are not busy with them do all the others.
func goesOn(c *contract.Call, analysers, n, first, slow int) bool {
	first = max(0, min(first, n-slow))
	gate := make(chan struct{})
	m := begin(list(n), analysers, func(before int) {
		if first <= before && before < first+slow {
			<-gate
		}
	})
	_, done := m.settles()
	if done != n-slow {
		c.Return(fmt.Sprintf("%d of %d bottles are done while %d take long, with %d analysers", done, n, slow, analysers))
	}
	close(gate)
	m.ready(c)
	return done == n-slow
}

// oneByOne is about bottles that become ready one after the other, the latest first, or the
// earliest. Whoever is free takes the next one.
func oneByOne(c *contract.Call) {
	const analysers, n = 3, 9
	for _, latest := range []bool{false, true} {
		gates, all := make(chan chan struct{}, n), make(chan struct{})
		m := begin(list(n), analysers, func(int) {
			gate := make(chan struct{})
			gates <- gate
			select {
			case <-gate:
			case <-all:
			}
		})
		var held []chan struct{} // in the order in which they began
		for done := range n {
			busy, _ := m.settles()
			if want := min(analysers, n-done); busy != want {
				c.Return(fmt.Sprintf("%d of %d bottles are done, and %d analysers are busy, want %d", done, n, busy, want))
				break
			}
			for len(held) < busy {
				held = append(held, <-gates)
			}
			i := 0
			if latest {
				i = busy - 1
			}
			close(held[i])
			held = slices.Delete(held, i, i+1)
		}
		close(all)
		m.ready(c)
	}
}

// takesLong is about bottles that take long, and others that wait for as long.
func takesLong(c *contract.Call, long time.Duration) {
	begin(list(4), 2, func(int) { contract.Rest(long) }).ready(c)
}

// odd is about numbers that are unusual and numbers all the same.
func odd(c *contract.Call) {
	asked(c, 0, -1, 1, math.MaxInt8+1, math.MaxInt16+1, math.MaxInt32+1, math.MinInt32-1, 1<<53+1, math.MaxInt, math.MinInt)
}

// named is about numbers that a program may have a use of its own for.
func named(c *contract.Call) {
	for _, n := range contract.Numbers(2, math.MaxInt-1) {
		asked(c, n, -n, n+1, n-1)
	}
}

// asked is about bottles, and readings, that are one of the numbers, and about lists of
// bottles that all read the same.
func asked(c *contract.Call, numbers ...int) {
	var bottles []river.Bottle
	var want []river.Reading
	for _, n := range numbers {
		bottles = append(bottles, river.Bottle{Km: n, Depth: -n}, river.Bottle{Depth: n})
		want = append(want, river.Reading(n), 0)
	}
	var seen watch
	got := river.Profile(bottles, 2, func(b river.Bottle) river.Reading {
		seen.begins()
		seen.ends()
		return river.Reading(b.Km)
	})
	if !slices.Equal(got, want) {
		c.Return(fmt.Sprintf("the readings are %v, and the profile %v", want, got))
	}
	seen.says(c, len(bottles), 2)
	for _, n := range numbers {
		same := river.Profile(bottles[:3], 2, func(river.Bottle) river.Reading { return river.Reading(n) })
		if r := river.Reading(n); !slices.Equal(same, []river.Reading{r, r, r}) {
			c.Return(fmt.Sprintf("three bottles read %d, and the profile is %v", n, same))
		}
	}
}

// alike is about bottles that say the same. Each of them is analysed, and which reading is
// in which of their places is up to who comes first. They may be analysed at the same time.
func alike(c *contract.Call) {
	heldUp(c, make([]river.Bottle, 7), 0, 3)
	bottles := []river.Bottle{{Km: 5}, {Km: 1}, {Km: 5}, {}, {}, {Km: 5}, {Km: 5}}
	for _, analysers := range []int{1, 2, 7} {
		var mu sync.Mutex
		var next river.Reading
		profile := river.Profile(bottles, analysers, func(b river.Bottle) river.Reading {
			mu.Lock()
			defer mu.Unlock()
			next++
			return 100*river.Reading(b.Km) + next
		})
		for i := range profile {
			if i < len(bottles) && profile[i]/100 != river.Reading(bottles[i].Km) {
				c.Return(fmt.Sprintf("the profile of %v is %v", bottles, profile))
			}
			profile[i] %= 100
		}
		slices.Sort(profile)
		c.Return(profile)
	}
}

// none is about lists without a bottle. What is appended to one empty profile is in no other.
func none(c *contract.Call) {
	var profiles [][]river.Reading
	for _, analysers := range []int{1, 2, mostAnalysers} {
		for _, bottles := range [][]river.Bottle{nil, {}, list(3)[:0]} {
			profile := river.Profile(bottles, analysers, func(river.Bottle) river.Reading {
				c.Return("a bottle is analysed that is not there")
				return 0
			})
			c.Return(len(profile))
			profiles = append(profiles, append(profile, river.Reading(len(profiles))))
		}
	}
	c.Return(profiles)
}

// manyBottles is about n bottles, two profiles of which belong to two people. The second is
// made an hour later.
func manyBottles(c *contract.Call, n int) {
	bottles := list(n)
	first := river.Profile(bottles, 2, read)
	contract.Rest(time.Hour)
	second := river.Profile(bottles, 2, read)
	_ = append(first, -1)
	ok := isRight(second, bottles)
	clear(second)
	if !ok || !isRight(first, bottles) {
		c.Return(fmt.Sprintf("a profile of %d bottles, with 2 analysers, is wrong", n))
	}
}

// manyProfiles is about n profiles, one after the other, and one that was made before.
func manyProfiles(c *contract.Call, n int) {
	bottles := list(2)
	first := river.Profile(bottles, 2, read)
	for i := range n {
		profile := river.Profile(bottles[:1], 1, func(river.Bottle) river.Reading { return river.Reading(i) })
		if !slices.Equal(profile, []river.Reading{river.Reading(i)}) {
			c.Return(fmt.Sprintf("after %d other profiles, one is %v, want [%d]", i, profile, i))
			return
		}
	}
	if last := river.Profile(bottles, 2, read); !isRight(first, bottles) || !isRight(last, bottles) {
		c.Return(fmt.Sprintf("a profile is %v, and after %d others %v", first, n, last))
	}
}

// reused is about a list on which there are other bottles the next time.
func reused(c *contract.Call) {
	bottles := list(4)
	first := river.Profile(bottles, 2, read)
	for i := range bottles {
		bottles[i].Km += 100
	}
	second := river.Profile(bottles, 2, read)
	third := river.Profile(bottles[1:3], 2, func(b river.Bottle) river.Reading { return -read(b) })
	fourth := river.Profile(bottles, 3, func(b river.Bottle) river.Reading { return -read(b) })
	c.Return(first, second, third, fourth)
}

// within is about an analyser that has other profiles made, while it is busy.
func within(c *contract.Call) {
	bottles := list(3)
	for _, analysers := range []int{1, 2} {
		profile := river.Profile(bottles, analysers, func(b river.Bottle) (sum river.Reading) {
			for _, r := range river.Profile(bottles[:2], analysers, read) {
				sum += r
			}
			return sum + read(b)
		})
		c.Return(profile)
	}
}
