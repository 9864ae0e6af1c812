// Package pipe stands in for the pipes of package io in instrumented code: the
// same types with the same methods and errors. The original's writers wait for each
// other at a real mutex, which keeps a bubble from coming to rest. Here no goroutine
// holds a mutex while it waits, and to the scheduler each operation is one step.
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

// Pipe returns the two halves of a pipe. It has no buffer: each write waits until
// all its data has been read.
func Pipe() (*PipeReader, *PipeWriter) {
	w := new(PipeWriter)
	return &w.reader, w
}

// Read waits for a write, and takes as much of its data as fits. When a half is
// closed it returns the error given there, or io.EOF.
func (r *PipeReader) Read(data []byte) (n int, err error) { return r.read(data) }

// Close closes the reader: writes return io.ErrClosedPipe.
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError closes the reader: writes return err, or io.ErrClosedPipe when err
// is nil. A later call does not replace the error. It always returns nil.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = io.ErrClosedPipe
	}
	r.close(&r.fromReader, err)
	return nil
}

// Write waits until all of data has been read. When a half is closed it returns the
// number of bytes read so far, and the error given there, or io.ErrClosedPipe.
func (w *PipeWriter) Write(data []byte) (n int, err error) { return w.reader.write(data) }

// Close closes the writer: reads return io.EOF.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError closes the writer: reads return err, or io.EOF when err is nil. A
// later call does not replace the error. It always returns nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = io.EOF
	}
	w.reader.close(&w.reader.fromWriter, err)
	return nil
}

type pipe struct {
	mu         sync.Mutex // the standard one: no goroutine holds it at a yield point
	readers    queue      // reads that wait for a write; then writers is empty
	writers    queue      // writes whose data is not used up; the first one is read first
	fromReader error      // that the reader was closed with
	fromWriter error      // that the writer was closed with
}

// A queue holds calls of Read or of Write, in order of arrival.
type queue struct{ first, last *call }

type call struct {
	data  []byte // to be filled, or to be read
	n     int    // how many bytes are done
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

// end completes the first call.
func (q *queue) end(err error) {
	c := q.first
	q.first = c.next
	c.err = err
	close(c.ended)
	sched.Resume(c.by)
}

// wait waits until c is complete.
func (c *call) wait() (n int, err error) {
	sched.Suspend()
	<-c.ended
	return c.n, c.err
}

// lock is the yield point before op; then it locks p.mu.
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
	handed := false // a write of no bytes still has to meet a reader
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

// close closes one half, with the error that the other half gets.
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

// readError is the error of a read from a closed pipe. A reader that has closed its
// own half gets io.ErrClosedPipe.
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
