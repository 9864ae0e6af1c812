// Rejected: data-race
// Feedback: There is one queue for all rooms: the carriers of one take the letters of another, and the room that closes first closes it for everybody.

// Package mailroom delivers letters with a fixed number of carriers.
package mailroom

import "sync"

// backlog is how many letters may lie in the queue before Post has to wait.
const backlog = 16

// queue holds the letters that wait for a carrier.
var queue chan string

// A Room is a mail room that is open for the day. Several may be open at once.
type Room struct {
	deliver func(letter string)
	working sync.WaitGroup // carriers whose day has not ended yet
}

// Open opens a mail room with so many carriers. Each of them takes a letter,
// walks to the addressee (that is what deliver does) and comes back for the
// next one. Up to carriers calls of deliver are on the way at the same time.
func Open(carriers int, deliver func(letter string)) *Room {
	queue = make(chan string, backlog)
	r := &Room{deliver: deliver}
	for range carriers {
		r.working.Go(r.carry)
	}
	return r
}

// carry is the working day of one carrier.
func (r *Room) carry() {
	for letter := range queue {
		r.deliver(letter)
	}
}

// Post hands in a letter, any text, and does not wait for its delivery. When 16
// letters lie in the queue, it waits until there is room for one more. Several
// goroutines may post at the same time, until the room is closed.
func (r *Room) Post(letter string) {
	queue <- letter
}

// Close ends the day. It is called once, after the last Post, and returns when
// every letter has been delivered.
func (r *Room) Close() {
	close(queue)
	r.working.Wait()
}
