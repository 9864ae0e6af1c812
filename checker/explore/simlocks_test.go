package explore

import "fmt"

// simRW is a sync.RWMutex: a writer that waits keeps new readers out.
type simRW struct {
	writer, announced *simG
	readers           int
}

// simOnce is a sync.Once: that its function has ended is no step.
type simOnce struct {
	runs *simG
	done bool
}

// locks does an operation on such a lock, or on a condition variable.
func (m *machine) locks(g *simG, in ins) bool {
	switch in.do {
	case "rlock":
		m.rw[in.a].readers++
	case "runlock":
		m.runlock(&m.rw[in.a], in.a)
	case "wlock":
		rw := &m.rw[in.a]
		if rw.readers > 0 {
			rw.announced, g.state = g, "blocked"
		} else {
			rw.writer = g
		}
	case "wunlock":
		m.crashed = m.crashed || m.rw[in.a].writer == nil
		m.rw[in.a].writer = nil
	case "once":
		if o := &m.once[in.a]; o.done {
			g.pc += in.b
		} else {
			o.runs = g
		}
	case "join":
		m.granted[g] = false
		m.joined[in.a] = append(m.joined[in.a], g)
	case "signal", "all":
		m.signal(in)
	default:
		return false
	}
	return true
}

func (m *machine) runlock(rw *simRW, a int) {
	if rw.readers--; rw.readers < 0 {
		m.crashed = true
	}
	if w := rw.announced; w != nil && rw.readers == 0 {
		rw.announced, rw.writer = nil, w
		m.grant(w, fmt.Sprint("r", a))
	}
}

func (m *machine) signal(in ins) {
	for len(m.joined[in.a]) > 0 {
		g := m.joined[in.a][0]
		m.joined[in.a] = m.joined[in.a][1:]
		m.granted[g] = true
		if g.state == "blocked" {
			m.grant(g, fmt.Sprint("d", in.a))
		}
		if in.do == "signal" {
			return
		}
	}
}

// grant lets g go on, which has waited for an object.
func (m *machine) grant(g *simG, name string) {
	o := m.obj(name)
	g.state = "local"
	g.clock = join(join(g.clock, o.written), o.added)
}
