package firsterr

import (
	"errors"
	"testing"
)

// Two of three tasks fail.
func TestFirstError(t *testing.T) {
	broken := errors.New("broken")
	fails := func() error { return broken }
	err := Run(fails, func() error { return nil }, fails)
	if !errors.Is(err, broken) {
		t.Errorf("got the error %v, want %v", err, broken)
	}
}
