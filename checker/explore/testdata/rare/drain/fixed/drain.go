// Right: the server itself counts as a request until it is closed. Whoever brings
// the count to zero, and only one can, closes idle.

// Package drain is a server that ends when its last request has ended.
package drain

import "sync/atomic"

// Server counts its requests, and itself.
type Server struct {
	active atomic.Int32
	idle   chan struct{}
}

// New returns a server without requests.
func New() *Server {
	s := &Server{idle: make(chan struct{})}
	s.active.Store(1)
	return s
}

// Begin starts a request. It is not called once Close is.
func (s *Server) Begin() {
	s.active.Add(1)
}

// End ends a request.
func (s *Server) End() {
	if s.active.Add(-1) == 0 {
		close(s.idle)
	}
}

// Close returns when no request is left.
func (s *Server) Close() {
	s.End()
	<-s.idle
}

// Active is how many requests are under way.
func (s *Server) Active() int {
	return int(s.active.Load())
}
