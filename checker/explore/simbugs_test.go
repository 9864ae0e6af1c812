package explore

import (
	"slices"
)

// bugs are programs with a bug that few schedules show, and what shows it.
var bugs = []struct {
	name string
	kind SymptomKind
	p    *program
}{
	{"lost update", Failed, lostUpdate},
	{"one of many updates is not locked", Failed, oneUnlocked},
	{"two locks", Deadlock, lockCycle(2, 3)},
	{"three locks", Deadlock, lockCycle(3, 2)},
	{"four locks", Deadlock, lockCycle(4, 1)},
	{"check, then act", Failed, checkThenAct},
	{"ABA", Failed, aba},
	{"added too late", Race, addedLate},
	{"nobody takes the second result", Leak, secondResult},
	{"closed while sending", Crash, closedEarly},
	{"ordered by luck", Race, luckyOrder},
	{"in the right order of six", Failed, chain(6)},
	{"noise", Failed, noise(4, 6)},
	{"published too early", Race, published},
	{"three in a critical section", Failed, crowd},
	{"slower than a timer", Failed, slow},
	{"gives up after six tries", Failed, givesUp(6)},
	{"slower than three timers", Failed, slower},
}

// slow: one works in three steps while the other, so it hopes, sleeps.
var slow = &program{late: 3, funcs: [][]ins{
	starts(2),
	done([]ins{{do: "sleep", a: 2}, {do: "load", b: 1}, {do: "fail", a: 1, b: 3}}),
	done(increment(0), times(3, locked(0)...), []ins{{do: "add", a: 0, b: 2}}),
}}

// slower is slow, and the other one does something whenever it wakes up.
var slower = &program{late: 3, funcs: [][]ins{
	starts(2),
	done(
		[]ins{{do: "sleep", a: 1}}, locked(0), []ins{{do: "sleep", a: 1}}, locked(0),
		[]ins{{do: "sleep", a: 1}, {do: "load", b: 1}, {do: "is", a: 1, b: 1}, {do: "is", a: 1, b: 0}, {do: "fail", a: 1, b: 1}},
	),
	done(increment(0), times(3, locked(0)...), []ins{{do: "add", a: 0, b: 2}}),
}}

func code(parts ...[]ins) []ins { return slices.Concat(parts...) }

func times(n int, part ...ins) (out []ins) {
	for range n {
		out = append(out, part...)
	}
	return out
}

func locked(m int, part ...ins) []ins {
	return slices.Concat([]ins{{do: "lock", a: m}}, part, []ins{{do: "unlock", a: m}})
}

// increments adds one to variable v, in two steps, with register 0.
func increment(v int) []ins { return []ins{{do: "load", a: v}, {do: "store", a: v}} }

// starts runs all other functions and waits for them.
func starts(n int, after ...ins) []ins {
	out := []ins{{do: "wgadd", b: n}}
	for f := range n {
		out = append(out, ins{do: "go", a: f + 1})
	}
	return append(append(out, ins{do: "wgwait"}), after...)
}

func done(part ...[]ins) []ins { return append(slices.Concat(part...), ins{do: "wgdone"}) }

var oneUnlocked = &program{funcs: [][]ins{
	starts(3, ins{do: "load", b: 1}, ins{do: "fail", a: 1, b: 12}),
	done(times(4, locked(0, increment(0)...)...)),
	done(times(4, locked(0, increment(0)...)...)),
	done(times(3, locked(0, increment(0)...)...), increment(0)),
}}

// lockCycle is n goroutines that take two of n locks each, in a ring, after some
// work with one of them.
func lockCycle(n, work int) *program {
	p := &program{funcs: [][]ins{starts(n)}}
	for i := range n {
		a, b := i, (i+1)%n
		p.funcs = append(p.funcs, done(
			times(work, locked(a, increment(a)...)...),
			locked(a, locked(b, increment(b)...)...),
			times(work, locked(b, increment(b)...)...),
		))
	}
	return p
}

// checkThenAct: both look for room under the lock and take it under the lock.
var checkThenAct = func() *program {
	take := code(
		times(3, locked(1, increment(1)...)...),
		locked(0, ins{do: "load", a: 0, b: 1}),
		[]ins{{do: "skip", a: 1, b: 4}},
		locked(0, increment(0)...),
		times(2, locked(1, increment(1)...)...),
	)
	return &program{funcs: [][]ins{
		starts(3, ins{do: "load", b: 1}, ins{do: "fail", a: 1, b: 1}), done(take), done(take), done(times(3, locked(1, increment(1)...)...)),
	}}
}()

// aba: one reads the top, another takes it off, changes what is below and puts
// it back; the first does not see that.
var aba = &program{funcs: [][]ins{
	starts(2, ins{do: "load", a: 2, b: 1}, ins{do: "fail", a: 1, b: 0}),
	done([]ins{
		{do: "load", a: 0, b: 1},                                                                           // the top
		{do: "load", a: 1, b: 2},                                                                           // what is below
		{do: "load", a: 0, b: 3}, {do: "is", a: 3, b: 0}, {do: "is", a: 3, b: 0}, {do: "skip", a: 3, b: 4}, // compare
		{do: "load", a: 1, b: 3}, {do: "is", a: 3, b: 1}, {do: "skip", a: 2, b: 1}, {do: "add", a: 2, b: 0}, // swap
		{do: "load", a: 1, b: 3}, {do: "is", a: 3, b: 1}, {do: "skip", a: 2, b: 3}, {do: "is", a: 3, b: 0}, {do: "skip", a: 3, b: 1}, {do: "set", a: 2, b: 1},
	}),
	done([]ins{{do: "set", a: 0, b: 1}, {do: "set", a: 1, b: 1}, {do: "set", a: 0, b: 0}}),
}}

var addedLate = &program{funcs: [][]ins{
	{{do: "go", a: 1}, {do: "go", a: 2}, {do: "lock"}, {do: "unlock"}, {do: "recv", b: 1}, {do: "wgwait"}, {do: "read", a: 0, b: 3}},
	code(times(3, locked(0)...), []ins{{do: "send", b: 1}, {do: "wgadd", b: 1}, {do: "write", a: 0}, {do: "wgdone"}}),
	code(times(3, locked(0)...)),
}, caps: []int{1}}

var secondResult = &program{funcs: [][]ins{
	{{do: "go", a: 1}, {do: "go", a: 2}, {do: "select", a: 1, b: 2, cases: []simCase{{false, 0}, {false, 1}}}, {do: "is", a: 1, b: 1}, {do: "skip", a: 1, b: 1}, {do: "recv", a: 1, b: 2}},
	code(times(3, locked(0)...), []ins{{do: "send", a: 0, b: 1}}),
	code(times(2, locked(0)...), []ins{{do: "send", a: 1, b: 1}}),
}, caps: []int{0, 0}}

var closedEarly = &program{funcs: [][]ins{
	{{do: "go", a: 1}, {do: "go", a: 2}, {do: "recv", a: 0, b: 1}, {do: "lock"}, {do: "set", a: 0, b: 1}, {do: "close", a: 0}, {do: "unlock"}},
	code(times(3, locked(1)...), []ins{{do: "send", a: 0, b: 1}}),
	code(times(3, locked(1)...), []ins{{do: "load", a: 0, b: 1}, {do: "skip", a: 1, b: 1}, {do: "send", a: 0, b: 1}}),
}, caps: []int{2}}

// luckyOrder: the write is published by a lock that the reader takes later, as
// good as always.
var luckyOrder = &program{funcs: [][]ins{
	{{do: "go", a: 1}, {do: "go", a: 2}, {do: "recv", b: 1}, {do: "recv", b: 1}},
	code([]ins{{do: "write"}}, locked(0), times(5, locked(1)...), []ins{{do: "send", b: 1}}),
	code(times(5, locked(1)...), locked(0), []ins{{do: "read", b: 3}, {do: "send", b: 1}}),
}, caps: []int{2}}

// chain fails if n steps of n goroutines come in one order out of all.
func chain(n int) *program {
	p := &program{funcs: [][]ins{starts(n, ins{do: "load", b: 1}, ins{do: "is", a: 1, b: n}, ins{do: "fail", a: 1})}}
	for i := range n {
		p.funcs = append(p.funcs, done([]ins{
			{do: "load", b: 1}, {do: "is", a: 1, b: n - 1 - i}, {do: "is", a: 1, b: 0}, {do: "skip", a: 1, b: 1}, {do: "set", b: n - i},
		}))
	}
	return p
}

// noise is a lost update among goroutines that do other things.
func noise(others, work int) *program {
	p := &program{funcs: [][]ins{starts(others+2, ins{do: "load", a: 7, b: 1}, ins{do: "fail", a: 1, b: 2})}}
	for range 2 {
		p.funcs = append(p.funcs, done(times(work, locked(0, increment(0)...)...), increment(7)))
	}
	for i := range others {
		p.funcs = append(p.funcs, done(times(work, locked(i%2, increment(1+i)...)...)))
	}
	return p
}

// published: a flag is set before the data is written.
var published = &program{funcs: [][]ins{
	starts(2),
	done(times(4, locked(0)...), []ins{{do: "set", a: 1, b: 1}, {do: "write"}, {do: "set", a: 2, b: 1}}),
	done(times(4, locked(0)...), []ins{{do: "load", a: 1, b: 1}, {do: "is", a: 1, b: 0}, {do: "skip", a: 1, b: 1}, {do: "read", b: 3}}),
}}

// crowd fails if three are in at the same time: each sees the others come in.
var crowd = func() *program {
	enter := code(times(2, locked(0)...), []ins{{do: "add", a: 0, b: 1}, {do: "load", a: 0, b: 1}, {do: "is", a: 1, b: 3}, {do: "fail", a: 1}, {do: "add", a: 0, b: -1}}, times(2, locked(0)...))
	return &program{funcs: [][]ins{starts(3), done(enter), done(enter), done(enter)}}
}()

// givesUp: one fails when a lock was taken each time that it tried.
func givesUp(tries int) *program {
	var code []ins
	for left := tries - 1; left >= 0; left-- { // the others are skipped when one has worked
		code = append(code, ins{do: "trylock", a: 0, b: 1}, ins{do: "skip", a: 1, b: 2 * left})
	}
	code = append(code, ins{do: "fail", a: 1, b: 1}, ins{do: "is", a: 1, b: 0}, ins{do: "skip", a: 1, b: 1}, ins{do: "unlock"})
	return &program{funcs: [][]ins{starts(2), done(times(3, locked(0)...)), done(code)}}
}

// lostUpdate is two goroutines that add one to a variable in two steps.
var lostUpdate = &program{funcs: [][]ins{
	{{do: "wgadd", b: 2}, {do: "go", a: 1}, {do: "go", a: 1}, {do: "wgwait"}, {do: "load", b: 1}, {do: "fail", a: 1, b: 2}},
	{{do: "load", b: 1}, {do: "store", b: 1}, {do: "wgdone"}},
}}
