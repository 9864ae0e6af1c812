// Rejected: wrong-result
// Feedback: After a time Close returns although a letter is still on the way: it has to wait however long that takes.

package mailroom

import (
	"sync"
	"time"
)

// backlog is how many letters may lie in the queue before Post has to wait.
const backlog = 16

// A Room is a mail room that is open for the day. Several may be open at once.
type Room struct {
	queue   chan string
	deliver func(letter string)
	working sync.WaitGroup // carriers whose day has not ended yet
}

// Open opens a mail room with so many carriers. Each of them takes a letter,
// walks to the addressee (that is what deliver does) and comes back for the
// next one. Up to carriers calls of deliver are on the way at the same time.
func Open(carriers int, deliver func(letter string)) *Room {
	r := &Room{
		queue:   make(chan string, backlog),
		deliver: deliver,
	}
	for range carriers {
		r.working.Go(r.carry)
	}
	return r
}

// carry is the working day of one carrier. It ends when the queue has been
// closed and is empty: range still takes what was posted before.
func (r *Room) carry() {
	for letter := range r.queue {
		r.deliver(letter)
	}
}

// Post hands in a letter, any text, and does not wait for its delivery. When 16
// letters lie in the queue, it waits until there is room for one more. Several
// goroutines may post at the same time, until the room is closed.
func (r *Room) Post(letter string) {
	r.queue <- letter
}

// Close ends the day. It is called once, after the last Post, and returns when
// every letter has been delivered.
func (r *Room) Close() {
	// Closing reaches all carriers at once, however many there are, and is safe
	// here because nobody posts any more.
	close(r.queue)
	done := make(chan struct{})
	go func() {
		r.working.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Minute):
	}
}
