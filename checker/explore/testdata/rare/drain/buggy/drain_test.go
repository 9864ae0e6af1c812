package drain

import "testing"

// Two requests end while the server is being closed.
func TestCloseWaitsForRequests(t *testing.T) {
	s := New()
	s.Begin()
	s.Begin()
	go s.End()
	go s.End()
	s.Close()
	if n := s.Active(); n != 0 {
		t.Errorf("%d requests are under way in a closed server", n)
	}
}
