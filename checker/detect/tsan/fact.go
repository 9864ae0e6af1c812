package tsan

import "racelab/checker/finding"

// fact is the two accesses, as far as the report has them.
func (r race) fact() finding.Fact {
	c := &finding.Conflict{First: r.sides[0].asAccess()}
	if r.sides[1].known {
		second := r.sides[1].asAccess()
		c.Second = &second
	}
	return finding.Fact{Conflict: c}
}

// Conflict is the two accesses of a report, the earlier one first; nil where one of them has
// no place in the exercise.
func (r Report) Conflict(src finding.Sources) *finding.Conflict {
	if len(r.Accesses) < 2 {
		return nil
	}
	later := newSide(r.Accesses[0], r.goroutine(r.Accesses[0].Goroutine), src)
	earlier := newSide(r.Accesses[1], r.goroutine(r.Accesses[1].Goroutine), src)
	if !later.isPlaced() || !earlier.isPlaced() {
		return nil
	}
	second := later.asAccess()
	return &finding.Conflict{First: earlier.asAccess(), Second: &second}
}

func (s side) asAccess() finding.Access {
	return finding.Access{
		Op: s.op, Write: s.access.Write, Place: s.place, Exact: s.exact, Inside: s.inside,
		By: s.who(), Previous: s.access.Previous,
	}
}

// who names the goroutine of the side.
func (s side) who() finding.GoroutineName {
	if s.access.Goroutine == Main {
		return finding.MainGoroutine
	}
	return finding.Numbered(s.access.Goroutine)
}

// related is the place of the side as the other access.
func (s side) related() finding.Related {
	access := s.asAccess()
	return finding.Related{
		Role:     finding.Role{Kind: finding.RoleAccess, Goroutines: []finding.GoroutineName{s.who()}, Access: &access, Previous: s.access.Previous},
		Location: s.place,
	}
}

// started is where the side's goroutine was started. sync.WaitGroup.Go hides its
// caller, so that only the call of the function that called it is known.
func (s side) started(src finding.Sources) (finding.Related, bool) {
	created := s.goroutine.CreatedBy
	i := index(created, src)
	if i < 0 || s.exact == finding.InGoroutine {
		return finding.Related{}, false
	}
	role := finding.Role{Kind: finding.RoleStarted, Goroutines: []finding.GoroutineName{finding.Numbered(s.goroutine.ID)}}
	if i > 0 && hidesCaller(created[i-1].Function) {
		role.Function = library(created[i-1].Function)
	}
	place, _ := src.Place(created[i : i+1])
	return finding.Related{Role: role, Location: place}, true
}
