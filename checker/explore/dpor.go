package explore

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// A DPOR runs all interleavings of a test, those that differ in the order
// of independent steps about once: in each schedule it looks for pairs of
// dependent steps that nothing else orders, and queues the schedule in which
// the later one comes first. (Dynamic partial-order reduction: Flanagan and
// Godefroid, POPL 2005, with sleep sets: Godefroid, LNCS 1032, 1996.) It does
// not count preemptions. No timer overtakes a goroutine in its schedules: that depends
// on all that was done before, so nothing would be saved. See the package's
// documentation.
type DPOR struct {
	test   int
	stack  []*backtrack
	flying []*backtrack
	ends   endings
	cut    bool // some schedules were not run, or not to their end
}

// A backtrack is a schedule to be run: another one up to a choice, and there another
// step.
type backtrack struct {
	at    *choicePoint // nil for the first schedule
	g     int          // the goroutine that goes
	c     int          // the case that it tries first, if it selects
	guide wire.Picks   // that lead on from there to what is to be seen
	again bool         // g has gone at this choice before: only the case is new
}

// A choicePoint is a choice on the way of some schedule.
type choicePoint struct {
	from       *choicePoint
	depth      int // choices before
	picks      wire.Picks
	state      uint64
	last       int   // the goroutine that went last
	steps      []int // how many each goroutine has taken, of those that have been candidates
	enabled    []transition
	sleep      []transition // whose turn here has nothing new to show
	backtracks []int        // the goroutines that go here in some schedule, in the order in which they came
}

// A transition is a step that a goroutine takes, or would take.
type transition struct {
	g       int
	op      wire.Op
	class   wire.Class
	cases   int
	objects []int // also those that it touches through a select that waits
}

// NewDPOR returns a strategy that runs all interleavings of a test.
func NewDPOR(test int) *DPOR {
	return &DPOR{test: test, stack: []*backtrack{{}}, ends: newEndings()}
}

// Next returns the schedule that was queued last: so that little is queued.
func (v *DPOR) Next() (wire.Job, bool) {
	if len(v.stack) == 0 {
		return wire.Job{}, false
	}
	b := v.stack[len(v.stack)-1]
	v.stack = v.stack[:len(v.stack)-1]
	v.flying = append(v.flying, b)
	return wire.Job{Test: v.test, Chooser: wire.Stay, Picks: b.picks()}, true
}

// Claim is that all interleavings have been run, if they have.
func (v *DPOR) Claim() Claim {
	if len(v.stack)+len(v.flying) > 0 || v.cut {
		return noClaim
	}
	return Claim{Unbounded, len(v.ends.states)}
}

func (v *DPOR) proof() proof {
	return proof{claim: v.Claim(), ends: &v.ends, undetermined: v.ends.undetermined, timely: true}
}

// maxWalk bounds the steps of a schedule that is looked at: what there is to do
// grows with their square.
const maxWalk = 2000

// Learn queues the schedules in which dependent steps come in another order. It
// takes all steps to be known, which they are not where some were never taken.
func (v *DPOR) Learn(r Ran) {
	b := v.flying[0]
	v.flying = v.flying[1:]
	v.cut = v.cut || r.Ending.End != wire.AllEnded || len(r.Trace.Steps) > maxWalk || crowded(r.Trace) || leftOut(r.Trace)
	switch {
	case !r.Answered() || len(r.Trace.Steps) > maxWalk:
	case Overtakes(r.Trace) || !b.led(r.Trace):
		v.ends.undetermined++
		v.cut = true
	default:
		w := newDPORWalk(v, b, r.Trace)
		w.walk()
		v.ends.note(r, w.hash.sum)
	}
}

// picks are those that lead to b's choice, and then go another way.
func (b *backtrack) picks() wire.Picks {
	if b.at == nil {
		return nil
	}
	var parts []wire.Picks
	for n := b.at; n != nil; n = n.from {
		parts = append(parts, n.picks)
	}
	slices.Reverse(parts)
	return append(append(slices.Concat(parts...), b.at.picksFor(b.g, b.c)...), b.guide...)
}

// picksFor are the picks with which g goes at n and tries case c.
func (n *choicePoint) picksFor(g, c int) wire.Picks {
	picks := wire.Picks{{Last: n.last, Steps: n.steps[n.last], To: g}}
	if c > 0 {
		picks = append(picks, wire.Pick{Last: g, Steps: n.steps[g] + 1, Case: true, To: c})
	}
	return picks
}

// led reports whether a schedule has come by b's choice and taken its step.
func (b *backtrack) led(t wire.Trace) bool {
	if b.at == nil {
		return true
	}
	if len(t.Steps) <= b.at.depth {
		return false
	}
	p := newStateHash(t.Parents)
	for _, step := range t.Steps[:b.at.depth] {
		p.see(step)
		p.take(step)
	}
	step := t.Steps[b.at.depth]
	return p.sum == b.at.state && p.last == b.at.last && step.G == b.g && step.Case == b.c
}

// dependent reports whether the order of two steps matters.
func dependent(a, b transition) bool {
	return a.g == b.g || !commute(a.class, b.class) && meet(a.objects, b.objects)
}

// commute is what the classes of package wire say.
func commute(a, b wire.Class) bool {
	switch {
	case a == wire.None || b == wire.None:
		return true
	case a == wire.Write || b == wire.Write:
		return false
	}
	return a == b || a == wire.Peek || b == wire.Peek
}

// exclude reports whether a goroutine that waits to take e cannot do so before i was
// taken: then the two are never a choice at one time.
func exclude(i, e transition) bool {
	return i.op == wire.OpUnlock && (e.op == wire.OpLock || e.op == wire.OpRLock)
}
