package sched

import "racelab/checker/labrt/wire"

// IsNewLock reports whether a schedule is running that does not know the lock at p
// yet. Then the caller checks whether the lock is locked all the same, because it
// is a copy of a held lock, and says so with Orphan.
//
//go:norace
func IsNewLock(p pointer) bool {
	s, _ := current()
	if s == nil || p == nil {
		return false
	}
	_, isNew := s.objects.find(p)
	return isNew
}

// Orphan marks the lock at p as locked for reading or writing, without a goroutine
// that holds it.
//
//go:norace
func Orphan(p pointer, reading bool) {
	s, _ := current()
	if o := s.object(p); reading {
		o.readers = 1
	} else {
		o.orphan = true
	}
}

// Lock waits until the lock at p is free, and takes it for writing. It reports
// whether the scheduler is in charge; the real lock is then free.
//
//go:norace
func Lock(p pointer) bool {
	s, g := current()
	if s == nil {
		return false
	}
	o := s.before(g, wire.OpLock, wire.Write, p)
	if o.readers > 0 { // an announced writer keeps new readers out
		o.announced = g
		s.suspend(g)
	}
	o.hold(g)
	return true
}

//go:norace
func (o *object) hold(g *G) { o.writer, o.taken = g, g.at }

// TryLock takes the lock at p for writing if it is free. done is false when the
// scheduler is not in charge.
//
//go:norace
func TryLock(p pointer) (locked, done bool) {
	s, g := current()
	if s == nil {
		return false, false
	}
	o := s.before(g, wire.OpTryLock, wire.Write, p)
	locked = o.writer == nil && !o.orphan && o.announced == nil && o.readers == 0
	if locked {
		o.hold(g)
	}
	s.tried(g, locked)
	return locked, true
}

//go:norace
func (s *schedule) tried(g *G, locked bool) {
	s.noteSpin(g, !locked)
	if !locked {
		g.tell("fails")
	}
}

// Unlock unlocks the lock at p. If it is not locked, that is a fatal error with the
// text notLocked.
//
//go:norace
func Unlock(p pointer, notLocked string) {
	s, g := current()
	if s == nil {
		return
	}
	o := s.before(g, wire.OpUnlock, wire.Write, p)
	if o.writer == nil && !o.orphan {
		s.fatal(g, notLocked)
	}
	o.writer, o.taken, o.orphan = nil, nil, false
}

// RLock waits until the lock at p can be taken for reading, and takes it.
//
//go:norace
func RLock(p pointer) bool {
	s, g := current()
	if s == nil {
		return false
	}
	s.before(g, wire.OpRLock, wire.Add, p).read(s, g)
	return true
}

//go:norace
func (o *object) read(s *schedule, g *G) {
	o.readers++
	if s.job.Detail {
		o.reads = &reading{g, g.at, o.reads}
	}
}

// TryRLock takes the lock at p for reading if it need not wait.
//
//go:norace
func TryRLock(p pointer) (locked, done bool) {
	s, g := current()
	if s == nil {
		return false, false
	}
	o := s.before(g, wire.OpTryRLock, wire.Add, p)
	locked = o.writer == nil && !o.orphan && o.announced == nil
	if locked {
		o.read(s, g)
	}
	s.tried(g, locked)
	return locked, true
}

// RUnlock undoes one RLock. The last reader lets a waiting writer in.
//
//go:norace
func RUnlock(p pointer) {
	s, g := current()
	if s == nil {
		return
	}
	o := s.before(g, wire.OpRUnlock, wire.Add, p)
	if o.readers == 0 {
		s.fatal(g, "sync: RUnlock of unlocked RWMutex")
	}
	o.readers--
	o.unread(g)
	if w := o.announced; w != nil && o.readers == 0 {
		o.announced, o.writer = nil, w // handed over: no other goroutine can take it in between
		w.grant()
	}
}

// unread forgets one read lock: g's own if it has one, else the latest.
//
//go:norace
func (o *object) unread(g *G) {
	at := &o.reads
	for r := at; *r != nil; r = &(*r).next {
		if (*r).g == g {
			at = r
			break
		}
	}
	if *at != nil {
		*at = (*at).next
	}
}
