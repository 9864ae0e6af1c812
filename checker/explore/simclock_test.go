package explore

import (
	"fmt"
	"slices"

	"racelab/checker/labrt/wire"
)

func (m *machine) access(g *simG, in ins) {
	v := &m.plain[in.a]
	raced := func(others []int) {
		for i, at := range others {
			if i != g.index && at > clockOf(g.clock, i) {
				m.raceCount++
				m.said = append(m.said, fmt.Sprint("race", in.a))
			}
		}
	}
	raced(v.writes)
	if in.do == "read" {
		g.regs[in.b] = v.val
		v.reads = setClock(v.reads, g.index, clockOf(g.clock, g.index))
		return
	}
	raced(v.reads)
	v.val = g.regs[in.b]
	v.writes = setClock(v.writes, g.index, clockOf(g.clock, g.index))
}

func clockOf(clock []int, i int) int {
	if i < len(clock) {
		return clock[i]
	}
	return 0
}

func setClock(clock []int, i, to int) []int {
	for len(clock) <= i {
		clock = append(clock, 0)
	}
	clock[i] = to
	return clock
}

func join(a, b []int) []int {
	for i, x := range b {
		if x > clockOf(a, i) {
			a = setClock(a, i, x)
		}
	}
	return a
}

func (m *machine) tick(g *simG) {
	g.clock = setClock(g.clock, g.index, clockOf(g.clock, g.index)+1)
}

// order makes the edges that a step of a class makes.
func (m *machine) order(g *simG, names []string, class wire.Class) {
	for _, name := range names {
		o := m.obj(name)
		switch class {
		case wire.Write:
			g.clock = join(join(g.clock, o.written), o.added)
			o.written, o.added = slices.Clone(g.clock), nil
		case wire.Read:
			g.clock = join(join(g.clock, o.written), o.added)
		case wire.Peek:
			g.clock = join(g.clock, o.written)
		case wire.Add:
			g.clock = join(g.clock, o.written)
			o.added = join(o.added, g.clock)
		}
	}
	m.tick(g)
}
