// Rejected: wrong-result
// Feedback: Each of the two numbers is right at any time, but they are changed at two moments, and who counts may come in between.

package bikes

import "sync/atomic"

type Station struct {
	name  string
	bikes atomic.Int64
}

func New(name string, n int) *Station {
	s := &Station{name: name}
	s.bikes.Store(int64(n))
	return s
}

func (s *Station) Name() string { return s.name }

func Move(from, to *Station, n int, load func()) bool {
	for {
		there := from.bikes.Load()
		if there < int64(n) {
			return false
		}
		if from.bikes.CompareAndSwap(there, there-int64(n)) {
			break
		}
	}
	load()
	to.bikes.Add(int64(n))
	return true
}

func Count(stations ...*Station) int {
	total := 0
	for _, s := range stations {
		total += int(s.bikes.Load())
	}
	return total
}
