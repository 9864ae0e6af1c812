package explored

import "testing"

func TestAll(t *testing.T) {
	if got := All(); got != 1 {
		t.Errorf("got %d", got)
	}
}
