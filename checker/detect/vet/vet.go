// Package vet runs the analyzers of go vet that are about concurrency, and turns
// what they say into findings.
//
// It runs them here, not in the go command, which takes as long for that as for
// compiling. Code that does not type-check is not analysed at all; what is wrong
// with it, package compiler reads.
package vet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A Diagnostic is one complaint of an analyzer.
type Diagnostic struct {
	Package  string // import path
	Analyzer string // "copylocks"
	File     string // as it was named to Analyse
	Line     int
	Column   int
	Message  string
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Analyzer, b.Analyzer), cmp.Compare(a.Message, b.Message))
}

// Findings returns one finding for each diagnostic.
func Findings(diagnostics []Diagnostic) []finding.Finding {
	var out []finding.Finding
	for _, d := range slices.Compact(slices.SortedFunc(slices.Values(diagnostics), compare)) {
		out = append(out, finding.Finding{
			Kind: finding.Vet, Detector: finding.GoVet, Severity: finding.Error,
			Fact:     finding.Fact{Quotation: &finding.Quotation{Text: d.short(), Analyzer: d.Analyzer}},
			Location: finding.Location{File: d.File, Line: d.Line},
			Evidence: finding.Evidence{Output: fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)},
		})
	}
	return out
}

// short is the first line of the message without the package's path before the
// names of its types.
func (d Diagnostic) short() string {
	message, _, _ := strings.Cut(d.Message, "\n")
	if d.Package == "" {
		return message
	}
	return strings.ReplaceAll(message, d.Package+".", "")
}
