package sandbox

import "time"

// lookEvery is how often Run looks at a process.
const lookEvery = 50 * time.Millisecond

// longestLook bounds what counts as idle or as passed between two looks. When more
// time has passed, racelab itself had no processor, or the machine stood still.
const longestLook = 2 * lookEvery

// LastResort is how many times a limit of a process's own time may pass on the
// wall clock.
const LastResort = 20

// Spent is how a process has spent the time since a Watch began. On a busy machine
// more time passes, and the process's own time stays the same.
type Spent struct {
	Own    time.Duration // when it ran in user mode, or slept and wanted no processor
	System time.Duration // when the system worked for it
	Idle   time.Duration // how long it has slept by now without using a processor; 0 where that is not known
	Passed time.Duration // on the wall clock, as far as somebody looked
}

// reaches reports whether the process has had as much as Limits.Own says.
func (s Spent) reaches(own time.Duration) bool {
	return s.Own+s.System >= own || s.Passed >= LastResort*own
}

// A Watch tells how a process spends its time. It knows what its looks have seen.
type Watch struct {
	pid   int
	at    time.Time // of the last look
	last  usage     // at that time
	known bool
	spent Spent
}

// A usage is what a process has used since it began, all threads together.
type usage struct {
	user, system time.Duration
	ran, waited  time.Duration // on processors, and for one; of the threads that it has now
	asleep       bool          // all threads sleep: none runs, waits for a processor or a disk, or was stopped
}

func newWatch(pid int) *Watch {
	w := &Watch{pid: pid, at: time.Now()}
	w.last, w.known = usageOf(pid)
	return w
}

// Look looks once more.
func (w *Watch) Look() Spent {
	now := time.Now()
	u, known := usageOf(w.pid)
	w.add(now.Sub(w.at), u, known && w.known)
	w.at, w.last, w.known = now, u, known
	return w.spent
}

// unknownShare is what part of the time that passes is taken for the process's own
// where nothing can be known.
const unknownShare = 4

func (w *Watch) add(elapsed time.Duration, u usage, known bool) {
	passed := min(elapsed, longestLook)
	w.spent.Passed += passed
	if !known {
		w.spent.Own += passed / unknownShare
		w.spent.Idle = 0
		return
	}
	waited, system := u.waited-w.last.waited, u.system-w.last.system
	own := min(u.user-w.last.user, elapsed) // of many threads
	if u.asleep {                           // now: it may have worked, or wanted to, before
		own = max(own, min(passed, passed-system-waited))
	}
	w.spent.Own += max(own, 0)
	w.spent.System += system
	if u.asleep && w.last.asleep && u.ran == w.last.ran && waited == 0 {
		w.spent.Idle += passed
	} else {
		w.spent.Idle = 0
	}
}
