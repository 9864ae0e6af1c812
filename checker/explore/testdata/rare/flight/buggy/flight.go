// Rare: wrong-result
// Native: 0 of 100 runs.
// The call is forgotten before its answer is kept. Who asks between the two
// finds neither, and loads the same key again.

// Package flight is a cache that loads each key once, however many ask for it
// at the same time.
package flight

import "sync"

// Cache holds what load returned, by key.
type Cache struct {
	load  func(key string) string
	mu    sync.Mutex
	kept  map[string]string
	calls map[string]*call
}

// call is a load that is under way. Once done is closed, value does not change.
type call struct {
	done  chan struct{}
	value string
}

// New returns an empty cache.
func New(load func(key string) string) *Cache {
	return &Cache{load: load, kept: map[string]string{}, calls: map[string]*call{}}
}

// Get returns the value of key and loads it the first time.
func (c *Cache) Get(key string) string {
	c.mu.Lock()
	if value, ok := c.kept[key]; ok {
		c.mu.Unlock()
		return value
	}
	if other, ok := c.calls[key]; ok {
		c.mu.Unlock()
		<-other.done
		return other.value
	}
	mine := &call{done: make(chan struct{})}
	c.calls[key] = mine
	c.mu.Unlock()

	mine.value = c.load(key)
	close(mine.done)
	c.forget(key)
	c.keep(key, mine.value)
	return mine.value
}

func (c *Cache) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.calls, key)
}

func (c *Cache) keep(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept[key] = value
}
