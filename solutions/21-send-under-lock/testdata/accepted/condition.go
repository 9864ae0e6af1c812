// Accepted: a sync.Cond; a goroutine of each driver waits for home to be closed, and ends with his Wait.

package taxis

import (
	"slices"
	"sync"
)

type Rank struct {
	mu      sync.Mutex
	changed *sync.Cond
	taxis   []*taxi
}

type taxi struct {
	driver, job string
	given, home bool
}

func New() *Rank {
	r := new(Rank)
	r.changed = sync.NewCond(&r.mu)
	return r
}

func (r *Rank) Wait(driver string, home <-chan struct{}) (job string, ok bool) {
	t := &taxi{driver: driver}
	over := make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-home:
			r.mu.Lock()
			t.home = true
			r.mu.Unlock()
			r.changed.Broadcast()
		case <-over:
		}
	}()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taxis = append(r.taxis, t)
	for !t.given && !t.home {
		r.changed.Wait()
	}
	if !t.given {
		r.taxis = slices.DeleteFunc(r.taxis, func(o *taxi) bool { return o == t })
	}
	return t.job, t.given
}

func (r *Rank) Order(job string) (driver string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.taxis) == 0 {
		return "", false
	}
	t := r.taxis[0]
	r.taxis = r.taxis[1:]
	t.job, t.given = job, true
	r.changed.Broadcast()
	return t.driver, true
}

func (r *Rank) Waiting() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.taxis)
}
