package terminal

// A Palette colours text, or leaves it as it is: the zero value does not
// colour. Only the 8 basic colours are used, in which people have made their
// terminals readable.
type Palette struct {
	// On is set for a terminal that may be coloured.
	On bool
}

// Bold marks headings.
func (p Palette) Bold(s string) string { return p.paint("1", s) }

// Dim is for what may be skipped when reading.
func (p Palette) Dim(s string) string { return p.paint("2", s) }

// Bad marks what failed.
func (p Palette) Bad(s string) string { return p.paint("1;31", s) }

// Good marks what passed.
func (p Palette) Good(s string) string { return p.paint("1;32", s) }

// Warn marks what deserves a second look.
func (p Palette) Warn(s string) string { return p.paint("1;33", s) }

// Code marks commands to type and pieces of code.
func (p Palette) Code(s string) string { return p.paint("36", s) }

// Removed marks the lines that only the first of two texts has.
func (p Palette) Removed(s string) string { return p.paint("31", s) }

// Added marks the lines that only the second of two texts has.
func (p Palette) Added(s string) string { return p.paint("32", s) }

func (p Palette) paint(code, s string) string {
	if !p.On || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
