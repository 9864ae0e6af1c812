package lease

import (
	"testing"
	"time"
)

// A lease for three tasks' time is renewed for an hour after the third: either it
// is too late for that, or the lease is still held a moment later.
func TestRenewedIsHeld(t *testing.T) {
	const task = time.Millisecond
	l := Grant(3 * task)
	Work(3, task)
	renewed := l.Renew(time.Hour)
	if held := l.Return(); renewed && !held {
		t.Error("the lease was renewed, and has ended all the same")
	}
}
