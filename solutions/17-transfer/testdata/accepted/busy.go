// Accepted: one lock for a moment; a station is busy for as long as somebody works there, and who needs it waits for all of his at once.

package bikes

import "sync"

var (
	books   sync.Mutex
	changed = sync.NewCond(&books)
)

type Station struct {
	name  string
	bikes int
	busy  bool
}

func New(name string, n int) *Station { return &Station{name: name, bikes: n} }

func (s *Station) Name() string { return s.name }

func Move(from, to *Station, n int, load func()) bool {
	books.Lock()
	defer books.Unlock()
	for from.busy || to.busy {
		changed.Wait()
	}
	if from.bikes < n {
		return false
	}
	from.busy, to.busy = true, true
	books.Unlock()
	load()
	books.Lock()
	from.bikes -= n
	to.bikes += n
	from.busy, to.busy = false, false
	changed.Broadcast()
	return true
}

// Count need not wait: until the van has them, the bicycles are booked where they were.
func Count(stations ...*Station) int {
	books.Lock()
	defer books.Unlock()
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
