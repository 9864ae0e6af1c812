// Accepted: no standing carriers; a goroutine for each letter, and a semaphore that lets so many of them walk at a time.

package mailroom

import "sync"

// A Room is a mail room that is open for the day.
type Room struct {
	walking chan struct{} // holds a token for each delivery on the way
	deliver func(letter string)
	pending sync.WaitGroup
}

// Open opens a mail room with so many carriers.
func Open(carriers int, deliver func(letter string)) *Room {
	return &Room{walking: make(chan struct{}, carriers), deliver: deliver}
}

// Post hands in a letter and does not wait for its delivery.
func (r *Room) Post(letter string) {
	r.pending.Go(func() {
		r.walking <- struct{}{}
		defer func() { <-r.walking }()
		r.deliver(letter)
	})
}

// Close ends the day and returns when every letter has been delivered.
func (r *Room) Close() {
	r.pending.Wait()
}
