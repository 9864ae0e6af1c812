// Rare: panic
// Native: 0 of 100 runs.
// Submit asks whether the queue is open and then sends. If Close runs in between,
// the job is sent to a closed channel. The race detector reports the send and the
// close too, also where the send came just in time.

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
	closed := q.closed
	q.mu.Unlock()
	if closed {
		return false
	}
	q.jobs <- job
	q.mu.Lock()
	q.accepted++
	q.mu.Unlock()
	return true
}

// Close ends the queue; it returns when all accepted jobs are done. It is called once.
func (q *Queue) Close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	close(q.jobs)
	<-q.ended
}

// Accepted is how many jobs were accepted.
func (q *Queue) Accepted() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.accepted
}
