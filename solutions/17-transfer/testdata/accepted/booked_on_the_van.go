// Accepted: the van books what it takes, so that nobody else does; the books change at one moment, under one lock, when it is loaded.

package bikes

import "sync"

var books sync.Mutex

type Station struct {
	name     string
	bikes    int
	promised int // to vans that are loading
}

func New(name string, n int) *Station { return &Station{name: name, bikes: n} }

func (s *Station) Name() string { return s.name }

func Move(from, to *Station, n int, load func()) bool {
	books.Lock()
	if from.bikes-from.promised < n {
		books.Unlock()
		return false
	}
	if from == to { // it takes none away
		books.Unlock()
		load()
		return true
	}
	from.promised += n
	books.Unlock()
	load()
	books.Lock()
	defer books.Unlock()
	from.promised -= n
	from.bikes -= n
	to.bikes += n
	return true
}

func Count(stations ...*Station) int {
	books.Lock()
	defer books.Unlock()
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
