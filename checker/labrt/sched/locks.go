package sched

import "racelab/checker/labrt/wire"

// IsNewLock reports whether a schedule is running that has not met the lock at
// p before: then the caller says with Orphan whether it is locked all the same,
// being a copy of a lock that was held.
//
//go:norace
func IsNewLock(p pointer) bool {
	s, _ := current()
	if s == nil {
		return false
	}
	_, isNew := s.objects.find(p)
	return isNew
}

// Orphan says that the lock at p is locked by nobody, for reading or writing.
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

// Lock waits until the lock at p can be locked for writing, and locks it. It
// reports whether the scheduler is in charge; the real lock is then free.
//
//go:norace
func Lock(p pointer) bool {
	s, g := current()
	if s == nil {
		return false
	}
	o := s.before(g, wire.OpLock, wire.Write, p)
	if o.readers > 0 { // announced, a writer keeps new readers out
		o.announced = g
		s.suspend(g)
	}
	o.hold(g)
	return true
}

//go:norace
func (o *object) hold(g *G) { o.writer, o.taken = g, g.at }

// TryLock locks the lock at p for writing if it is free. done is false when the
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

// Unlock unlocks the lock at p. That it is not locked is a fatal error, whose
// text is given.
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

// RLock waits until the lock at p can be locked for reading, and locks it.
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

// TryRLock locks the lock at p for reading if that needs no waiting.
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

// RUnlock undoes one RLock; the last one lets a writer in that waits.
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
		o.announced, o.writer = nil, w // nobody comes between
		w.grant()
	}
}

// unread forgets one reading, g's own if it has one.
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
