package gostack

import (
	"cmp"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/schedule"
)

// DiagnoseHang says why a program did not end, from a dump of all goroutines
// that was taken while it hung; the dump's Reason does not matter. It is a
// deadlock when every goroutine that belongs to the exercise or its tests waits
// for what only another goroutine can give, else a timeout.
//
// A goroutine belongs when its stack or its go statement is in the exercise's
// folder. Those that the exercise started inside libraries are not shown, but
// one that can still move makes it a timeout. There is one finding, or none when
// no goroutine of the exercise is there: the hang is then not the learner's.
//
// What it does not know: who holds a lock, and whether a timer will fire. A goroutine
// that waits for a channel may wait for a timer in the files that src.Timed names, and
// waits for ever in others, or where the garbage collector says so.
func DiagnoseHang(d Dump, src finding.Sources) []finding.Finding {
	kind := finding.Deadlock
	for _, g := range involved(d.Goroutines, src) {
		if w := WaitOf(g.State); !w.Forever || mayTime(g, w, src) {
			kind = finding.Timeout
		}
	}
	return hang(d, src, kind)
}

// mayTime reports whether g waits for a channel where that may be a timer's.
func mayTime(g Goroutine, w Wait, src finding.Sources) bool {
	at, ok := belongs(g, src)
	return ok && !g.Leaked && (w.Wait == finding.WaitSelect || w.Wait == finding.WaitReceive) && src.MayTime(at.Place.File)
}

// hang makes the finding.
func hang(d Dump, src finding.Sources, kind finding.Kind) []finding.Finding {
	groups := groupWaiters(d.Goroutines, src, kind)
	if len(groups) == 0 {
		return nil
	}
	f := finding.Finding{
		Kind: kind, Detector: finding.Runtime, Severity: finding.Error,
		Fact:     hangFact(kind, groups),
		Location: groups[0].at.Place,
	}
	for _, g := range groups {
		f.Related = append(f.Related, g.related())
	}
	f.Related = append(f.Related, starts(groups, src)...)
	f.Related = f.Related[:min(len(f.Related), relatedKept)]
	f.Evidence = Evidence(d.header(), shown(groups), src)
	return []finding.Finding{f}
}

const relatedKept = 16 // places in one finding

// belongs reports whether g is the exercise's, and where it is: in its own
// frames, or where it was started.
func belongs(g Goroutine, src finding.Sources) (Whereabouts, bool) {
	if w, ok := g.Whereabouts(src); ok {
		return w, true
	}
	started, ok := src.Place(g.CreatedBy)
	return whereabouts(started, g.Wait(src)), ok
}

// involved are the goroutines of the exercise and those that they started
// inside libraries, however indirectly.
func involved(all []Goroutine, src finding.Sources) []Goroutine {
	var in []Goroutine
	ours := map[int]bool{}
	started := map[int][]Goroutine{} // by the goroutine that started them
	for _, g := range all {
		if _, ok := belongs(g, src); ok {
			ours[g.ID] = true
			in = append(in, g)
		} else if !startedByHarness(g) {
			started[g.Creator] = append(started[g.Creator], g)
		}
	}
	// Numbers do not tell which goroutine is older: follow who started whom.
	for i := 0; i < len(in); i++ {
		for _, g := range started[in[i].ID] {
			if !ours[g.ID] {
				ours[g.ID] = true
				in = append(in, g)
			}
		}
	}
	return in
}

// A group is the goroutines that wait at one line for one thing.
type group struct {
	at      Whereabouts
	on      string // address, "" when unknown
	label   string // "A": tells apart the locks that several groups wait for
	members []Goroutine
}

// groupWaiters groups the exercise's goroutines, the most telling group first.
func groupWaiters(all []Goroutine, src finding.Sources, kind finding.Kind) []group {
	type key struct {
		at Whereabouts
		on string
	}
	index := map[key]int{}
	var groups []group
	for _, g := range all {
		at, ok := belongs(g, src)
		if !ok {
			continue
		}
		k := key{at, g.On}
		i, known := index[k]
		if !known {
			i = len(groups)
			index[k] = i
			groups = append(groups, group{at: at, on: g.On})
		}
		groups[i].members = append(groups[i].members, g)
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(
			cmp.Compare(telling(a, src, kind), telling(b, src, kind)),
			cmp.Compare(a.at.Place.File, b.at.Place.File), cmp.Compare(a.at.Place.Line, b.at.Place.Line),
			cmp.Compare(a.at.Doing.Wait, b.at.Doing.Wait), cmp.Compare(a.at.Doing.Inside, b.at.Doing.Inside), cmp.Compare(a.members[0].ID, b.members[0].ID))
	})
	label(groups)
	return groups
}

// telling ranks groups, the one to look at first lowest: the learner's code
// before the tests; what keeps the others waiting before those who wait for it.
// In a timeout that is the goroutine that runs.
func telling(g group, src finding.Sources, kind finding.Kind) int {
	rank := 1
	switch {
	case kind == finding.Timeout && g.at.Doing.Verb == finding.Runs:
		rank = 0
	case !g.at.Forever:
		rank = 3
	case g.at.Doing.Wait == finding.WaitGroup && g.at.Doing.Inside == "":
		rank = 2 // the last to go: it waits for the others
	}
	if !src.IsEditable(g.at.Place.File) {
		rank += 4
	}
	return rank
}

// sharing are the waits for something that several goroutines can wait for.
var sharing = []finding.Wait{
	finding.WaitReceive, finding.WaitReceiveNil, finding.WaitSend, finding.WaitSendNil,
	finding.WaitMutex, finding.WaitWrite, finding.WaitRead,
}

// label names the mutexes and channels when there are several, so that a reader
// sees who waits for the same one. Addresses would differ from run to run.
func label(groups []group) {
	labels := map[string]string{}
	for i := range groups {
		g := &groups[i]
		if g.on == "" || !slices.Contains(sharing, g.at.Doing.Wait) {
			continue
		}
		if labels[g.on] == "" {
			labels[g.on] = strings.ToUpper(schedule.Letters(len(labels)))
		}
		g.label = labels[g.on]
	}
	if len(labels) < 2 {
		for i := range groups {
			groups[i].label = ""
		}
	}
}
