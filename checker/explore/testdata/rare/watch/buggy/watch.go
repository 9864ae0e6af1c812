// Rare: goroutine-leak
// Native: 0 of 100 runs.
// Watch asks whether the topic is closed before it takes the lock. If Close runs
// in between, the new watcher's channel is one that nobody closes.

// Package watch tells watchers what happens to a topic.
package watch

import (
	"sync"
	"sync/atomic"
)

// Topic has watchers until it is closed.
type Topic struct {
	closed   atomic.Bool
	mu       sync.Mutex
	watchers []chan string
}

// Watch returns a channel that gets the news. It is closed when the topic is.
func (t *Topic) Watch() <-chan string {
	news := make(chan string, 4)
	if t.closed.Load() {
		close(news)
		return news
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.watchers = append(t.watchers, news)
	return news
}

// Close tells all watchers that nothing more will happen.
func (t *Topic) Close() {
	t.closed.Store(true)
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, news := range t.watchers {
		news <- "closed"
		close(news)
	}
	t.watchers = nil
}
