// Accepted: a carrier starts when there is a letter and not all are walking, and ends when there is none.

package mailroom

import (
	"sync"
)

type Room struct {
	mu       sync.Mutex
	letters  []string
	walking  int
	carriers int
	deliver  func(string)
	home     sync.Cond
}

func Open(carriers int, deliver func(letter string)) *Room {
	r := &Room{carriers: carriers, deliver: deliver}
	r.home.L = &r.mu
	return r
}

func (r *Room) Post(letter string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.letters = append(r.letters, letter)
	if r.walking < r.carriers {
		r.walking++
		go r.walk()
	}
}

func (r *Room) walk() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.letters) > 0 {
		letter := r.letters[0]
		r.letters = r.letters[1:]
		r.mu.Unlock()
		r.deliver(letter)
		r.mu.Lock()
	}
	r.walking--
	r.home.Broadcast()
}

func (r *Room) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.walking > 0 {
		r.home.Wait()
	}
}
