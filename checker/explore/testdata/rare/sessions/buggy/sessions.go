// Rare: wrong-result
// Native: 0 of 100 runs.
// Load and Store are atomic, but not together: two requests that both find no
// session store one each, and the visits of the first one are lost.

// Package sessions keeps a session for each visitor.
package sessions

import (
	"sync"
	"sync/atomic"
)

// Session counts what one visitor does.
type Session struct {
	visits atomic.Int64
}

// Visit counts a visit.
func (s *Session) Visit() {
	s.visits.Add(1)
}

// Visits is how many there were.
func (s *Session) Visits() int64 {
	return s.visits.Load()
}

// Store holds the sessions by visitor.
type Store struct {
	sessions sync.Map // string → *Session
}

// Of returns the session of a visitor, a new one the first time.
func (s *Store) Of(visitor string) *Session {
	if old, ok := s.sessions.Load(visitor); ok {
		return old.(*Session)
	}
	session := &Session{}
	s.sessions.Store(visitor, session)
	return session
}
