// Package pipe sends messages over a line that knows only bytes.
//
// Each message travels as a frame: four digits that say how long the message
// is, then the message itself.
package pipe

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

const (
	headerLen = 4
	maxLen    = 9999 // the longest message whose length fits the header
)

// A Conn is one end of a pipe.
type Conn struct {
	line io.ReadWriteCloser
}

// New returns the Conn at one end of a line. The line itself may be used by
// several goroutines at the same time: what one Write is given goes out in one
// piece, and every Read takes the bytes that are next, as many as have come but
// no more than it asked for. The last ones may come together with io.EOF, as from
// any io.Reader. A Write may fail; then nothing of what it was given goes out.
func New(line io.ReadWriteCloser) *Conn {
	return &Conn{line: line}
}

// Send sends one message. Any text of up to 9999 bytes is a message, whatever
// bytes they are, also such as are no UTF-8; a longer one is refused with an
// error. When the line does not take the message, Send returns the line's error,
// and may be called again.
func (c *Conn) Send(msg string) error {
	if len(msg) > maxLen {
		return fmt.Errorf("pipe: a message of %d bytes is too long", len(msg))
	}
	header := fmt.Sprintf("%0*d", headerLen, len(msg))
	if _, err := io.WriteString(c.line, header); err != nil {
		return err
	}
	_, err := io.WriteString(c.line, msg)
	return err
}

// Receive waits for the next message and returns it. When the other end has
// been closed and all its messages were received, the error is io.EOF, however
// often Receive is called. When the line ends in the middle of a message, it is
// a different one.
func (c *Conn) Receive() (string, error) {
	header := make([]byte, headerLen)
	if _, err := io.ReadFull(c.line, header); err != nil {
		return "", err
	}
	size, err := strconv.ParseUint(string(header), 10, 16)
	if err != nil {
		return "", fmt.Errorf("pipe: %q is not the length of a message", header)
	}
	msg := make([]byte, size)
	if _, err := io.ReadFull(c.line, msg); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // it ended in the middle of a frame
		}
		return "", err
	}
	return string(msg), nil
}

// Close says that no more messages will be sent from this end: it is called
// once, after the last Send. Receive goes on working.
func (c *Conn) Close() error {
	return c.line.Close()
}
