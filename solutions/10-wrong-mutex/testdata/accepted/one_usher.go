// Accepted: an usher's goroutine alone knows how many are inside; the gates and
// the board ask for it over channels, and Close sends the usher home.

package stadium

import "sync"

// Scan reads a ticket at the turnstile of a gate and says whether it is valid.
// It asks the ticket office over the network, which takes a while. Scans at
// different gates may run at the same time.
type Scan func(gate int, ticket string) bool

// Stadium is a stadium on the day of a match.
type Stadium struct {
	scan  Scan
	gates []*Gate

	enter chan chan bool // asks for a seat
	leave chan struct{}
	board chan int
	home  chan struct{} // closed at the end of the day
}

// Gate is one of the gates of a stadium.
type Gate struct {
	stadium *Stadium
	number  int

	mu       sync.Mutex // guards the turnstile and admitted
	admitted int        // visitors let in through this gate
}

// Open opens a stadium with that many gates, numbered from 0.
func Open(capacity, gates int, scan Scan) *Stadium {
	s := &Stadium{
		scan:  scan,
		enter: make(chan chan bool),
		leave: make(chan struct{}),
		board: make(chan int),
		home:  make(chan struct{}),
	}
	go s.usher(capacity)
	for i := range gates {
		s.gates = append(s.gates, &Gate{stadium: s, number: i})
	}
	return s
}

// usher counts until the day ends.
func (s *Stadium) usher(capacity int) {
	inside := 0
	for {
		select {
		case answer := <-s.enter:
			room := inside < capacity
			if room {
				inside++
			}
			answer <- room
		case <-s.leave:
			inside--
		case s.board <- inside:
		case <-s.home:
			return
		}
	}
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
	if !g.stadium.scan(g.number, ticket) || !g.stadium.takeSeat() {
		return false
	}
	g.admitted++
	return true
}

// takeSeat takes a seat if one is free.
func (s *Stadium) takeSeat() bool {
	answer := make(chan bool)
	s.enter <- answer
	return <-answer
}

// Leave lets a visitor out, through any gate.
func (g *Gate) Leave() {
	g.stadium.leave <- struct{}{}
}

// Inside says how many visitors are in the stadium: the number on the board.
func (s *Stadium) Inside() int {
	return <-s.board
}

// Close ends the day. It returns how many visitors each gate has let in. Nobody
// is at a gate any more by then, and nothing is asked of the stadium afterwards.
func (s *Stadium) Close() []int {
	close(s.home)
	admitted := make([]int, len(s.gates))
	for i, g := range s.gates {
		g.mu.Lock()
		admitted[i] = g.admitted
		g.mu.Unlock()
	}
	return admitted
}
