// Rare: deadlock
// Native: 0 of 100 runs.
// Close sees a request under way, and only then says that it waits. If the last
// request ends in between, it does not know that anybody waits, and idle is
// never closed.

// Package drain is a server that ends when its last request has ended.
package drain

import "sync/atomic"

// Server counts its requests.
type Server struct {
	active  atomic.Int32
	closing atomic.Bool
	idle    chan struct{}
}

// New returns a server without requests.
func New() *Server {
	return &Server{idle: make(chan struct{})}
}

// Begin starts a request. It is not called once Close is.
func (s *Server) Begin() {
	s.active.Add(1)
}

// End ends a request.
func (s *Server) End() {
	if s.active.Add(-1) == 0 && s.closing.Load() {
		close(s.idle)
	}
}

// Close returns when no request is left.
func (s *Server) Close() {
	if s.active.Load() == 0 {
		return
	}
	s.closing.Store(true)
	<-s.idle
}

// Active is how many requests are under way.
func (s *Server) Active() int {
	return int(s.active.Load())
}
