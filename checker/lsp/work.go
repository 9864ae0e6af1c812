package lsp

import (
	"context"
	"fmt"
	"sync"

	"racelab/checker/report/terminal"
)

// A work is something that takes long, of which the editor shows how far it is.
type work struct {
	steps chan string // the newest step that was not sent yet
	done  chan string // how it ended
	sent  sync.WaitGroup
	leave context.CancelFunc
}

// startWork has the editor show that something goes on, if it can; the user may have it end
// by stop.
func (s *server) startWork(ctx context.Context, title string, stop func()) *work {
	ctx, leave := context.WithCancel(context.WithoutCancel(ctx))
	w := &work{steps: make(chan string, 1), done: make(chan string, 1), leave: leave}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.can.Window.WorkDoneProgress {
		return w
	}
	s.tokens++
	token := fmt.Sprintf("racelab/%d", s.tokens)
	s.stopping[token] = stop
	w.sent.Go(func() {
		s.tell(ctx, w, token, title)
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.stopping, token)
	})
	return w
}

// tell sends what becomes of w, once the editor has agreed.
func (s *server) tell(ctx context.Context, w *work, token, title string) {
	if err := s.call(ctx, "window/workDoneProgress/create", tokenParams{token}, nil); err != nil {
		return
	}
	send := func(p progress) { s.notify("$/progress", progressParams{token, p}) }
	send(progress{Kind: "begin", Title: title, Cancellable: true})
	for {
		select {
		case step := <-w.steps:
			send(progress{Kind: "report", Message: step})
		case how := <-w.done:
			send(progress{Kind: "end", Message: how})
			return
		}
	}
}

// say tells the newest step, from one goroutine at a time. It never waits.
func (w *work) say(step string) {
	select {
	case <-w.steps:
	default:
	}
	select {
	case w.steps <- terminal.Line(step):
	default:
	}
}

// end says how it ended. An editor that has not agreed by now need not.
func (w *work) end(how string) {
	w.done <- how
	w.leave()
	w.sent.Wait()
}
