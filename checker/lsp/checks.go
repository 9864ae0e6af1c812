package lsp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// A checks runs one check at a time. A later one of the same exercise takes the place of an
// earlier one, whose verdict would be about an older version.
type checks struct {
	check func(context.Context, order)
	more  chan struct{}

	mu      sync.Mutex
	waiting []order
	running string // the folder of its exercise
	cancel  context.CancelFunc
	stopped bool
}

// An order is for a check of an exercise. Where that was the last check already, it is only
// due when somebody wants it again.
type order struct {
	ex    Exercise
	again bool
}

func newChecks(check func(context.Context, order)) *checks {
	return &checks{check: check, more: make(chan struct{}, 1), cancel: func() {}}
}

// start has an exercise checked.
func (c *checks) start(o order) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running == o.ex.Dir {
		c.cancel()
	}
	c.waiting = slices.DeleteFunc(c.waiting, func(other order) bool { return other.ex.Dir == o.ex.Dir })
	c.waiting = append(c.waiting, o)
	select {
	case c.more <- struct{}{}:
	default:
	}
}

// stop ends all.
func (c *checks) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting, c.stopped = nil, true
	c.cancel()
}

// run returns when ctx ends, and the check that is running with it.
func (c *checks) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.more:
		}
		for ctx.Err() == nil {
			o, checking, ok := c.next(ctx)
			if !ok {
				break
			}
			c.check(checking, o)
			c.done()
		}
	}
}

func (c *checks) next(ctx context.Context) (order, context.Context, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 0 || c.stopped {
		return order{}, nil, false
	}
	o := c.waiting[0]
	c.waiting, c.running = c.waiting[1:], o.ex.Dir
	ctx, c.cancel = context.WithCancel(ctx)
	return o, ctx, true
}

func (c *checks) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cancel()
	c.running = ""
}

// checkOne checks an exercise, and shows what was found.
func (s *server) checkOne(ctx context.Context, o order) {
	ex := o.ex
	if last, ok := s.host.Last(ex); ok && !o.again && last.Of(s.host.Saved(ex)) {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	work := s.startWork(ctx, "Checking "+ex.ID, cancel)
	v, err := s.check(ctx, ex, work.say)
	switch {
	case ctx.Err() != nil:
		work.end("stopped")
		return
	case err != nil:
		work.end("no verdict")
		s.message(messageError, terminal.Line(fmt.Sprintf("racelab cannot check %s: %v", ex.ID, err)))
		return
	}
	work.end(report.Headline(v, terminal.Palette{}))
	s.show(ex, v)
}

// check survives what the host makes of a submission.
func (s *server) check(ctx context.Context, ex Exercise, progress func(string)) (v finding.Verdict, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New(fmt.Sprint("a fault of racelab: ", p))
		}
	}()
	return s.host.Check(ctx, ex, progress)
}

// show has the editor show a verdict. It is told in words where no mark can say it: that
// the exercise passes, that there is no verdict, and what has no place in the learner's files.
func (s *server) show(ex Exercise, v finding.Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	marked := false
	if k := s.known[ex.Dir]; k != nil {
		s.reload(k)
		s.publish(k)
		marked = slices.ContainsFunc(ex.Files, func(name string) bool { return len(k.marks[pathIn(ex, name)]) > 0 })
	}
	text := report.Plain(v)
	switch {
	case v.Outcome == finding.Pass:
		s.message(messageInfo, text)
	case v.Outcome == finding.Inconclusive || !marked:
		s.message(messageWarning, text)
	}
}
