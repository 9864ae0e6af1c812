// Rejected: deadlock
// Feedback: While one gate scans, the board waits for it with the locks of other gates
// in its hand, so that nobody gets in there either.

package stadium

import "sync"

// Scan reads a ticket at the turnstile of a gate and says whether it is valid.
// It asks the ticket office over the network, which takes a while. Scans at
// different gates may run at the same time.
type Scan func(gate int, ticket string) bool

// Stadium is a stadium on the day of a match.
type Stadium struct {
	capacity int
	scan     Scan
	gates    []*Gate

	mu     sync.Mutex // is held, with the gate's, when inside changes
	inside int        // visitors inside, whichever gate they came through
}

// Gate is one of the gates of a stadium.
type Gate struct {
	stadium *Stadium
	number  int

	mu       sync.Mutex
	admitted int // visitors let in through this gate
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
// the stadium is full. A gate has one turnstile, and the next ticket is scanned
// when the visitor before is through.
func (g *Gate) Enter(ticket string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.stadium
	if !s.scan(g.number, ticket) {
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

// Leave lets a visitor out, through any gate.
func (g *Gate) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stadium.mu.Lock()
	defer g.stadium.mu.Unlock()
	g.stadium.inside--
}

// Inside says how many visitors are in the stadium: the number on the board.
func (s *Stadium) Inside() int {
	for _, g := range s.gates {
		g.mu.Lock()
		defer g.mu.Unlock()
	}
	return s.inside
}

// Close ends the day. It returns how many visitors each gate has let in. Nobody
// is at a gate any more by then, and nothing is asked of the stadium afterwards.
func (s *Stadium) Close() []int {
	admitted := make([]int, len(s.gates))
	for i, g := range s.gates {
		g.mu.Lock()
		admitted[i] = g.admitted
		g.mu.Unlock()
	}
	return admitted
}
