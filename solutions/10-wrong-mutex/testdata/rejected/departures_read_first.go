// Rejected: wrong-result
// Feedback: The board reads how many have left, then how many have come. Who leaves in
// between is still inside for the board, and the next one who comes is, too.

package stadium

import (
	"sync"
	"sync/atomic"
)

// Stadium is a stadium on the day of a match.
type Stadium struct {
	capacity int
	scan     Scan
	gates    []*Gate
	mu       sync.Mutex
	in, out  atomic.Int64
}

// Gate is one of the gates of a stadium.
type Gate struct {
	stadium  *Stadium
	number   int
	mu       sync.Mutex
	admitted int
}

// Scan reads a ticket at the turnstile of a gate and says whether it is valid.
type Scan func(gate int, ticket string) bool

// Open opens a stadium with that many gates, numbered from 0.
func Open(capacity, gates int, scan Scan) *Stadium {
	s := &Stadium{capacity: capacity, scan: scan}
	for i := range gates {
		s.gates = append(s.gates, &Gate{stadium: s, number: i})
	}
	return s
}

// Enter lets a visitor in, unless the ticket is not valid or the stadium is full.
func (g *Gate) Enter(ticket string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.stadium
	if !s.scan(g.number, ticket) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.in.Load()-s.out.Load() >= int64(s.capacity) {
		return false
	}
	s.in.Add(1)
	g.admitted++
	return true
}

// Leave lets a visitor out, through any gate.
func (g *Gate) Leave() { g.stadium.out.Add(1) }

// Inside says how many visitors are in the stadium: the number on the board.
func (s *Stadium) Inside() int { out := s.out.Load(); return int(s.in.Load() - out) }

// Gate returns the gate of that number.
func (s *Stadium) Gate(number int) *Gate { return s.gates[number] }

// Close ends the day. It returns how many visitors each gate has let in.
func (s *Stadium) Close() []int {
	admitted := make([]int, len(s.gates))
	for i, g := range s.gates {
		g.mu.Lock()
		admitted[i] = g.admitted
		g.mu.Unlock()
	}
	return admitted
}
