// Rejected: wrong-result
// Feedback: Who joins a Flush that has already begun may come too late: what is written was taken before the entry was made.

package nightlog

import (
	"io"
	"sync"

	"golang.org/x/sync/singleflight"
)

// A Log is the log of one night.
type Log struct {
	mu       sync.Mutex
	out      io.Writer
	gathered []byte
	err      error // of the first Write that failed
	flushes  singleflight.Group
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

// Flush writes to out what has not been written yet. All who want that at the same
// time share one Write.
func (l *Log) Flush() error {
	_, err, _ := l.flushes.Do("", func() (any, error) {
		if text := l.take(); len(text) > 0 && l.err == nil {
			_, l.err = l.out.Write(text)
		}
		return nil, l.err
	})
	return err
}

// take takes away what is gathered.
func (l *Log) take() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := l.gathered
	l.gathered = nil
	return text
}
