// Package compiler reads what the go command prints when code does not compile
// (go build, go test -c, and go vet, which type-checks too), and turns it into
// findings.
//
// It does not promise that there is a finding: a build can fail for reasons that
// are not the learner's, such as a missing C compiler. Then nothing in the
// output is about the exercise's files, and the failure is racelab's to report.
package compiler

import (
	"io"
	"regexp"
	"strconv"
	"strings"
)

// A Diagnostic is one error message.
type Diagnostic struct {
	File    string // as printed, usually relative; "" for a message about a package
	Line    int
	Column  int // 0 when it was not printed
	Message string
	// Details are the indented lines that follow a message.
	Details []string
	// Raw is the message as printed, details included.
	Raw string
}

// Parse reads the messages in a text, each once, in its order. Lines that are
// not the compiler's, or say only that there is more, are passed over. The error
// is the reader's.
func Parse(r io.Reader) ([]Diagnostic, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var p parser
	for line := range strings.Lines(string(text)) {
		p.line(strings.TrimRight(line, "\r\n"))
	}
	return p.distinct(), nil
}

type parser struct {
	all  []Diagnostic
	open bool // indented lines belong to the last of all
}

func (p *parser) line(line string) {
	if p.open && strings.HasPrefix(line, "\t") {
		last := &p.all[len(p.all)-1]
		last.Details = append(last.Details, strings.TrimSpace(line))
		return
	}
	d, ok := parseMessage(line)
	p.open = ok
	if ok {
		p.all = append(p.all, d)
	}
}

// distinct drops what was printed before: a package's errors are printed again
// for its tests.
func (p *parser) distinct() []Diagnostic {
	var out []Diagnostic
	seen := map[string]bool{}
	for _, d := range p.all {
		d.Raw = strings.Join(append([]string{d.Raw}, d.Details...), "\n\t")
		if !seen[d.Raw] {
			seen[d.Raw] = true
			out = append(out, d)
		}
	}
	return out
}

var (
	// located matches "./bank.go:6:15: undefined: x".
	located = regexp.MustCompile(`^(.+?\.go):(\d+)(?::(\d+))?: (.+)$`)
	// aboutPackage matches messages that have no place.
	aboutPackage = regexp.MustCompile(`^(package \S+$|package \S+: |found packages |import cycle not allowed|no Go files in |no non-test Go files in )`)
	// more matches what go vet adds to the one message it prints.
	more = regexp.MustCompile(` \(and \d+ more errors?\)$`)
)

func parseMessage(line string) (d Diagnostic, ok bool) {
	line = strings.TrimPrefix(line, "vet: ")
	m := located.FindStringSubmatch(line)
	if m == nil {
		return Diagnostic{Message: line, Raw: line}, aboutPackage.MatchString(line)
	}
	d = Diagnostic{File: m[1], Message: more.ReplaceAllString(m[4], ""), Raw: line}
	var err error
	if d.Line, err = strconv.Atoi(m[2]); err != nil {
		return d, false
	}
	d.Column, _ = strconv.Atoi(m[3])
	return d, d.Message != "too many errors"
}
