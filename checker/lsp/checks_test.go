package lsp

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"racelab/checker/finding"
)

func (c *client) wantMessage(kind int, text string) {
	c.t.Helper()
	var p messageParams
	c.want("window/showMessage", &p)
	if p.Type != kind || p.Message != text {
		c.t.Errorf("the message is %d %q, want %d %q", p.Type, p.Message, kind, text)
	}
}

// A save checks, and what is found shows; a newer save ends the check.
func TestSave(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	c := begin(t, host, everything, "{}")
	c.open(file, program)
	c.save(file)
	old := <-host.calls
	host.write(t, "01-bank", "bank.go", "// new\n"+program)
	c.change(file, 2, "// new\n"+program)
	c.save(file)
	<-old.ctx.Done()
	check := <-host.calls
	if check.ctx.Err() != nil {
		t.Fatal("the newer check is over, too")
	}
	check.verdict <- race()
	c.wantDiagnostics(`
bank.go, version 2
5:0-5:16 error data-race: Data race: unsynchronised write at bank.go:6 in Deposit and write at bank.go:9 in Grüße [bank_test.go]
  bank.go 8:0-8:0: previous write by goroutine 7
  bank_test.go 2:0-2:17: goroutine 7 was started here
8:0-8:0 warning vet: go vet objects: balance is a bad name
`, resultShown)

	// What was checked is not checked again by a save; by an action it is.
	c.save(file)
	c.request("workspace/executeCommand", fmt.Sprintf(`{"command":"racelab.check","arguments":[{"uri":%q}]}`, fileURI(file)))
	(<-host.calls).verdict <- passes()
	c.wantDiagnostics("bank.go, version 2\n", "bank_test.go, version -\n")
	c.wantMessage(messageInfo, "01-bank passes: 10 of 10 points")
	c.leave()
}

// Without a mark in the learner's own file, a message says what came of the check.
func TestSaveSays(t *testing.T) {
	inTests := race()
	inTests.Findings = inTests.Findings[1:2]
	for _, tt := range []struct {
		name    string
		verdict finding.Verdict
		kind    int
		want    string
	}{
		{"a fail in a test", inTests, messageWarning, "01-bank does not pass yet: 1 problem, 2 of 10 points"},
		{"no verdict", finding.Verdict{Exercise: "01-bank", Outcome: finding.Inconclusive, Reason: "the test drew lots"}, messageWarning, "01-bank has no verdict: the test drew lots. This says nothing about your program: it is neither a pass nor a fail."},
		{"a fault", finding.Verdict{}, messageError, "racelab cannot check 01-bank: the disk is full"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			host := newHost(t)
			c := begin(t, host, everything, "{}")
			c.open(host.path("01-bank", "bank.go"), program)
			c.save(host.path("01-bank", "bank.go"))
			(<-host.calls).verdict <- tt.verdict
			if tt.name == "a fail in a test" {
				c.wantDiagnostics(strings.Replace(resultShown, "information", "error", 1))
			}
			c.wantMessage(tt.kind, tt.want)
			c.leave()
		})
	}
}

// One check runs at a time: that of another exercise waits. What waits is not there twice.
func TestSaveTwoExercises(t *testing.T) {
	host := newHost(t)
	c := begin(t, host, everything, "{}")
	for _, id := range []string{"01-bank", "02-shop"} {
		c.open(host.path(id, "bank.go"), program)
	}
	c.save(host.path("01-bank", "bank.go"))
	first := <-host.calls
	c.save(host.path("02-shop", "bank.go"))
	c.save(host.path("02-shop", "bank.go"))
	c.save(host.path("02-shop", "bank_test.go")) // not the learner's
	first.verdict <- passes()
	c.wantMessage(messageInfo, "01-bank passes: 10 of 10 points")
	second := <-host.calls
	if second.ex.ID != "02-shop" {
		t.Errorf("checked: %s", second.ex.ID)
	}
	// shutdown ends it.
	c.leave()
	<-second.ctx.Done()
	select {
	case again := <-host.calls:
		t.Errorf("checked again: %s", again.ex.ID)
	default:
	}
}

func TestSaveDoesNotCheck(t *testing.T) {
	host := newHost(t)
	c := begin(t, host, everything, `{"checkOnSave":false}`)
	file := host.path("01-bank", "bank.go")
	c.open(file, program)
	c.save(file)
	c.leave() // nobody answers a check
}

// An editor that can shows how far a check is, and ends it when the user wants that.
func TestProgress(t *testing.T) {
	host := newHost(t)
	c := begin(t, host, `{"window":{"workDoneProgress":true}}`, "{}")
	file := host.path("01-bank", "bank.go")
	c.open(file, program)
	begun := func() (check *call, token string) {
		c.save(file)
		var p tokenParams
		m := c.want("window/workDoneProgress/create", &p)
		c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":null}`, m.ID))
		check = <-host.calls
		c.wantProgress(p.Token, progress{Kind: "begin", Title: "Checking 01-bank", Cancellable: true})
		return check, p.Token
	}
	check, token := begun()
	check.progress("running\x1b[1m tests")
	c.wantProgress(token, progress{Kind: "report", Message: `running\x1b[1m tests`})
	check.verdict <- passes()
	c.wantProgress(token, progress{Kind: "end", Message: "✓ 10 of 10 points"})
	c.wantMessage(messageInfo, "01-bank passes: 10 of 10 points")

	host.write(t, "01-bank", "bank.go", program+"// more\n")
	c.change(file, 2, program+"// more\n")
	check, token = begun()
	c.tell("window/workDoneProgress/cancel", `{"token":"racelab/99"}`)
	c.tell("window/workDoneProgress/cancel", fmt.Sprintf(`{"token":%q}`, token))
	<-check.ctx.Done()
	c.wantProgress(token, progress{Kind: "end", Message: "stopped"})

	// An editor that refuses has the check all the same.
	c.save(file)
	m := c.want("window/workDoneProgress/create", &tokenParams{})
	c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}`, m.ID))
	(<-host.calls).verdict <- passes()
	c.wantMessage(messageInfo, "01-bank passes: 10 of 10 points")
	c.leave()
}

func (c *client) wantProgress(token string, want progress) {
	c.t.Helper()
	var p progressParams
	if m := c.want("$/progress", &p); p.Token != token || p.Value != want {
		c.t.Errorf("progress is %s, want %+v", m.Params, want)
	}
}

// actions are the titles of those at a line, with their kinds.
func (c *client) actions(file string, line int, only ...string) []codeAction {
	c.t.Helper()
	kinds, _ := json.Marshal(only)
	m := c.request("textDocument/codeAction", fmt.Sprintf(
		`{"textDocument":{"uri":%q},"range":{"start":{"line":%d,"character":0},"end":{"line":%d,"character":0}},"context":{"diagnostics":[],"only":%s}}`,
		fileURI(file), line, line, kinds))
	var out []codeAction
	if err := json.Unmarshal(m.Result, &out); err != nil || string(m.Result) == "null" {
		c.t.Fatalf("%s %+v: %v", m.Result, m.Error, err)
	}
	return out
}

func TestActions(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	ex, _ := host.Exercise(file)
	host.keep(ex, race())
	c := begin(t, host, everything, "{}")
	c.open(file, program)
	c.wantDiagnostics(raceShown, resultShown)
	const (
		replay = "Replay problem 1: Data race: bank.go:6 Deposit / bank.go:9 Grüße"
		rest   = "; Show the next hint for 01-bank; Play 01-bank: be the scheduler; Check 01-bank now"
	)
	for _, tt := range []struct {
		name string
		file string
		line int
		only []string
		want string
	}{
		{"at a race", file, 5, nil, "quickfix: " + replay + "; Explain: what a data race is, wrong and right" + rest},
		{"at a warning", file, 8, nil, "quickfix: " + replay + "; Explain: what go vet knows about concurrency" + rest},
		{"at a test that fails", host.path("01-bank", "bank_test.go"), 3, nil, "quickfix: " + replay + "; Explain: right accesses, wrong result" + rest},
		{"elsewhere", file, 0, nil, "source.racelab: " + replay + rest},
		{"only what mends", file, 0, []string{"quickfix"}, ""},
		{"only of files", file, 0, []string{"source"}, "source.racelab: " + replay + rest},
		{"only what refactors", file, 5, []string{"refactor", "quickfixes"}, ""},
		{"of no exercise", "/elsewhere/bank.go", 5, nil, ""},
		{"of one that is not open", host.path("02-shop", "bank.go"), 5, nil, "source.racelab: " + strings.ReplaceAll(rest[2:], "01-bank", "02-shop")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, a := range c.actions(tt.file, tt.line, tt.only...) {
				if got == "" {
					got = a.Kind + ": " + a.Title
					continue
				}
				got += "; " + a.Title
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	c.leave()
}

// An editor that knows no code actions gets their commands, which it can have executed.
func TestActionsAsCommands(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	ex, _ := host.Exercise(file)
	host.keep(ex, race())
	for _, can := range []string{"{}", `{"textDocument":{"codeAction":{"codeActionLiteralSupport":null}}}`} {
		c := connect(t, host)
		m := c.request("initialize", fmt.Sprintf(`{"processId":1,"rootUri":null,"capabilities":%s}`, can))
		if !strings.Contains(string(m.Result), `"codeActionProvider":true`) {
			t.Errorf("with %s it announces %s", can, m.Result)
		}
		for uri, want := range map[string]string{
			fileURI(file):                            `[{"title":"Show the next hint for 01-bank","command":"racelab.hint","arguments":[{"uri":"` + fileURI(file) + `"}]},{`,
			"file:///elsewhere/bank.go":              "[]",
			fileURI(host.path("02-shop", "bank.go")): `[{"title":"Show the next hint for 02-shop","command":"racelab.hint",`,
		} {
			m := c.request("textDocument/codeAction", fmt.Sprintf(
				`{"textDocument":{"uri":%q},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[]}}`, uri))
			if !strings.HasPrefix(string(m.Result), want) || strings.Contains(string(m.Result), `"kind"`) {
				t.Errorf("with %s the actions are %s, want %s", can, m.Result, want)
			}
		}
		c.leave()
	}
}

func TestExecuteFails(t *testing.T) {
	host := newHost(t)
	c := begin(t, host, everything, "{}")
	uri := fileURI(host.path("01-bank", "bank.go"))
	for _, tt := range []struct {
		params string
		code   int
		want   string
	}{
		{fmt.Sprintf(`{"command":"racelab.replay","arguments":[{"uri":%q,"problem":7}]}`, uri), requestFailed, "there is no problem 7"},
		{fmt.Sprintf(`{"command":"racelab.explain","arguments":[{"uri":%q,"kind":"../x"}]}`, uri), requestFailed, `there is no page about "../x"`},
		{fmt.Sprintf(`{"command":"racelab.reset","arguments":[{"uri":%q}]}`, uri), -32602, `there is no command "racelab.reset"`},
		{`{"command":"rm"}`, -32602, `there is no command "rm"`},
		{`{"command":"racelab.hint"}`, -32602, "racelab.hint needs the uri of a file of an exercise"},
		{`{"command":"racelab.hint","arguments":[{"uri":"file:///elsewhere.go"}]}`, requestFailed, "/elsewhere.go belongs to no exercise of a lab"},
		{`{"command":"racelab.hint","arguments":["file:///elsewhere.go"]}`, -32602, "json: cannot unmarshal"},
	} {
		m := c.request("workspace/executeCommand", tt.params)
		if m.Error == nil || m.Error.Code != tt.code || !strings.Contains(m.Error.Message, tt.want) {
			t.Errorf("%s is answered with %s %+v", tt.params, m.Result, m.Error)
		}
	}

	// What takes long can be cancelled.
	id := c.ask("workspace/executeCommand", fmt.Sprintf(`{"command":"racelab.replay","arguments":[{"uri":%q,"problem":2}]}`, uri))
	c.tell("$/cancelRequest", `{"id":"another"}`)
	c.tell("$/cancelRequest", fmt.Sprintf(`{"id":%s}`, id))
	if m := c.next(); string(m.ID) != id || m.Error == nil || m.Error.Code != cancelled {
		t.Errorf("answered with %+v", m)
	}
	c.leave()
}
