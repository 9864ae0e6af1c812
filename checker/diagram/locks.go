package diagram

import "slices"

// A Section is the critical section of a lock: from the step that takes it to the one that
// gives it back.
type Section struct {
	Lane     int
	Object   string
	Reads    bool // for reading
	From, To int  // To is -1 when the lock is never given back
}

// sections are the critical sections, in the order of their beginnings.
func (b builder) sections() []Section {
	var out []Section
	for i, s := range b.Steps {
		if b.lane[i] < 0 {
			continue
		}
		if reads, ok := takes(s); ok {
			// A writer has announced itself before it waits for the readers.
			if at := openSection(out, s.Object, b.lane[i]); at >= 0 && !reads && out[at].Lane == b.lane[i] {
				out[at].From = i
				continue
			}
			out = append(out, Section{Lane: b.lane[i], Object: s.Object, Reads: reads, From: i, To: noStep})
		} else if gives(s) {
			if at := openSection(out, s.Object, b.lane[i]); at >= 0 {
				out[at].To = i
			}
		}
	}
	return out
}

// openSection is the latest section of a lock that is not at its end: the lane's own, or else,
// since any goroutine may unlock, that of another one.
func openSection(all []Section, object string, lane int) int {
	other := noStep
	for i := range slices.Backward(all) {
		s := all[i]
		switch {
		case s.Object != object || s.To != noStep:
		case s.Lane == lane:
			return i
		case other == noStep:
			other = i
		}
	}
	return other
}

// Holds reports whether the lock is held once step i is taken.
func (s Section) Holds(i int) bool { return s.From <= i && (s.To == noStep || i < s.To) }

// A Gap is a lock that a goroutine gave back and took again, and the sections of others
// in between: what it saw in its first section need not be so in its second one.
type Gap struct {
	Lane          int
	Object        string
	First, Second Section
	Others        []Section
}

// gaps are those of a goroutine that does different things in its two sections. Locks of
// the tests have none. First come those within a function: between two calls of one, others
// may well come in between.
func (b builder) gaps(all []Section) []Gap {
	var out []Gap
	theirs := b.tests()
	for i, first := range all {
		if first.To == noStep || b.lane[first.To] != first.Lane || theirs[first.Object] {
			continue
		}
		var others []Section
		for _, s := range all[i+1:] {
			if s.Object != first.Object {
				continue
			}
			if s.Lane != first.Lane {
				if !s.Reads && s.From > first.To {
					others = append(others, s)
				}
				continue
			}
			if len(others) > 0 && b.Steps[first.From].Location != b.Steps[s.From].Location {
				out = append(out, Gap{Lane: first.Lane, Object: first.Object, First: first, Second: s, Others: others})
			}
			break
		}
	}
	slices.SortStableFunc(out, func(x, y Gap) int { return b.inOneCall(y) - b.inOneCall(x) })
	return out
}

// inOneCall is 1 for a gap that seems to be in one call of a function.
func (b builder) inOneCall(g Gap) int {
	first, second := b.Steps[g.First.From].Location, b.Steps[g.Second.From].Location
	if first.File == second.File && first.Function == second.Function && first.Line < second.Line {
		return 1
	}
	return 0
}
