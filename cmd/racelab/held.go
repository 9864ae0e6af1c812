package main

import (
	"bytes"
	"errors"
	"io"

	"racelab/checker/classroom/gradebook"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"
)

// renderStored writes records of a store in a format. Who reads it may take their time, as in
// a pager: the store is closed before, so that others can grade into it meanwhile.
func (a *app) renderStored(f gradebook.Format, s *store.Store, b record.Book, v view) error {
	out := heldOutput{to: a.stdout}
	err := a.render(&out, f, s.Stream(b), v)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	return out.release()
}

// mostHeld is how much is held: more than the page of a class mostly has. Of what is larger,
// such as all records of a large class, others have to wait for the reader.
const mostHeld = 32 << 20

// A heldOutput holds what is written until it is released, or until it is too much. Where an
// error comes before, nothing of it is seen.
type heldOutput struct {
	to       io.Writer
	held     bytes.Buffer
	released bool
}

func (h *heldOutput) Write(p []byte) (int, error) {
	if !h.released && h.held.Len()+len(p) <= mostHeld {
		return h.held.Write(p)
	}
	if err := h.release(); err != nil {
		return 0, err
	}
	return h.to.Write(p)
}

func (h *heldOutput) release() error {
	h.released = true
	_, err := h.held.WriteTo(h.to)
	return err
}
