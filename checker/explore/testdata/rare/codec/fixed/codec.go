// Right: under a lock the codec is looked up until there is one, so a failure is
// not for ever.

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
	mu       sync.Mutex
	codec    *Codec
}

// Encode encodes one byte. It fails while the codec is not registered.
func (s *Stream) Encode(b byte) (byte, error) {
	c, err := s.open()
	if err != nil {
		return 0, err
	}
	return b ^ c.Key, nil
}

func (s *Stream) open() (c *Codec, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("open: %v", why)
		}
	}()
	if s.codec == nil {
		s.codec = s.Registry.find(s.Name)
	}
	return s.codec, nil
}
