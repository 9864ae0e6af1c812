// Accepted: complete entries are put on a stack without a lock; whoever flushes takes it away and writes it from the bottom up.

package nightlog

import (
	"io"
	"sync"
	"sync/atomic"
)

// A Log is the log of one night.
type Log struct {
	top atomic.Pointer[Entry]

	mu  sync.Mutex // guards out and err
	out io.Writer
	err error
}

// New returns a log that is written to out.
func New(out io.Writer) *Log {
	return &Log{out: out}
}

// An Entry is what one dome has to say about one object in the sky.
type Entry struct {
	text  string
	below *Entry
}

// Line adds a line, indented by two blanks.
func (e *Entry) Line(text string) {
	e.text += "  " + text + "\n"
}

// Entry makes an entry: the title, then the lines that write adds to it.
func (l *Log) Entry(title string, write func(e *Entry)) {
	e := &Entry{text: title + "\n"}
	write(e)
	for {
		e.below = l.top.Load()
		if l.top.CompareAndSwap(e.below, e) {
			return
		}
	}
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.write(l.top.Swap(nil))
	return l.err
}

// write writes what is below an entry, then the entry.
func (l *Log) write(e *Entry) {
	if e == nil {
		return
	}
	l.write(e.below)
	if l.err == nil {
		_, l.err = io.WriteString(l.out, e.text)
	}
}
