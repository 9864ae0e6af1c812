package interleave

import (
	"cmp"
	"slices"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// Origin looks for what a finding comes of, in the steps before the first that is wrong:
// whether a goroutine went on after it had received from a closed channel or, where split asks
// for that, has not begun yet, or came between two steps of another. nil if there is nothing of
// the sort.
//
// That is a guess, though an educated one: with minimised schedules there is seldom another
// reason why others come between.
func (r Record) Origin(split bool, names Names, src finding.Sources) *finding.Origin {
	o, _ := r.origin(split, names, src)
	return o
}

// origin also returns the steps that the origin is made of, by their index.
func (r Record) origin(split bool, names Names, src finding.Sources) (o *finding.Origin, at []int) {
	steps, until := r.Steps, len(r.Steps)
	wrong := slices.IndexFunc(r.Steps, func(s wire.Explored) bool {
		return s.Op == wire.OpFail || s.Op == wire.OpPanic || s.Op == wire.OpRace && !split
	})
	if wrong >= 0 {
		until = wrong + 1
	}
	if o, at := ignoresClosed(steps, until, names, src); o != nil || !split {
		return o, at
	}
	if o, at := startedLate(steps, seenAt(steps, wrong), src); o != nil {
		return o, at
	}
	return splitCall(steps[:until], names, src)
}

// splitCall looks for a call of the learner's code in which a goroutine uses an object at
// two places, and another goroutine uses it between them. The latest such call counts, best
// of all one that the other goroutine makes, too.
//
// Under a lock with which goroutines wait for a signal, others are meant to come in between.
func splitCall(steps []wire.Explored, names Names, src finding.Sources) (*finding.Origin, []int) {
	best, found := span{}, false
	waited := waitedWith(steps, src)
	for then := range steps {
		if waited[steps[then].Object] {
			continue
		}
		s, ok := spanTo(steps, then, src)
		if ok && (!found || s.rank() >= best.rank()) {
			best, found = s, true
		}
	}
	if !found {
		return nil, nil
	}
	return best.origin(names, src), []int{best.first.at, best.other.at, best.then.at}
}

// waitedWith are the locks with which the learner's code waits for a signal: those that are
// unlocked where it begins to wait.
func waitedWith(steps []wire.Explored, src finding.Sources) map[int]bool {
	locks := map[int]bool{}
	waits := map[int]bool{} // goroutines that have just begun
	for _, s := range steps {
		switch {
		case s.Op == wire.OpRace:
		case s.Op == wire.OpCondWait:
			waits[s.G] = isOwn(s, src)
		case s.Op == wire.OpUnlock && waits[s.G]:
			locks[s.Object] = true
			delete(waits, s.G)
		default:
			delete(waits, s.G)
		}
	}
	return locks
}

// A span is two uses of an object in one call, and what came between.
type span struct {
	first, other, then use
}

// A use is a step that uses an object, and where it is in the function of the call.
type use struct {
	at    int // the index of step
	step  wire.Explored
	place finding.Location
}

// uses are the operations that a span is made of. What is sent and received belongs to one
// goroutine at a time.
var uses = []wire.Op{
	wire.OpLock, wire.OpTryLock, wire.OpRLock, wire.OpTryRLock, wire.OpLoad, wire.OpStore, wire.OpSwap,
	wire.OpMapRead, wire.OpMapWrite, wire.OpRead, wire.OpWrite,
}

// isUse leaves out what fails, as a CompareAndSwap that another goroutine was ahead of: it
// does nothing.
func isUse(s wire.Explored) bool {
	return s.Object > 0 && slices.Contains(uses, s.Op) && !hasToWait(s) && s.Text != "fails"
}

// spanTo finds the span that ends with a step.
func spanTo(steps []wire.Explored, end int, src finding.Sources) (s span, ok bool) {
	then := steps[end]
	if !isUse(then) {
		return s, false
	}
	for i := end - 1; i >= 0; i-- {
		first := steps[i]
		if first.Object != then.Object || !isUse(first) {
			continue
		}
		if first.G != then.G {
			continue
		}
		from, to, together := inOneCall(gostack.Frames(first.Stack), gostack.Frames(then.Stack), src)
		if !together || to.Line < from.Line || from == to && first.Op == then.Op { // it is a loop, or another call
			return s, false
		}
		s.first, s.then = use{i, first, from}, use{end, then, to}
		return s, s.between(steps, src)
	}
	return s, false
}

// between looks for the use of another goroutine, best of all one by the same code.
func (s *span) between(steps []wire.Explored, src finding.Sources) (found bool) {
	for i := s.first.at + 1; i < s.then.at; i++ {
		other := steps[i]
		if other.G == s.then.step.G || other.Object != s.then.step.Object || !isUse(other) {
			continue
		}
		u := use{i, other, placeIn(gostack.Frames(other.Stack), s.then.place.Function, src)}
		if u.place.File == "" {
			continue
		}
		if !found || cmp.Compare(s.likeness(u), s.likeness(s.other)) >= 0 {
			s.other, found = u, true
		}
	}
	return found
}

// likeness says how much a use between is like those of the span.
func (s *span) likeness(u use) int {
	switch {
	case u.place == s.then.place && u.step.Op == s.then.step.Op:
		return 3
	case u.place == s.then.place || u.place == s.first.place:
		return 2
	case u.place.Function == s.then.place.Function:
		return 1
	}
	return 0
}

func (s *span) rank() int { return min(s.likeness(s.other), 1) }

// inOneCall finds the innermost call of a function of the learner's in which a goroutine
// has one stack and later the other, and where in the function it is.
func inOneCall(first, then []finding.Frame, src finding.Sources) (from, to finding.Location, ok bool) {
	i, j := len(first)-1, len(then)-1
	for ; i >= 0 && j >= 0 && first[i].Function == then[j].Function && first[i].File == then[j].File; i, j = i-1, j-1 {
		if src.IsEditable(first[i].File) {
			from, _ = src.Place(first[i : i+1])
			to, _ = src.Place(then[j : j+1])
			ok = true
		}
		if first[i].Line != then[j].Line {
			return from, to, ok && src.IsEditable(first[i].File)
		}
	}
	return from, to, ok
}

// placeIn is where a stack is in a function of the learner's, or else in his code.
func placeIn(stack []finding.Frame, function string, src finding.Sources) finding.Location {
	for _, f := range stack {
		if src.IsEditable(f.File) && finding.ShortFunction(f.Function) == function {
			at, _ := src.Place([]finding.Frame{f})
			return at
		}
	}
	at, _ := src.Place(stack)
	if !src.IsEditable(at.File) {
		return finding.Location{}
	}
	return at
}

func (s *span) origin(names Names, src finding.Sources) *finding.Origin {
	other := s.other.told(src)
	out := &finding.Origin{
		Kind: finding.OriginSplit, Goroutine: nameOf(s.then.step.G), By: nameOf(s.other.step.G),
		First: s.first.told(src), Other: &other, Then: s.then.told(src),
	}
	if out.Then.Op != "" {
		out.Object = names.Of(s.then.step.Object)
	}
	return out
}

// told leaves out an operation that the tests' code makes, which is called there.
func (u use) told(src finding.Sources) finding.Use {
	out := finding.Use{Place: u.place}
	if own := src.Trim(gostack.Frames(u.step.Stack)); src.IsEditable(own[0].File) {
		out.Op = finding.Op(u.step.Op.String())
		if u.step.Op == wire.OpRead || u.step.Op == wire.OpWrite {
			out.Value = u.step.Text
		}
	}
	return out
}
