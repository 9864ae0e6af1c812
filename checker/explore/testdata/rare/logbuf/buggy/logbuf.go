// Rare: data-race
// Native: 0 of 100 runs.
// Print gives its buffer back and then looks at its length. If another takes the
// buffer in between, it writes what is being read.

// Package logbuf formats lines in buffers that are used again.
package logbuf

import "sync"

// Log counts what it prints.
type Log struct {
	mu    sync.Mutex
	free  []*buffer
	lines int
	bytes int
}

type buffer struct {
	text []byte
}

// Print prints a line.
func (l *Log) Print(line string) {
	b := l.get()
	b.text = append(b.text[:0], line...)
	b.text = append(b.text, '\n')
	l.put(b)
	l.count(len(b.text))
}

func (l *Log) get() *buffer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.free) == 0 {
		return &buffer{}
	}
	b := l.free[len(l.free)-1]
	l.free = l.free[:len(l.free)-1]
	return b
}

func (l *Log) put(b *buffer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.free = append(l.free, b)
}

func (l *Log) count(bytes int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines++
	l.bytes += bytes
}

// Lines is how many lines were printed.
func (l *Log) Lines() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines
}
