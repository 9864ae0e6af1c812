// Accepted: one lock of the stadium guards all the numbers, the gates' too; a gate
// keeps only its turnstile, a channel with room for one visitor.

package stadium

import (
	"slices"
	"sync"
)

// Scan reads a ticket at the turnstile of a gate and says whether it is valid.
// It asks the ticket office over the network, which takes a while. Scans at
// different gates may run at the same time.
type Scan func(gate int, ticket string) bool

// Stadium is a stadium on the day of a match.
type Stadium struct {
	capacity int
	scan     Scan
	gates    []*Gate

	mu       sync.Mutex // guards inside and admitted
	inside   int        // visitors inside, whichever gate they came through
	admitted []int      // visitors let in, by gate
}

// Gate is one of the gates of a stadium.
type Gate struct {
	stadium *Stadium
	number  int

	turnstile chan struct{} // holds a value while a visitor is at it
}

// Open opens a stadium with that many gates, numbered from 0.
func Open(capacity, gates int, scan Scan) *Stadium {
	s := &Stadium{capacity: capacity, scan: scan, admitted: make([]int, gates)}
	for i := range gates {
		s.gates = append(s.gates, &Gate{stadium: s, number: i, turnstile: make(chan struct{}, 1)})
	}
	return s
}

// Gate returns the gate of that number.
func (s *Stadium) Gate(number int) *Gate {
	return s.gates[number]
}

// Enter lets a visitor in and returns true, unless the ticket is not valid or
// the stadium is full. A gate has one turnstile, and the next ticket is scanned
// when the visitor before is through.
func (g *Gate) Enter(ticket string) bool {
	g.turnstile <- struct{}{}
	defer func() { <-g.turnstile }()
	return g.stadium.scan(g.number, ticket) && g.stadium.takeSeat(g.number)
}

// takeSeat takes a seat, if one is free, for a visitor at that gate.
func (s *Stadium) takeSeat(gate int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inside == s.capacity {
		return false
	}
	s.inside++
	s.admitted[gate]++
	return true
}

// Leave lets a visitor out, through any gate.
func (g *Gate) Leave() {
	s := g.stadium
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inside--
}

// Inside says how many visitors are in the stadium: the number on the board.
func (s *Stadium) Inside() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inside
}

// Close ends the day. It returns how many visitors each gate has let in. Nobody
// is at a gate any more by then, and nothing is asked of the stadium afterwards.
func (s *Stadium) Close() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.admitted)
}
