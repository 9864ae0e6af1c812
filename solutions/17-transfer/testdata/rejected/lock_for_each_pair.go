// Rejected: data-race
// Feedback: A lock for each pair keeps apart those who drive between the same two stations, and not those who have one of them in common.

package bikes

import "sync"

type Station struct {
	name  string
	bikes int
}

var (
	mu    sync.Mutex
	pairs = map[[2]*Station]*sync.Mutex{}
)

func New(name string, n int) *Station { return &Station{name: name, bikes: n} }

func (s *Station) Name() string { return s.name }

func between(s, t *Station) *sync.Mutex {
	mu.Lock()
	defer mu.Unlock()
	if pairs[[2]*Station{s, t}] == nil {
		pair := new(sync.Mutex)
		pairs[[2]*Station{s, t}], pairs[[2]*Station{t, s}] = pair, pair
	}
	return pairs[[2]*Station{s, t}]
}

func Move(from, to *Station, n int, load func()) bool {
	pair := between(from, to)
	pair.Lock()
	defer pair.Unlock()
	if from.bikes < n {
		return false
	}
	load()
	from.bikes -= n
	to.bikes += n
	return true
}

func Count(stations ...*Station) int {
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
