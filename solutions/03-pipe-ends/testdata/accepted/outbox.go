// Accepted: Send leaves the message in an outbox and returns; one goroutine empties it, and Close waits for that.

package pipe

import (
	"fmt"
	"io"
	"strconv"
	"sync"
)

// A Conn is one end of a pipe.
type Conn struct {
	line   io.ReadWriteCloser
	outbox chan []byte
	mailed chan error // the first error of the mailer, when it has gone
	inbox  sync.RWMutex
}

// New returns the Conn at one end of a line.
func New(line io.ReadWriteCloser) *Conn {
	c := &Conn{line: line, outbox: make(chan []byte, 100), mailed: make(chan error, 1)}
	go func() {
		var failed error
		for frame := range c.outbox {
			if _, err := line.Write(frame); failed == nil {
				failed = err
			}
		}
		c.mailed <- failed
	}()
	return c
}

// Send sends one message.
func (c *Conn) Send(msg string) error {
	c.outbox <- fmt.Appendf(nil, "%08x%s", len(msg), msg)
	return nil
}

// Receive waits for the next message and returns it, or io.EOF after the last.
func (c *Conn) Receive() (string, error) {
	c.inbox.Lock()
	defer c.inbox.Unlock()
	var header [8]byte
	if _, err := io.ReadFull(c.line, header[:]); err != nil {
		return "", err
	}
	size, err := strconv.ParseUint(string(header[:]), 16, 32)
	if err != nil {
		return "", err
	}
	msg := make([]byte, size)
	if n, err := io.ReadFull(c.line, msg); err != nil && n < len(msg) {
		return "", io.ErrUnexpectedEOF
	}
	return string(msg), nil
}

// Close says that no more messages will be sent from this end.
func (c *Conn) Close() error {
	close(c.outbox)
	if err := <-c.mailed; err != nil {
		_ = c.line.Close()
		return err
	}
	return c.line.Close()
}
