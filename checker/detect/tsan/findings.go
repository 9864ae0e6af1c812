package tsan

import (
	"cmp"
	"slices"

	"racelab/checker/finding"
)

// Findings turns the data races among reports into findings, one for each pair
// of places, in the order in which they were first seen. The location is that of
// the write when only one of the two accesses writes, preferably in the
// learner's files; the first related place is that of the other access; further
// ones say where the goroutines were started.
//
// Lines are those of the exercise's code that made the access. Where the access
// was made by package sync or sync/atomic, the detector does not know the
// function that called them: the place is then the call of that function, or
// where its goroutine was started, and the fact says so. A race with no place
// in the exercise at all has an empty location; it may be racelab's own.
//
// Output is the first report of the pair. Reports that are not about a data race
// make no finding: see Faults.
func Findings(reports []Report, src finding.Sources) []finding.Finding {
	var all pairs
	for _, r := range reports {
		if r.Warning == DataRace && len(r.Accesses) > 0 {
			all.add(newRace(r, src))
		}
	}
	var out []finding.Finding
	for _, r := range all.races {
		out = append(out, r.finding(src))
	}
	return out
}

// pairs are the races found so far, one for each pair of lines.
type pairs struct {
	races []race
	pair  map[[2]line]int // by both lines, in order
	half  map[line]int    // by the only line known
	side  map[line]int    // by either line: the first race with it
}

// A line is a place without its function.
type line struct {
	file   string
	number int
}

func (l line) compare(o line) int {
	return cmp.Or(cmp.Compare(l.file, o.file), cmp.Compare(l.number, o.number))
}

// add adds a race, or merges it into one between the same lines, whichever is
// the write. A race of which one place is not known is the same as any other
// with the place that is.
func (p *pairs) add(r race) {
	lines := r.lines()
	half := !r.sides[1].isPlaced()
	i, ok := p.pair[lines]
	switch {
	case ok:
	case half:
		i, ok = p.side[lines[1]]
	default:
		if i, ok = p.half[lines[0]]; !ok {
			i, ok = p.half[lines[1]]
		}
	}
	if ok {
		p.races[i].merge(r)
	} else {
		i = len(p.races)
		p.races = append(p.races, r)
	}
	p.note(r, i, half)
}

func (p *pairs) note(r race, i int, half bool) {
	if p.pair == nil {
		p.pair, p.half, p.side = map[[2]line]int{}, map[line]int{}, map[line]int{}
	}
	lines := r.lines()
	p.pair[lines] = i
	if half {
		p.half[lines[1]] = i
	}
	for _, l := range lines {
		if _, ok := p.side[l]; !ok {
			p.side[l] = i
		}
	}
}

// A race is a report with its two places in an order that does not depend on
// which access came first.
type race struct {
	report Report
	sides  [2]side
}

func newRace(r Report, src finding.Sources) race {
	found := race{report: r}
	for i, a := range r.Accesses[:min(2, len(r.Accesses))] {
		found.sides[i] = newSide(a, r.goroutine(a.Goroutine), src)
	}
	if found.sides[1].before(found.sides[0], src) {
		found.sides[0], found.sides[1] = found.sides[1], found.sides[0]
	}
	return found
}

// goroutine finds the section about a goroutine; the main one has none.
func (r Report) goroutine(id int) finding.Goroutine {
	i := slices.IndexFunc(r.Goroutines, func(g finding.Goroutine) bool { return g.ID == id })
	if i < 0 {
		return finding.Goroutine{ID: id}
	}
	return r.Goroutines[i]
}

// lines are the two places in an order of their own. One that is not known is
// the zero line and comes first.
func (r race) lines() (out [2]line) {
	for i, s := range r.sides {
		out[i] = line{s.place.File, s.place.Line}
	}
	if out[1].compare(out[0]) < 0 {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

// merge keeps the more telling of two reports of the same race: the one that
// knows both places, else the one with more writes.
func (r *race) merge(o race) {
	known := func(r race) bool { return r.sides[1].isPlaced() }
	writes := func(r race) (n int) {
		for _, s := range r.sides {
			if s.access.Write {
				n++
			}
		}
		return n
	}
	if known(o) && !known(*r) || known(o) == known(*r) && writes(o) > writes(*r) {
		*r = o
	}
}

func (r race) finding(src finding.Sources) finding.Finding {
	first, other := r.sides[0], r.sides[1]
	f := finding.Finding{
		Kind: finding.DataRace, Detector: finding.Race, Severity: finding.Error,
		Fact:     r.fact(),
		Location: first.place,
		Evidence: finding.Evidence{Output: r.report.Raw},
	}
	if other.isPlaced() {
		f.Related = append(f.Related, other.related())
	}
	for _, s := range r.sides {
		if start, ok := s.started(src); ok {
			f.Related = append(f.Related, start)
		}
		if s.known {
			f.Evidence.Goroutines = append(f.Evidence.Goroutines, finding.Goroutine{
				ID: s.access.Goroutine, State: s.goroutine.State,
				Stack: src.Trim(s.access.Stack), CreatedBy: src.Trim(s.goroutine.CreatedBy),
			})
		}
	}
	return f
}
