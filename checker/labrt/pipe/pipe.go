// Package pipe stands in for the pipes of package io in instrumented code: the
// same types with the same methods and errors. The original's writers wait for
// each other at a real mutex, which keeps a bubble from coming to rest. Here
// nobody holds one while he waits, and to the scheduler each operation is one
// step.
package pipe

import (
	"io"
	"sync"
	"unsafe"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// A PipeReader is the half that is read from.
type PipeReader struct{ pipe }

// A PipeWriter is the half that is written to.
type PipeWriter struct{ reader PipeReader }

// Pipe returns the two halves of a pipe. It holds nothing: each write waits until
// all of it has been read.
func Pipe() (*PipeReader, *PipeWriter) {
	w := new(PipeWriter)
	return &w.reader, w
}

// Read waits until somebody writes, and takes as much of that as data has room
// for. When the other half is closed it returns the error given there, or io.EOF.
func (r *PipeReader) Read(data []byte) (n int, err error) { return r.read(data) }

// Close closes the reader: writes return io.ErrClosedPipe.
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError closes the reader: writes return err, or io.ErrClosedPipe when
// it is nil. The first error stays. It always returns nil.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = io.ErrClosedPipe
	}
	r.close(&r.fromReader, err)
	return nil
}

// Write waits until all of data has been read. When the other half is closed it
// returns how much had been, and the error given there, or io.ErrClosedPipe.
func (w *PipeWriter) Write(data []byte) (n int, err error) { return w.reader.write(data) }

// Close closes the writer: reads return io.EOF.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError closes the writer: reads return err, or io.EOF when it is nil.
// The first error stays. It always returns nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = io.EOF
	}
	w.reader.close(&w.reader.fromWriter, err)
	return nil
}

type pipe struct {
	mu         sync.Mutex // the standard one: nobody else gets the turn while it is held
	readers    queue      // those who wait for a writer; then writers is empty
	writers    queue      // those whose data is not used up; the first one's goes first
	fromReader error      // what the reader was closed with
	fromWriter error      // what the writer was closed with
}

// A queue holds calls of Read or of Write, in order of arrival.
type queue struct{ first, last *call }

type call struct {
	data  []byte // to be filled, or to be read
	n     int    // how much of it has been
	err   error
	by    *sched.G
	ended chan struct{}
	next  *call
}

func (q *queue) join(data []byte, n int) *call {
	c := &call{data: data, n: n, by: sched.Self(), ended: make(chan struct{})}
	if q.first == nil {
		q.first = c
	} else {
		q.last.next = c
	}
	q.last = c
	return c
}

// end ends the call that is the first.
func (q *queue) end(err error) {
	c := q.first
	q.first = c.next
	c.err = err
	close(c.ended)
	sched.Resume(c.by)
}

// wait waits for the end of c.
func (c *call) wait() (n int, err error) {
	sched.Suspend()
	<-c.ended
	return c.n, c.err
}

// lock waits for the caller's turn to do op.
func (p *pipe) lock(op wire.Op) {
	sched.Point(op, wire.Write, unsafe.Pointer(p))
	p.mu.Lock()
}

func (p *pipe) read(data []byte) (n int, err error) {
	p.lock(wire.OpRecv)
	if p.isClosed() {
		defer p.mu.Unlock()
		return 0, p.readError()
	}
	w := p.writers.first
	if w == nil {
		c := p.readers.join(data, 0)
		p.mu.Unlock()
		return c.wait()
	}
	defer p.mu.Unlock()
	n = copy(data, w.data[w.n:])
	if w.n += n; w.n == len(w.data) {
		p.writers.end(nil)
	}
	return n, nil
}

func (p *pipe) write(data []byte) (n int, err error) {
	p.lock(wire.OpSend)
	if p.isClosed() {
		defer p.mu.Unlock()
		return 0, p.writeError()
	}
	handed := false // also nothing at all has to be handed to somebody
	for p.readers.first != nil && !(handed && n == len(data)) {
		r := p.readers.first
		r.n = copy(r.data, data[n:])
		n, handed = n+r.n, true
		p.readers.end(nil)
	}
	if handed && n == len(data) {
		p.mu.Unlock()
		return n, nil
	}
	c := p.writers.join(data, n)
	p.mu.Unlock()
	return c.wait()
}

// close closes one half, with an error that the other is told.
func (p *pipe) close(from *error, err error) {
	p.lock(wire.OpClose)
	defer p.mu.Unlock()
	if *from == nil {
		*from = err
	}
	for p.readers.first != nil {
		p.readers.end(p.readError())
	}
	for p.writers.first != nil {
		p.writers.end(p.writeError())
	}
}

// What follows is called with p.mu held.

func (p *pipe) isClosed() bool { return p.fromReader != nil || p.fromWriter != nil }

// readError is the error of a read. Who has closed his own half learns no more
// than that.
func (p *pipe) readError() error {
	if p.fromReader == nil && p.fromWriter != nil {
		return p.fromWriter
	}
	return io.ErrClosedPipe
}

func (p *pipe) writeError() error {
	if p.fromWriter == nil && p.fromReader != nil {
		return p.fromReader
	}
	return io.ErrClosedPipe
}
