package interleave

import (
	"slices"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/detect/leak"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// Findings says what went wrong in the schedule, as far as the scheduler has
// seen it: a panic, a deadlock, goroutines that are left.
func (r Record) Findings(names Names, src finding.Sources) []finding.Finding {
	switch {
	case r.Crash != nil:
		return r.crash(src)
	case r.Ending.End == wire.Stuck && !r.Ending.Over:
		return r.stuck(finding.Deadlock, names, src)
	case r.Ending.End == wire.TooLate && !r.Ending.Over:
		return r.stuck(finding.Timeout, names, src)
	case r.Ending.End == wire.Stuck, r.Ending.End == wire.TooLate:
		return r.leaks(src)
	}
	return nil
}

// crash is diagnosed like one that the Go run-time printed.
func (r Record) crash(src finding.Sources) []finding.Finding {
	dump := gostack.Dump{Reason: gostack.Panic, Message: r.Crash.Text}
	if text, fatal := strings.CutPrefix(r.Crash.Text, "fatal error: "); fatal {
		dump.Reason, dump.Message = gostack.Fatal, text
	}
	dump.Goroutines = []gostack.Goroutine{goroutine(*r.Crash)}
	dump.Goroutines[0].State = "running"
	return gostack.Diagnose(dump, src)
}

// stuck describes those who wait like a dump would, and then what no dump shows:
// who holds what they wait for.
func (r Record) stuck(kind finding.Kind, names Names, src finding.Sources) []finding.Finding {
	dump := gostack.Dump{Reason: gostack.Quit}
	for _, w := range r.Waits {
		dump.Goroutines = append(dump.Goroutines, goroutine(w))
	}
	found := gostack.DiagnoseHang(dump, src)
	for i := range found {
		found[i].Kind = kind
		if graph := r.graph(names, src); kind == finding.Deadlock && len(graph) > 0 {
			found[i].Related = graph
		}
	}
	return found
}

// graph is the wait-for graph: for every goroutine that waits what for and who holds
// it, then since where it holds locks itself. Then come the locks of those who have ended.
func (r Record) graph(names Names, src finding.Sources) []finding.Related {
	var out []finding.Related
	for _, w := range r.waiting(names, src) {
		if w.Location.File == "" {
			continue
		}
		who := []finding.GoroutineName{w.Goroutine}
		role := finding.Role{Kind: finding.RoleWaits, Goroutines: who, Op: w.Op, Object: w.Object, For: w.For}
		out = append(out, finding.Related{Role: role, Location: w.Location})
		for _, h := range w.Holds {
			if h.Location.File != "" {
				holds := finding.Role{Kind: finding.RoleHolds, Goroutines: who, Object: h.Object}
				out = append(out, finding.Related{Role: holds, Location: h.Location})
			}
		}
	}
	return append(out, r.kept(names, src)...)
}

// kept is where locks were taken for which somebody waits, and which nobody who is left
// holds: who took such a lock has ended with it.
func (r Record) kept(names Names, src finding.Sources) []finding.Related {
	var out []finding.Related
	var seen []int
	for _, w := range r.Waits {
		if w.Op != wire.OpLock && w.Op != wire.OpRLock || len(r.holders(w)) > 0 || slices.Contains(seen, w.Object) {
			continue
		}
		seen = append(seen, w.Object)
		took, ok := r.lastTaken(w.Object)
		if at, known := src.Place(gostack.Frames(took.Stack)); ok && known {
			role := finding.Role{Kind: finding.RoleKept, Goroutines: []finding.GoroutineName{nameOf(took.G)}, Object: names.Of(w.Object)}
			out = append(out, finding.Related{Role: role, Location: at})
		}
	}
	return out
}

// lastTaken is the step that took a lock which has not been unlocked since.
func (r Record) lastTaken(lock int) (took wire.Explored, ok bool) {
	for _, s := range r.Steps {
		switch {
		case s.Object != lock:
		case s.Op == wire.OpUnlock:
			ok = false
		case s.Op == wire.OpLock, s.Op == wire.OpTryLock && s.Text != "fails":
			took, ok = s, true
		}
	}
	return took, ok
}

// leaks are found like goleak's.
func (r Record) leaks(src finding.Sources) []finding.Finding {
	var left []gostack.Goroutine
	for _, w := range r.Waits {
		left = append(left, goroutine(w))
	}
	return leak.Findings(left, src)
}

// waiting are the goroutines that are left, the learner's own first.
func (r Record) waiting(names Names, src finding.Sources) []finding.Waiting {
	var out []finding.Waiting
	for _, w := range r.Waits {
		at, _ := src.Place(gostack.Frames(w.Stack))
		waits := finding.Waiting{
			Goroutine: nameOf(w.G), Op: finding.Op(w.Op.String()), Object: names.Of(w.Object), Location: at,
			For: r.holders(w),
		}
		for _, h := range w.Holds {
			since, _ := src.Place(gostack.Frames(h.Stack))
			waits.Holds = append(waits.Holds, finding.Hold{Object: names.Of(h.Object), Reads: h.Reads, Location: since})
		}
		out = append(out, waits)
	}
	slices.SortStableFunc(out, func(a, b finding.Waiting) int {
		return rank(a, src) - rank(b, src)
	})
	return out
}

func rank(w finding.Waiting, src finding.Sources) int {
	if src.IsEditable(w.Location.File) {
		return 0
	}
	return 1
}

// holders are the goroutines that hold the lock that w waits for, itself among
// them if it does.
func (r Record) holders(w wire.Explored) []finding.GoroutineName {
	switch w.Op {
	case wire.OpLock, wire.OpRLock, wire.OpLockWait, wire.OpOnce:
	default:
		return nil
	}
	var out []finding.GoroutineName
	for _, other := range r.Waits {
		for _, h := range other.Holds {
			if h.Object == w.Object {
				out = append(out, nameOf(other.G))
				break
			}
		}
	}
	return out
}
