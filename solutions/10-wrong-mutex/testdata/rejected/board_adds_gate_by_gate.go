// Rejected: wrong-result
// Feedback: Every gate's number is right when the board reads it, but not all at
// the same time: a visitor can walk out at a gate that is read later.

package stadium

import "sync"

// Scan reads a ticket at the turnstile of a gate and says whether it is valid.
type Scan func(gate int, ticket string) bool

// Stadium is a stadium on the day of a match, with visitors of its own.
type Stadium struct {
	capacity int
	scan     Scan
	gates    []*Gate
}

// Gate is one of the gates of a stadium.
type Gate struct {
	stadium *Stadium
	number  int

	turnstile sync.Mutex

	mu       sync.Mutex
	inside   int // those who came in here, less those who went out here
	admitted int
}

// Open opens a stadium with that many gates, numbered from 0.
func Open(capacity, gates int, scan Scan) *Stadium {
	s := &Stadium{capacity: capacity, scan: scan}
	for i := range gates {
		s.gates = append(s.gates, &Gate{stadium: s, number: i})
	}
	return s
}

// Gate returns the gate of that number.
func (s *Stadium) Gate(number int) *Gate {
	return s.gates[number]
}

// Enter lets a visitor in and returns true, unless the ticket is not valid or
// the stadium is full.
func (g *Gate) Enter(ticket string) bool {
	g.turnstile.Lock()
	defer g.turnstile.Unlock()
	if !g.stadium.scan(g.number, ticket) {
		return false
	}
	inside := 0
	for _, other := range g.stadium.gates { // all of them, so nobody comes in between
		other.mu.Lock()
		defer other.mu.Unlock()
		inside += other.inside
	}
	if inside == g.stadium.capacity {
		return false
	}
	g.inside++
	g.admitted++
	return true
}

// Leave lets a visitor out, through any gate.
func (g *Gate) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
}

// Inside says how many visitors are in the stadium.
func (s *Stadium) Inside() int {
	inside := 0
	for _, g := range s.gates {
		g.mu.Lock()
		inside += g.inside
		g.mu.Unlock()
	}
	return inside
}

// Close ends the day. It returns how many visitors each gate has let in.
func (s *Stadium) Close() []int {
	admitted := make([]int, len(s.gates))
	for i, g := range s.gates {
		admitted[i] = g.admitted
	}
	return admitted
}
