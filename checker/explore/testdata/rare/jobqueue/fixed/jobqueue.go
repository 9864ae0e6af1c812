// Right: a job is sent, and the channel closed, with the lock held. The goroutine
// that makes room for jobs never takes the lock, so the sender cannot be stuck.

// Package jobqueue runs jobs one after the other.
package jobqueue

import "sync"

// Queue takes jobs until it is closed.
type Queue struct {
	jobs  chan func()
	ended chan struct{}

	mu       sync.Mutex
	closed   bool
	accepted int
}

// New returns a queue with room for n jobs.
func New(n int) *Queue {
	q := &Queue{jobs: make(chan func(), n), ended: make(chan struct{})}
	go q.run()
	return q
}

func (q *Queue) run() {
	defer close(q.ended)
	for job := range q.jobs {
		job()
	}
}

// Submit hands a job in, unless the queue is closed.
func (q *Queue) Submit(job func()) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.jobs <- job
	q.accepted++
	return true
}

// Close ends the queue; it returns when all accepted jobs are done. It is called once.
func (q *Queue) Close() {
	q.mu.Lock()
	q.closed = true
	close(q.jobs)
	q.mu.Unlock()
	<-q.ended
}

// Accepted is how many jobs were accepted.
func (q *Queue) Accepted() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.accepted
}
