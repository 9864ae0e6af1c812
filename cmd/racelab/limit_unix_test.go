//go:build unix

package main

import (
	"strings"
	"testing"
)

// Where the kernel kills processes before a check does, nothing is graded, and it is said why.
func TestEnoughSeconds(t *testing.T) {
	for _, enough := range []uint64{90, 91, ^uint64(0)} {
		if err := enoughSeconds(enough); err != nil {
			t.Errorf("%d s: %v", enough, err)
		}
	}
	got := ailmentOf(enoughSeconds(89))
	if want := "this machine stops a process that has computed for 89 s, and in a check one may need up to 90 s"; got.what != want {
		t.Errorf("got %q, want %q", got.what, want)
	}
	if !strings.Contains(got.remedy, "ulimit -Ht") {
		t.Errorf("the remedy is %q", got.remedy)
	}
}
