package handin

import (
	"path"
	"slices"
	"strings"

	"racelab/checker/exercise"
)

// note keeps what there is to say, as long as it is not too much.
func (s *search) note(what Oddity, path string) {
	if what == Unreadable {
		s.unreadable = path
	}
	if what.leftOut() {
		s.leave(Note{what, path})
	}
	if len(s.notes) < maxNotes {
		s.notes = append(s.notes, Note{what, path})
	}
}

// leftOut reports whether something was handed in that nobody has seen.
func (o Oddity) leftOut() bool { return o != Twice && o != Ambiguous }

// anything is what an archive, or a folder, may have in it.
const anything = ""

// leave keeps what may be in something that was left out, and where that is.
func (s *search) leave(n Note) {
	dirs := strings.Split(strings.ReplaceAll(n.Path, `\`, "/"), "/")
	base := dirs[len(dirs)-1]
	may, _ := s.meant(base)
	aside := slices.ContainsFunc(dirs[:len(dirs)-1], func(dir string) bool { return dir != "." && dir != ".." && isAside(dir) })
	if aside || may == "" && path.Ext(base) == ".go" && n.What != TooMany {
		return
	}
	if _, ok := s.leftOut[may]; !ok {
		s.leftOut[may] = n.short()
	}
}

// mayBeIn is something that was left out, and in which the files of an exercise may be.
func (s *search) mayBeIn(ex exercise.Exercise) (Note, bool) {
	for _, name := range append([]string{anything}, ex.Files...) {
		if n, ok := s.leftOut[name]; ok {
			return n, true
		}
	}
	return Note{}, false
}
