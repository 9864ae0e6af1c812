// Rejected: wrong-result
// Feedback: Who waits for the Write of another one that has taken its entry along returns nil, also when that Write has failed.

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

	made    int           // how many entries there are
	settled int           // how many of them no Flush has to write any more
	busy    chan struct{} // closed when the Write that is under way is done
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
	l.made++
}

// Flush writes to out what has not been written yet. No lock is held while out writes,
// so that entries can be made meanwhile.
func (l *Log) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	mine := l.made
	for l.busy != nil {
		busy := l.busy
		l.mu.Unlock()
		<-busy
		l.mu.Lock()
		if l.settled >= mine {
			return nil // somebody else has written it
		}
	}
	if len(l.gathered) > 0 && l.err == nil {
		text, all := l.gathered, l.made
		l.gathered = nil
		l.busy = make(chan struct{})
		l.mu.Unlock()
		_, err := l.out.Write(text)
		l.mu.Lock()
		l.err, l.settled = err, all
		close(l.busy)
		l.busy = nil
	}
	return l.err
}
