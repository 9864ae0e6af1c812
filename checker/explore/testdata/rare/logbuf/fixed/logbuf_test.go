package logbuf

import (
	"sync"
	"testing"
)

// Two parts of a program print a line each.
func TestAllLinesCount(t *testing.T) {
	var log Log
	var parts sync.WaitGroup
	parts.Go(func() { log.Print("disk: ready") })
	log.Print("net: ready")
	parts.Wait()

	if n := log.Lines(); n != 2 {
		t.Errorf("%d lines were counted, want 2", n)
	}
}
