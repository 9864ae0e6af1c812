// Rejected: data-race
// Feedback: The text is taken away under the lock, but written without it: two who flush use out at the same time, and the later text may come first.

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

// Flush writes to out what has not been written yet. No lock is held while out
// writes, which is slow.
func (l *Log) Flush() error {
	l.mu.Lock()
	text, err := l.gathered, l.err
	l.gathered = nil
	l.mu.Unlock()
	if len(text) > 0 && err == nil {
		_, err = l.out.Write(text)
		l.mu.Lock()
		l.err = err
		l.mu.Unlock()
	}
	return err
}
