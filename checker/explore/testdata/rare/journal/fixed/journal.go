// Right: whether somebody writes is decided under the lock of the lines. The
// writer goes on until none is waiting, and says so in the same critical section
// in which it has seen that.

// Package journal writes lines in batches: one writes, the others go on.
package journal

import "sync"

// Journal is a list of lines, some of them not written yet.
type Journal struct {
	mu      sync.Mutex
	waiting []string
	writing bool

	writer  sync.Mutex
	written []string
}

// Add adds a line. When the last of several calls has returned, all lines are written.
func (j *Journal) Add(line string) {
	j.mu.Lock()
	j.waiting = append(j.waiting, line)
	mine := !j.writing
	j.writing = true
	j.mu.Unlock()
	if !mine {
		return
	}
	for batch := j.batch(); batch != nil; batch = j.batch() {
		j.writer.Lock()
		j.written = append(j.written, batch...)
		j.writer.Unlock()
	}
}

// batch returns the lines that wait; when there are none, the writer has ended.
func (j *Journal) batch() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	batch := j.waiting
	j.waiting = nil
	j.writing = batch != nil
	return batch
}

// Written is how many lines are written.
func (j *Journal) Written() int {
	j.writer.Lock()
	defer j.writer.Unlock()
	return len(j.written)
}
