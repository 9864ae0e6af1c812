// Accepted: the queue is a slice; carriers wait on a condition variable for a letter or for the end of the day.

package mailroom

import "sync"

// A Room is a mail room that is open for the day.
type Room struct {
	deliver func(letter string)
	working sync.WaitGroup

	mu      sync.Mutex
	changed sync.Cond // its lock is mu
	letters []string
	closed  bool
}

// Open opens a mail room with so many carriers.
func Open(carriers int, deliver func(letter string)) *Room {
	r := &Room{deliver: deliver}
	r.changed.L = &r.mu
	for range carriers {
		r.working.Go(r.carry)
	}
	return r
}

func (r *Room) carry() {
	for {
		letter, ok := r.next()
		if !ok {
			return
		}
		r.deliver(letter)
	}
}

// next waits for a letter; ok is false at the end of the day.
func (r *Room) next() (letter string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.letters) == 0 && !r.closed {
		r.changed.Wait()
	}
	if len(r.letters) == 0 {
		return "", false
	}
	letter, r.letters = r.letters[0], r.letters[1:]
	return letter, true
}

// Post hands in a letter and does not wait for its delivery.
func (r *Room) Post(letter string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.letters = append(r.letters, letter)
	r.changed.Signal()
}

// Close ends the day and returns when every letter has been delivered.
func (r *Room) Close() {
	r.mu.Lock()
	r.closed = true
	r.changed.Broadcast()
	r.mu.Unlock()
	r.working.Wait()
}
