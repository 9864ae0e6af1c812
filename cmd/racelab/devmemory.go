package main

import (
	"maps"
	"os"
	"sync"

	"racelab/checker/cache"
)

// A memory has what came of the checks of an exercise's versions or mutants: what is known
// from before, and what was found out now.
type memory[T any] struct {
	dir   cache.Dir
	entry string
	most  int // are kept: several racelabs' or versions' of the exercise

	mu    sync.Mutex
	known map[string]T // by the key of the task
	fresh map[string]T
	wrong map[string]bool // what is known of these is not so
}

// remember reads what an entry of the user's cache has.
func remember[T any](entry string, most int) *memory[T] {
	dir, err := cache.UserDir()
	if err != nil {
		dir = cache.Dir(os.DevNull) // nothing is there, and nothing can be kept
	}
	m := &memory[T]{dir: dir, entry: entry, most: most, known: map[string]T{}, fresh: map[string]T{}, wrong: map[string]bool{}}
	m.dir.Load(m.entry, &m.known)
	return m
}

func (m *memory[T]) recall(key string) (T, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.known[key]
	return known, ok
}

func (m *memory[T]) note(key string, what T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fresh[key] = what
}

// forget is for what turned out otherwise.
func (m *memory[T]) forget(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.known, key)
	m.wrong[key] = true
}

// keep writes them. Where there are very many, those of before are forgotten.
func (m *memory[T]) keep() {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := map[string]T{} // somebody else may have kept some meanwhile
	m.dir.Load(m.entry, &before)
	forgotten := len(before)
	maps.DeleteFunc(before, func(key string, _ T) bool { return m.wrong[key] })
	if forgotten -= len(before); len(m.fresh)+len(before) <= m.most {
		maps.Copy(m.fresh, before)
	}
	if len(m.fresh) > 0 || forgotten > 0 {
		m.dir.Keep(m.entry, m.fresh)
	}
}
