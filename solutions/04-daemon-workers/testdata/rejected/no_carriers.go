// Rejected: deadlock
// Feedback: Without carriers nobody is left behind, but now Post walks to each door itself, one letter after the other: the room must have as many on the way as it has carriers.

package mailroom

import "sync"

// A Room is a mail room that is open for the day.
type Room struct {
	walking sync.Mutex
	deliver func(letter string)
}

// Open opens a mail room.
func Open(carriers int, deliver func(letter string)) *Room {
	return &Room{deliver: deliver}
}

// Post delivers a letter.
func (r *Room) Post(letter string) {
	r.walking.Lock()
	defer r.walking.Unlock()
	r.deliver(letter)
}

// Close ends the day.
func (r *Room) Close() {}
