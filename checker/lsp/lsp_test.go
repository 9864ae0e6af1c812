package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`

// What is out of turn, or makes no sense, is answered with an error, and the server goes on.
func TestLifecycle(t *testing.T) {
	for _, tt := range []struct {
		name string
		send []string
		want []string // an answer for each: the error's code, or the beginning of the result
		end  error
	}{
		{
			"as the protocol wants it",
			[]string{initialize, `{"jsonrpc":"2.0","method":"initialized","params":{}}`, `{"jsonrpc":"2.0","id":"s","method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`},
			[]string{`{"capabilities":{"textDocumentSync":{"openClose":true,"change":1,"save":true}`, "null"},
			nil,
		},
		{
			"a request too early, one too late",
			[]string{
				`{"jsonrpc":"2.0","id":1,"method":"textDocument/codeAction","params":{}}`, initialize, `{"jsonrpc":"2.0","id":2,"method":"shutdown","params":null}`,
				`{"jsonrpc":"2.0","id":3,"method":"textDocument/codeAction","params":{}}`, `{"jsonrpc":"2.0","method":"exit","params":{}}`,
			},
			[]string{"-32002", "{", "null", "-32600"},
			nil,
		},
		{"initialize twice", []string{initialize, strings.Replace(initialize, `"id":1`, `"id":2`, 1)}, []string{"{", "-32600"}, ErrNotShutDown},
		{"options of another server", []string{strings.Replace(initialize, `{}}`, `{},"initializationOptions":{"checkOnSave":"no"}}`, 1)}, []string{"showMessage", "{"}, ErrNotShutDown},
		{
			"what is no message",
			[]string{`{`, `[]`, `7`, `null`, `{"jsonrpc":"2.0","id":{},"method":7}`, `{"jsonrpc":"2.0","id":1.5,"method":"x"}`, `[` + initialize + `]`, initialize},
			[]string{"-32700", "-32600", "-32600", "-32600", "-32600", "-32600", "-32600", "{"},
			ErrNotShutDown,
		},
		{
			"what there is not, and what makes no sense",
			[]string{
				initialize, `{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{}}`, `{"jsonrpc":"2.0","id":3,"method":"textDocument/codeAction","params":{"range":"all"}}`,
				`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}`, `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":[1]}`,
				`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///nowhere.go"},"contentChanges":null}}`,
				`{"jsonrpc":"2.0","id":77,"result":null}`, `{"jsonrpc":"2.0","id":5,"method":"shutdown"}`,
			},
			[]string{"{", "-32601", "-32602", "null"},
			nil,
		},
		{"no exit after the shutdown", []string{initialize, `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`}, []string{"{", "null"}, nil},
		{"exit alone", []string{`{"jsonrpc":"2.0","method":"exit"}`}, nil, ErrNotShutDown},
		{"nothing", nil, nil, ErrNotShutDown},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := connect(t, newHost(t))
			want := tt.want
			for _, text := range tt.send {
				c.write(text)
				for n := answers(text); n > 0 && len(want) > 0; n-- {
					if got := short(c.next()); !strings.HasPrefix(got, want[0]) {
						t.Fatalf("%s is answered with %s, want %s", text, got, want[0])
					}
					want = want[1:]
				}
			}
			if len(want) > 0 {
				t.Errorf("not answered: %q", want)
			}
			c.in.Close()
			if err := <-c.done; !errors.Is(err, tt.end) {
				t.Errorf("Serve returns %v, want %v", err, tt.end)
			}
		})
	}
}

// answers is how many messages follow from one.
func answers(text string) int {
	switch {
	case strings.Contains(text, `"checkOnSave":"no"`):
		return 2
	case strings.HasPrefix(text, `{"jsonrpc":"2.0","method":`), strings.Contains(text, `"result"`):
		return 0
	}
	return 1
}

// short is the code of an error, the result, or the end of a method.
func short(m message) string {
	switch {
	case m.Error != nil:
		return fmt.Sprint(m.Error.Code)
	case m.Method != "":
		return strings.TrimPrefix(m.Method, "window/")
	}
	return string(m.Result)
}

// A header that makes no sense ends the conversation: nobody knows where the next one is.
func TestHeaders(t *testing.T) {
	const body = `{"jsonrpc":"2.0","method":"exit"}`
	for _, tt := range []struct{ name, text, want string }{
		{"usual", "Content-Length: 33\r\n\r\n" + body, ErrNotShutDown.Error()},
		{"another order, case and end of line", "content-type: application/vscode-jsonrpc; charset=utf8\ncontent-length:33\n\n" + body, ErrNotShutDown.Error()},
		{"a line too many", "\r\n\r\nwarning\r\nContent-Length: 33\r\n\r\n" + body, ErrNotShutDown.Error()},
		{"nothing at all", "", ErrNotShutDown.Error()},
		{"cut in the header", "Content-Len", "unexpected EOF"},
		{"cut before the message", "Content-Length: 33\r\n\r\n", "unexpected EOF"},
		{"cut in the message", "Content-Length: 33\r\n\r\n" + body[:5], "unexpected EOF"},
		{"no number", "Content-Length: many\r\n\r\n", `"many", which is no number`},
		{"below zero", "Content-Length: -1\r\n\r\n", `"-1", which is no number`},
		{"more than memory has", "Content-Length: 4294967295\r\n\r\n", "no number up to 16777216"},
		{"no end", strings.Repeat("x", 1<<16), "too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := connect(t, newHost(t))
			go func() {
				_, _ = c.in.Write([]byte(tt.text)) // an error if Serve does not read all
				c.in.Close()
			}()
			if err := <-c.done; err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Serve returns %v, want %s", err, tt.want)
			}
		})
	}
}

// What a message makes of us is its own answer, and the next one is as good as ever.
func TestPanic(t *testing.T) {
	host := newHost(t)
	c := begin(t, panicking{host}, everything, "{}")
	m := c.request("textDocument/codeAction", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, fileURI(host.path("01-bank", "bank.go"))))
	if m.Error == nil || m.Error.Code != -32603 || !strings.Contains(m.Error.Message, "textDocument/codeAction: no exercise today") {
		t.Errorf("answered with %+v", m)
	}
	c.leave()
}

type panicking struct{ *fakeHost }

func (panicking) Exercise(string) (Exercise, bool) { panic("no exercise today") }

// FuzzServe: whatever an editor sends, the server comes to its end without a panic, and what
// it says itself are messages.
func FuzzServe(f *testing.F) {
	frame := func(text string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(text), text) }
	f.Add(frame(initialize), "textDocument/didOpen", `{"textDocument":{"uri":"file:///a.go","text":"\ud800"}}`)
	f.Add("Content-Length: 3\r\n\r\n{}", "workspace/executeCommand", `{"command":"racelab.replay","arguments":[{"uri":"file:///a.go","problem":-1}]}`)
	f.Add("\r\n", "textDocument/didChange", `{"textDocument":{"uri":"DIR/01-bank/bank.go","version":-1},"contentChanges":[{"range":{}},{"text":"x"}]}`)
	f.Add("", "$/cancelRequest", `{"id":null}`)
	f.Add("", "textDocument/didSave", `{"textDocument":{"uri":"file://host/%00"}}`)
	host := fakeHost{dir: f.TempDir(), calls: make(chan *call)}
	f.Fuzz(func(t *testing.T, before, method, params string) {
		params = strings.ReplaceAll(params, "DIR", fileURI(host.dir))
		name, _ := json.Marshal(method)
		in := before + frame(initialize) + frame(fmt.Sprintf(`{"jsonrpc":"2.0","id":2,"method":%s,"params":%s}`, name, params)) +
			frame(fmt.Sprintf(`{"jsonrpc":"2.0","method":%s,"params":%s}`, name, params)) +
			frame(`{"jsonrpc":"2.0","id":3,"method":"shutdown"}`) + frame(`{"jsonrpc":"2.0","method":"exit"}`)
		var out strings.Builder
		_ = Serve(t.Context(), strings.NewReader(in), &out, &host, "v1") // an error says what was wrong
		for rest := out.String(); rest != ""; {
			header, text, found := strings.Cut(rest, "\r\n\r\n")
			var n int
			if _, err := fmt.Sscanf(header, "Content-Length: %d", &n); err != nil || !found || len(text) < n || !json.Valid([]byte(text[:n])) {
				t.Fatalf("Serve says %q", rest)
			}
			rest = text[n:]
		}
	})
}
