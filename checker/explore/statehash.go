package explore

import "racelab/checker/labrt/wire"

// A stateHash is what has happened in a schedule up to some choice, as a hash that
// is the same for all orders of steps that differ only in the order of steps
// that commute. See the package's documentation.
type stateHash struct {
	ids     []uint64 // of goroutines: of the parent, and of the index among its children
	hashes  []uint64 // of all that a goroutine's last step depends on; 0 before its first
	steps   []int    // how many steps a goroutine has taken
	waits   [][]int  // the objects of the select in which a goroutine may still be waiting
	objects []object
	clock   object // which all steps depend on
	sum     uint64 // of all goroutines' hashes: the state
	last    int    // the goroutine that went last
}

// An object is what was done to it: the last write and all that was added since.
type object struct{ write, added uint64 }

func newStateHash(parents []int) *stateHash {
	n := max(1, len(parents))
	all := n + 1 // for the clock: see of
	p := &stateHash{ids: make([]uint64, all), hashes: make([]uint64, all), steps: make([]int, all), waits: make([][]int, all)}
	p.ids[n] = seedClock
	children := make([]uint64, n)
	for g := range n {
		if g == 0 || parents[g] < 0 || parents[g] >= g { // the first, or one whose parent is not known
			p.ids[g] = mix(seedRoot, uint64(g))
			continue
		}
		parent := parents[g]
		children[parent]++
		p.ids[g] = mix(p.ids[parent], children[parent])
	}
	return p
}

// Salts keep hashes of different things apart.
const (
	seedRoot = iota + 1
	seedCase
	seedTaken
	seedPlace
	seedSample
	seedClock
)

// A place is where a choice is made: the state, and the id of the goroutine that went last.
type place struct{ state, last uint64 }

// key is a place in one word.
func (p place) key() uint64 { return mix(mix(seedPlace, p.state), p.last) }

// place is that of the choice that comes now.
func (p *stateHash) place() place { return place{p.sum, *of(p.ids, p.last)} }

// see takes in what a choice shows: a goroutine that stands before a step waits no more.
func (p *stateHash) see(step wire.Step) {
	for _, enabled := range step.Enabled {
		*of(p.waits, enabled.G) = nil
	}
}

// after is the place of the choice after next, when it tries case c first. The
// step is not taken.
func (p *stateHash) after(next wire.Pending, c int) place {
	return place{p.sum + p.change(next.G, p.effect(next, seedCase, c)), *of(p.ids, next.G)}
}

// take lets step happen. Which case a select took tells more than which it
// tried first: several may lead to the same.
func (p *stateHash) take(step wire.Step) {
	next, ok := chosen(step)
	if !ok {
		return
	}
	p.grow(next)
	h := p.effect(next, seedTaken, step.Taken)
	p.sum += p.change(next.G, h)
	*of(p.hashes, next.G) = h
	*of(p.steps, next.G)++
	p.last = next.G
	if next.G == wire.Clock {
		p.clock = object{write: h}
		return
	}
	p.clock.added += h
	for _, o := range p.touched(next) {
		switch classOf(next) {
		case wire.Write:
			p.objects[o] = object{write: h}
		case wire.Add:
			p.objects[o].added += h
		}
	}
	if next.Op == wire.OpSelect && step.Taken < 0 && len(next.Objects) > 1 {
		p.waits[next.G] = next.Objects
	}
}

// effect is the goroutine's hash after the step.
func (p *stateHash) effect(next wire.Pending, salt uint64, c int) uint64 {
	h := *of(p.hashes, next.G)
	if h == 0 {
		h = *of(p.ids, next.G)
	}
	h = mix(h, uint64(next.Op))
	if p.clock.write != 0 {
		h = mix(h, p.clock.write)
	}
	if next.G == wire.Clock {
		return mix(h, p.clock.added)
	}
	if next.Cases > 1 {
		h = mix(mix(h, salt), uint64(c))
	}
	class := classOf(next)
	if class == wire.None {
		return h
	}
	for _, o := range p.touched(next) {
		var at object
		if o < len(p.objects) {
			at = p.objects[o]
		}
		h = mix(h, at.write)
		if class == wire.Read || class == wire.Write {
			h = mix(h, at.added)
		}
	}
	return h
}

// classOf is the class of a step. To wait for a wait group commutes with the Done of
// others: it waits for all of them, whether it is called before or after.
func classOf(p wire.Pending) wire.Class {
	if p.Op == wire.OpWait {
		return wire.Peek
	}
	return p.Class
}

// touched are the objects that a step depends on. One that may wake a waiting
// select touches all that the select waits for, since it takes one case only:
// which step comes first to any of them matters to the others.
func (p *stateHash) touched(next wire.Pending) []int {
	objects := next.Objects
	for g, waits := range p.waits {
		if g != next.G && meet(next.Objects, waits) {
			objects = append(objects[:len(objects):len(objects)], waits...)
		}
	}
	return objects
}

func meet(a, b []int) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func (p *stateHash) change(g int, h uint64) uint64 {
	id, before := *of(p.ids, g), *of(p.hashes, g)
	d := mix(id, h)
	if before != 0 {
		d -= mix(id, before)
	}
	return d
}

// of is what a slice says of g. It has one for each goroutine, and one for the
// clock behind them.
func of[T any](each []T, g int) *T {
	if g == wire.Clock {
		g = len(each) - 1
	}
	return &each[g]
}

func (p *stateHash) grow(next wire.Pending) {
	for _, o := range next.Objects {
		for o >= len(p.objects) {
			p.objects = append(p.objects, object{})
		}
	}
}

// stateOf is the state in which a trace ends.
func stateOf(t wire.Trace) uint64 {
	p := newStateHash(t.Parents)
	for _, step := range t.Steps {
		p.see(step)
		p.take(step)
	}
	return p.sum
}

// chosen is what the goroutine that went was about to do.
func chosen(s wire.Step) (wire.Pending, bool) { return pendingOf(s, s.G) }

func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9e3779b97f4a7c15
	h = (h ^ h>>32) * 0xd6e8feb86659fd93
	return h ^ h>>32
}
