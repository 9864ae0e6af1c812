package explore

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// step chooses one and lets it do its operation.
func (m *machine) step(ready []wire.Pending) {
	stay := false
	for _, p := range ready {
		stay = stay || m.went != nil && m.went != &m.clock && p.G == m.went.index && !m.went.yields
	}
	chosen := m.choose(ready, stay)
	g := m.goroutine(chosen.G)
	step := wire.Step{G: g.index, Taken: -1, Stay: stay, Enabled: ready}
	if chosen.Cases > 1 {
		step.Case = m.chooseCase(g, chosen.Cases)
	}
	m.trace.Steps = append(m.trace.Steps, step)
	for i, at := range m.changes {
		if at == len(m.trace.Steps) {
			g.prio = uint64(i)
		}
	}
	if m.job.Chooser == wire.POS {
		for _, other := range ready {
			if other.G != g.index && other.G != wire.Clock && meet(other.Objects, chosen.Objects) && !commute(other.Class, chosen.Class) {
				m.gs[other.G].prio = m.random()
			}
		}
	}
	g.steps++
	g.yields = false
	m.went = g
	if g == &m.clock {
		m.late += m.nextAlarm() - m.now
		m.sleepersWake()
		return
	}
	m.perform(g, step.Case)
}

// instruction is the next one of a goroutine.
func (m *machine) instruction(g int) ins { return m.p.funcs[m.gs[g].fn][m.gs[g].pc] }

func (m *machine) goroutine(index int) *simG {
	if index == wire.Clock {
		return &m.clock
	}
	return m.gs[index]
}

func (m *machine) choose(ready []wire.Pending, stay bool) wire.Pending {
	last, steps := 0, 0
	if m.went != nil {
		last, steps = m.went.index, m.went.steps
	}
	for _, pick := range m.job.Picks {
		if pick.Case || pick.Last != last || steps < pick.Steps || steps > pick.Steps+pick.More {
			continue
		}
		for _, p := range ready {
			if p.G == pick.To {
				return p
			}
		}
		m.missed++
	}
	switch m.job.Chooser {
	case wire.Random:
		return ready[m.below(len(ready))]
	case wire.PCT, wire.POS:
		return slices.MaxFunc(ready, func(a, b wire.Pending) int {
			pa, pb := m.goroutine(a.G).prio, m.goroutine(b.G).prio
			switch {
			case pa < pb:
				return -1
			case pa > pb:
				return 1
			}
			return 0
		})
	}
	slow := func(p wire.Pending) bool {
		if m.job.Chooser == wire.Starve {
			return p.G == m.job.Depth && p.Op == wire.OpTryLock && m.mutex[m.instruction(p.G).a] == nil
		}
		return m.job.Chooser == wire.Slow && p.G == m.job.Depth && m.goroutine(p.G).steps == m.job.Length
	}
	for _, p := range ready {
		if m.job.Chooser == wire.Starve && p.G == m.job.Depth && !slow(p) {
			return p
		}
	}
	for _, p := range ready {
		if stay && p.G == last && !slow(p) {
			return p
		}
	}
	for _, p := range ready {
		if !slow(p) { // the clock is behind the goroutines
			return p
		}
	}
	return ready[0]
}

func (m *machine) chooseCase(g *simG, cases int) int {
	for _, pick := range m.job.Picks {
		if pick.Case && pick.Last == g.index && pick.Steps == g.steps+1 && pick.To < cases {
			return pick.To
		}
	}
	switch m.job.Chooser {
	case wire.Random, wire.POS, wire.PCT:
		return m.below(cases)
	}
	return 0
}
