// Rejected: wrong-result
// Feedback: One goroutine for each letter leaves nobody behind, but the room has only so many carriers, and now any number of letters is on the way at once.

package mailroom

import "sync"

// A Room is a mail room that is open for the day.
type Room struct {
	deliver func(letter string)
	pending sync.WaitGroup // letters posted and not delivered yet
}

// Open opens a mail room.
func Open(carriers int, deliver func(letter string)) *Room {
	return &Room{deliver: deliver}
}

// Post hands in a letter and does not wait for its delivery.
func (r *Room) Post(letter string) {
	r.pending.Go(func() { r.deliver(letter) })
}

// Close ends the day and returns when every letter has been delivered.
func (r *Room) Close() {
	r.pending.Wait()
}
