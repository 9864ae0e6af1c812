// Rejected: data-race
// Feedback: The buffers make a frame one write and one read of the line, but now all senders fill the same buffer at once, and a bufio.Writer or Reader is not safe for that.

// Package pipe sends messages over a line that knows only bytes.
//
// Each message travels as a frame: four digits that say how long the message
// is, then the message itself.
package pipe

import (
	"bufio"
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
	out  *bufio.Writer
	in   *bufio.Reader
}

// New returns the Conn at one end of a line. The line itself may be used by
// several goroutines at the same time: what one Write is given goes out in one
// piece, and every Read takes the bytes that are next.
func New(line io.ReadWriteCloser) *Conn {
	return &Conn{line: line, out: bufio.NewWriter(line), in: bufio.NewReader(line)}
}

// Send sends one message. Any text of up to 9999 bytes is a message.
func (c *Conn) Send(msg string) error {
	if len(msg) > maxLen {
		return fmt.Errorf("pipe: a message of %d bytes is too long", len(msg))
	}
	header := fmt.Sprintf("%0*d", headerLen, len(msg))
	if _, err := c.out.WriteString(header); err != nil {
		return err
	}
	if _, err := c.out.WriteString(msg); err != nil {
		return err
	}
	return c.out.Flush()
}

// Receive waits for the next message and returns it. When the other end has
// been closed and all its messages were received, the error is io.EOF, however
// often Receive is called.
func (c *Conn) Receive() (string, error) {
	header := make([]byte, headerLen)
	if _, err := io.ReadFull(c.in, header); err != nil {
		return "", err
	}
	size, err := strconv.ParseUint(string(header), 10, 16)
	if err != nil {
		return "", fmt.Errorf("pipe: %q is not the length of a message", header)
	}
	msg := make([]byte, size)
	if _, err := io.ReadFull(c.in, msg); err != nil {
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
