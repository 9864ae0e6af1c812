// Rare: panic
// Native: 0 of 100 runs.
// Once runs its function once, even if that panics. If a stream is used before its
// codec is registered, it reports an error, as it should; but from then on it has
// no codec, and the next use is one of a nil pointer.

// Package codec writes streams with codecs that are registered by name.
package codec

import (
	"fmt"
	"sync"
)

// Codec encodes bytes.
type Codec struct {
	Key byte
}

// Registry holds the codecs by name.
type Registry struct {
	mu     sync.Mutex
	codecs map[string]*Codec
}

// Register adds a codec.
func (r *Registry) Register(name string, c *Codec) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.codecs == nil {
		r.codecs = map[string]*Codec{}
	}
	r.codecs[name] = c
}

// Len is how many codecs are registered.
func (r *Registry) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.codecs)
}

// find panics when there is no such codec.
func (r *Registry) find(name string) *Codec {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.codecs[name]
	if !ok {
		panic("no codec " + name)
	}
	return c
}

// Stream encodes with one codec, which it looks up when it is first used.
type Stream struct {
	Registry *Registry
	Name     string
	once     sync.Once
	codec    *Codec
}

// Encode encodes one byte. It fails while the codec is not registered.
func (s *Stream) Encode(b byte) (byte, error) {
	if err := s.open(); err != nil {
		return 0, err
	}
	return b ^ s.codec.Key, nil
}

func (s *Stream) open() (err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("open: %v", why)
		}
	}()
	s.once.Do(func() { s.codec = s.Registry.find(s.Name) })
	return nil
}
