package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Before two draws, or a draw and any call, there is any call, once or three times; any call
// comes while two draws are held up, and two of them while one is.
func TestHeld(t *testing.T) {
	b := &Book{Terms: terms, met: meetings{}}
	if err := b.addHeld(newGenerator(terms), accounts); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range b.Concurrent {
		got = append(got, s.Scenario)
		if s.leftOut() {
			t.Errorf("%s: nothing is known of it", s.Scenario)
		}
	}
	want := []string{
		"0.0-0-0-0h.0", "0.0-0h.0", "0.1-1-1-0h.0", "0.1-0h.0", // after something else
		"0.0h.0h.0", "0.0h.0h.1", // beside two that are held up
		"0.0h.0.0", "0.0h.1.1", // two together
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
