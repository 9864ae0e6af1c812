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
		return r.crash(names, src)
	case r.Ending.End == wire.Stuck && !r.Ending.Over:
		return r.stuck(finding.Deadlock, names, src)
	case r.Ending.End == wire.TooLate && !r.Ending.Over:
		return r.stuck(finding.Timeout, names, src)
	case r.Ending.End == wire.Stuck, r.Ending.End == wire.TooLate:
		return r.leaks(src)
	}
	return nil
}

// crash is diagnosed like one that the Go run-time printed. Where it comes of a closed
// channel, who has closed that is known as well.
func (r Record) crash(names Names, src finding.Sources) []finding.Finding {
	dump := gostack.Dump{Reason: gostack.Panic, Message: r.Crash.Text}
	if text, fatal := strings.CutPrefix(r.Crash.Text, "fatal error: "); fatal {
		dump.Reason, dump.Message = gostack.Fatal, text
	}
	dump.Goroutines = []gostack.Goroutine{goroutine(*r.Crash)}
	dump.Goroutines[0].State = "running"
	found := gostack.Diagnose(dump, src)
	if closed, ok := r.closed(names, src); ok {
		for i := range found {
			found[i].Related = append([]finding.Related{closed}, found[i].Related...)
		}
	}
	return found
}

// closed is where the channel was closed on which the crash is.
func (r Record) closed(names Names, src finding.Sources) (finding.Related, bool) {
	channel := 0
	for _, s := range slices.Backward(r.Steps) {
		switch {
		case s.Op == wire.OpPanic, s.Op == wire.OpEnd:
		case channel == 0 && (s.G != r.Crash.G || s.Op != wire.OpClose && s.Op != wire.OpSend):
			return finding.Related{}, false
		case channel == 0:
			channel = s.Object
		case s.Object == channel && s.Op == wire.OpClose:
			at, ok := src.Place(gostack.Frames(s.Stack))
			role := finding.Role{Kind: finding.RoleClosed, Goroutines: []finding.GoroutineName{nameOf(s.G)}, Object: names.Of(channel)}
			return finding.Related{Role: role, Location: at}, ok
		}
	}
	return finding.Related{}, false
}

// stuck describes those who wait like a dump would, and then what no dump shows: who
// holds what they wait for. Where one goroutine keeps a lock from the others, the defect
// is where it took the lock, and those who wait are what follows.
func (r Record) stuck(kind finding.Kind, names Names, src finding.Sources) []finding.Finding {
	dump := gostack.Dump{Reason: gostack.Quit}
	for _, w := range r.Waits {
		dump.Goroutines = append(dump.Goroutines, goroutine(w))
	}
	found := gostack.DiagnoseHang(dump, src)
	for i := range found {
		f := &found[i]
		f.Kind = kind
		if kind != finding.Deadlock {
			continue
		}
		if graph := r.graph(names, src); len(graph) > 0 {
			f.Related = graph
		}
		if k, ok := r.keeper(names, src); ok {
			k.explains(f)
		}
	}
	return found
}

// graph is the wait-for graph: for every goroutine that waits what for and who holds
// it, then since where it holds locks itself.
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
	return out
}

// lastTaken is the step that took a lock which has not been unlocked since, by its index.
func (r Record) lastTaken(lock int) (at int, ok bool) {
	var taken []int
	for i, s := range r.Steps {
		switch {
		case s.Object != lock || hasToWait(s):
		case s.Op == wire.OpUnlock:
			taken = nil
		case s.Op == wire.OpRUnlock:
			taken = r.without(taken, s.G)
		case s.Op == wire.OpLock, s.Op == wire.OpRLock, (s.Op == wire.OpTryLock || s.Op == wire.OpTryRLock) && s.Text != "fails":
			taken = append(taken, i)
		}
	}
	if len(taken) == 0 {
		return 0, false
	}
	return taken[len(taken)-1], true
}

// hasToWait reports whether a step only begins an operation; a later one completes it.
func hasToWait(s wire.Explored) bool { return strings.HasSuffix(s.Text, "has to wait") }

// without leaves out the step of the reader that has unlocked: if it is none of them, any.
func (r Record) without(taken []int, g int) []int {
	for i, at := range slices.Backward(taken) {
		if r.Steps[at].G == g {
			return slices.Delete(taken, i, i+1)
		}
	}
	return taken[:max(0, len(taken)-1)]
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
