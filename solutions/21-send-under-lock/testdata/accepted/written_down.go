// Accepted: the job is written into the taxi, under the lock, and a channel that is closed tells the driver.

package taxis

import (
	"slices"
	"sync"
)

type Rank struct {
	mu    sync.Mutex
	taxis []*taxi
}

type taxi struct {
	driver, job string
	given       chan struct{} // closed when job is there
}

func New() *Rank { return new(Rank) }

func (r *Rank) Wait(driver string, home <-chan struct{}) (job string, ok bool) {
	t := &taxi{driver: driver, given: make(chan struct{})}
	r.mu.Lock()
	r.taxis = append(r.taxis, t)
	r.mu.Unlock()
	select {
	case <-t.given:
	case <-home:
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(r.taxis, t); i >= 0 {
		r.taxis = slices.Delete(r.taxis, i, i+1)
		return "", false
	}
	return t.job, true
}

func (r *Rank) Order(job string) (driver string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.taxis) == 0 {
		return "", false
	}
	t := r.taxis[0]
	r.taxis = r.taxis[1:]
	t.job = job
	close(t.given)
	return t.driver, true
}

func (r *Rank) Waiting() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.taxis)
}
