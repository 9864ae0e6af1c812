// Accepted: each taxi has an atomic state, and who changes it first, the driver or the control room, has decided.

package taxis

import (
	"sync"
	"sync/atomic"
)

type Rank struct {
	mu    sync.Mutex
	taxis []*taxi // some of which may have gone
	n     int     // who has not
}

type taxi struct {
	driver string
	taken  atomic.Bool // he was given a job, or goes home
	jobs   chan string
}

func New() *Rank { return new(Rank) }

func (r *Rank) Wait(driver string, home <-chan struct{}) (job string, ok bool) {
	t := &taxi{driver: driver, jobs: make(chan string, 1)}
	r.mu.Lock()
	r.taxis = append(r.taxis, t)
	r.n++
	r.mu.Unlock()
	select {
	case job = <-t.jobs:
		return job, true
	case <-home:
	}
	r.mu.Lock()
	goes := t.taken.CompareAndSwap(false, true)
	if goes {
		r.n--
	}
	r.mu.Unlock()
	if goes {
		return "", false
	}
	return <-t.jobs, true
}

func (r *Rank) Order(job string) (driver string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.taxis) > 0 {
		t := r.taxis[0]
		r.taxis = r.taxis[1:]
		if t.taken.CompareAndSwap(false, true) {
			r.n--
			t.jobs <- job
			return t.driver, true
		}
	}
	return "", false
}

func (r *Rank) Waiting() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}
