// Package gotest reads what a test binary of the go command prints. The program under test
// prints there as well: what is read explains a failure, and never says that there is none.
package gotest

import (
	"bufio"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"racelab/checker/detect/testevent"
	"racelab/checker/finding"
)

// Failed is the exit status of a test binary in which a test failed.
const Failed = 1

// marker is what stands before lines about tests with -test.v=test2json.
const marker = "\x16"

var (
	begins = regexp.MustCompile(`^=== (RUN|CONT|NAME|PAUSE) +(\S+)`)
	ends   = regexp.MustCompile(`^ *--- (PASS|FAIL|SKIP): (\S+)`)
	says   = regexp.MustCompile(`^ {4,}([\w.-]+\.go):(\d+): (.*)$`)
)

// ours is the file of package testing that says that the race detector has reported
// something, which it does itself.
const ours = "testing.go"

// indent is that of the further lines of a message.
const indent = "        "

// maxLine bounds a line, in bytes.
const maxLine = 1 << 20

// Parse reads an output as far as it can be read. dir is the folder of the tests.
func Parse(r io.Reader, dir string) testevent.Log {
	p := parser{dir: filepath.ToSlash(dir)}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		// The program may have printed something without a newline.
		if i := strings.LastIndex(lines.Text(), marker); i >= 0 {
			p.event(lines.Text()[i+len(marker):])
		} else {
			p.text(lines.Text())
		}
	}
	return p.log
}

type parser struct {
	dir     string
	log     testevent.Log
	current string // the test that is running
	in      *testevent.Message
}

// event takes in what package testing says of a test.
func (p *parser) event(line string) {
	p.in = nil
	if m := begins.FindStringSubmatch(line); m != nil {
		p.current = m[2]
		if m[1] == "RUN" {
			p.log.Results = append(p.log.Results, testevent.Test{Name: m[2]})
		}
	} else if m := ends.FindStringSubmatch(line); m != nil {
		p.end(m[2], m[1])
	}
}

// text takes in what the test that is running, or the program, has printed.
func (p *parser) text(line string) {
	t := p.test(p.current)
	if t == nil {
		return
	}
	if m := says.FindStringSubmatch(line); m != nil {
		if m[1] == ours {
			p.in = nil
			return
		}
		number, _ := strconv.Atoi(m[2]) // digits: 0 is a line that is not known
		at := finding.Frame{File: path.Join(p.dir, m[1]), Line: number}
		t.Messages = append(t.Messages, testevent.Message{Text: m[3], Stack: []finding.Frame{at}})
		p.in = &t.Messages[len(t.Messages)-1]
		return
	}
	if more, ok := strings.CutPrefix(line, indent); ok && p.in != nil {
		p.in.Text += "\n" + more
		return
	}
	p.in = nil
}

// end notes that a test has ended. What it said counts as a failure if it failed.
func (p *parser) end(name, how string) {
	t := p.test(name)
	if t == nil {
		return
	}
	t.Ended, t.Failed, t.Skipped = true, how == "FAIL", how == "SKIP"
	for i := range t.Messages {
		t.Messages[i].Failed = t.Failed
	}
}

func (p *parser) test(name string) *testevent.Test {
	for i := len(p.log.Results) - 1; i >= 0; i-- {
		if p.log.Results[i].Name == name {
			return &p.log.Results[i]
		}
	}
	return nil
}
