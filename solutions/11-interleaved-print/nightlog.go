// Package nightlog keeps the log of an observatory. Every dome writes into it
// what it sees; in the morning the astronomers read what was seen in the night.
package nightlog

import (
	"io"
	"sync"
)

// room is after how many bytes out is written to, which is slow.
const room = 64

// A Log is the log of one night. Each has an out of its own.
type Log struct {
	mu  sync.Mutex // guards all that follows, and the use of out
	out io.Writer
	buf []byte
	err error // of the first Write that failed
}

// New returns a log that is written to out. Nobody else uses out meanwhile.
func New(out io.Writer) *Log {
	return &Log{out: out}
}

// An Entry is what one dome has to say about one object in the sky.
type Entry struct {
	// An entry belongs to one goroutine until it is complete, so it needs no lock.
	text []byte
}

// Entry makes an entry: a line with the title, then the lines that write adds to
// it. It calls write once, and returns when write has returned.
func (l *Log) Entry(title string, write func(e *Entry)) {
	e := &Entry{text: []byte(title + "\n")}
	// No lock is held here: write may take as long as the night.
	write(e)
	// Now the entry goes into the log in one piece. To lock for each line would make
	// whole lines, and entries that are mixed all the same.
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf = append(l.buf, e.text...)
	if len(l.buf) >= room {
		_ = l.flush() // its error is kept for the next Flush
	}
}

// Line adds a line, indented by two blanks. It is called by write only, and by
// one goroutine. Like a title, text may consist of any bytes.
func (e *Entry) Line(text string) {
	e.text = append(e.text, "  "+text+"\n"...)
}

// Flush writes to out what has not been written yet. Once a Write has failed,
// each Flush returns its error.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.flush()
}

// flush is Flush for those who hold mu already, and must not lock it again. The lock
// is held while out writes: out takes one Write at a time, in the order of the entries.
func (l *Log) flush() error {
	if len(l.buf) > 0 && l.err == nil {
		_, l.err = l.out.Write(l.buf)
	}
	l.buf = l.buf[:0]
	return l.err
}
