// Package vet reads what "go vet -json" prints, and turns it into findings.
//
// It does not choose analyzers: whoever runs go vet does. Code that does not
// type-check is not analysed at all; what go vet says then, package compiler
// reads.
package vet

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// A Diagnostic is one complaint of an analyzer.
type Diagnostic struct {
	Package  string // import path, perhaps with " [variant]"
	Analyzer string // "copylocks"
	File     string // as printed: absolute
	Line     int
	Column   int
	Message  string
}

// Parse reads the JSON objects, one for each package, that stand in a text
// among other lines such as "# package". The diagnostics are sorted by place.
// The error is the reader's; what is not such an object is passed over.
func Parse(r io.Reader) ([]Diagnostic, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var all []Diagnostic
	for _, object := range objects(string(text)) {
		all = append(all, parseObject(object)...)
	}
	slices.SortFunc(all, compare)
	return slices.Compact(all), nil
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Analyzer, b.Analyzer), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Package, b.Package))
}

// objects cuts the text into JSON objects. go vet indents them, so that only
// the outermost brackets stand at the beginning of a line.
func objects(text string) []string {
	var all []string
	var object strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\r\n")
		switch {
		case bare == "{":
			object.Reset()
			inside = true
		case strings.HasPrefix(bare, "{") && strings.HasSuffix(bare, "}"):
			all = append(all, bare)
			inside = false
		}
		if !inside {
			continue
		}
		object.WriteString(line)
		if bare == "}" {
			all = append(all, object.String())
			inside = false
		}
	}
	return all
}

// parseObject reads {package: {analyzer: [diagnostic …]}}. An analyzer that
// failed has an object with its error in place of the list.
func parseObject(object string) []Diagnostic {
	var packages map[string]map[string]json.RawMessage
	if json.Unmarshal([]byte(object), &packages) != nil {
		return nil
	}
	var all []Diagnostic
	for pkg, analyzers := range packages {
		for analyzer, list := range analyzers {
			var found []struct{ Posn, Message string }
			if json.Unmarshal(list, &found) != nil {
				continue
			}
			for _, f := range found {
				d := Diagnostic{Package: pkg, Analyzer: analyzer, Message: f.Message}
				d.File, d.Line, d.Column = parsePosition(f.Posn)
				all = append(all, d)
			}
		}
	}
	return all
}

// parsePosition reads "/lab/bank.go:12:3", in which line and column may be missing.
func parsePosition(s string) (file string, line, column int) {
	file = s
	var numbers []int
	for range 2 {
		i := strings.LastIndexByte(file, ':')
		n, err := strconv.Atoi(file[i+1:])
		if i < 0 || err != nil || n < 0 {
			break
		}
		file, numbers = file[:i], append(numbers, n)
	}
	switch len(numbers) {
	case 2:
		return file, numbers[1], numbers[0]
	case 1:
		return file, numbers[0], 0
	}
	return file, 0, 0
}

// Findings returns one finding for each diagnostic in a file of the exercise.
func Findings(diagnostics []Diagnostic, src finding.Sources) []finding.Finding {
	var out []finding.Finding
	for _, d := range diagnostics {
		file, ok := src.Resolve(d.File)
		if !ok {
			continue
		}
		out = append(out, finding.Finding{
			Kind: finding.Vet, Detector: finding.GoVet, Severity: finding.Error,
			Message:  fmt.Sprintf("%s (%s)", d.short(), d.Analyzer),
			Location: finding.Location{File: file, Line: d.Line},
			Evidence: finding.Evidence{Output: fmt.Sprintf("%s:%d:%d: %s", file, d.Line, d.Column, d.Message)},
		})
	}
	return out
}

// short is the first line of the message without the package's path before the
// names of its types.
func (d Diagnostic) short() string {
	pkg, _, _ := strings.Cut(d.Package, " [")
	pkg = strings.TrimSuffix(pkg, "_test")
	message, _, _ := strings.Cut(d.Message, "\n")
	if pkg == "" {
		return message
	}
	return strings.ReplaceAll(message, pkg+".", "")
}
