// Rejected: data-race
// Feedback: Entries come in one piece, but Flush empties the same buffer without the lock.

package nightlog

import (
	"io"
	"sync"
)

// room is how many bytes are gathered before out is written to, which is slow.
const room = 64

// A Log is the log of one night.
type Log struct {
	mu  sync.Mutex
	out io.Writer
	buf [room]byte
	n   int   // how much of buf is filled
	err error // of the first Write that failed
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
	l.put(e.text)
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	if l.n > 0 && l.err == nil {
		_, l.err = l.out.Write(l.buf[:l.n])
	}
	l.n = 0
	return l.err
}

// put adds text to what is gathered. The caller holds mu.
func (l *Log) put(text []byte) {
	for len(text) > 0 {
		n := l.n
		if n == room {
			_ = l.Flush()
			n = 0
		}
		added := copy(l.buf[n:], text)
		l.n = n + added
		text = text[added:]
	}
}
