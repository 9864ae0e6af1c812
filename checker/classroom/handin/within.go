package handin

import (
	"cmp"
	"io"
	"maps"
	"path"
	"strings"
	"testing/fstest"
)

// packedPart takes in what one student has in the archive of a class.
func (s *search) packedPart(a *classArchive, p part) {
	defer s.keepLast(len(s.found))
	for _, n := range a.notes[p.entry] {
		s.note(n.What, n.Path)
	}
	for _, one := range a.files[p.entry] {
		err := error(nil)
		if rest, beneath := strings.CutPrefix(one.path, p.entry+"/"); beneath {
			one.path = rest
			err = s.within(one, "", 0)
		} else {
			err = s.packed(one, "", cmp.Or(p.as, p.entry), 0)
		}
		switch {
		case isRefusal(err):
			s.note(Oddity(err.Error()), one.path)
			return
		case err != nil:
			s.note(oddityOf(err), one.path)
		}
	}
}

// keepLast keeps of the files that were found since then the last one of each path: whoever
// unpacks the archive has that one.
func (s *search) keepLast(since int) {
	at, last := map[[2]string]int{}, []candidate(nil)
	for _, c := range s.found[since:] {
		is := [2]string{c.dir, c.base}
		if i, ok := at[is]; ok {
			last[i] = c
			continue
		}
		at[is] = len(last)
		last = append(last, c)
	}
	s.found = append(s.found[:since], last...)
}

// maxDepth is how many archives may lie in each other.
const maxDepth = 2

// archive looks through one that lies somewhere. Of one that cannot be read to its end,
// nothing is taken.
func (s *search) archive(name string, depth int, regular bool, open func() (io.ReadCloser, error)) error {
	switch {
	case depth == maxDepth:
		s.note(Nested, name)
		return nil
	case !regular:
		s.note(Irregular, name)
		return nil
	}
	f, err := open()
	switch {
	case isRefusal(err):
		s.note(Oddity(err.Error()), name)
		return nil
	case err != nil:
		return err
	}
	defer f.Close()
	before := len(s.found)
	err = unpack(name, f, unpacking{
		left: s.left,
		note: func(what Oddity, p string) { s.note(what, name+"/"+p) }, // as the archive has it
		take: func(p packed) error { return s.within(p, name, depth+1) },
	})
	s.keepLast(before)
	if err != nil {
		what := Oddity(err.Error())
		if isFault(err) {
			what = Unreadable
		}
		s.note(what, name)
		s.found = s.found[:before]
		maps.DeleteFunc(s.beside, func(dir string, _ []string) bool { return strings.HasPrefix(dir+"/", name+"/") })
	}
	return nil
}

// within takes in one file of an archive, which is called dir in what is said.
func (s *search) within(p packed, dir string, depth int) error {
	folder := path.Dir(p.path)
	for name := range strings.SplitSeq(folder, "/") {
		if name != "." && isAside(name) {
			return nil
		}
	}
	return s.packed(p, path.Join(dir, folder), path.Base(p.path), depth)
}

// packed takes in one file of an archive, which lies in dir and which the student called base.
func (s *search) packed(p packed, dir, base string, depth int) error {
	if isArchive(base) {
		return s.archive(path.Join(dir, base), depth, p.mode.IsRegular(), func() (io.ReadCloser, error) { return p.open(s.left) })
	}
	file := &fstest.MapFile{Mode: p.mode}
	if wanted, _ := s.meant(base); wanted != "" && p.mode.IsRegular() && s.left.held > 0 {
		r, err := p.open(s.left)
		if err != nil {
			return err
		}
		defer r.Close()
		if file.Data, err = io.ReadAll(io.LimitReader(r, maxFile)); err != nil {
			return err
		}
	}
	s.goFile(fstest.MapFS{"file": file}, "file", dir, base)
	return nil
}
