package explore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/labrt/wire"
)

// The simulated program: what the run-time does with a real one, in a small
// interpreter, so that everything but the driver is tested without processes.

// A program is what its goroutines run; function 0 is the test.
type program struct {
	funcs  [][]ins
	caps   []int // of the channels
	late   int64 // by how much timers may overtake others
	nondet *int  // counts up in every run: for programs that the schedule does not determine
}

// An ins is one instruction. Registers are a goroutine's own.
type ins struct {
	do    string
	a, b  int // object, register, value: as do says
	cases []simCase
}

type simCase struct {
	send bool
	ch   int
}

const simMaxSteps = 300

// A goroutine of the simulation.
type simG struct {
	index  int
	fn, pc int
	regs   [4]int
	state  string // local, parked, blocked, asleep, dead
	wakeAt int64
	steps  int
	yields bool
	prio   uint64
	clock  []int // what it knows of the others: for data races
	woken  func()
}

type simChan struct {
	cap     int
	vals    []int
	closed  bool
	waiting []simWait
}

type simWait struct {
	g    *simG
	send bool
	val  int
	at   int // case
}

// simObj is what every object has: a number in the trace, and clocks.
type simObj struct {
	number         int
	written, added []int
}

// A machine runs one job.
type machine struct {
	p         *program
	job       wire.Job
	rand      uint64
	changes   []int
	gs        []*simG
	went      *simG
	trace     wire.Trace
	objs      map[string]*simObj
	mutex     map[int]*simG
	chans     []simChan
	vars      [8]int
	plain     [8]simPlain
	wg        [4]int
	wgWaits   map[int][]*simG
	rw        [2]simRW
	once      [2]simOnce
	joined    [2][]*simG // by condition variable
	granted   map[*simG]bool
	now       int64
	failed    bool
	over      bool
	virtual   int64
	late      int64 // by how much timers have overtaken others
	clock     simG
	crashed   bool
	missed    int
	said      []string
	raceCount int
}

type simPlain struct {
	val           int
	writes, reads []int // last access of each goroutine, by its own clock
}

func newMachine(p *program, j wire.Job) *machine {
	m := &machine{p: p, job: j, rand: j.Seed, objs: map[string]*simObj{}, mutex: map[int]*simG{}, wgWaits: map[int][]*simG{}, granted: map[*simG]bool{}}
	for _, c := range p.caps {
		m.chans = append(m.chans, simChan{cap: c})
	}
	if j.Chooser == wire.PCT {
		for range j.Depth {
			m.changes = append(m.changes, 1+m.below(max(1, j.Length)))
		}
	}
	m.spawn(nil, 0)
	m.clock.index = wire.Clock
	if j.Chooser == wire.PCT || j.Chooser == wire.POS {
		m.clock.prio = j.Seed * 0x9e3779b97f4a7c15
	}
	return m
}

func (m *machine) random() uint64 {
	m.rand += 0x9e3779b97f4a7c15
	z := m.rand
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (m *machine) below(n int) int { return int(m.random() % uint64(n)) }

func (m *machine) spawn(parent *simG, fn int) {
	g := &simG{index: len(m.gs), fn: fn, state: "local"}
	from := -1
	if parent != nil {
		from = parent.index
		g.clock = slices.Clone(parent.clock)
		m.tick(parent)
	}
	m.tick(g)
	if m.job.Chooser == wire.PCT {
		g.prio = m.random() | 1<<63
	}
	m.gs = append(m.gs, g)
	m.trace.Parents = append(m.trace.Parents, from)
	m.trace.Sites = append(m.trace.Sites, fn)
}

// run runs the job to its end.
func (m *machine) run() Ran {
	var end wire.EndKind
	for end == "" {
		m.settle()
		if m.crashed {
			end = wire.Crashed
			break
		}
		ready := m.ready()
		switch {
		case len(m.trace.Steps) >= simMaxSteps:
			end = wire.TooLong
		case len(ready) > 0:
			m.step(ready)
		case !m.sleepersWake():
			end = m.quiet()
		}
	}
	left := 0
	for _, g := range m.gs {
		if g.state != "dead" {
			left++
		}
	}
	return Ran{Job: m.job, Trace: m.trace, Ending: wire.Ending{
		Job: m.job.ID, End: end, Steps: len(m.trace.Steps), Missed: m.missed, Failed: m.failed,
		Over: m.over, Left: left, Races: m.raceCount, Virtual: m.virtual, Shown: m.shown(),
	}}
}

func (m *machine) quiet() wire.EndKind {
	for _, g := range m.gs {
		if g.state != "dead" {
			return wire.Stuck
		}
	}
	return wire.AllEnded
}

func (m *machine) shown() string {
	slices.Sort(m.said)
	return fmt.Sprint(strings.Join(slices.Compact(m.said), ";"), m.vars, m.wg)
}

// settle lets each goroutine that was started or woken go on to its next operation.
func (m *machine) settle() {
	if m.went != nil && m.went.state == "local" {
		m.local(m.went)
	}
	for again := true; again; {
		again = false
		for _, g := range m.gs {
			if g.state == "local" {
				m.local(g)
				again = true
				break
			}
		}
	}
}

// nextAlarm is when the next sleeper wakes; -1 when none sleeps.
func (m *machine) nextAlarm() int64 {
	at := int64(-1)
	for _, g := range m.gs {
		if g.state == "asleep" && (at < 0 || g.wakeAt < at) {
			at = g.wakeAt
		}
	}
	return at
}

func (m *machine) sleepersWake() bool {
	at := m.nextAlarm()
	if at < 0 {
		return false
	}
	m.now = at
	for _, g := range m.gs {
		if g.state == "asleep" && g.wakeAt == at {
			g.state = "local"
		}
	}
	return true
}

func (m *machine) ready() []wire.Pending {
	var out []wire.Pending
	for _, g := range m.gs {
		if g.state != "parked" {
			continue
		}
		if p, ok := m.pending(g); ok {
			out = append(out, p)
		}
	}
	for i := range out {
		for _, name := range m.touches(m.gs[out[i].G]) {
			o := m.obj(name)
			if o.number == 0 {
				n := 0
				for _, other := range m.objs {
					n = max(n, other.number)
				}
				o.number = n + 1
			}
			out[i].Objects = append(out[i].Objects, o.number)
		}
	}
	if at := m.nextAlarm(); at >= 0 && len(out) > 0 && m.late+at-m.now <= m.p.late {
		out = append(out, wire.Pending{G: wire.Clock, Op: wire.OpTime, Class: wire.Write})
	}
	return out
}

func (m *machine) obj(name string) *simObj {
	if m.objs[name] == nil {
		m.objs[name] = &simObj{}
	}
	return m.objs[name]
}

// simRunner is a Runner of a simulated program.
type simRunner struct {
	p       *program
	window  int
	waiting []Ran
	ran     int
}

func (r *simRunner) Window() int { return max(1, r.window) }

func (r *simRunner) Send(j wire.Job) error {
	r.ran++
	r.waiting = append(r.waiting, newMachine(r.p, j).run())
	return nil
}

func (r *simRunner) Receive(context.Context) (Ran, error) {
	first := r.waiting[0]
	r.waiting = r.waiting[1:]
	return first, nil
}
