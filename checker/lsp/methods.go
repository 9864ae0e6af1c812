package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sourcegraph/jsonrpc2"
)

// A method is what to do about one sort of message.
type method struct {
	// now: nothing is read before it is done, so that all that comes later sees what it has
	// changed. What may take long does not keep others waiting.
	now bool
	do  func(s *server, ctx context.Context, params []byte) (any, error)
}

// methods are the messages that an editor may send.
var methods = map[string]method{
	"initialize":                      now(on((*server).initialize)),
	"initialized":                     told((*server).initialized),
	"shutdown":                        now(on((*server).shutdown)),
	"exit":                            told((*server).exit),
	"$/cancelRequest":                 told((*server).cancelRequest),
	"window/workDoneProgress/cancel":  told((*server).cancelWork),
	"textDocument/didOpen":            told((*server).didOpen),
	"textDocument/didChange":          told((*server).didChange),
	"textDocument/didSave":            told((*server).didSave),
	"textDocument/didClose":           told((*server).didClose),
	"workspace/didChangeWatchedFiles": told((*server).didCheckElsewhere),
	"textDocument/codeAction":         on((*server).answerActions),
	"workspace/executeCommand":        on((*server).execute),
}

func on[P, R any](f func(*server, context.Context, P) (R, error)) method {
	return method{do: func(s *server, ctx context.Context, text []byte) (any, error) {
		var params P
		if err := json.Unmarshal(text, &params); err != nil {
			return nil, fault(jsonrpc2.CodeInvalidParams, "%v", err)
		}
		return f(s, ctx, params)
	}}
}

func told[P any](f func(*server, P)) method {
	return now(on(func(s *server, _ context.Context, params P) (any, error) {
		f(s, params)
		return nil, nil
	}))
}

func now(m method) method {
	m.now = true
	return m
}

func fault(code int64, format string, args ...any) error {
	return &jsonrpc2.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Handle is called for one message after the other.
func (s *server) Handle(ctx context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	<-s.begun
	m, known := methods[r.Method]
	switch {
	case !known && r.Notif: // an editor may tell what nobody needs to know
	case !known:
		s.answer(r, nil, fault(jsonrpc2.CodeMethodNotFound, "there is no method %q", r.Method))
	case m.now:
		if result, err := s.guarded(ctx, m, r); !r.Notif {
			s.answer(r, result, err)
		}
	default:
		s.request(ctx, m, r)
	}
}

// request answers when it is done, or when it is cancelled.
func (s *server) request(ctx context.Context, m method, r *jsonrpc2.Request) {
	done, ok := s.begin()
	if !ok {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	s.asked[r.ID] = cancel
	s.mu.Unlock()
	go func() {
		defer done()
		defer cancel()
		result, err := s.guarded(ctx, m, r)
		if err != nil && ctx.Err() != nil {
			err = fault(cancelled, "cancelled")
		}
		s.mu.Lock()
		delete(s.asked, r.ID)
		s.mu.Unlock()
		if !r.Notif {
			s.answer(r, result, err)
		}
	}()
}

// guarded lets no message in that is out of turn, and survives what a message makes of us.
func (s *server) guarded(ctx context.Context, m method, r *jsonrpc2.Request) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, fault(jsonrpc2.CodeInternalError, "racelab failed at %s: %v", r.Method, p)
		}
	}()
	if err := s.admits(r.Method); err != nil {
		return nil, err
	}
	params := []byte("null")
	if r.Params != nil {
		params = *r.Params
	}
	return m.do(s, ctx, params)
}

// answer sends one. What cannot be sent has nobody any more who could read it.
func (s *server) answer(r *jsonrpc2.Request, result any, err error) {
	response := &jsonrpc2.Response{ID: r.ID}
	if err == nil {
		err = response.SetResult(result)
	}
	if err != nil {
		if !errors.As(err, &response.Error) {
			response.Error = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
		}
	}
	_ = s.rpc.SendResponse(s.ctx, response)
}

// admits says whether it is the time for a message.
func (s *server) admits(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case name == "exit":
		return nil
	case s.phase == shutDown:
		return fault(jsonrpc2.CodeInvalidRequest, "%s after shutdown", name)
	case s.phase == fresh && name != "initialize":
		return fault(notInitialized, "%s before initialize", name)
	case s.phase == ready && name == "initialize":
		return fault(jsonrpc2.CodeInvalidRequest, "initialize a second time")
	}
	return nil
}

func (s *server) initialize(_ context.Context, p initializeParams) (initializeResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase, s.can = ready, p.Capabilities
	var o options
	if len(p.Options) > 0 {
		if err := json.Unmarshal(p.Options, &o); err != nil {
			s.message(messageWarning, fmt.Sprintf("racelab does not understand its initializationOptions: %v", err))
		}
	}
	s.onSave = o.CheckOnSave == nil || *o.CheckOnSave
	return initializeResult{
		Capabilities: serverCapabilities{
			Sync:       textDocumentSync{OpenClose: true, Change: wholeText, Save: true},
			CodeAction: s.actionOption(),
			Execute:    executeOption{Commands: commandNames},
		},
		Info: serverInfo{Name: "racelab", Version: s.version},
	}, nil
}

// initialized asks an editor that can do it to say when a check elsewhere, as in a terminal,
// has come to its end.
func (s *server) initialized(struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.can.Workspace.DidChangeWatchedFiles.DynamicRegistration || s.ctx.Err() != nil {
		return
	}
	watch := watchedOptions{Watchers: []watcher{{Glob: "**/.racelab/last/*.json"}}}
	s.working.Go(func() {
		_ = s.call(s.ctx, "client/registerCapability", registrationParams{
			Registrations: []registration{{ID: "racelab-checks", Method: "workspace/didChangeWatchedFiles", Options: watch}},
		}, nil) // without it, a check elsewhere shows at the next save
	})
}

// shutdown ends a check that is running. Its answer is null.
func (s *server) shutdown(context.Context, any) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = shutDown
	s.checks.stop()
	return nil, nil
}

func (s *server) exit(any) { s.gone(s.left()) }

func (s *server) cancelRequest(p cancelParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.asked[p.ID]; cancel != nil {
		cancel()
	}
}

func (s *server) cancelWork(p tokenParams) {
	s.mu.Lock()
	stop := s.stopping[p.Token]
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
}

// message shows a text to the user; notify does not ask for an answer, and call does.
func (s *server) message(kind int, text string) {
	s.notify("window/showMessage", messageParams{Type: kind, Message: text})
}

func (s *server) notify(method string, params any) { _ = s.rpc.Notify(s.ctx, method, params) }

func (s *server) call(ctx context.Context, method string, params, result any) error {
	return s.rpc.Call(ctx, method, params, result, jsonrpc2.StringID()) // editors have numbers
}
