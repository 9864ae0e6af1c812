package screen

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// typed reads lines beside the game: whoever is asked may never answer, and a signal is to
// end the game all the same.
type typed struct {
	lines  chan string
	ended  error // why there are no more of them; nil at the end of the input
	number int   // of the line that was read last, from 1
}

// readLines reads lines until the context ends.
func readLines(ctx context.Context, in io.Reader) *typed {
	t := &typed{lines: make(chan string)}
	go func() {
		defer close(t.lines)
		s := bufio.NewScanner(in)
		for s.Scan() {
			select {
			case t.lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
		t.ended = s.Err()
	}()
	return t
}

// next is the next line; false at the end of the input.
func (t *typed) next(ctx context.Context) (line string, ok bool, err error) {
	t.number++
	select {
	case <-ctx.Done():
		return "", false, context.Cause(ctx)
	case line, ok = <-t.lines:
	}
	switch {
	case ok:
		return strings.TrimSpace(line), true, nil
	case errors.Is(t.ended, bufio.ErrTooLong):
		return "", false, fmt.Errorf("line %d: %w: it is too long", t.number, ErrCommand)
	}
	return "", false, t.ended
}
