package interleave

import (
	"slices"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// A keeper is a goroutine that does not give back a lock for which others wait.
type keeper struct{ finding.Keeper }

// keeper is the one that a deadlock comes of, if there is one: a goroutine that has left
// the code that took the lock comes first, then one that waits for itself, then one that
// waits for something else while it holds the lock. In a circle of locks there is none.
func (r Record) keeper(names Names, src finding.Sources) (k keeper, ok bool) {
	rank := len(keepers)
	for _, w := range r.Waits {
		if !isLock(w.Op) {
			continue
		}
		for _, candidate := range r.keepersOf(w, src) {
			i := slices.IndexFunc(keepers, func(is func(keeper) bool) bool { return is(candidate) })
			if i >= 0 && i < rank && candidate.Place.File != "" {
				k, rank, ok = candidate, i, true
				k.Object = names.Of(w.Object)
				k.Kept, k.At = r.keptWaiting(w.Object, candidate.Goroutine, src)
			}
		}
	}
	return k, ok
}

// keepers are the sorts of them, the most telling first.
var keepers = []func(keeper) bool{
	func(k keeper) bool { return k.Fate.Gone() },
	func(k keeper) bool { return k.Fate.Self },
	func(k keeper) bool { return k.Fate.Now != nil },
}

func isLock(op wire.Op) bool {
	return op == wire.OpLock || op == wire.OpRLock || op == wire.OpLockWait
}

// keepersOf are those who have what w waits for.
func (r Record) keepersOf(w wire.Explored, src finding.Sources) []keeper {
	var out []keeper
	for _, other := range r.Waits {
		for _, h := range other.Holds {
			if h.Object == w.Object {
				out = append(out, r.living(other, h, w, src))
			}
		}
	}
	if at, ok := r.lastTaken(w.Object); ok && len(out) == 0 {
		out = append(out, r.gone(at, src))
	}
	return out
}

// keptWaiting are the others who wait for a lock, and where the first of them does.
func (r Record) keptWaiting(lock int, keeper finding.GoroutineName, src finding.Sources) (kept []finding.GoroutineName, at finding.Location) {
	for _, w := range r.Waits {
		if !isLock(w.Op) || w.Object != lock || nameOf(w.G) == keeper {
			continue
		}
		if kept = append(kept, nameOf(w.G)); len(kept) == 1 {
			at, _ = src.Place(gostack.Frames(w.Stack))
		}
	}
	return kept, at
}

// living is a keeper that waits for something itself.
func (r Record) living(g wire.Explored, h wire.Held, w wire.Explored, src finding.Sources) keeper {
	k := keeper{Keeper: finding.Keeper{Goroutine: nameOf(g.G)}}
	k.Reads = h.Reads
	taken, now := gostack.Frames(h.Stack), gostack.Frames(g.Stack)
	k.Place = r.placeOf(taken, src)
	if g.G == w.G {
		k.Fate.Self = true
		k.Again = r.placeOf(now, src)
	}
	if c, ok := callOf(taken, src); ok && !c.isIn(now) {
		k.Fate.Left = c.name()
		if step, ok := r.lastTaken(h.Object); ok {
			k.Fate.Panic = r.panicIn(c, g.G, step, src)
		}
	}
	if at, ok := goroutine(g).Whereabouts(src); ok && !isLock(g.Op) {
		k.Fate.Now = &at.Spot
	}
	return k
}

// gone is a keeper that has ended. It took the lock in the step of that index.
func (r Record) gone(step int, src finding.Sources) keeper {
	took := r.Steps[step]
	k := keeper{Keeper: finding.Keeper{Goroutine: nameOf(took.G)}}
	k.Fate.Ended, k.Reads = true, took.Op == wire.OpRLock || took.Op == wire.OpTryRLock
	taken := gostack.Frames(took.Stack)
	k.Place = r.placeOf(taken, src)
	c, ok := callOf(taken, src)
	if !ok {
		return k
	}
	k.Fate.Panic = r.panicIn(c, took.G, step, src)
	if len(src.Trim(c.callers)) > 0 {
		k.Fate.Left = c.name()
	}
	return k
}

// placeOf is where a lock was taken, or is waited for: in the learner's function that is to
// unlock it, which may have called one that only locks.
func (r Record) placeOf(stack []finding.Frame, src finding.Sources) finding.Location {
	for i, f := range stack[:max(0, len(stack)-1)] {
		if src.IsEditable(f.File) && !(src.IsEditable(stack[i+1].File) && r.locksForOthers(f.Function, src)) {
			stack = stack[i:]
			break
		}
	}
	at, _ := src.Place(stack)
	return at
}

// locksForOthers reports whether a lock that a function took was unlocked after it had
// returned, by the same goroutine.
func (r Record) locksForOthers(function string, src finding.Sources) bool {
	is := func(f finding.Frame) bool { return f.Function == function }
	for i, s := range r.Steps {
		own := src.Trim(gostack.Frames(s.Stack))
		if !isLock(s.Op) || hasToWait(s) || len(own) == 0 || own[0].Function != finding.ShortFunction(function) {
			continue
		}
		next := slices.IndexFunc(r.Steps[i+1:], func(t wire.Explored) bool {
			return t.G == s.G && t.Object == s.Object && (t.Op == wire.OpUnlock || t.Op == wire.OpRUnlock)
		})
		if next >= 0 && !slices.ContainsFunc(gostack.Frames(r.Steps[i+1+next].Stack), is) {
			return true
		}
	}
	return false
}

// panicIn is the panic of a goroutine in a call, after a step, from which somebody has
// recovered; nil if there is none, or if the call has gone on after that.
func (r Record) panicIn(c call, g, step int, src finding.Sources) (out *finding.Panicked) {
	for _, s := range r.Steps[step+1:] {
		at := gostack.Frames(s.Stack)
		switch {
		case s.G != g || !c.isIn(at):
		case s.Op == wire.OpRecover:
			out = &finding.Panicked{Text: s.Text}
			out.Place, _ = src.Place(at)
		case !slices.ContainsFunc(at, isPanic):
			out = nil
		}
	}
	return out
}

// isPanic reports whether a frame is below what is deferred and runs because of a panic.
func isPanic(f finding.Frame) bool { return f.Function == "panic" }

// A call is one of a function of the learner's by somebody else, on a stack.
type call struct {
	function string
	callers  []finding.Frame
}

// callOf is the call during which something happened; ok is false where that is not known.
func callOf(stack []finding.Frame, src finding.Sources) (c call, ok bool) {
	const whole = 32 // frames: of a longer stack the outermost ones are not recorded
	for i, f := range stack {
		if src.IsEditable(f.File) {
			c, ok = call{f.Function, stack[i+1:]}, len(stack) < whole
		}
	}
	return c, ok
}

// isIn reports whether the call has not returned where a goroutine has this stack.
func (c call) isIn(stack []finding.Frame) bool {
	i := len(stack) - len(c.callers) - 1
	return i >= 0 && stack[i].Function == c.function && slices.Equal(stack[i+1:], c.callers)
}

func (c call) name() string { return finding.ShortFunction(c.function) }

// explains makes f the finding that k explains: where the lock was taken, or taken again,
// then those who wait for it.
func (k keeper) explains(f *finding.Finding) {
	f.Fact.Hang.Keeper = &k.Keeper
	who := []finding.GoroutineName{k.Goroutine}
	f.Location = k.Place
	var first []finding.Related
	if k.Fate.Self && !k.Fate.Gone() {
		f.Location = k.Again
	} else {
		kept := finding.Role{Kind: finding.RoleKept, Goroutines: who, Object: k.Object, Reads: k.Reads, Fate: &k.Fate}
		first = append(first, finding.Related{Role: kept, Location: k.Place})
	}
	if p := k.Fate.Panic; p != nil {
		unwound := finding.Role{Kind: finding.RoleUnwound, Goroutines: who, Object: k.Object, Text: p.Text}
		first = append(first, finding.Related{Role: unwound, Location: p.Place})
	}
	var own, others []finding.Related
	for _, r := range f.Related {
		switch {
		case !slices.Equal(r.Role.Goroutines, who):
			others = append(others, r)
		case len(first) == 0 || r.Role.Kind != finding.RoleHolds || r.Role.Object != k.Object:
			own = append(own, r)
		}
	}
	f.Related = slices.Concat(first, own, others)
}
