package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// execute asks for a command about bank.go of the first exercise, and returns what the editor
// is asked to open, and what it is told. It opens what opens says.
func (c *client) execute(host *fakeHost, command string, opens func(showDocumentParams) bool) (got []string) {
	c.t.Helper()
	id := c.ask("workspace/executeCommand", fmt.Sprintf(`{"command":"racelab.%s","arguments":[{"uri":%q,"problem":1,"kind":"data-race"}]}`,
		command, fileURI(host.path("01-bank", "bank.go"))))
	for {
		m := c.next()
		switch m.Method {
		case "window/showDocument":
			var p showDocumentParams
			if err := json.Unmarshal(m.Params, &p); err != nil || p.External == p.TakeFocus {
				c.t.Errorf("%s: %v", m.Params, err)
			}
			where := ""
			if p.External {
				where = "browser:"
			}
			got = append(got, where+strings.TrimPrefix(p.URI, fileURI(filepath.Join(host.dir, "01-bank"))+"/"))
			c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":{"success":%v}}`, m.ID, opens(p)))
		case "window/showMessage":
			var p messageParams
			if err := json.Unmarshal(m.Params, &p); err != nil || p.Type != messageInfo {
				c.t.Errorf("%s: %v", m.Params, err)
			}
			got = append(got, "says "+strings.ReplaceAll(p.Message, filepath.Join(host.dir, "01-bank")+string(filepath.Separator), ""))
		default:
			if string(m.ID) != id || string(m.Result) != "null" {
				c.t.Fatalf("%s is answered with %+v", command, m)
			}
			return got
		}
	}
}

// What an action says is what the server does, as well as the editor can.
func TestExecute(t *testing.T) {
	const (
		able  = `{"window":{"showDocument":{"support":true}}}`
		typed = "says Type this in a terminal, in the folder of the lab: racelab play 01-bank"
	)
	all := func(showDocumentParams) bool { return true }
	noBrowser := func(p showDocumentParams) bool { return !p.External }
	nothing := func(showDocumentParams) bool { return false }
	for _, tt := range []struct {
		name    string
		can     string
		browser bool
		opens   func(showDocumentParams) bool
		do      []string // one after the other
		want    []string
	}{
		{
			"an editor that opens all", able, true, all,
			[]string{"replay", "explain", "hint", "play"},
			[]string{"browser:replay.html", "bank_test.go", "hint.md", "browser:play.html"},
		},
		{
			"nobody would see a browser", able, false, all,
			[]string{"replay", "explain", "hint", "play"},
			[]string{"bank_test.go", "bank_test.go", "hint.md", typed},
		},
		{
			"no browser starts, which is tried once", able, true, noBrowser,
			[]string{"replay", "play", "replay"},
			[]string{"browser:replay.html", "bank_test.go", typed, "bank_test.go"},
		},
		{
			"nothing opens", able, true, nothing,
			[]string{"play", "replay", "hint"},
			[]string{"browser:play.html", typed, "bank_test.go", "says It is in bank_test.go", "hint.md", "says look at balance"},
		},
		{
			"an editor that can open nothing", `{}`, true, nothing,
			[]string{"replay", "explain", "hint", "play"},
			[]string{"says It is in bank_test.go", "says It is in bank_test.go", "says look at balance", typed},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			host := newHost(t)
			host.browser = tt.browser
			c := begin(t, host, tt.can, "{}")
			var got []string
			for _, command := range tt.do {
				got = append(got, c.execute(host, command, tt.opens)...)
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			c.leave()
		})
	}
}
