// Rare: wrong-result
// Native: 0 of 100 runs.
// Who cannot get the writer's lock relies on its holder to take the line along.
// A line that comes after the holder has taken the others, and before it has let
// go of the lock, is left behind.

// Package journal writes lines in batches: one writes, the others go on.
package journal

import "sync"

// Journal is a list of lines, some of them not written yet.
type Journal struct {
	mu      sync.Mutex
	waiting []string

	writer  sync.Mutex
	written []string
}

// Add adds a line. When the last of several calls has returned, all lines are written.
func (j *Journal) Add(line string) {
	j.mu.Lock()
	j.waiting = append(j.waiting, line)
	j.mu.Unlock()
	if !j.writer.TryLock() {
		return
	}
	defer j.writer.Unlock()
	j.written = append(j.written, j.batch()...)
}

func (j *Journal) batch() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	batch := j.waiting
	j.waiting = nil
	return batch
}

// Written is how many lines are written.
func (j *Journal) Written() int {
	j.writer.Lock()
	defer j.writer.Unlock()
	return len(j.written)
}
