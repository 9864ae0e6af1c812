package handin

import (
	"bytes"
	"cmp"
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
}

// Read finds the files of each exercise of the set.
func (c *Class) Read(h Handin, set exercise.Set) Reading {
	s := search{set: set, wanted: map[string]bool{}}
	for _, ex := range set {
		for _, name := range ex.Files {
			s.wanted[name] = true
		}
	}
	for _, p := range h.parts {
		s.part(c.fsys, p)
	}
	out := Reading{Submissions: map[string]submission.Submission{}}
	for _, ex := range set {
		if sub, ok := s.submission(ex); ok {
			out.Submissions[ex.ID] = sub
		}
	}
	out.Notes = s.notes
	return out
}

// A search looks for the files of exercises, by their names.
type search struct {
	set    exercise.Set
	wanted map[string]bool // names of files
	found  []candidate
	beside map[string][]string // by folder, the Go files that are not wanted there
	notes  []Note
}

// A candidate is a file with the name of one that belongs to an exercise.
type candidate struct {
	dir, name string
	again     int // the number of the resubmission
	data      []byte
	broken    *finding.Breach
}

// maxDepth is how many archives may lie in each other.
const maxDepth = 2

func (s *search) part(fsys fs.FS, p part) {
	info, err := fs.Lstat(fsys, p.entry)
	switch {
	case err != nil:
		s.notes = append(s.notes, Note{Unreadable, p.entry})
	case info.IsDir():
		sub, err := fs.Sub(fsys, p.entry)
		if err != nil {
			s.notes = append(s.notes, Note{Unreadable, p.entry})
			return
		}
		s.tree(sub, "", 0)
	default:
		s.file(fsys, p.entry, "", cmp.Or(p.as, p.entry), 0)
	}
}

// aside are folders that hold no submission, whatever lies in them.
var aside = []string{macJunk, "solutions", "testdata", "vendor", "node_modules"}

// tree looks through a folder; dir is what it is called in what is said of it.
func (s *search) tree(fsys fs.FS, dir string, depth int) {
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			s.notes = append(s.notes, Note{Unreadable, path.Join(dir, name)})
			return nil
		case d.IsDir():
			if name != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains(aside, d.Name())) {
				return fs.SkipDir
			}
			return nil
		}
		s.file(fsys, name, path.Join(dir, path.Dir(name)), d.Name(), depth)
		return nil
	})
}

// file takes in one file, which the student called base.
func (s *search) file(fsys fs.FS, name, dir, base string, depth int) {
	wanted, again := s.meant(base)
	switch {
	case isArchive(base):
		s.archive(fsys, name, path.Join(dir, base), depth)
	case wanted != "":
		c := candidate{dir: dir, name: wanted, again: again}
		c.data, c.broken = submission.ReadFile(fsys, name)
		s.found = append(s.found, c)
	case path.Ext(base) == ".go" && !strings.HasSuffix(base, "_test.go"):
		if s.beside == nil {
			s.beside = map[string][]string{}
		}
		s.beside[dir] = append(s.beside[dir], base)
	}
}

// meant is the name that a file has in an exercise: its own, that without the number of a
// resubmission, or the end of it: "anna-bank.go".
func (s *search) meant(base string) (name string, again int) {
	if s.wanted[base] {
		return base, 0
	}
	if path.Ext(base) != ".go" || strings.HasSuffix(base, "_test.go") {
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

func (s *search) archive(fsys fs.FS, name, dir string, depth int) {
	if depth == maxDepth {
		s.notes = append(s.notes, Note{Nested, dir})
		return
	}
	f, err := fsys.Open(name)
	if err != nil {
		s.notes = append(s.notes, Note{Unreadable, dir})
		return
	}
	defer f.Close()
	p, err := unpack(name, f, everything)
	for _, n := range p.notes {
		s.notes = append(s.notes, Note{n.What, dir + "/" + n.Path}) // as the archive has it
	}
	if err != nil {
		s.notes = append(s.notes, Note{Oddity(err.Error()), dir})
		return
	}
	s.tree(p.fsys, dir, depth+1)
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
		return cmp.Or(cmp.Compare(strings.Count(a.dir, "/"), strings.Count(b.dir, "/")), cmp.Compare(b.again, a.again), cmp.Compare(a.dir, b.dir))
	})
	return s.take(ex, best), true
}

// take makes a submission of the files that lie where the first one does.
func (s *search) take(ex exercise.Exercise, best []candidate) submission.Submission {
	sub := submission.Submission{Files: map[string][]byte{}, Extra: s.beside[best[0].dir]}
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
		if c.dir != best[0].dir && !bytes.Equal(c.data, sub.Files[c.name]) {
			s.notes = append(s.notes, Note{Ambiguous, path.Join(c.dir, c.name)})
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
