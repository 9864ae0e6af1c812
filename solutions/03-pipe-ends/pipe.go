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
//
// The line makes each Write and each Read safe. So a frame goes out in one Write:
// no other goroutine comes between its two parts, nor does an error. It cannot
// come in with one Read, because only its header says how long it is: each frame is
// received under a lock. Receive keeps it while it waits for the other end, so Send
// must not need it: no goroutine could ask the question whose answer another one is
// already waiting for.
type Conn struct {
	line io.ReadWriteCloser

	receiving sync.Mutex // held from a frame's first byte read to its last
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
	// With a Write for the header and another one for the message, the second could
	// fail: then the header would be on the line, and take the next frame for its
	// message.
	frame := fmt.Sprintf("%0*d%s", headerLen, len(msg), msg)
	_, err := io.WriteString(c.line, frame)
	return err
}

// Receive waits for the next message and returns it. When the other end has
// been closed and all its messages were received, the error is io.EOF, however
// often Receive is called. When the line ends in the middle of a message, it is
// a different one.
func (c *Conn) Receive() (string, error) {
	c.receiving.Lock()
	defer c.receiving.Unlock()
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
