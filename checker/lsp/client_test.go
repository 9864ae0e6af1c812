package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"racelab/checker/finding"
	"racelab/checker/lastcheck"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A client speaks the protocol as an editor does, with code of its own.
type client struct {
	t    *testing.T
	in   *io.PipeWriter
	out  *bufio.Reader
	ids  int
	done chan error // what Serve returned
}

// A message is one of any sort.
type message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

func connect(t *testing.T, host Host) *client {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	c := &client{t: t, in: toServer, out: bufio.NewReader(fromServer), done: make(chan error, 1)}
	go func() {
		err := Serve(t.Context(), in, out, host, "v1")
		out.Close()
		c.done <- err
	}()
	t.Cleanup(func() {
		toServer.Close()
		_, _ = io.Copy(io.Discard, c.out)
	})
	return c
}

// begin is connect, and what every editor says first.
func begin(t *testing.T, host Host, capabilities, options string) *client {
	t.Helper()
	c := connect(t, host)
	c.request("initialize", fmt.Sprintf(`{"processId":null,"rootUri":null,"capabilities":%s,"initializationOptions":%s}`, capabilities, options))
	c.tell("initialized", "{}")
	return c
}

// everything is what an editor has that can do all we ask for, but for work that it shows.
const everything = `{"window":{"showDocument":{"support":true}},"textDocument":{"publishDiagnostics":{"relatedInformation":true},` +
	`"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix","source"]}}}}}`

func (c *client) write(text string) {
	c.t.Helper()
	if _, err := fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(text), text); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) tell(method, params string) {
	c.t.Helper()
	c.write(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params))
}

// ask sends a request, and does not wait for its answer.
func (c *client) ask(method, params string) (id string) {
	c.t.Helper()
	c.ids++
	c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, c.ids, method, params))
	return strconv.Itoa(c.ids)
}

// request returns the answer, which is the next message.
func (c *client) request(method, params string) message {
	c.t.Helper()
	id := c.ask(method, params)
	m := c.next()
	if string(m.ID) != id || m.Method != "" {
		c.t.Fatalf("%s is answered by %+v", method, m)
	}
	return m
}

func (c *client) next() (m message) {
	c.t.Helper()
	header, err := textproto.NewReader(c.out).ReadMIMEHeader()
	if err != nil {
		c.t.Fatal(err)
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		c.t.Fatal(err)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(c.out, text); err != nil {
		c.t.Fatal(err)
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Version != "2.0" {
		c.t.Fatalf("%s: %v", text, err)
	}
	return m
}

// want is the next message, which must be a method; its parameters go into params.
func (c *client) want(method string, params any) message {
	c.t.Helper()
	m := c.next()
	if m.Method != method {
		c.t.Fatalf("got %s %s %s, want %s", m.Method, m.Params, m.Result, method)
	}
	if err := json.Unmarshal(m.Params, params); err != nil {
		c.t.Fatal(err)
	}
	return m
}

// diagnostics are the next ones, of one file.
func (c *client) diagnostics() (p publishParams) {
	c.t.Helper()
	c.want("textDocument/publishDiagnostics", &p)
	return p
}

// leave ends the conversation as the protocol wants it. Messages before the answer are read.
func (c *client) leave() {
	c.t.Helper()
	id := c.ask("shutdown", "null")
	for {
		if m := c.next(); string(m.ID) == id && m.Method == "" {
			break
		}
	}
	c.tell("exit", "null")
	if err := <-c.done; err != nil {
		c.t.Errorf("Serve: %v", err)
	}
}

func (c *client) open(file, text string) {
	c.t.Helper()
	c.tell("textDocument/didOpen", fmt.Sprintf(`{"textDocument":{"uri":%q,"languageId":"go","version":1,"text":%s}}`, fileURI(file), quoted(text)))
}

func (c *client) change(file string, version int, text string) {
	c.t.Helper()
	c.tell("textDocument/didChange", fmt.Sprintf(`{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"text":%s}]}`, fileURI(file), version, quoted(text)))
}

func (c *client) save(file string) {
	c.t.Helper()
	c.tell("textDocument/didSave", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, fileURI(file)))
}

func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// A fakeHost has one exercise in each folder of a folder, and checks as a test wants it.
type fakeHost struct {
	dir   string
	calls chan *call // a check that has begun
	// browser is whether somebody sees one.
	browser bool

	mu   sync.Mutex
	last map[string]lastcheck.Check
}

// A call is a check that runs until the test says what it finds.
type call struct {
	ex       Exercise
	ctx      context.Context
	progress func(string)
	verdict  chan finding.Verdict
}

const (
	program = "package bank\n\nimport \"sync\"\n\nfunc Deposit() {\n\tbalance++\n}\n\nfunc Grüße() { balance = len(\"😀\") } // end\n"
	tests   = "package bank_test\n\nfunc TestRush() {\n\tt.Error(1)\n}\n"
)

// newHost has two exercises, 01-bank and 02-shop, with the same files.
func newHost(t *testing.T) *fakeHost {
	t.Helper()
	h := &fakeHost{dir: t.TempDir(), calls: make(chan *call), last: map[string]lastcheck.Check{}}
	for _, id := range []string{"01-bank", "02-shop"} {
		h.write(t, id, "bank.go", program)
		h.write(t, id, "bank_test.go", tests)
	}
	return h
}

func (h *fakeHost) path(id, name string) string { return filepath.Join(h.dir, id, name) }

func (h *fakeHost) write(t *testing.T, id, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(h.dir, id), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(h.path(id, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (h *fakeHost) Exercise(path string) (Exercise, bool) {
	dir := filepath.Dir(path)
	id := filepath.Base(dir)
	if filepath.Dir(dir) != h.dir || id != "01-bank" && id != "02-shop" {
		return Exercise{}, false
	}
	return Exercise{ID: id, Dir: dir, Files: []string{"bank.go"}, Tests: map[string][]byte{"bank_test.go": []byte(tests)}}, true
}

func (h *fakeHost) Saved(ex Exercise) map[string][]byte {
	b, err := os.ReadFile(filepath.Join(ex.Dir, "bank.go"))
	if err != nil {
		return nil
	}
	return map[string][]byte{"bank.go": b}
}

func (h *fakeHost) Last(ex Exercise) (lastcheck.Check, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.last[ex.ID]
	return c, ok
}

// keep makes a verdict the last one, of what is saved.
func (h *fakeHost) keep(ex Exercise, v finding.Verdict) {
	files := h.Saved(ex)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last[ex.ID] = lastcheck.New(v, files, time.Time{})
}

func (h *fakeHost) Check(ctx context.Context, ex Exercise, progress func(string)) (finding.Verdict, error) {
	c := &call{ex, ctx, progress, make(chan finding.Verdict)}
	select {
	case h.calls <- c:
	case <-ctx.Done():
		return finding.Verdict{}, ctx.Err()
	}
	select {
	case v := <-c.verdict:
		if v.Outcome == "" {
			return v, fmt.Errorf("the disk is full")
		}
		if v.Outcome != finding.Inconclusive {
			h.keep(ex, v)
		}
		return v, nil
	case <-ctx.Done():
		return finding.Verdict{}, ctx.Err()
	}
}

func (h *fakeHost) Hint(ex Exercise) (text, file string, err error) {
	return "look at balance", filepath.Join(ex.Dir, "hint.md"), nil
}

func (h *fakeHost) Replay(ctx context.Context, ex Exercise, problem int, page bool, _ func(string)) (string, error) {
	switch {
	case problem == 2:
		<-ctx.Done()
		return "", ctx.Err()
	case problem != 1:
		return "", fmt.Errorf("there is no problem %d", problem)
	case page:
		return filepath.Join(ex.Dir, "replay.html"), nil
	}
	return filepath.Join(ex.Dir, "bank_test.go"), nil // one that is there
}

func (h *fakeHost) Game(_ context.Context, ex Exercise, _ func(string)) (string, error) {
	return filepath.Join(ex.Dir, "play.html"), nil
}

func (h *fakeHost) Browser() bool { return h.browser }

func (h *fakeHost) Explained(_ Exercise, kind finding.Kind) (string, bool) {
	return h.path("01-bank", "bank_test.go"), kind == finding.DataRace
}

func (h *fakeHost) Play(ex Exercise) string { return "racelab play " + ex.ID }

// race is a verdict with a data race, what follows from it, and a warning.
func race() finding.Verdict {
	at := finding.Location{File: "bank.go", Line: 6, Function: "Deposit"}
	other := finding.Location{File: "bank.go", Line: 9, Function: "Grüße"}
	access := func(l finding.Location) finding.Access {
		return finding.Access{Op: finding.AccessWrite, Write: true, Place: l, Exact: finding.AtLine}
	}
	first, second := access(at), access(other)
	return finding.Verdict{
		Exercise: "01-bank", Outcome: finding.Fail, Score: 2, MaxScore: 10,
		Findings: []finding.Finding{
			{
				Kind: finding.DataRace, Detector: finding.Race, Severity: finding.Error, Problem: 1, Location: at,
				Fact: finding.Fact{Conflict: &finding.Conflict{First: first, Second: &second}},
				Related: []finding.Related{
					{Role: finding.Role{Kind: finding.RoleAccess, Goroutines: []finding.GoroutineName{"7"}, Access: &second, Previous: true}, Location: other},
					{Role: finding.Role{Kind: finding.RoleStarted, Goroutines: []finding.GoroutineName{"7"}}, Location: finding.Location{File: "bank_test.go", Line: 3}},
					{Role: finding.Role{Kind: finding.RoleStarted, Goroutines: []finding.GoroutineName{"8"}}, Location: finding.Location{File: finding.ContractFile, Line: 3}},
				},
				Evidence: finding.Evidence{Schedule: "TestRush::3.1a.2b"},
			},
			{
				Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error, Problem: 1, Follows: finding.Consequence,
				Fact:     finding.Fact{Failure: &finding.Failure{Test: "TestRush", Text: "got 1"}},
				Location: finding.Location{File: "bank_test.go", Line: 4},
			},
			{
				Kind: finding.Vet, Detector: finding.GoVet, Severity: finding.Warning,
				Fact:     finding.Fact{Quotation: &finding.Quotation{Text: "balance is a bad name"}},
				Location: finding.Location{File: "bank.go", Line: 9},
			},
		},
	}
}

func passes() finding.Verdict {
	return finding.Verdict{Exercise: "01-bank", Outcome: finding.Pass, Score: 10, MaxScore: 10}
}
