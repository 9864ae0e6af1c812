// Accepted: readers take turns by a condition variable, and share a buffered reader; senders fill a buffer under a mutex.

package pipe

import (
	"bufio"
	"bytes"
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
	line io.ReadWriteCloser

	sending sync.Mutex
	frame   bytes.Buffer // guarded by sending

	reading *sync.Cond // guards what follows
	busy    bool       // a goroutine reads a frame
	rest    *bufio.Reader
}

// New returns the Conn at one end of a line.
func New(line io.ReadWriteCloser) *Conn {
	return &Conn{
		line:    line,
		reading: sync.NewCond(new(sync.Mutex)),
		rest:    bufio.NewReader(line),
	}
}

// Send sends one message. Any text of up to 9999 bytes is a message.
func (c *Conn) Send(msg string) error {
	if len(msg) > maxLen {
		return fmt.Errorf("pipe: a message of %d bytes is too long", len(msg))
	}
	c.sending.Lock()
	defer c.sending.Unlock()
	c.frame.Reset()
	fmt.Fprintf(&c.frame, "%0*d%s", headerLen, len(msg), msg)
	_, err := c.frame.WriteTo(c.line)
	return err
}

// Receive waits for the next message and returns it, or io.EOF after the last.
func (c *Conn) Receive() (string, error) {
	c.takeTurn()
	defer c.endTurn()
	header := make([]byte, headerLen)
	if _, err := io.ReadFull(c.rest, header); err != nil {
		return "", err
	}
	size, err := strconv.ParseUint(string(header), 10, 16)
	if err != nil {
		return "", fmt.Errorf("pipe: %q is not the length of a message", header)
	}
	msg := make([]byte, size)
	if _, err := io.ReadFull(c.rest, msg); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return "", err
	}
	return string(msg), nil
}

func (c *Conn) takeTurn() {
	c.reading.L.Lock()
	defer c.reading.L.Unlock()
	for c.busy {
		c.reading.Wait()
	}
	c.busy = true
}

func (c *Conn) endTurn() {
	c.reading.L.Lock()
	defer c.reading.L.Unlock()
	c.busy = false
	c.reading.Signal()
}

// Close says that no more messages will be sent from this end.
func (c *Conn) Close() error {
	return c.line.Close()
}
