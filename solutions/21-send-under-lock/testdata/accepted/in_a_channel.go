// Accepted: the row lies in a channel with room for one, and who has it has the rank for himself.

package taxis

import "slices"

type taxi struct {
	driver string
	jobs   chan string
}

type Rank struct{ row chan []taxi }

func New() *Rank {
	r := &Rank{row: make(chan []taxi, 1)}
	r.row <- nil
	return r
}

func (r *Rank) Wait(driver string, home <-chan struct{}) (job string, ok bool) {
	t := taxi{driver, make(chan string, 1)}
	r.row <- append(<-r.row, t)
	select {
	case job = <-t.jobs:
		return job, true
	case <-home:
	}
	row := <-r.row
	i := slices.Index(row, t)
	if i >= 0 {
		row = slices.Delete(row, i, i+1)
	}
	r.row <- row
	if i >= 0 {
		return "", false
	}
	return <-t.jobs, true
}

func (r *Rank) Order(job string) (driver string, ok bool) {
	row := <-r.row
	if len(row) == 0 {
		r.row <- row
		return "", false
	}
	row[0].jobs <- job
	r.row <- row[1:]
	return row[0].driver, true
}

func (r *Rank) Waiting() int {
	row := <-r.row
	defer func() { r.row <- row }()
	return len(row)
}
