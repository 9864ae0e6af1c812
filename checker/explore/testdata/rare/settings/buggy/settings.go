// Rare: data-race
// Native: 0 of 100 runs.
// ready is set before the value is there. Who sees it in between reads the value
// while it is being written. The count of calls under way, which is for the
// statistics, orders all other cases by accident: it hides the race.

// Package settings reads a setting when it is first needed.
package settings

import (
	"sync"
	"sync/atomic"
)

// Settings are made of text.
type Settings struct {
	text  string
	calls atomic.Int32 // under way
	ready atomic.Bool
	mu    sync.Mutex
	words int
}

// New returns settings that are not looked at yet.
func New(text string) *Settings {
	return &Settings{text: text}
}

// Words is how many words the settings have.
func (s *Settings) Words() int {
	s.calls.Add(1)
	defer s.calls.Add(-1)
	if !s.ready.Load() {
		s.count()
	}
	return s.words
}

func (s *Settings) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready.Load() {
		return
	}
	s.ready.Store(true)
	inWord := false
	for _, c := range s.text {
		if c != ' ' && !inWord {
			s.words++
		}
		inWord = c != ' '
	}
}

// Calls is how many calls are under way.
func (s *Settings) Calls() int {
	return int(s.calls.Load())
}
