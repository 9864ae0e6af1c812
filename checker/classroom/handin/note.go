package handin

import (
	"fmt"
	"strings"
)

// A Note is something about what was handed in that a teacher may want to know.
type Note struct {
	What Oddity `json:"what"`
	Path string `json:"path"`
}

// An Oddity is a kind of note, in words.
type Oddity string

// What there is to say of files and archives. None of it keeps anybody's other files from
// being read.
const (
	Outside    Oddity = "a path that leads out of the archive; it was left out"
	Twice      Oddity = "the archive has this file twice; the last one was taken"
	Unreadable Oddity = "cannot be read"
	Irregular  Oddity = "a link, or something else that is no file; it was left out"
	Ambiguous  Oddity = "there is another version of this file, and it was not taken"
	Damaged    Oddity = "is damaged in the archive; it was left out"
	Packing    Oddity = "is packed in a way that racelab does not read; it was left out"
	TooMany    Oddity = "there are so many files that the rest was left out"
	LongPath   Oddity = "a path that is too long; it was left out"
	Nested     Oddity = "an archive in an archive in an archive; it was left out"
)

func (n Note) String() string {
	if n.Path == "" {
		return string(n.What)
	}
	return n.Path + ": " + string(n.What)
}

const (
	// mostNotes is how many are kept of a student, and longPath how long a path in one may
	// be, in bytes: an archive may have a hundred thousand entries, with names of any length.
	mostNotes = 50
	longPath  = 300
)

// Few are the first of the notes, and one that says how many there are besides.
func Few(notes []Note) []Note {
	var out []Note
	for _, n := range notes[:min(mostNotes, len(notes))] {
		out = append(out, n.short())
	}
	if more := len(notes) - mostNotes; more > 0 {
		out = append(out, Note{What: Oddity(fmt.Sprintf("there is more to say of %d other files; it was left out", more))})
	}
	return out
}

// short is n with a path that is not too long.
func (n Note) short() Note {
	if len(n.Path) > longPath {
		n.Path = strings.ToValidUTF8(n.Path[:longPath], "") + "…"
	}
	return n
}
