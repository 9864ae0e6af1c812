// Rejected: data-race
// Feedback: Each dome has a place of its own in the buffer, but nothing tells who flushes that it is already filled, or who fills it that it is being written.

package nightlog

import (
	"io"
	"sync"
	"sync/atomic"
)

// room is how many bytes a night has room for.
const room = 1 << 17

// A Log is the log of one night.
type Log struct {
	mu      sync.Mutex // for those who flush
	out     io.Writer
	buf     [room]byte
	n       atomic.Int64 // how much of buf is reserved
	written int64
	err     error // of the first Write that failed
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

// Entry makes an entry: the title, then the lines that write adds to it.
func (l *Log) Entry(title string, write func(e *Entry)) {
	e := &Entry{text: []byte(title + "\n")}
	write(e)
	size := int64(len(e.text))
	place := l.n.Add(size) - size // nobody else gets these bytes
	copy(l.buf[place:], e.text)
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.n.Load()
	if l.written < n && l.err == nil {
		_, l.err = l.out.Write(l.buf[l.written:n])
	}
	l.written = n
	return l.err
}
