// Right: the flag and the watchers are read and changed under the same lock, so a
// watcher is either there for Close to see, or sees that the topic is closed.

// Package watch tells watchers what happens to a topic.
package watch

import "sync"

// Topic has watchers until it is closed.
type Topic struct {
	mu       sync.Mutex
	closed   bool
	watchers []chan string
}

// Watch returns a channel that gets the news. It is closed when the topic is.
func (t *Topic) Watch() <-chan string {
	news := make(chan string, 4)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		close(news)
		return news
	}
	t.watchers = append(t.watchers, news)
	return news
}

// Close tells all watchers that nothing more will happen.
func (t *Topic) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	for _, news := range t.watchers {
		news <- "closed"
		close(news)
	}
	t.watchers = nil
}
