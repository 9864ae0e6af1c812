// Accepted: in each direction one goroutine owns the line; the others hand it messages, and get them, over channels.

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
	line     io.ReadWriteCloser
	outgoing chan outgoing
	sent     chan struct{} // closed when the writer has gone
	incoming chan incoming // closed when the reader has gone
}

type outgoing struct {
	msg    string
	result chan error
}

type incoming struct {
	msg string
	err error
}

// New returns the Conn at one end of a line.
func New(line io.ReadWriteCloser) *Conn {
	c := &Conn{
		line:     line,
		outgoing: make(chan outgoing),
		sent:     make(chan struct{}),
		incoming: make(chan incoming),
	}
	go c.write()
	go c.read()
	return c
}

func (c *Conn) write() {
	defer close(c.sent)
	for out := range c.outgoing {
		out.result <- c.writeFrame(out.msg)
	}
}

func (c *Conn) writeFrame(msg string) error {
	_, err := fmt.Fprintf(c.line, "%0*d%s", headerLen, len(msg), msg)
	return err
}

func (c *Conn) read() {
	defer close(c.incoming)
	for {
		msg, err := c.readFrame()
		if errors.Is(err, io.EOF) {
			return
		}
		c.incoming <- incoming{msg, err}
		if err != nil {
			return
		}
	}
}

func (c *Conn) readFrame() (string, error) {
	var header [headerLen]byte
	if _, err := io.ReadFull(c.line, header[:]); err != nil {
		return "", err
	}
	size, err := strconv.ParseUint(string(header[:]), 10, 16)
	if err != nil {
		return "", fmt.Errorf("pipe: %q is not the length of a message", header)
	}
	msg := make([]byte, size)
	if _, err := io.ReadFull(c.line, msg); err != nil {
		return "", io.ErrUnexpectedEOF
	}
	return string(msg), nil
}

// Send sends one message. Any text of up to 9999 bytes is a message.
func (c *Conn) Send(msg string) error {
	if len(msg) > maxLen {
		return fmt.Errorf("pipe: a message of %d bytes is too long", len(msg))
	}
	result := make(chan error)
	c.outgoing <- outgoing{msg, result}
	return <-result
}

// Receive waits for the next message and returns it, or io.EOF after the last.
func (c *Conn) Receive() (string, error) {
	in, ok := <-c.incoming
	if !ok {
		return "", io.EOF
	}
	return in.msg, in.err
}

// Close says that no more messages will be sent from this end.
func (c *Conn) Close() error {
	close(c.outgoing)
	<-c.sent
	return c.line.Close()
}
