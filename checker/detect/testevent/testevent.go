// Package testevent reads the record that the run-time writes while it runs the
// tests of an exercise, and turns failed tests into findings.
//
// The record takes the place of go test's own events, which the code under test
// can print as well. A line without the execution's nonce is not believed.
package testevent

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// A Log is what one execution recorded.
type Log struct {
	Tests   []string // the tests that were to run, in order
	Results []Test   // those that began, subtests after their parents
	Done    bool     // all tests had ended
	Reports []string // go-deadlock's reports
	Calls   []wire.Event
	Hang    string // a dump of all goroutines, when it was stuck or took too long
}

// A Test is what one test or subtest recorded.
type Test struct {
	Name     string
	Ended    bool
	Failed   bool
	Skipped  bool
	Messages []Message
	Attrs    map[string]string
	Leak     string // goleak's report
}

// A Message is one call of Error, Fatal or Log; Stack begins at the test's line.
type Message struct {
	Text   string
	Failed bool
	Stack  []finding.Frame
}

// ErrForged means that a line did not come from the run-time.
var ErrForged = errors.New("a line of the record has the wrong nonce")

// maxLine bounds one line of the record, in bytes.
const maxLine = 16 << 20

// Parse reads a record. One that ends in the middle of a line was cut short by
// the end of the process: what came before counts.
func Parse(r io.Reader, nonce string) (Log, error) {
	var log Log
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		var e wire.Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return log, nil // the last line, torn
		}
		if e.Nonce != nonce {
			return log, ErrForged
		}
		log.add(e)
	}
	return log, lines.Err()
}

// Collect is Parse for events that have been read already.
func Collect(events []wire.Event) Log {
	var log Log
	for _, e := range events {
		log.add(e)
	}
	return log
}

func (l *Log) add(e wire.Event) {
	switch e.Event {
	case wire.Start:
		l.Tests = e.Tests
	case wire.Begin:
		l.Results = append(l.Results, Test{Name: e.Test, Attrs: map[string]string{}})
	case wire.Call:
		l.Calls = append(l.Calls, e)
	case wire.Report:
		l.Reports = append(l.Reports, e.Text)
	case wire.Hang:
		l.Hang = e.Text
	case wire.Done:
		l.Done = true
	default:
		if t := l.test(e.Test); t != nil {
			t.add(e)
		}
	}
}

// test finds a test by name, the latest first: -count or a loop may repeat one.
func (l *Log) test(name string) *Test {
	for i := range slices.Backward(l.Results) {
		if l.Results[i].Name == name {
			return &l.Results[i]
		}
	}
	return nil
}

func (t *Test) add(e wire.Event) {
	switch e.Event {
	case wire.Message:
		t.Messages = append(t.Messages, Message{Text: e.Text, Failed: e.Failed, Stack: gostack.Frames(e.Stack)})
	case wire.Attr:
		t.Attrs[e.Key] = e.Text
	case wire.Leak:
		t.Leak = e.Text
	case wire.End:
		t.Ended, t.Failed, t.Skipped = true, e.Failed, e.Skipped
	}
}

// Complete reports whether exactly the tests in want ran, all of them to their
// end. None of them may be skipped, unless it may where testing.Short is true.
func (l Log) Complete(want []string, short bool) bool {
	if !l.Done || !slices.Equal(l.Tests, want) {
		return false
	}
	var ended []string
	for _, t := range l.Results {
		if !t.Ended || t.Skipped && !short {
			return false
		}
		if !strings.Contains(t.Name, "/") {
			ended = append(ended, t.Name)
		}
	}
	return slices.Equal(ended, want)
}

// Running is the test that had begun last and not ended, "" if there is none.
func (l Log) Running() string {
	for _, t := range slices.Backward(l.Results) {
		if !t.Ended {
			return t.Name
		}
	}
	return ""
}

// Findings returns the broken invariants: one finding for each line of a test
// that called Error or Fatal, and for each thing that it said there.
func (l Log) Findings(src finding.Sources) []finding.Finding {
	var out []finding.Finding
	for _, t := range l.Results {
		for _, m := range t.Messages {
			if m.Failed {
				out = addMessage(out, t.Name, m, src)
			}
		}
	}
	return out
}

func addMessage(out []finding.Finding, test string, m Message, src finding.Sources) []finding.Finding {
	var loc finding.Location
	if stack := src.Trim(m.Stack); len(stack) > 0 {
		loc = finding.Location{File: stack[0].File, Line: stack[0].Line, Function: stack[0].Function}
	}
	f := finding.Finding{
		Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error,
		Fact:     finding.Fact{Failure: &finding.Failure{Test: test, Text: m.Text}},
		Location: loc,
		Evidence: finding.Evidence{Tests: []string{test}},
	}
	i := slices.IndexFunc(out, func(o finding.Finding) bool { return o.Identity() == f.Identity() })
	if i < 0 {
		return append(out, f)
	}
	if !slices.Contains(out[i].Evidence.Tests, test) {
		out[i].Evidence.Tests = append(out[i].Evidence.Tests, test)
	}
	return out
}
