package lsp

import (
	"fmt"
	"os"
	"path"
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// told is what an editor shows of a file, a line for each diagnostic and each place of it.
func (p publishParams) told() string {
	var b strings.Builder
	version := "-"
	if p.Version != nil {
		version = fmt.Sprint(*p.Version)
	}
	fmt.Fprintf(&b, "%s, version %s\n", path.Base(p.URI), version)
	for _, d := range p.Diagnostics {
		fmt.Fprintf(&b, "%v %s %s: %s", d.Range, []string{"", "error", "warning", "information"}[d.Severity], d.Code, strings.ReplaceAll(d.Message, "\n", "\n    "))
		if d.CodeDescription != nil {
			fmt.Fprintf(&b, " [%s]", path.Base(d.CodeDescription.Href))
		}
		b.WriteString("\n")
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  %s %v: %s\n", path.Base(r.Location.URI), r.Location.Range, r.Message)
		}
	}
	return b.String()
}

func (s span) String() string {
	return fmt.Sprintf("%d:%d-%d:%d", s.Start.Line, s.Start.Character, s.End.Line, s.End.Character)
}

func (c *client) wantDiagnostics(want ...string) {
	c.t.Helper()
	for _, w := range want {
		if diff := cmp.Diff(strings.TrimLeft(w, "\n"), c.diagnostics().told()); diff != "" {
			c.t.Fatalf("- want, + got:\n%s", diff)
		}
	}
}

const (
	raceShown = `
bank.go, version 1
5:1-5:10 error data-race: Data race: unsynchronised write at bank.go:6 in Deposit and write at bank.go:9 in Grüße [bank_test.go]
  bank.go 8:0-8:43: previous write by goroutine 7
  bank_test.go 2:0-2:17: goroutine 7 was started here
8:0-8:43 warning vet: go vet objects: balance is a bad name
`
	resultShown = `
bank_test.go, version -
3:1-3:11 information wrong-result: Wrong result: TestRush: got 1
`
)

// An editor shows what the last check has found, when a file of the exercise is opened.
func TestOpen(t *testing.T) {
	host := newHost(t)
	ex, _ := host.Exercise(host.path("01-bank", "bank.go"))
	host.keep(ex, race())
	c := begin(t, host, everything, "{}")
	c.open(host.path("01-bank", "bank.go"), program)
	c.wantDiagnostics(raceShown, resultShown)

	// Nothing is shown of an exercise that was not checked, nor of a file of none.
	c.open(host.path("02-shop", "bank.go"), program)
	c.open("/elsewhere/bank.go", program)
	c.tell("textDocument/didOpen", `{"textDocument":{"uri":"untitled:bank.go","version":1,"text":"x"}}`)
	// When the last file of it is closed, nothing is shown any more.
	c.tell("textDocument/didClose", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, fileURI(host.path("01-bank", "bank.go"))))
	c.wantDiagnostics("bank.go, version -\n", "bank_test.go, version -\n")
	c.leave()
}

// A lock that is taken again is told once, though the deadlock was seen that comes of it.
func TestLockTakenAgain(t *testing.T) {
	held, again := finding.Location{File: "bank.go", Line: 6, Function: "Deposit"}, finding.Location{File: "bank.go", Line: 9, Function: "Grüße"}
	relock := finding.Finding{
		Kind: finding.RecursiveLock, Detector: finding.GoDeadlock, Severity: finding.Error, Problem: 1, Location: again,
		Fact:    finding.Fact{Relock: &finding.Relock{Held: finding.Taking{Place: held}, Again: finding.Taking{Place: again}}},
		Related: []finding.Related{{Role: finding.Role{Kind: finding.RoleLocked}, Location: held}},
	}
	keeper := finding.Keeper{Goroutine: "a", Object: "mu", Again: again}
	keeper.Place, keeper.Fate.Self = held, true
	deadlock := finding.Finding{
		Kind: finding.Deadlock, Detector: finding.Runtime, Severity: finding.Error, Problem: 1, Follows: finding.Consequence, Location: again,
		Fact: finding.Fact{Hang: &finding.Hang{Keeper: &keeper}},
	}
	const once = `
bank.go, version 1
8:0-8:43 error recursive-lock: A goroutine locks what it has locked already: at bank.go:6, and again at bank.go:9
  bank.go 5:1-5:10: it was locked here
`
	others := keeper
	others.Kept, others.At = []finding.GoroutineName{"b"}, again
	for _, tt := range []struct {
		keeper *finding.Keeper
		want   string
	}{
		{&keeper, once},
		{&others, once + `8:0-8:43 information deadlock: Deadlock: a goroutine waits for a lock that it holds: goroutine a locked mu at bank.go:6, and waits for that lock itself; goroutine b waits for it, too
`},
	} {
		host := newHost(t)
		ex, _ := host.Exercise(host.path("01-bank", "bank.go"))
		deadlock.Fact.Hang = &finding.Hang{Keeper: tt.keeper}
		host.keep(ex, finding.Verdict{Exercise: ex.ID, Outcome: finding.Fail, MaxScore: 10, Findings: []finding.Finding{relock, deadlock}})
		c := begin(t, host, everything, "{}")
		c.open(host.path("01-bank", "bank.go"), program)
		c.wantDiagnostics(tt.want)
		c.leave()
	}
}

// An editor that shows no related places has them in the message.
func TestOpenWithoutRelated(t *testing.T) {
	host := newHost(t)
	ex, _ := host.Exercise(host.path("01-bank", "bank.go"))
	v := race()
	v.Findings = v.Findings[:1]
	host.keep(ex, v)
	c := begin(t, host, "{}", "null")
	c.open(host.path("01-bank", "bank.go"), program)
	c.wantDiagnostics(`
bank.go, version 1
5:1-5:10 error data-race: Data race: unsynchronised write at bank.go:6 in Deposit and write at bank.go:9 in Grüße
    bank.go:9: previous write by goroutine 7
    bank_test.go:3: goroutine 7 was started here [bank_test.go]
`)
	c.leave()
}

// What has no place that the learner can see is at the beginning of their file.
func TestOpenWithoutPlace(t *testing.T) {
	for _, tt := range []struct {
		name    string
		at      finding.Location
		related []finding.Related
		want    string
	}{
		{"nowhere", finding.Location{}, nil, "bank.go 0:0-0:12"},
		{"in the contract", finding.Location{File: finding.ContractFile, Line: 12}, nil, "bank.go 0:0-0:12"},
		{"in the contract, of a line", finding.Location{File: finding.ContractFile, Line: 12}, []finding.Related{{Message: "m", Location: finding.Location{File: "bank.go", Line: 5}}}, "bank.go 4:0-4:16"},
		{"in a file of the tests that was changed", finding.Location{File: "bank_test.go", Line: 3}, nil, "bank.go 0:0-0:12"},
		{"beyond the end", finding.Location{File: "bank.go", Line: 1000}, nil, "bank.go 9:0-9:0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			host := newHost(t)
			host.write(t, "01-bank", "bank_test.go", "package other\n")
			ex, _ := host.Exercise(host.path("01-bank", "bank.go"))
			host.keep(ex, finding.Verdict{Exercise: "01-bank", Outcome: finding.Fail, Findings: []finding.Finding{
				{Kind: finding.Timeout, Severity: finding.Error, Location: tt.at, Related: tt.related},
			}})
			c := begin(t, host, everything, "{}")
			c.open(host.path("01-bank", "bank.go"), program)
			p := c.diagnostics()
			if got := path.Base(p.URI) + " " + p.Diagnostics[0].Range.String(); got != tt.want {
				t.Errorf("it is at %s, want %s", got, tt.want)
			}
			c.leave()
		})
	}
}

// While the text is another one than was checked, what is shown says so, and is where its
// lines are now. Where nobody knows the text that was checked, nothing is shown.
func TestChange(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	ex, _ := host.Exercise(file)
	host.keep(ex, race())
	c := begin(t, host, everything, "{}")
	c.open(file, program)
	c.wantDiagnostics(raceShown, resultShown)

	const earlierResult = `
bank_test.go, version -
3:1-3:11 information wrong-result: Before your change: Wrong result: TestRush: got 1
`
	c.change(file, 2, "// 😀\n"+program)
	c.wantDiagnostics(`
bank.go, version 2
6:1-6:10 information data-race: Before your change: Data race: unsynchronised write at bank.go:6 in Deposit and write at bank.go:9 in Grüße [bank_test.go]
  bank.go 9:0-9:43: previous write by goroutine 7
  bank_test.go 2:0-2:17: goroutine 7 was started here
9:0-9:43 information vet: Before your change: go vet objects: balance is a bad name
`, earlierResult)
	// Of an insertion before the line of the race, what is above stays where it is.
	c.change(file, 3, strings.Replace(program, "\tbalance++", "\tmu.Lock()\n\tdefer mu.Unlock()\n\tbalance++", 1))
	c.wantDiagnostics(`
bank.go, version 3
7:1-7:10 information data-race: Before your change: Data race: unsynchronised write at bank.go:6 in Deposit and write at bank.go:9 in Grüße [bank_test.go]
  bank.go 10:0-10:43: previous write by goroutine 7
  bank_test.go 2:0-2:17: goroutine 7 was started here
10:0-10:43 information vet: Before your change: go vet objects: balance is a bad name
`)
	c.leave()
}

// The same, of lines that a change takes away, and of a change that is taken back.
func TestChangeBack(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	ex, _ := host.Exercise(file)
	v := race()
	v.Findings = v.Findings[:1]
	host.keep(ex, v)
	c := begin(t, host, everything, "{}")
	c.open(file, program)
	shown := c.diagnostics().told()
	c.change(file, 2, strings.Replace(program, "balance++", "balance.Add(1)", 1))
	c.wantDiagnostics("bank.go, version 2\n")
	c.change(file, 3, program)
	c.wantDiagnostics(strings.Replace(shown, "version 1", "version 3", 1))

	// Saved while the editor has the file closed: nobody knows the text that was checked.
	c.tell("textDocument/didClose", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, fileURI(file)))
	c.wantDiagnostics("bank.go, version -\n")
	host.write(t, "01-bank", "bank.go", program+"// more\n")
	c.open(file, program+"// more\n")
	c.actions(file, 0) // it is open now
	host.write(t, "01-bank", "bank.go", program)
	c.change(file, 2, program) // and now it is what was checked
	c.wantDiagnostics(strings.Replace(shown, "version 1", "version 2", 1))
	// The file is gone, and the editor shows it.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	c.change(file, 3, program+"\n")
	if got := c.diagnostics().told(); !strings.Contains(got, "information data-race: Before your change") {
		t.Errorf("shown: %s", got)
	}
	c.leave()
}

// A byte order mark is not in the text that an editor has.
func TestOpenWithByteOrderMark(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	host.write(t, "01-bank", "bank.go", byteOrderMark+program)
	ex, _ := host.Exercise(file)
	host.keep(ex, race())
	c := begin(t, host, everything, "{}")
	c.open(file, program)
	c.wantDiagnostics(raceShown, resultShown)
	c.leave()
}

// A check elsewhere shows when the editor says that its file was written.
func TestCheckElsewhere(t *testing.T) {
	host := newHost(t)
	file := host.path("01-bank", "bank.go")
	c := connect(t, host)
	c.request("initialize", `{"capabilities":{"textDocument":{"publishDiagnostics":{"relatedInformation":true},"codeAction":{"codeActionLiteralSupport":{}}},"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}}}`)
	c.tell("initialized", "{}")
	var p registrationParams
	m := c.want("client/registerCapability", &p)
	if r := p.Registrations[0]; r.Method != "workspace/didChangeWatchedFiles" || r.Options.Watchers[0].Glob != "**/.racelab/last/*.json" {
		t.Errorf("registered: %+v", r)
	}
	c.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":null}`, m.ID))
	c.open(file, program)
	c.actions(file, 0) // it is open now
	ex, _ := host.Exercise(file)
	host.keep(ex, race())
	c.tell("workspace/didChangeWatchedFiles", `{"changes":[{"uri":"file:///x","type":2}]}`)
	c.wantDiagnostics(raceShown, resultShown)
	c.leave()
}
