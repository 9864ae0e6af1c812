// Rejected: wrong-result
// Feedback: Two goroutines that receive at the same end still share out one frame between them: reading takes two steps just as writing does.

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
	"sync"
)

const (
	headerLen = 4
	maxLen    = 9999 // the longest message whose length fits the header
)

// A Conn is one end of a pipe.
type Conn struct {
	mu   sync.Mutex
	line io.ReadWriteCloser
}

// New returns the Conn at one end of a line. The line itself may be used by
// several goroutines at the same time: what one Write is given goes out in one
// piece, and every Read takes the bytes that are next.
func New(line io.ReadWriteCloser) *Conn {
	return &Conn{line: line}
}

// Send sends one message. Any text of up to 9999 bytes is a message.
func (c *Conn) Send(msg string) error {
	if len(msg) > maxLen {
		return fmt.Errorf("pipe: a message of %d bytes is too long", len(msg))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	header := fmt.Sprintf("%0*d", headerLen, len(msg))
	if _, err := io.WriteString(c.line, header); err != nil {
		return err
	}
	_, err := io.WriteString(c.line, msg)
	return err
}

// Receive waits for the next message and returns it. When the other end has
// been closed and all its messages were received, the error is io.EOF, however
// often Receive is called.
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
