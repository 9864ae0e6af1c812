package explore

import (
	"fmt"
	"slices"
)

// channel does an operation on channels.
func (m *machine) channel(g *simG, in ins, first int) {
	switch in.do {
	case "len":
		g.regs[in.b] = len(m.chans[in.a].vals)
	case "close":
		m.closes(in.a)
	case "send":
		if !m.try(g, simWait{g: g, send: true, val: g.regs[in.b]}, in.a, in.b) {
			m.block(g, []simCase{{true, in.a}}, in.b, -1)
		}
	case "recv":
		if !m.try(g, simWait{g: g}, in.a, in.b) {
			m.block(g, []simCase{{false, in.a}}, in.b, -1)
		}
	case "select", "default":
		m.selects(g, in, first)
	}
}

func (m *machine) selects(g *simG, in ins, first int) {
	taken := &m.trace.Steps[len(m.trace.Steps)-1].Taken
	for i := range in.cases {
		at := (first + i) % len(in.cases)
		c := in.cases[at]
		if m.try(g, simWait{g: g, send: c.send, val: at + 10}, c.ch, in.b) {
			g.regs[in.a], *taken = at, at
			return
		}
	}
	if in.do == "default" {
		g.regs[in.a], *taken = -1, len(in.cases)
		return
	}
	m.block(g, in.cases, in.b, in.a)
}

// try does one operation on a channel if that needs no waiting.
func (m *machine) try(g *simG, w simWait, ch, reg int) bool {
	c := &m.chans[ch]
	if c.closed {
		if w.send {
			m.crashed = true
			return true
		}
		g.regs[reg] = m.shift(c, 0)
		return true
	}
	i := slices.IndexFunc(c.waiting, func(o simWait) bool { return o.send != w.send && o.g != g })
	switch {
	case w.send && i >= 0:
		m.complete(ch, c.waiting[i], w.val)
	case w.send && len(c.vals) < c.cap:
		c.vals = append(c.vals, w.val)
	case !w.send && len(c.vals) > 0:
		g.regs[reg] = m.shift(c, 0)
		if i >= 0 { // a sender's value takes the place
			c.vals = append(c.vals, c.waiting[i].val)
			m.complete(ch, c.waiting[i], 0)
		}
	case !w.send && i >= 0:
		g.regs[reg] = c.waiting[i].val
		m.complete(ch, c.waiting[i], 0)
	default:
		return false
	}
	return true
}

func (m *machine) shift(c *simChan, otherwise int) int {
	if len(c.vals) == 0 {
		return otherwise
	}
	v := c.vals[0]
	c.vals = c.vals[1:]
	return v
}

func (m *machine) block(g *simG, cases []simCase, reg, caseReg int) {
	g.state = "blocked"
	for i, c := range cases {
		val := g.regs[reg]
		if caseReg >= 0 {
			val = i + 10
		}
		m.chans[c.ch].waiting = append(m.chans[c.ch].waiting, simWait{g: g, send: c.send, val: val, at: i})
	}
	g.woken = func() {}
}

// complete wakes w, which has waited for channel ch, with a value.
func (m *machine) complete(ch int, w simWait, val int) {
	for i := range m.chans {
		m.chans[i].waiting = slices.DeleteFunc(m.chans[i].waiting, func(o simWait) bool { return o.g == w.g })
	}
	in := m.p.funcs[w.g.fn][w.g.pc-1]
	if !w.send {
		w.g.regs[in.b] = val
	}
	if len(in.cases) > 0 {
		w.g.regs[in.a] = w.at
	}
	w.g.clock = join(w.g.clock, m.obj(fmt.Sprint("c", ch)).written)
	w.g.state = "local"
}

func (m *machine) closes(ch int) {
	c := &m.chans[ch]
	if c.closed {
		m.crashed = true
		return
	}
	c.closed = true
	for len(c.waiting) > 0 {
		w := c.waiting[0]
		m.complete(ch, w, 0)
		m.crashed = m.crashed || w.send
	}
}
