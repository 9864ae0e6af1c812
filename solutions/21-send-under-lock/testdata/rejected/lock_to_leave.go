// Rejected: data-race
// Feedback: The lock for leaving is another one than that for coming, so two change the row at the same time.

// Package taxis is the rank in front of a station. Drivers wait there, one behind the
// other, and the control room gives a job to the one who has waited longest.
package taxis

import (
	"slices"
	"sync"
)

// A Rank is the row of taxis that wait.
type Rank struct {
	mu      sync.Mutex
	leaving sync.Mutex
	taxis   []*taxi // in the order in which they came
}

type taxi struct {
	driver string
	jobs   chan string
}

// New returns a rank where nobody waits.
func New() *Rank {
	return new(Rank)
}

// Wait is called by a driver who comes to the rank. It returns his job, and true. If he
// has none by the time that home is closed, he drives home, and Wait returns false.
func (r *Rank) Wait(driver string, home <-chan struct{}) (job string, ok bool) {
	t := &taxi{driver: driver, jobs: make(chan string)}
	r.mu.Lock()
	r.taxis = append(r.taxis, t)
	r.mu.Unlock()
	select {
	case job := <-t.jobs:
		return job, true
	case <-home:
		r.leave(t)
		return "", false
	}
}

func (r *Rank) leave(t *taxi) {
	r.leaving.Lock()
	defer r.leaving.Unlock()
	r.taxis = slices.DeleteFunc(r.taxis, func(other *taxi) bool { return other == t })
}

// Order gives a job to the driver who has waited longest, and returns his name. If
// nobody waits, it returns false.
func (r *Rank) Order(job string) (driver string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.taxis) == 0 {
		return "", false
	}
	first := r.taxis[0]
	r.taxis = r.taxis[1:]
	first.jobs <- job
	return first.driver, true
}

// Waiting returns how many drivers wait.
func (r *Rank) Waiting() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.taxis)
}
