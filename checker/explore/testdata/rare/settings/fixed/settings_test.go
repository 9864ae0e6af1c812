package settings

import (
	"sync"
	"testing"
)

// Three parts of a program need the setting.
func TestEverybodyGetsTheSetting(t *testing.T) {
	s := New("fast quiet")
	var got [3]int
	var parts sync.WaitGroup
	parts.Go(func() { got[0] = s.Words() })
	parts.Go(func() { got[1] = s.Words() })
	got[2] = s.Words()
	parts.Wait()

	if want := [3]int{2, 2, 2}; got != want {
		t.Errorf("got %v words, want %v", got, want)
	}
	if n := s.Calls(); n != 0 {
		t.Errorf("%d calls are under way, want 0", n)
	}
}
