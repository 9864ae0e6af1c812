package handin

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A classArchive is the archive of a class, of which each student's files are read when it is
// their turn. It holds where they are.
type classArchive struct {
	file  *os.File
	spool *spool
	files map[string][]packed // by the name of the top entry
	notes map[string][]Note
}

// openArchive reads an archive once. What cannot be read in any order later, as of a tar
// archive, is copied into a temporary file without a name.
func openArchive(name string, l limits) (_ *classArchive, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	a := &classArchive{file: f, files: map[string][]packed{}, notes: map[string][]Note{}}
	add := func(p packed) error { a.add(p); return nil }
	if form, _ := formOf(name, f); form != ".zip" {
		add = a.spooling(add)
	}
	err = unpack(name, f, unpacking{left: l.budget(), note: a.note, take: add})
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.unfold(withoutSuffix(filepath.Base(name)))
	return a, nil
}

// unfold takes the folder for the class that was packed as a whole: the archive has its name,
// and has nothing else in it.
func (a *classArchive) unfold(folder string) {
	all := a.files[folder]
	if len(all) == 0 || len(a.files) != 1 || slices.ContainsFunc(all, func(p packed) bool { return p.path == folder }) {
		return
	}
	notes := a.notes[folder]
	a.files, a.notes = map[string][]packed{}, map[string][]Note{}
	for _, p := range all {
		p.path = strings.TrimPrefix(p.path, folder+"/")
		a.add(p)
	}
	for _, n := range notes {
		a.note(n.What, n.Path)
	}
}

func (a *classArchive) add(p packed) {
	entry, _, _ := strings.Cut(p.path, "/")
	a.files[entry] = append(a.files[entry], p)
}

// note keeps what there is to say of a file for whom it belongs to.
func (a *classArchive) note(what Oddity, path string) {
	entry, rest, _ := strings.Cut(path, "/")
	if len(a.notes[entry]) < maxNotes {
		a.notes[entry] = append(a.notes[entry], Note{what, rest})
	}
}

// tops are the entries in which there is something that may matter, in order.
func (a *classArchive) tops() (all []top) {
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		isDir := slices.ContainsFunc(a.files[name], func(p packed) bool { return p.path != name })
		all = append(all, top{name, isDir})
	}
	return all
}

func (a *classArchive) Close() error { return errors.Join(a.file.Close(), a.spool.close()) }

// ErrNoRoom is of a machine on which there is no room for what an archive has in it.
var ErrNoRoom = errors.New("what is in the archive cannot be written into a temporary file")

// A spool is a temporary file that has what was read of an archive.
type spool struct {
	file  *os.File
	named bool
	size  int64
	room  []byte // to copy with
}

// spooling takes what stays readable of each file.
func (a *classArchive) spooling(take func(packed) error) func(packed) error {
	return func(p packed) error {
		if !p.mode.IsRegular() {
			return take(p)
		}
		if a.spool == nil {
			s, err := newSpool()
			if err != nil {
				return err
			}
			a.spool = s
		}
		kept, err := a.spool.keep(p)
		if err != nil {
			return err
		}
		return take(kept)
	}
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "racelab-class-")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoRoom, err)
	}
	err = os.Remove(f.Name()) // so that nothing is left of it, whatever happens; not every system can
	return &spool{file: f, named: err != nil, room: make([]byte, 32<<10)}, nil
}

// keep copies a file, but no more than is ever read of one.
func (s *spool) keep(p packed) (packed, error) {
	most := int64(maxFile)
	if isArchive(p.path) {
		most = maxNested + 1
	}
	r, err := p.open(nil)
	if err != nil {
		return p, err
	}
	n, err := io.CopyBuffer(writing{s.file}, io.LimitReader(r, most), s.room)
	if err != nil {
		return p, err
	}
	at := s.size
	s.size += n
	p.open = func(*budget) (io.ReadCloser, error) {
		if n > maxNested {
			return nil, errNested
		}
		return section{io.NewSectionReader(s.file, at, n)}, nil
	}
	return p, nil
}

// writing tells a disk that is full from an archive that is damaged.
type writing struct{ w io.Writer }

func (w writing) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrNoRoom, err)
	}
	return n, err
}

// A section is part of a spool. It can be read in any order.
type section struct{ *io.SectionReader }

func (section) Close() error { return nil }

func (s *spool) close() error {
	if s == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}
