package explore

import "racelab/checker/labrt/wire"

// A likeness tells which goroutines are alike at a choice: the same go statement has
// started them, they have done the same to the same objects and are about to do the
// same, and the last step that the schedule has of them is the same. It is a
// guess, since it does not know what they have read or received.
type likeness struct {
	sites []int
	done  []uint64 // hashes of what each goroutine has done
	ends  []uint64 // of its last step in the whole schedule
}

func newLikeness(t wire.Trace) *likeness {
	n := max(1, len(t.Parents)) + 1 // for the clock: see of
	l := &likeness{sites: make([]int, n), done: make([]uint64, n), ends: make([]uint64, n)}
	copy(l.sites, t.Sites)
	for _, step := range t.Steps {
		if next, ok := chosen(step); ok {
			*of(l.ends, next.G) = hashOf(next)
		}
	}
	return l
}

// take notes a step.
func (l *likeness) take(next wire.Pending) {
	h := of(l.done, next.G)
	*h = mix(*h, hashOf(next))
}

// of is equal for goroutines that are alike and about to take a step.
func (l *likeness) of(next wire.Pending) uint64 {
	h := mix(uint64(*of(l.sites, next.G)), *of(l.done, next.G))
	return mix(mix(h, *of(l.ends, next.G)), hashOf(next))
}

// hashOf stands for what a step does to which objects, whoever takes it.
func hashOf(p wire.Pending) uint64 {
	h := mix(uint64(p.Op), uint64(p.Class))
	for _, o := range p.Objects {
		h = mix(h, uint64(o))
	}
	return h
}
