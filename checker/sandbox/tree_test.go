//go:build linux

package sandbox

import (
	"context"
	"strings"
	"testing"
	"time"
)

// All processes together have a limit of memory, and those that left the group are killed
// with the others.
func TestRunEndsAtTheMemoryOfAll(t *testing.T) {
	c := sh(`setsid sh -c 'echo $$; x=$(head -c 80000000 /dev/zero | tr "\0" x); sleep 1000' & wait`)
	c.Memory, c.Wall = 50<<20, time.Minute
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || !exit.Hungry || exit.TimedOut {
		t.Fatalf("exit = %+v, err = %v", exit, err)
	}
	gone(t, strings.TrimSpace(string(exit.Stdout)))
}

// At a limit of time, too, all are killed, and what ends by itself is left alone.
func TestRunEndsAllAtTheWallLimit(t *testing.T) {
	c := sh(`setsid sh -c 'echo $$; exec sleep 1000' & sleep 1; wait`)
	c.Memory, c.Wall = 1<<30, 2*time.Second
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || !exit.TimedOut || exit.Hungry {
		t.Fatalf("exit = %+v, err = %v", exit, err)
	}
	gone(t, strings.TrimSpace(string(exit.Stdout)))
	c = sh(`exit 3`)
	c.Memory = 1 << 30
	if exit, err := (Limited{}).Run(context.Background(), c); err != nil || exit.Code != 3 {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
}
