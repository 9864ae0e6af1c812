package lockorder

import (
	"slices"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
)

const holdersKept = 8 // in one finding

// A holder is who has the lock for which another one waits.
type holder struct {
	place
	fate finding.Fate
	now  []finding.Related // what it does instead of unlocking
}

func (r Report) holders(places []place, src finding.Sources) []holder {
	var out []holder
	for i, p := range places {
		h := holder{place: p}
		switch t := r.Takes[i]; {
		case r.ownLock(i):
			h.fate.Self = true
		case t.Ended:
			h.fate.Ended = true
		default:
			if g, ok := r.nowOf(t.Goroutine); ok {
				h.alive(g, src)
			}
		}
		out = append(out, h)
	}
	return out
}

// nowOf finds what a goroutine is doing.
func (r Report) nowOf(id int) (gostack.Goroutine, bool) {
	i := slices.IndexFunc(r.Now, func(g gostack.Goroutine) bool { return id != 0 && g.ID == id })
	if i < 0 {
		return gostack.Goroutine{}, false
	}
	return r.Now[i], true
}

// alive notes what the goroutine g, which holds the lock, does now, and whether it
// has left the function that took the lock.
func (h *holder) alive(g gostack.Goroutine, src finding.Sources) {
	if h.hasLeft(g, src) {
		h.fate.Left = method(h.Function)
	}
	w, ok := g.Whereabouts(src)
	if !ok {
		return
	}
	h.fate.Now = &w.Spot
	h.now = []finding.Related{{Role: finding.Role{Kind: finding.RoleHolderNow, Spot: &w.Spot}, Location: w.Place}}
}

// hasLeft reports whether g is no longer in the function that took the lock.
func (h *holder) hasLeft(g gostack.Goroutine, src finding.Sources) bool {
	const whole = 100 // frames: of a longer stack the run-time leaves out the middle
	if h.Line == 0 || len(h.calls) == 0 || len(g.Stack) == 0 || len(g.Stack) >= whole {
		return false
	}
	return !slices.ContainsFunc(src.Trim(g.Stack), func(f finding.Frame) bool { return f.Function == h.calls[0].Function })
}

func waitInVain(f *finding.Finding, r Report, holders []holder, waiter place) {
	f.Location = waiter.Location
	first := holders[0]
	f.Fact.LongWait = &finding.LongWait{
		Waited: r.Waited, Place: waiter.Location, More: len(holders) - 1,
		Holder: finding.Holder{Taking: first.taking(), Fate: first.fate},
	}
	for _, h := range holders[:min(len(holders), holdersKept)] {
		held := finding.Role{Kind: finding.RoleHeld, Reads: h.reads}
		if h.fate != (finding.Fate{}) {
			held.Fate = &h.fate
		}
		f.Related = note(f.Related, h.related(held))
		if len(h.now) > 0 && h.now[0].Location != f.Location {
			f.Related = note(f.Related, h.now)
		}
	}
}

// note adds places that are not known already.
func note(known, more []finding.Related) []finding.Related {
	for _, r := range more {
		if !slices.ContainsFunc(known, r.Equal) {
			known = append(known, r)
		}
	}
	return known
}
