package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// An editorTalk is what an editor says to `racelab lsp`, and hears.
type editorTalk struct {
	t   *testing.T
	in  io.WriteCloser
	out *bufio.Reader
}

func (e editorTalk) say(format string, args ...any) {
	e.t.Helper()
	text := `{"jsonrpc":"2.0",` + fmt.Sprintf(format, args...) + "}"
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(text), text); err != nil {
		e.t.Fatal(err)
	}
}

// hear is the next message, as text.
func (e editorTalk) hear(want ...string) string {
	e.t.Helper()
	header, err := textproto.NewReader(e.out).ReadMIMEHeader()
	if err != nil {
		e.t.Fatal(err)
	}
	n, _ := strconv.Atoi(header.Get("Content-Length"))
	text := make([]byte, n)
	if _, err := io.ReadFull(e.out, text); err != nil {
		e.t.Fatal(err)
	}
	for _, w := range want {
		if !strings.Contains(string(text), w) {
			e.t.Fatalf("heard %s, want %s", text, w)
		}
	}
	return string(text)
}

// An editor opens a file of a lab, asks for a hint and for what a kind of problem is, and saves
// the file: this is recorded as with the other verbs.
func TestLSP(t *testing.T) {
	s := newSession(t)
	if got := s.run(t.Context(), []string{"init", "lab"}); got != 0 {
		t.Fatalf("init: %d", got)
	}
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	s.stdin, s.stdout = in, out
	ended := make(chan int)
	go func() {
		status := s.run(t.Context(), []string{"lsp"})
		out.Close()
		ended <- status
	}()
	e := editorTalk{t, toServer, bufio.NewReader(fromServer)}
	l := lab{filepath.Join(s.cwd, "lab")}
	file := filepath.Join(l.dir, "exercises", "01-unlocked-balance", "bank.go")
	uri := "file://" + filepath.ToSlash(file)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	quoted, _ := json.Marshal(string(text))

	e.say(`"id":1,"method":"initialize","params":{"capabilities":{"window":{"showDocument":{"support":true}}}}`)
	e.hear(`"id":1`, `"name":"racelab"`)
	e.say(`"method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"version":1,"text":%s}}`, uri, quoted)
	e.say(`"id":2,"method":"workspace/executeCommand","params":{"command":"racelab.hint","arguments":[{"uri":%q}]}`, uri)
	hint := filepath.Join(l.stateDir(), "editor", "hint-01-unlocked-balance-1.md")
	e.hear("window/showDocument", "file://"+filepath.ToSlash(hint))
	if shown, err := os.ReadFile(hint); err != nil || !strings.HasPrefix(string(shown), "# 01-unlocked-balance, hint 1 of 3\n\nThe first hint: where to look in `bank.go`") {
		t.Errorf("the hint is %q, %v", shown, err)
	}
	e.say(`"id":"0","result":{"success":true}`)
	e.hear(`"id":2`, `"result":null`)
	e.say(`"id":3,"method":"workspace/executeCommand","params":{"command":"racelab.explain","arguments":[{"uri":%q,"kind":"data-race"}]}`, uri)
	page := filepath.Join(l.stateDir(), "editor", "explain-data-race.md")
	e.hear("window/showDocument", "file://"+filepath.ToSlash(page))
	e.say(`"id":"1","result":{"success":true}`)
	e.hear(`"id":3`, `"result":null`)
	if shown, err := os.ReadFile(page); err != nil || !strings.HasPrefix(string(shown), "# Data race") {
		t.Errorf("the page is %q, %v", shown, err)
	}

	e.say(`"method":"textDocument/didSave","params":{"textDocument":{"uri":%q}}`, uri)
	e.hear("textDocument/publishDiagnostics", "bank.go", `"code":"data-race"`, `"href":"file://`)
	if last, ok := l.checks().Read("01-unlocked-balance"); !ok || !last.Of(map[string][]byte{"bank.go": text}) {
		t.Errorf("the last check is %+v, %v", last, ok)
	}
	if p, err := l.readProgress(); err != nil || p.Exercises["01-unlocked-balance"].Hints != 1 {
		t.Errorf("the progress is %+v, %v", p, err)
	}

	e.say(`"id":4,"method":"shutdown"`)
	for !strings.Contains(e.hear(), `"id":4`) { // diagnostics of another file
	}
	e.say(`"method":"exit"`)
	if status := <-ended; status != 0 {
		t.Errorf("exit status %d: %s", status, s.err.String())
	}
	toServer.Close()
	if s.err.Len() > 0 {
		t.Errorf("stderr: %s", s.err.String())
	}
}

// The host knows the files of a lab, and nothing else.
func TestEditorHost(t *testing.T) {
	s := newSession(t)
	s.run(t.Context(), []string{"init", "lab"})
	host, err := newEditorHost(s.app)
	if err != nil {
		t.Fatal(err)
	}
	exercises := filepath.Join(s.cwd, "lab", "exercises")
	for _, tt := range []struct {
		path string
		want string
	}{
		{filepath.Join(exercises, "01-unlocked-balance", "bank.go"), "01-unlocked-balance"},
		{filepath.Join(exercises, "02-lock-reentry", "README.md"), "02-lock-reentry"},
		{filepath.Join(exercises, "99-none", "bank.go"), ""},
		{filepath.Join(exercises, "bank.go"), ""},
		{filepath.Join(s.cwd, "bank.go"), ""},
	} {
		if ex, ok := host.Exercise(tt.path); ex.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("%s is of %q, %v, want %q", tt.path, ex.ID, ok, tt.want)
		}
	}
	ex, _ := host.Exercise(filepath.Join(exercises, "01-unlocked-balance", "bank.go"))
	if ex.Files[0] != "bank.go" || len(ex.Tests["bank_test.go"]) == 0 || len(host.Saved(ex)["bank.go"]) == 0 {
		t.Errorf("the exercise is %+v", ex)
	}
	if _, ok := host.Explained(ex, "../../x"); ok {
		t.Error("there is a page about what is no kind")
	}
	if got := host.Play(ex); got != "racelab play 01-unlocked-balance" {
		t.Errorf("play is %q", got)
	}
	// A lab that is gone is no reason to crash.
	if err := os.RemoveAll(filepath.Join(s.cwd, "lab")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := host.Hint(ex); err == nil {
		t.Error("there is a hint without a lab")
	}
	if _, err := host.Check(t.Context(), ex, nil); err == nil || host.Saved(ex) != nil {
		t.Error("there is a check without a lab")
	}
}

// A page that opens on a machine without a screen is seen by nobody.
func TestHasScreen(t *testing.T) {
	for _, tt := range []struct {
		system, is string
		want       bool
	}{
		{"linux", "DISPLAY", true},
		{"linux", "WAYLAND_DISPLAY", true},
		{"linux", "", false},
		{"freebsd", "SSH_CONNECTION", false},
		{"darwin", "", true},
		{"darwin", "SSH_CONNECTION", false},
		{"windows", "", true},
	} {
		if got := hasScreen(tt.system, func(name string) (string, bool) { return map[bool]string{true: "x"}[name == tt.is], name == tt.is }); got != tt.want {
			t.Errorf("%s with %q has a screen: %v", tt.system, tt.is, got)
		}
	}
}

func TestLastNote(t *testing.T) {
	for _, tt := range []struct{ stderr, want string }{
		{"", ""},
		{"racelab: building the tests …\nracelab: there is no\n  problem 7.\n", "there is no problem 7."},
		{"panic: no\n", "panic: no"},
	} {
		if got := lastNote([]byte(tt.stderr)); got != tt.want {
			t.Errorf("%q says %q, want %q", tt.stderr, got, tt.want)
		}
	}
}

// Somebody who types it in a terminal would wait for ever.
func TestLSPInTerminal(t *testing.T) {
	s := newSession(t)
	s.outTerminal = true
	if got := s.run(t.Context(), []string{"lsp"}); got != statusUsage || !strings.Contains(s.err.String(), "lsp is for an editor to start") {
		t.Errorf("exit status %d: %s", got, s.err.String())
	}
}
