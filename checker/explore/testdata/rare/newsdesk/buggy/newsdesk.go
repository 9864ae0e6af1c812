// Rare: deadlock
// Native: 0 of 100 runs.
// Publish sends with the lock held. A reader that has read enough and is about to
// leave no longer receives: if a last message gets the lock first, its sender
// waits for the reader, and the reader waits for the lock.

// Package newsdesk sends news to everybody who reads them.
package newsdesk

import (
	"slices"
	"sync"
)

// Desk knows its readers.
type Desk struct {
	mu      sync.Mutex
	readers []*Reader
}

// Reader gets all news until it leaves.
type Reader struct {
	desk *Desk
	news chan string
}

// Subscribe returns a new reader.
func (d *Desk) Subscribe() *Reader {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := &Reader{desk: d, news: make(chan string)}
	d.readers = append(d.readers, r)
	return r
}

// Publish hands text to every reader.
func (d *Desk) Publish(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.readers {
		r.news <- text
	}
}

// ReadUntil reads up to the text last, leaves, and returns how many it has read.
func (r *Reader) ReadUntil(last string) int {
	for n := 1; ; n++ {
		if <-r.news == last {
			r.leave()
			return n
		}
	}
}

func (r *Reader) leave() {
	r.desk.mu.Lock()
	defer r.desk.mu.Unlock()
	r.desk.readers = slices.DeleteFunc(r.desk.readers, func(other *Reader) bool { return other == r })
}
