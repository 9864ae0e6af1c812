package compiler

import (
	"regexp"
	"strings"

	"racelab/checker/finding"
)

// Findings returns one finding for each message about a file of the exercise,
// or about its package as a whole; see the package's comment for when there is
// none. The line of a message about a package is 0.
func Findings(diagnostics []Diagnostic, src finding.Sources) []finding.Finding {
	var out []finding.Finding
	for _, d := range diagnostics {
		if f, ok := d.finding(src); ok {
			out = append(out, f)
		}
	}
	return out
}

func (d Diagnostic) finding(src finding.Sources) (finding.Finding, bool) {
	f := finding.Finding{
		Kind: finding.Build, Detector: finding.Compiler, Severity: finding.Error,
		Location: finding.Location{File: d.named(src)},
		Evidence: finding.Evidence{Output: d.Raw},
	}
	if d.File != "" {
		file, ok := src.Resolve(d.File)
		if !ok {
			return f, false
		}
		f.Location = finding.Location{File: file, Line: d.Line}
	}
	var plain []string
	for _, detail := range d.Details {
		if other, ok := parseMessage(detail); ok && other.File != "" {
			if file, ok := src.Resolve(other.File); ok {
				f.Related = append(f.Related, finding.Related{
					Role:     finding.Role{Kind: finding.RoleQuoted, Text: other.Message},
					Location: finding.Location{File: file, Line: other.Line},
				})
			}
			continue
		}
		plain = append(plain, detail)
	}
	f.Fact.Quotation = d.quotation(plain)
	return f, true
}

// named is the learner's file that a message about a package names, or the first
// of them.
func (d Diagnostic) named(src finding.Sources) string {
	for _, file := range src.Editable {
		if strings.Contains(d.Raw, file) {
			return file
		}
	}
	if len(src.Editable) == 0 {
		return ""
	}
	return src.Editable[0]
}

var (
	// where the go command looked; a path of this machine
	searched = regexp.MustCompile(` \([^()]*[/\\][^()]*\)$| in [^ ]*[/\\][^ ]*$`)
	// advice that does not apply: exercises have no modules of their own
	advice = regexp.MustCompile(`; to add it:$|: module lookup disabled by .*$`)
)

// quotation is the message, and its details as far as they add to it.
func (d Diagnostic) quotation(details []string) *finding.Quotation {
	message := d.Message
	if advice.MatchString(message) {
		return &finding.Quotation{Text: advice.ReplaceAllString(message, "")}
	}
	if strings.HasPrefix(message, "package ") || strings.HasPrefix(message, "found packages ") {
		message = searched.ReplaceAllString(message, "")
	}
	if d.File == "" && len(details) > 0 { // an import cycle
		return &finding.Quotation{Text: message, Chain: details}
	}
	return &finding.Quotation{Text: strings.TrimSuffix(message, ":"), Details: details}
}
