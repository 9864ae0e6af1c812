package sandbox

import (
	"fmt"
	"sync"
)

// A capped buffer keeps the first and the last half of limit bytes: a panic
// stands at the end of an output, its cause often at the start.
type capped struct {
	mu      sync.Mutex
	limit   int // 0: keep all
	head    []byte
	tail    []byte
	total   int
	flooded chan<- struct{}
}

func newCapped(limit int, flooded chan<- struct{}) *capped {
	return &capped{limit: limit, flooded: flooded}
}

// Write never fails, so that the process never sees a closed pipe.
func (c *capped) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(p)
	before := c.total
	c.total += n
	if c.limit <= 0 {
		c.head = append(c.head, p...)
		return n, nil
	}
	if free := c.limit/2 - len(c.head); free > 0 {
		take := min(free, len(p))
		c.head, p = append(c.head, p[:take]...), p[take:]
	}
	c.tail = append(c.tail, p...)
	if over := len(c.tail) - c.limit/2; over > 0 {
		c.tail = append(c.tail[:0], c.tail[over:]...)
	}
	if flood := c.limit * outputFactor; before <= flood && c.total > flood {
		c.flooded <- struct{}{} // has room for one of each stream
	}
	return n, nil
}

// Bytes returns what was kept, with a note where something is missing.
func (c *capped) Bytes() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := append([]byte(nil), c.head...)
	if missing := c.total - len(c.head) - len(c.tail); missing > 0 {
		out = fmt.Appendf(out, "\n[racelab: %d bytes left out]\n", missing)
	}
	return append(out, c.tail...)
}
