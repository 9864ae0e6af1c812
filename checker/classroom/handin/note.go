package handin

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
	Twice      Oddity = "the archive has this file twice; the first one was taken"
	Unreadable Oddity = "cannot be read"
	Ambiguous  Oddity = "there is another version of this file, and it was not taken"
	Nested     Oddity = "an archive in an archive in an archive; it was left out"
)

func (n Note) String() string { return n.Path + ": " + string(n.What) }
