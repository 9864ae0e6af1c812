package handin

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/submission"
)

// A Reading is what was found in a Handin.
type Reading struct {
	// Submissions are by the exercise's ID. An exercise of which no file was handed in
	// has none.
	Submissions map[string]submission.Submission
	Notes       []Note
	// Unreadable is what the grader's machine could not read, though it is there; "" if it
	// has read all.
	Unreadable string
	// LeftOut says, by the exercise's ID, where else the files of those may be of which none
	// was found: in what was handed in and cannot be read, whoever is to blame.
	LeftOut map[string]Note
}

// Read finds the files of each exercise of the set.
func (c *Class) Read(h Handin, set exercise.Set) Reading {
	s := newSearch(set, c.student.budget())
	for _, p := range h.parts {
		if c.archive != nil {
			s.packedPart(c.archive, p)
		} else {
			s.part(c.fsys, p)
		}
	}
	out := Reading{Submissions: map[string]submission.Submission{}, LeftOut: map[string]Note{}}
	for _, ex := range set {
		if sub, ok := s.submission(ex); ok {
			out.Submissions[ex.ID] = sub
		} else if n, ok := s.mayBeIn(ex); ok {
			out.LeftOut[ex.ID] = n
		}
	}
	out.Notes, out.Unreadable = s.notes, s.unreadable
	return out
}

// A search looks for the files of exercises, by their names.
type search struct {
	set        exercise.Set
	wanted     map[string]bool // names of files
	found      []candidate
	beside     map[string][]string // by folder, the Go files that are not wanted there
	notes      []Note
	leftOut    map[string]Note // by the name of a file that an exercise has, or anything
	unreadable string          // the path of what the machine could not read
	left       *budget
	files      int // that may still be looked at
}

func newSearch(set exercise.Set, left *budget) *search {
	s := &search{set: set, wanted: map[string]bool{}, beside: map[string][]string{}, leftOut: map[string]Note{}, left: left, files: maxFiles}
	for _, ex := range set {
		for _, name := range ex.Files {
			s.wanted[name] = true
		}
	}
	return s
}

// Caps of what is kept of one student: a folder may have 10^5 files.
const (
	maxFiles  = 100_000
	maxNotes  = 50
	maxBeside = 50
)

// A candidate is a file with the name of one that belongs to an exercise.
type candidate struct {
	dir, base string // what it is called
	name      string // what the exercise calls it
	again     int    // the number of the resubmission
	data      []byte
	broken    *finding.Breach
}

// named puts the one first that is called what the exercise calls it.
func (c candidate) named(other candidate) int {
	switch own, others := c.base == c.name, other.base == other.name; {
	case own == others:
		return 0
	case own:
		return -1
	}
	return 1
}

func (s *search) part(fsys fs.FS, p part) {
	info, err := fs.Lstat(fsys, p.entry)
	switch {
	case err != nil:
		s.note(Unreadable, p.entry)
	case info.IsDir():
		sub, err := fs.Sub(fsys, p.entry)
		if err != nil {
			s.note(Unreadable, p.entry)
			return
		}
		s.tree(sub)
	default:
		s.file(fsys, p.entry, "", cmp.Or(p.as, p.entry))
	}
}

// aside are folders that hold no submission, whatever lies in them.
var aside = []string{macJunk, "solutions", "testdata", "vendor", "node_modules"}

func isAside(name string) bool { return strings.HasPrefix(name, ".") || slices.Contains(aside, name) }

// tree looks through a folder.
func (s *search) tree(fsys fs.FS) {
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			s.note(Unreadable, name)
			return nil
		case d.IsDir():
			if name != "." && isAside(d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if s.files--; s.files < 0 {
			s.note(TooMany, name)
			return fs.SkipAll
		}
		s.file(fsys, name, path.Dir(name), d.Name())
		return nil
	})
}

// file takes in one file, which the student called base.
func (s *search) file(fsys fs.FS, name, dir, base string) {
	if isArchive(base) {
		info, err := fs.Lstat(fsys, name)
		regular := err != nil || info.Mode().IsRegular()
		if err := s.archive(path.Join(dir, base), 0, regular, func() (io.ReadCloser, error) { return fsys.Open(name) }); err != nil {
			s.note(Unreadable, path.Join(dir, base))
		}
		return
	}
	s.goFile(fsys, name, dir, base)
}

// goFile takes in one that belongs to an exercise, or the name of one that lies beside it.
func (s *search) goFile(fsys fs.FS, name, dir, base string) {
	wanted, again := s.meant(base)
	switch {
	case wanted != "" && s.left.held <= 0:
		s.note(TooMany, path.Join(dir, base))
	case wanted != "":
		c := candidate{dir: dir, base: base, name: wanted, again: again}
		c.data, c.broken = submission.ReadFile(fsys, name)
		s.left.held -= int64(len(c.data))
		s.found = append(s.found, c)
	case path.Ext(base) == ".go" && !strings.HasSuffix(base, "_test.go") && !strings.HasPrefix(base, ".") && len(s.beside[dir]) < maxBeside:
		s.beside[dir] = append(s.beside[dir], base)
	}
}

// meant is the name that a file has in an exercise: its own, that without the number of a
// resubmission, or the end of it: "anna-bank.go". Hidden files are none, as for Go.
func (s *search) meant(base string) (name string, again int) {
	if s.wanted[base] {
		return base, 0
	}
	if path.Ext(base) != ".go" || strings.HasSuffix(base, "_test.go") || strings.HasPrefix(base, ".") {
		return "", 0
	}
	plain, again := original(base)
	if s.wanted[plain] {
		return plain, again
	}
	for name := range s.wanted {
		if strings.HasSuffix(plain, "-"+name) || strings.HasSuffix(plain, "_"+name) {
			return name, again
		}
	}
	return "", 0
}

// submission chooses the files of ex.
func (s *search) submission(ex exercise.Exercise) (submission.Submission, bool) {
	var best []candidate
	bestRank := 0
	for _, name := range ex.Files {
		for _, c := range s.found {
			if c.name != name {
				continue
			}
			if rank := s.rank(ex, c); rank > bestRank {
				best, bestRank = []candidate{c}, rank
			} else if rank == bestRank && rank > 0 {
				best = append(best, c)
			}
		}
	}
	if len(best) == 0 {
		return submission.Submission{}, false
	}
	slices.SortStableFunc(best, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(strings.Count(a.dir, "/"), strings.Count(b.dir, "/")), cmp.Compare(b.again, a.again), cmp.Compare(a.dir, b.dir), a.named(b), cmp.Compare(a.base, b.base))
	})
	return s.take(ex, best), true
}

// take makes a submission of the files that lie where the first one does.
func (s *search) take(ex exercise.Exercise, best []candidate) submission.Submission {
	sub := submission.Submission{Files: map[string][]byte{}, Extra: slices.Sorted(slices.Values(s.beside[best[0].dir]))}
	for _, name := range ex.Files {
		i := slices.IndexFunc(best, func(c candidate) bool { return c.name == name && c.dir == best[0].dir })
		if i < 0 {
			sub.Findings = append(sub.Findings, submission.Breach(name, finding.Breach{Rule: finding.RuleMissing}))
			continue
		}
		if c := best[i]; c.broken != nil {
			sub.Findings = append(sub.Findings, submission.Breach(name, *c.broken))
		} else {
			sub.Files[name] = c.data
		}
	}
	for _, c := range best {
		earlier := c.dir == best[0].dir && c.again < best[0].again
		if !earlier && !bytes.Equal(c.data, sub.Files[c.name]) {
			s.note(Ambiguous, path.Join(c.dir, c.base))
		}
	}
	return sub
}

// rank says how likely a file belongs to ex: 0 not at all, 1 by its name, 2 by its
// folder's, 3 by its place in a lab.
func (s *search) rank(ex exercise.Exercise, c candidate) int {
	for dir := c.dir; dir != "." && dir != ""; dir = path.Dir(dir) {
		named, _, ok := s.set.Find(path.Base(dir))
		switch {
		case !ok:
			continue
		case named.ID != ex.ID:
			return 0
		case path.Base(path.Dir(dir)) == "exercises":
			return 3
		}
		return 2
	}
	if s.likelier(ex, c) {
		return 0
	}
	return 1
}

// likelier reports whether another exercise has a file of that name which is more like c.
func (s *search) likelier(ex exercise.Exercise, c candidate) bool {
	mine := sameLines(ex, c)
	return slices.ContainsFunc(s.set, func(other exercise.Exercise) bool {
		return other.ID != ex.ID && slices.Contains(other.Files, c.name) && sameLines(other, c) > mine
	})
}

// sameLines counts the lines of c that its original in ex has, too.
func sameLines(ex exercise.Exercise, c candidate) (n int) {
	was, err := ex.Original(c.name)
	if err != nil {
		return 0
	}
	lines := map[string]bool{}
	for line := range bytes.Lines(was) {
		lines[strings.TrimSpace(string(line))] = true
	}
	for line := range bytes.Lines(c.data) {
		if text := strings.TrimSpace(string(line)); text != "" && lines[text] {
			n++
		}
	}
	return n
}
