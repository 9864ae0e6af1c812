package drain

import "testing"

// Two requests end while the server is being closed.
func TestCloseWaitsForRequests(t *testing.T) {
	s := New()
	for range 2 {
		s.Begin()
		go s.End()
	}
	s.Close()
	if n := s.Active(); n != 0 {
		t.Errorf("%d requests are under way in a closed server", n)
	}
}
