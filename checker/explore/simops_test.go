package explore

import (
	"fmt"
	"slices"

	"racelab/checker/labrt/wire"
)

// simOps are the instructions that are steps, with their operation and class.
var simOps = map[string]struct {
	op    wire.Op
	class wire.Class
	kind  string // of object a
}{
	"lock":    {wire.OpLock, wire.Write, "m"},
	"unlock":  {wire.OpUnlock, wire.Write, "m"},
	"trylock": {wire.OpTryLock, wire.Write, "m"}, // register b: whether it worked
	"load":    {wire.OpLoad, wire.Read, "v"},     // register b
	"store":   {wire.OpStore, wire.Write, "v"},   // register b plus one
	"set":     {wire.OpStore, wire.Write, "v"},   // b
	"add":     {wire.OpSwap, wire.Write, "v"},    // b
	"send":    {wire.OpSend, wire.Write, "c"},    // register b
	"recv":    {wire.OpRecv, wire.Write, "c"},    // register b
	"close":   {wire.OpClose, wire.Write, "c"},
	"len":     {wire.OpLen, wire.Read, "c"},    // register b
	"select":  {wire.OpSelect, wire.Write, ""}, // register a: the case, register b: what was received
	"default": {wire.OpSelect, wire.Write, ""}, // a select with default
	"wgadd":   {wire.OpAdd, wire.Write, "w"},   // b
	"wgdone":  {wire.OpDone, wire.Add, "w"},    //
	"wgwait":  {wire.OpWait, wire.Read, "w"},   //
	"inc":     {wire.OpSwap, wire.Add, "v"},    // b, and no goroutine hears the sum
	"rlock":   {wire.OpRLock, wire.Add, "r"},
	"runlock": {wire.OpRUnlock, wire.Add, "r"},
	"wlock":   {wire.OpLock, wire.Write, "r"},
	"wunlock": {wire.OpUnlock, wire.Write, "r"},
	"once":    {wire.OpOnce, wire.Write, "o"}, // b instructions, the last of which is onceend
	"join":    {wire.OpCondWait, wire.Write, "d"},
	"signal":  {wire.OpSignal, wire.Write, "d"},
	"all":     {wire.OpBroadcast, wire.Write, "d"},
	"gosched": {wire.OpGosched, wire.None, "-"}, //
	"lie":     {wire.OpGosched, wire.None, "-"}, // touches something and does not say so: register b
}

// touches names the objects of g's next operation.
func (m *machine) touches(g *simG) []string {
	in := m.p.funcs[g.fn][g.pc]
	switch kind := simOps[in.do].kind; kind {
	case "-":
		return nil
	case "":
		var out []string
		for _, c := range in.cases {
			if name := fmt.Sprint("c", c.ch); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		return out
	default:
		return []string{fmt.Sprint(kind, in.a)}
	}
}

// pending is g's next operation, if it could be done now.
func (m *machine) pending(g *simG) (wire.Pending, bool) {
	in := m.p.funcs[g.fn][g.pc]
	op := simOps[in.do]
	p := wire.Pending{G: g.index, Op: op.op, Class: op.class}
	if len(in.cases) > 1 {
		p.Cases = len(in.cases)
	}
	if in.do == "wgwait" && m.wg[in.a] > 0 {
		p.Class = wire.Peek
	}
	switch in.do {
	case "lock":
		return p, m.mutex[in.a] == nil
	case "wlock", "rlock":
		return p, m.rw[in.a].writer == nil && m.rw[in.a].announced == nil
	case "once":
		return p, m.once[in.a].runs == nil
	}
	return p, true
}

// local runs g up to its next operation.
func (m *machine) local(g *simG) {
	if g.woken != nil {
		g.woken()
		g.woken = nil
	}
	for code := m.p.funcs[g.fn]; ; {
		if g.pc == len(code) {
			g.state = "dead"
			if g.index == 0 {
				m.over, m.virtual = true, m.now
			}
			return
		}
		in := code[g.pc]
		if _, ok := simOps[in.do]; ok {
			g.state = "parked"
			if m.job.Chooser == wire.POS {
				g.prio = m.random()
			}
			return
		}
		g.pc++
		if !m.localOp(g, in) {
			return
		}
	}
}

// localOp does what is no step. It returns false when g goes no further.
func (m *machine) localOp(g *simG, in ins) bool {
	switch in.do {
	case "go":
		m.spawn(g, in.a)
	case "skip": // b instructions when register a is not 0
		if g.regs[in.a] != 0 {
			g.pc += in.b
		}
	case "back": // b instructions when register a is 0
		if g.regs[in.a] == 0 {
			g.pc -= in.b
		}
	case "is": // register a becomes whether it was b
		if g.regs[in.a] == in.b {
			g.regs[in.a] = 1
		} else {
			g.regs[in.a] = 0
		}
	case "let": // register a becomes b
		g.regs[in.a] = in.b
	case "say":
		m.said = append(m.said, fmt.Sprint("r", g.fn, in.a, "=", g.regs[in.a]))
	case "fail": // unless register a is b
		if g.regs[in.a] != in.b {
			m.failed = true
			m.said = append(m.said, fmt.Sprint("fail", g.fn, g.pc))
		}
	case "crash": // if register a is b
		if g.regs[in.a] == in.b {
			m.crashed = true
			return false
		}
	case "sleep":
		g.state, g.wakeAt = "asleep", m.now+int64(in.a)
		return false
	case "read", "write": // plain memory a, register b
		m.access(g, in)
	case "onceend":
		m.once[in.a].runs, m.once[in.a].done = nil, true
	case "await": // until one's turn comes in the condition that one has joined
		if m.granted[g] {
			break
		}
		g.state = "blocked"
		return false
	case "dice": // register a
		*m.p.nondet++
		g.regs[in.a] = *m.p.nondet % 2
	default:
		panic(in.do)
	}
	return true
}

// perform does g's next operation.
func (m *machine) perform(g *simG, first int) {
	in := m.p.funcs[g.fn][g.pc]
	p, _ := m.pending(g)
	m.order(g, m.touches(g), p.Class)
	g.pc++
	g.state = "local"
	switch in.do {
	case "lock":
		m.mutex[in.a] = g
	case "unlock":
		if m.mutex[in.a] == nil {
			m.crashed = true
		}
		m.mutex[in.a] = nil
	case "trylock":
		g.regs[in.b] = 0
		if m.mutex[in.a] == nil {
			m.mutex[in.a] = g
			g.regs[in.b] = 1
		}
	case "load":
		g.regs[in.b] = m.vars[in.a]
	case "store":
		m.vars[in.a] = g.regs[in.b] + 1
	case "set":
		m.vars[in.a] = in.b
	case "add", "inc":
		m.vars[in.a] += in.b
	case "gosched":
		g.yields = true
	case "lie":
		m.vars[7]++
		g.regs[in.b] = m.vars[7]
	case "wgadd":
		m.wg[in.a] += in.b
	case "wgdone":
		m.done(in.a)
	case "wgwait":
		if m.wg[in.a] > 0 {
			g.state = "blocked"
			m.wgWaits[in.a] = append(m.wgWaits[in.a], g)
		}
	default:
		if !m.locks(g, in) {
			m.channel(g, in, first)
		}
	}
}

func (m *machine) done(w int) {
	if m.wg[w]--; m.wg[w] < 0 {
		m.crashed = true
	}
	if m.wg[w] > 0 {
		return
	}
	o := m.obj(fmt.Sprint("w", w))
	for _, g := range m.wgWaits[w] {
		g.state = "local"
		g.clock = join(join(g.clock, o.written), o.added)
	}
	m.wgWaits[w] = nil
}
