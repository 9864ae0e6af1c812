// Rejected: wrong-result
// Feedback: The row is a package variable: the drivers of one station are given the jobs of another one.

// Package taxis is the rank in front of a station. Drivers wait there, one behind the
// other, and the control room gives a job to the one who has waited longest.
package taxis

import (
	"slices"
	"sync"
)

// A Rank is the row of taxis that wait.
type Rank struct{ _ int }

var (
	mu    sync.Mutex
	taxis []*taxi
)

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
	t := &taxi{driver: driver, jobs: make(chan string, 1)}
	mu.Lock()
	taxis = append(taxis, t)
	mu.Unlock()
	select {
	case job := <-t.jobs:
		return job, true
	case <-home:
		if r.leave(t) {
			return "", false
		}
		return <-t.jobs, true
	}
}

// leave takes a taxi out of the rank, and reports whether it was there.
func (r *Rank) leave(t *taxi) bool {
	mu.Lock()
	defer mu.Unlock()
	i := slices.Index(taxis, t)
	if i < 0 {
		return false
	}
	taxis = slices.Delete(taxis, i, i+1)
	return true
}

// Order gives a job to the driver who has waited longest, and returns his name. If
// nobody waits, it returns false.
func (r *Rank) Order(job string) (driver string, ok bool) {
	mu.Lock()
	defer mu.Unlock()
	if len(taxis) == 0 {
		return "", false
	}
	first := taxis[0]
	taxis = taxis[1:]
	first.jobs <- job
	return first.driver, true
}

// Waiting returns how many drivers wait.
func (r *Rank) Waiting() int {
	mu.Lock()
	defer mu.Unlock()
	return len(taxis)
}
