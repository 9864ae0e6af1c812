package terminal

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A Palette colours text, or leaves it as it is: the zero value does not
// colour. Only the 8 basic colours are used, in which people have made their
// terminals readable.
type Palette struct {
	// On is set for a terminal that may be coloured.
	On bool
}

var (
	unstyled = lipgloss.NewStyle().Inline(true).TabWidth(lipgloss.NoTabConversion)
	bold     = unstyled.Bold(true)
	dim      = unstyled.Faint(true)
	bad      = bold.Foreground(lipgloss.Red)
	good     = bold.Foreground(lipgloss.Green)
	warn     = bold.Foreground(lipgloss.Yellow)
	code     = unstyled.Foreground(lipgloss.Cyan)
	removed  = unstyled.Foreground(lipgloss.Red)
	added    = unstyled.Foreground(lipgloss.Green)
)

// Bold marks headings.
func (p Palette) Bold(s string) string { return p.paint(bold, s) }

// Dim is for what may be skipped when reading.
func (p Palette) Dim(s string) string { return p.paint(dim, s) }

// Bad marks what failed.
func (p Palette) Bad(s string) string { return p.paint(bad, s) }

// Good marks what passed.
func (p Palette) Good(s string) string { return p.paint(good, s) }

// Warn marks what deserves a second look.
func (p Palette) Warn(s string) string { return p.paint(warn, s) }

// Code marks commands to type and pieces of code.
func (p Palette) Code(s string) string { return p.paint(code, s) }

// Removed marks the lines that only the first of two texts has.
func (p Palette) Removed(s string) string { return p.paint(removed, s) }

// Added marks the lines that only the second of two texts has.
func (p Palette) Added(s string) string { return p.paint(added, s) }

// paint styles each line for itself. A style of lipgloss makes all lines of a text as wide
// as the widest.
func (p Palette) paint(style lipgloss.Style, s string) string {
	if !p.On {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = style.Render(line)
		}
	}
	return strings.Join(lines, "\n")
}
