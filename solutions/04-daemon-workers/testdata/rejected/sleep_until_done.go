// Rejected: data-race
// Feedback: Close hopes that a pause is long enough for the last deliveries; a pause orders nothing, Close must wait for the carriers themselves.

// Package mailroom delivers letters with a fixed number of carriers.
package mailroom

import "time"

// backlog is how many letters may lie in the queue before Post has to wait.
const backlog = 16

// A Room is a mail room that is open for the day.
type Room struct {
	queue   chan string
	deliver func(letter string)
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
		go r.carry()
	}
	return r
}

// carry is the working day of one carrier.
func (r *Room) carry() {
	for letter := range r.queue {
		r.deliver(letter)
	}
}

// Post hands in a letter, any text, and does not wait for its delivery. Several
// goroutines may post at the same time, until the room is closed.
func (r *Room) Post(letter string) {
	r.queue <- letter
}

// Close ends the day. It is called once, after the last Post, and returns when
// every letter has been delivered.
func (r *Room) Close() {
	close(r.queue)
	time.Sleep(50 * time.Millisecond) // until the last carrier is back
}
