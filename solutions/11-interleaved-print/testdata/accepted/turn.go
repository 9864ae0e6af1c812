// Accepted: the buffered writer of package bufio lies in a channel, and whoever has it has the turn.

package nightlog

import (
	"bufio"
	"io"
)

// A Log is the log of one night.
type Log struct {
	turn chan *bufio.Writer
}

// New returns a log that is written to out.
func New(out io.Writer) *Log {
	l := &Log{turn: make(chan *bufio.Writer, 1)}
	l.turn <- bufio.NewWriterSize(out, 64)
	return l
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
	w := <-l.turn
	_, _ = w.Write(e.text) // the Writer keeps the error for Flush
	l.turn <- w
}

// Flush writes to out what has not been written yet.
func (l *Log) Flush() error {
	w := <-l.turn
	defer func() { l.turn <- w }()
	return w.Flush()
}
