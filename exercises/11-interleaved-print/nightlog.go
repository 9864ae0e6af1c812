// Package nightlog keeps the log of an observatory. Every dome writes into it
// what it sees; in the morning the astronomers read what was seen in the night.
package nightlog

import "io"

// room is how many bytes are gathered before out is written to, which is slow.
const room = 64

// A Log is the log of one night. Each has an out of its own.
type Log struct {
	out io.Writer
	buf [room]byte
	n   int   // how much of buf is filled
	err error // of the first Write that failed
}

// New returns a log that is written to out. Nobody else uses out meanwhile.
func New(out io.Writer) *Log {
	return &Log{out: out}
}

// An Entry is what one dome has to say about one object in the sky.
type Entry struct {
	log *Log
}

// Entry makes an entry: a line with the title, then the lines that write adds to
// it. It calls write once, and returns when write has returned.
func (l *Log) Entry(title string, write func(e *Entry)) {
	l.put(title)
	l.put("\n")
	write(&Entry{log: l})
}

// Line adds a line, indented by two blanks. It is called by write only, and by
// one goroutine. Like a title, text may consist of any bytes.
func (e *Entry) Line(text string) {
	e.log.put("  ")
	e.log.put(text)
	e.log.put("\n")
}

// Flush writes to out what has not been written yet. Once a Write has failed,
// each Flush returns its error.
func (l *Log) Flush() error {
	if l.n > 0 && l.err == nil {
		_, l.err = l.out.Write(l.buf[:l.n])
	}
	l.n = 0
	return l.err
}

// put adds text to what is gathered.
func (l *Log) put(text string) {
	for len(text) > 0 {
		n := l.n
		if n == room {
			_ = l.Flush() // its error is kept for the next one
			n = 0
		}
		added := copy(l.buf[n:], text)
		l.n = n + added
		text = text[added:]
	}
}
