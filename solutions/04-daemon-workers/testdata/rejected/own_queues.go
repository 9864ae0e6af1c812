// Rejected: wrong-result
// Feedback: Letters are dealt out to the carriers in turn, also to one that is held up, while others have nothing to do.

package mailroom

import (
	"sync"
)

type Room struct {
	queues  []chan string
	mu      sync.Mutex
	next    int
	working sync.WaitGroup
}

func Open(carriers int, deliver func(letter string)) *Room {
	r := &Room{}
	for range carriers {
		q := make(chan string, 16)
		r.queues = append(r.queues, q)
		r.working.Go(func() {
			for letter := range q {
				deliver(letter)
			}
		})
	}
	return r
}

func (r *Room) Post(letter string) {
	r.mu.Lock()
	q := r.queues[r.next%len(r.queues)]
	r.next++
	r.mu.Unlock()
	q <- letter
}

func (r *Room) Close() {
	for _, q := range r.queues {
		close(q)
	}
	r.working.Wait()
}
