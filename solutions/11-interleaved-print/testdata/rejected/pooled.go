// Rejected: data-race
// Feedback: An entry goes back to the pool while its text still stands in the list, and the next dome writes over it.

package nightlog

import (
	"io"
	"sync"
)

// A Log is the log of one night.
type Log struct {
	mu      sync.Mutex
	out     io.Writer
	entries [][]byte // to be written
	err     error    // of the first Write that failed
}

// New returns a log that is written to out.
func New(out io.Writer) *Log {
	return &Log{out: out}
}

// An Entry is what one dome has to say about one object in the sky.
type Entry struct {
	text []byte
}

// Line adds a line, indented by two blanks.
func (e *Entry) Line(text string) {
	e.text = append(e.text, "  "+text+"\n"...)
}

var pool = sync.Pool{New: func() any { return new(Entry) }}

// Entry makes an entry: the title, then the lines that write adds to it.
func (l *Log) Entry(title string, write func(e *Entry)) {
	e := pool.Get().(*Entry)
	defer pool.Put(e)
	e.text = append(e.text[:0], title+"\n"...)
	write(e)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e.text)
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, text := range l.entries {
		if l.err == nil {
			_, l.err = l.out.Write(text)
		}
	}
	l.entries = nil
	return l.err
}
