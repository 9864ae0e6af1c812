// Accepted: nothing is gathered but the entry, which is written at once.

package nightlog

import (
	"io"
	"strings"
	"sync"
)

// A Log is the log of one night.
type Log struct {
	mu  sync.Mutex
	out io.Writer
	err error // of the last Write that failed
}

// New returns a log that is written to out.
func New(out io.Writer) *Log {
	return &Log{out: out}
}

// An Entry is what one dome has to say about one object in the sky.
type Entry struct {
	lines []string
}

// Line adds a line, indented by two blanks.
func (e *Entry) Line(text string) {
	e.lines = append(e.lines, "  "+text)
}

// Entry makes an entry: the title, then the lines that write adds to it.
func (l *Log) Entry(title string, write func(e *Entry)) {
	e := &Entry{lines: []string{title}}
	write(e)
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := io.WriteString(l.out, strings.Join(e.lines, "\n")+"\n"); err != nil {
		l.err = err
	}
}

// Flush returns when everything has been written, as every Entry has.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
