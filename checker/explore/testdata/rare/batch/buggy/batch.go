// Rare: panic
// Native: 1 of 100 runs.
// A job that ends and is cancelled at the same time is counted out twice, when
// both ask before either has said so: the WaitGroup's counter becomes negative.

// Package batch waits for jobs that end or are cancelled.
package batch

import (
	"sync"
	"sync/atomic"
)

// Batch is a number of jobs.
type Batch struct {
	open sync.WaitGroup
	over []atomic.Bool // by job
}

// New returns a batch of n jobs that are under way.
func New(n int) *Batch {
	b := &Batch{over: make([]atomic.Bool, n)}
	b.open.Add(n)
	return b
}

// End says that a job is over: it has ended or is cancelled.
func (b *Batch) End(job int) {
	if b.over[job].Load() {
		return
	}
	b.over[job].Store(true)
	b.open.Done()
}

// Wait returns when all jobs are over.
func (b *Batch) Wait() {
	b.open.Wait()
}

// Over is how many jobs are over.
func (b *Batch) Over() (n int) {
	for i := range b.over {
		if b.over[i].Load() {
			n++
		}
	}
	return n
}
