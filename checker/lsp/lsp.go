// Package lsp is a language server: it shows in an editor what the last check of an exercise
// has found, and has an exercise checked when its file is saved.
//
// The protocol is https://microsoft.github.io/language-server-protocol/. What is said of a
// finding are the words of package report, and whoever checks is handed in as a Host.
package lsp

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"log"
	"sync"

	"racelab/checker/finding"
	"racelab/checker/lastcheck"

	"github.com/sourcegraph/jsonrpc2"
)

// An Exercise is one in a lab.
type Exercise struct {
	ID  string
	Dir string // the folder in the lab that a learner edits
	// Files are the names of the learner's files in Dir.
	Files []string
	// Tests are the other files that a finding may name, as they are run: they have these
	// names in Dir, and may be different there.
	Tests map[string][]byte
}

// A Host is the racelab that a server speaks for. Its methods are called from several
// goroutines; Check from one at a time.
type Host interface {
	// Exercise is the one that a file belongs to; ok is false for a file of no exercise.
	Exercise(path string) (ex Exercise, ok bool)
	// Saved are the learner's files as they are now, those that can be read.
	Saved(Exercise) map[string][]byte
	// Last is what the last check said.
	Last(Exercise) (c lastcheck.Check, ok bool)
	// Check checks what is saved, and makes that the last check if there is a verdict.
	Check(ctx context.Context, ex Exercise, progress func(step string)) (finding.Verdict, error)
	// Hint returns the next hint, and a file that has it, with those before.
	Hint(Exercise) (text, file string, err error)
	// Replay runs a problem of the last check again, and writes its steps to a file: as a page
	// for a browser, or as text.
	Replay(ctx context.Context, ex Exercise, problem int, page bool, progress func(step string)) (file string, err error)
	// Game writes a page on which an exercise can be played.
	Game(ctx context.Context, ex Exercise, progress func(step string)) (file string, err error)
	// Play is what to type in a terminal to play an exercise.
	Play(Exercise) string
	// Explained is a file that explains a kind of problem; ok is false where there is none.
	Explained(ex Exercise, kind finding.Kind) (file string, ok bool)
	// Browser reports whether a browser that is opened on this machine is seen by somebody.
	Browser() bool
}

// ErrNotShutDown is what Serve returns when the editor left without shutdown.
var ErrNotShutDown = errors.New("the editor left without a shutdown")

// A phase of a server's life.
type phase int

const (
	fresh phase = iota
	ready
	shutDown
)

// A server is one conversation with an editor.
type server struct {
	host    Host
	version string
	rpc     *jsonrpc2.Conn
	begun   chan struct{} // closed when rpc is set: the first message may be there before
	checks  *checks
	working sync.WaitGroup // what goes on beside the messages
	ctx     context.Context
	gone    func(error) // ends ctx; the error is what Serve returns

	mu       sync.Mutex // guards the rest, and is held while diagnostics are sent: they are in order
	over     bool       // nothing begins any more
	phase    phase
	can      clientCapabilities
	onSave   bool
	noPages  bool                // the editor could not open one
	open     map[string]document // by path
	known    map[string]*shown   // by folder
	tokens   int
	stopping map[string]func()                  // what can be cancelled, by its token
	asked    map[jsonrpc2.ID]context.CancelFunc // requests without an answer so far
}

// Serve speaks with an editor until it leaves, or ctx ends. A read of in may go on after that.
func Serve(ctx context.Context, in io.Reader, out io.Writer, host Host, version string) error {
	serving, gone := context.WithCancelCause(ctx)
	defer gone(nil)
	s := &server{
		host: host, version: version, ctx: serving, gone: gone, onSave: true,
		open: map[string]document{}, known: map[string]*shown{}, stopping: map[string]func(){},
		asked: map[jsonrpc2.ID]context.CancelFunc{}, begun: make(chan struct{}),
	}
	s.checks = newChecks(s.checkOne)
	s.working.Go(func() { s.checks.run(serving) })
	messages := &stream{in: bufio.NewReader(in), out: out}
	s.rpc = jsonrpc2.NewConn(serving, messages, s, jsonrpc2.SetLogger(log.New(io.Discard, "", 0)))
	close(s.begun)
	select {
	case <-serving.Done():
	case <-s.rpc.DisconnectNotify():
		gone(cmp.Or(messages.why(), s.left()))
	}
	_ = s.rpc.Close() // an error says that it is closed
	s.end()
	if cause := context.Cause(serving); !errors.Is(cause, errBye) {
		return cause
	}
	return nil
}

// end lets nothing begin from now on, and waits for what has begun.
func (s *server) end() {
	s.mu.Lock()
	s.over = true
	s.mu.Unlock()
	s.working.Wait()
}

// begin is called by what must have come to its end before Serve returns.
func (s *server) begin() (done func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil, false
	}
	s.working.Add(1)
	return s.working.Done, true
}

// left is what it means that the editor is gone.
func (s *server) left() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase == shutDown {
		return errBye
	}
	return ErrNotShutDown
}

// errBye is why a server ends that the editor has shut down before.
var errBye = errors.New("the editor has left")
