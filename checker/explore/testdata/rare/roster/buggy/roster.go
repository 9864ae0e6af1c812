// Rare: data-race
// Native: 0 of 100 runs.
// Present returns the list itself. Its reader goes through it without the lock,
// while Leave, a moment later, moves names in the same memory.

// Package roster knows who is present.
package roster

import (
	"slices"
	"sync"
)

// Roster is a list of names. The zero Roster is empty.
type Roster struct {
	mu    sync.Mutex
	names []string
}

// Come puts a name on the list.
func (r *Roster) Come(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, name)
}

// Present lists who is present.
func (r *Roster) Present() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names
}

// Leave takes a name off the list.
func (r *Roster) Leave(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(r.names, name); i >= 0 {
		r.names = slices.Delete(r.names, i, i+1)
	}
}
