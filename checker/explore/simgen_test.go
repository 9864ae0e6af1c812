package explore

import (
	"math/rand/v2"
	"slices"
)

// A shape bounds the programs that are made up.
type shape struct {
	goroutines int // besides the test's
	ops        int // steps of all of them together
	kinds      []string
}

// shapes are families of programs, from the kinds of operations that they use.
var shapes = []shape{
	{2, 8, []string{"load", "store", "add"}},
	{2, 8, []string{"load", "add", "mutex"}},
	{3, 7, []string{"load", "set", "mutex"}},
	{2, 8, []string{"mutex", "mutex2", "add"}},
	{3, 7, []string{"send", "recv", "load"}},
	{3, 7, []string{"send", "recv", "select", "load"}},
	{3, 8, []string{"send", "select"}},
	{3, 7, []string{"send", "recv", "select", "default", "len"}},
	{3, 7, []string{"wg", "load", "set", "plain"}},
	{2, 8, []string{"mutex", "trylock", "plain", "add"}},
	{3, 7, []string{"send", "recv", "close", "plain"}},
	{2, 8, []string{"sleep", "send", "select", "add"}},
	{3, 8, []string{"gosched", "load", "set", "go"}},
	{3, 8, []string{"inc", "load", "plain"}},
	{3, 8, []string{"wg", "mutex", "plain", "add"}},
	{2, 9, []string{"reads", "writes"}},
	{3, 8, []string{"reads", "writes", "plain", "load"}},
	{3, 8, []string{"once", "mutex", "load"}},
	{3, 9, []string{"waits", "signal", "all", "load"}},
	{3, 9, []string{"once", "reads", "recv", "send"}},
}

// makeProgram makes up a small program; the same seed gives the same.
func makeProgram(sh shape, seed uint64) *program {
	r := rand.New(rand.NewPCG(seed, 7))
	p := &program{caps: []int{0, 1, 0}, late: 3}
	n := 1 + sh.goroutines
	p.funcs = make([][]ins, n)
	for left := sh.ops - r.IntN(3); left > 0; {
		f := r.IntN(n)
		code, steps := snippet(r, sh.kinds[r.IntN(len(sh.kinds))])
		p.funcs[f] = append(p.funcs[f], code...)
		left -= max(1, steps)
	}
	for f := range n {
		if f > 0 {
			at := r.IntN(len(p.funcs[0]) + 1)
			if r.IntN(3) > 0 {
				at = 0
			}
			p.funcs[0] = slices.Insert(p.funcs[0], at, ins{do: "go", a: f})
		}
	}
	if r.IntN(2) == 0 && n > 3 { // one is started by another
		p.funcs[0] = slices.DeleteFunc(p.funcs[0], func(in ins) bool { return in.do == "go" && in.a == n-1 })
		p.funcs[1] = slices.Insert(p.funcs[1], r.IntN(len(p.funcs[1])+1), ins{do: "go", a: n - 1})
	}
	return p
}

// snippet is an operation or a few, and how many steps that is.
func snippet(r *rand.Rand, kind string) ([]ins, int) {
	v, c, reg := r.IntN(2), r.IntN(3), r.IntN(3)
	say := ins{do: "say", a: reg}
	switch kind {
	case "load":
		return []ins{{do: "load", a: v, b: reg}, say}, 1
	case "store":
		return []ins{{do: "load", a: v, b: reg}, {do: "store", a: v, b: reg}}, 2
	case "set":
		return []ins{{do: "set", a: v, b: 1 + r.IntN(2)}}, 1
	case "inc":
		return []ins{{do: kind, a: v, b: 1 + r.IntN(2)}}, 1
	case "add":
		return []ins{{do: "add", a: v, b: 1 + 2*r.IntN(2)}}, 1
	case "mutex":
		return []ins{{do: "lock", a: v}, {do: "load", a: 0, b: reg}, {do: "store", a: 0, b: reg}, {do: "unlock", a: v}}, 3
	case "mutex2":
		return []ins{{do: "lock", a: v}, {do: "lock", a: 1 - v}, {do: "unlock", a: v}, {do: "unlock", a: 1 - v}}, 3
	case "trylock":
		return []ins{{do: "trylock", a: v, b: reg}, say, {do: "is", a: reg, b: 0}, {do: "skip", a: reg, b: 1}, {do: "unlock", a: v}}, 2
	case "send":
		return []ins{{do: "let", a: reg, b: 1 + r.IntN(3)}, {do: "send", a: c, b: reg}}, 1
	case "recv":
		return []ins{{do: "recv", a: c, b: reg}, say}, 1
	case "select", "default":
		cases := []simCase{{r.IntN(3) == 0, c}, {r.IntN(3) == 0, (c + 1) % 3}}
		in := ins{do: kind, a: reg, b: (reg + 1) % 3, cases: cases}
		return []ins{in, say, {do: "say", a: in.b}}, 1
	case "close", "len":
		return []ins{{do: kind, a: c, b: reg}, say}, 1
	case "wg":
		return [][]ins{{{do: "wgadd", a: 0, b: 1}}, {{do: "wgdone"}}, {{do: "wgwait"}}}[r.IntN(3)], 1
	case "plain":
		return []ins{{do: []string{"read", "write"}[v], a: 0, b: 3}}, 0
	case "reads":
		return []ins{{do: "rlock", a: 0}, {do: "load", a: 0, b: reg}, say, {do: "runlock", a: 0}}, 3
	case "writes":
		return []ins{{do: "wlock", a: 0}, {do: "load", a: 0, b: reg}, {do: "store", a: 0, b: reg}, {do: "wunlock", a: 0}}, 4
	case "once":
		return []ins{{do: "once", b: 4}, {do: "load", b: reg}, say, {do: "store", b: reg}, {do: "onceend"}}, 2
	case "waits":
		return []ins{{do: "lock"}, {do: "join"}, {do: "unlock"}, {do: "await"}, {do: "lock"}, {do: "unlock"}}, 4
	case "signal", "all":
		return []ins{{do: kind}}, 1
	case "sleep":
		return []ins{{do: "sleep", a: 1 + v}}, 0
	case "gosched":
		return []ins{{do: "gosched"}}, 1
	case "go":
		return nil, 0
	}
	panic(kind)
}
