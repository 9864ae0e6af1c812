package sema

import (
	"sync"
	"testing"
)

// Three jobs need two of three units each.
func TestAllJobsEnd(t *testing.T) {
	units := New(3)
	job := func() {
		units.Acquire(2)
		units.Release(2)
	}
	var jobs sync.WaitGroup
	jobs.Go(job)
	jobs.Go(job)
	job()
	jobs.Wait()
}
