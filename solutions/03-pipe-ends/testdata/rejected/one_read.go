// Rejected: wrong-result
// Feedback: A line does not remember where one Write ended: a Read that asks for more than a frame gets the beginning of the next ones too, and here they are thrown away.

package pipe

import (
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

// New returns the Conn at one end of a line.
func New(line io.ReadWriteCloser) *Conn {
	return &Conn{line: line}
}

// Send sends one message. Any text of up to 9999 bytes is a message.
func (c *Conn) Send(msg string) error {
	if len(msg) > maxLen {
		return fmt.Errorf("pipe: a message of %d bytes is too long", len(msg))
	}
	_, err := fmt.Fprintf(c.line, "%0*d%s", headerLen, len(msg), msg)
	return err
}

// Receive waits for the next message and returns it: one Write of the sender
// is one Read here.
func (c *Conn) Receive() (string, error) {
	frame := make([]byte, headerLen+maxLen)
	n, err := c.line.Read(frame)
	if err != nil {
		return "", err
	}
	if n < headerLen {
		return "", io.ErrUnexpectedEOF
	}
	size, err := strconv.ParseUint(string(frame[:headerLen]), 10, 16)
	if err != nil {
		return "", fmt.Errorf("pipe: %q is not the length of a message", frame[:headerLen])
	}
	if headerLen+int(size) > n {
		return "", io.ErrUnexpectedEOF
	}
	return string(frame[headerLen : headerLen+size]), nil
}

// Close says that no more messages will be sent from this end.
func (c *Conn) Close() error {
	return c.line.Close()
}
