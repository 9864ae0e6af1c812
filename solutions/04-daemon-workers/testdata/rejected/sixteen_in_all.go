// Rejected: deadlock
// Feedback: The letters that are on the way take up room in the queue: while carriers are held up, fewer than 16 more can be posted.

package mailroom

import (
	"sync"
)

type Room struct {
	room    chan struct{}
	walking chan struct{}
	deliver func(string)
	pending sync.WaitGroup
}

func Open(carriers int, deliver func(letter string)) *Room {
	return &Room{room: make(chan struct{}, 16), walking: make(chan struct{}, carriers), deliver: deliver}
}

func (r *Room) Post(letter string) {
	r.room <- struct{}{}
	r.pending.Go(func() {
		r.walking <- struct{}{}
		r.deliver(letter)
		<-r.walking
		<-r.room
	})
}

func (r *Room) Close() { r.pending.Wait() }
