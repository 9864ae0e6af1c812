package report

import (
	"io"
	"slices"

	"racelab/checker/finding"
)

// formats are all renderings. The first is the default.
var formats = []Format{
	{Name: "text", About: "for people", Check: Text, CheckAll: newTextSeries, Replay: ReplayText},
	{Name: "json", About: "one JSON object a line, for programs", ForPrograms: true, Check: JSON, CheckAll: newJSONSeries, Replay: ReplayJSON},
	{Name: "lines", About: "file:line: message, for editors", Check: Lines},
	{Name: "html", About: "a page with drawings, one file", Page: true, Check: HTML, Replay: ReplayHTML},
}

// A Format is one rendering of what racelab has found. It has no renderer for the
// commands that it is not for.
type Format struct {
	Name  string
	About string // in a few words
	// ForPrograms is set when programs read it. They want an answer for each
	// submission: one that racelab could not grade is an inconclusive verdict.
	ForPrograms bool
	// Page is set when it is a file to open, and not to read in a terminal.
	Page bool

	Check    func(io.Writer, finding.Verdict, Style, Context) error
	CheckAll func(io.Writer, Style, Context, int) Series
	Replay   func(io.Writer, finding.Replay, Style, Context) error
}

// A Series renders the verdicts of a known number of submissions, as they come.
type Series interface {
	Add(finding.Verdict) error
	// Close writes what can be said only at the end.
	Close() error
}

// A Use is a command that renders something.
type Use string

// The commands that take the name of a format.
const (
	ForCheck    Use = "check"
	ForCheckAll Use = "check all"
	ForReplay   Use = "replay"
)

// Serves reports whether f has a renderer for u.
func (f Format) Serves(u Use) bool {
	switch u {
	case ForCheck:
		return f.Check != nil
	case ForCheckAll:
		return f.CheckAll != nil
	case ForReplay:
		return f.Replay != nil
	}
	return false
}

// Formats are those for any of the uses, the default first.
func Formats(uses ...Use) []Format {
	return slices.DeleteFunc(slices.Clone(formats), func(f Format) bool {
		return !slices.ContainsFunc(uses, f.Serves)
	})
}

// FormatNamed looks a format up that serves u.
func FormatNamed(name string, u Use) (Format, bool) {
	for _, f := range formats {
		if f.Name == name && f.Serves(u) {
			return f, true
		}
	}
	return Format{}, false
}
