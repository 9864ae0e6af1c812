// Rejected: wrong-result
// Feedback: Lines that have the same title are gathered in one place: two entries about the same object become one, and the order of the entries is lost.

package nightlog

import (
	"io"
	"sync"
)

// A Log is the log of one night.
type Log struct {
	mu     sync.Mutex
	out    io.Writer
	titles []string          // in the order in which they came
	lines  map[string]string // by title
	err    error             // of the first Write that failed
}

// New returns a log that is written to out.
func New(out io.Writer) *Log {
	return &Log{out: out, lines: make(map[string]string)}
}

// An Entry is what one dome has to say about one object in the sky.
type Entry struct {
	log   *Log
	title string
	lines string
}

// Line adds a line, indented by two blanks.
func (e *Entry) Line(text string) {
	e.lines += "  " + text + "\n"
}

// Entry makes an entry: the title, then the lines that write adds to it.
func (l *Log) Entry(title string, write func(e *Entry)) {
	e := &Entry{log: l, title: title}
	write(e)
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.lines[title]; !ok {
		l.titles = append(l.titles, title)
	}
	l.lines[title] += e.lines
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, title := range l.titles {
		if l.err == nil {
			_, l.err = io.WriteString(l.out, title+"\n"+l.lines[title])
		}
	}
	l.titles = nil
	clear(l.lines)
	return l.err
}
