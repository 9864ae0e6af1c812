package taxis_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	taxis "racelab/exercises/21-send-under-lock"
)

// comes has a driver come to the rank, behind n others, and returns when he is there.
func comes(r *taxis.Rank, n int, wait func()) {
	go wait()
	for r.Waiting() == n {
		time.Sleep(time.Millisecond)
	}
}

// A fleet is drivers who wait at one rank, and the jobs that they came back with.
type fleet struct {
	sync.WaitGroup
	mu   sync.Mutex
	jobs map[string]string // by driver; who drove home is not in it
}

// wait is what a driver does.
func (f *fleet) wait(r *taxis.Rank, driver string, home <-chan struct{}) {
	defer f.Done()
	if job, ok := r.Wait(driver, home); ok {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.jobs[driver] = job
	}
}

// has checks who came back with which job.
func (f *fleet) has(t *testing.T, want map[string]string) {
	t.Helper()
	f.Wait()
	if fmt.Sprint(f.jobs) != fmt.Sprint(want) {
		t.Errorf("the drivers have the jobs %v, and were given %v", f.jobs, want)
	}
}

// parked has drivers come to a rank, one after the other.
func parked(r *taxis.Rank, home <-chan struct{}, drivers ...string) *fleet {
	f := &fleet{jobs: map[string]string{}}
	for i, driver := range drivers {
		f.Add(1)
		comes(r, i, func() { f.wait(r, driver, home) })
	}
	return f
}

// orders checks that a job is given to a driver.
func orders(t *testing.T, r *taxis.Rank, job, want string) {
	t.Helper()
	if driver, ok := r.Order(job); driver != want || !ok {
		t.Errorf("%q is given to %q, %t; want %q, true", job, driver, ok, want)
	}
}

// empty checks that nobody waits.
func empty(t *testing.T, r *taxis.Rank) {
	t.Helper()
	if driver, ok := r.Order("to nobody"); ok {
		t.Errorf("nobody waits, and %q is given a job", driver)
	}
	if n := r.Waiting(); n != 0 {
		t.Errorf("nobody waits, and Waiting returns %d", n)
	}
}

// Who has waited longest is first.
func TestInTheOrderOfTheRank(t *testing.T) {
	r := taxis.New()
	empty(t, r)
	f := parked(r, nil, "Ada", "Ben", "Cem")
	orders(t, r, "airport", "Ada")
	orders(t, r, "hospital", "Ben")
	orders(t, r, "opera", "Cem")
	f.has(t, map[string]string{"Ada": "airport", "Ben": "hospital", "Cem": "opera"})
	t.Attr("jobs", fmt.Sprint(f.jobs))
	empty(t, r)
}

// Who has gone home is given no job.
func TestGoneHome(t *testing.T) {
	r := taxis.New()
	home := make(chan struct{})
	f := parked(r, home, "Ada", "Ben")
	close(home)
	f.has(t, map[string]string{})
	empty(t, r)
	orders(t, r, "opera", parkedAlone(r, "Cem"))
}

// parkedAlone has a driver come to an empty rank.
func parkedAlone(r *taxis.Rank, driver string) string {
	comes(r, 0, func() { r.Wait(driver, nil) })
	return driver
}

// At five o'clock the shift ends, and just then somebody calls.
func TestFiveOClock(t *testing.T) {
	r := taxis.New()
	home := make(chan struct{})
	f := parked(r, home, "Ada", "Ben", "Cem")
	given := map[string]string{}
	close(home)
	for _, job := range []string{"airport", "opera"} {
		if driver, ok := r.Order(job); ok {
			given[driver] = job
		}
	}
	f.has(t, given)
	empty(t, r)
}

// Two rooms give jobs to the drivers of one rank, and a third driver comes meanwhile.
func TestTwoRooms(t *testing.T) {
	r := taxis.New()
	home := make(chan struct{})
	f := parked(r, home, "Ada", "Ben")
	var rooms sync.WaitGroup
	var told [2]string
	for i := range told {
		rooms.Go(func() { told[i], _ = r.Order(fmt.Sprint("job ", i)) })
	}
	rooms.Wait()
	slices.Sort(told[:])
	if told != [...]string{"Ada", "Ben"} {
		t.Errorf("two wait, and two jobs are given to %q", told)
	}
	close(home)
	f.Wait()
	if len(f.jobs) != 2 || f.jobs["Ada"] == f.jobs["Ben"] {
		t.Errorf("the drivers have the jobs %v", f.jobs)
	}
}

// Each station has a rank.
func TestTwoStations(t *testing.T) {
	north, south := taxis.New(), taxis.New()
	f := parked(north, nil, "Ada")
	empty(t, south)
	g := parked(south, nil, "Ben")
	orders(t, north, "opera", "Ada")
	orders(t, south, "airport", "Ben")
	f.has(t, map[string]string{"Ada": "opera"})
	g.has(t, map[string]string{"Ben": "airport"})
}
