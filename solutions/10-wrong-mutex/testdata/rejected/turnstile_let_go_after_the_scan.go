// Rejected: wrong-result
// Feedback: The next ticket is scanned before the visitor before is through, and its
// visitor can get the last seat.

package stadium

import "sync"

// Stadium is a stadium on the day of a match.
type Stadium struct {
	capacity int
	scan     Scan
	gates    []*Gate
	mu       sync.Mutex
	inside   int
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
	s := g.stadium
	g.mu.Lock()
	ok := s.scan(g.number, ticket)
	g.mu.Unlock()
	if !ok {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inside == s.capacity {
		return false
	}
	s.inside++
	g.admitted++
	return true
}

// Gate returns the gate of that number.
func (s *Stadium) Gate(number int) *Gate { return s.gates[number] }

// Leave lets a visitor out, through any gate.
func (g *Gate) Leave() {
	g.stadium.mu.Lock()
	defer g.stadium.mu.Unlock()
	g.stadium.inside--
}

// Inside says how many visitors are in the stadium: the number on the board.
func (s *Stadium) Inside() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inside
}

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
