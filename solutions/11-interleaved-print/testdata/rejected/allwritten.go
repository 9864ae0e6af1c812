// Rejected: wrong-result
// Feedback: A Write that has taken every byte may still have failed, and its error is dropped here.

package nightlog

import (
	"io"
	"sync"
)

// A Log is the log of one night.
type Log struct {
	mu       sync.Mutex
	out      io.Writer
	gathered []byte
	err      error // of the first Write that failed
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
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gathered = append(l.gathered, e.text...)
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.gathered) > 0 && l.err == nil {
		n, err := l.out.Write(l.gathered)
		if n < len(l.gathered) {
			l.err = err // something is missing
		}
	}
	l.gathered = l.gathered[:0]
	return l.err
}
