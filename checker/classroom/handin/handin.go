// Package handin finds what the students of a class have handed in, in the shapes in
// which teachers have it: folders, archives, single files, and the downloads of learning
// platforms. It reads files and judges none of them.
//
// What it reads comes from anybody. Archives are read as streams, by the standard library,
// under limits, and of each student only what may belong to an exercise is held; nothing is
// unpacked. A folder is read beneath an os.Root, so that no link leads out of it.
package handin

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A Handin is all that one student has handed in.
type Handin struct {
	Who
	// Entries are the names of the folders, archives and files, as the teacher sees them.
	Entries []string
	parts   []part
}

// Who is what a download calls a student.
type Who struct {
	ID   string // of a platform, or else the name of the folder
	Name string // as a platform writes it, for people or squeezed together; may be ""
	Late bool   // a platform says so
}

// A part is a folder, an archive or a file that a Handin consists of.
type part struct {
	entry string // its name in the class folder
	as    string // what a platform's file was called before it was named after the student
}

// A Class is the folder, or archive, with what was handed in.
type Class struct {
	Handins []Handin // by ID
	// Others are the names of entries that cannot be anybody's.
	Others  []string
	fsys    fs.FS // nil of an archive
	archive *classArchive
	student limits
	close   func() error
}

// Open looks into a class folder, or an archive of one. Close must be called.
func Open(name string) (*Class, error) {
	c, err := open(name)
	if err != nil {
		return nil, err
	}
	entries, err := c.entries()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read %s: %w", name, err), c.Close())
	}
	c.sort(entries, strings.TrimSuffix(withoutSuffix(filepath.Base(name)), "-submissions"))
	return c, nil
}

func open(name string) (*Class, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, err
		}
		return &Class{fsys: root.FS(), close: root.Close, student: ofStudent}, nil
	case !isArchive(name):
		return nil, fmt.Errorf("%s is neither a folder nor an archive (%s)", name, strings.Join(archives, ", "))
	}
	archive, err := openArchive(name, ofClass)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &Class{archive: archive, close: archive.Close, student: ofStudent}, nil
}

// Close ends the reading.
func (c *Class) Close() error { return c.close() }

// A top is what lies in the class folder itself.
type top struct {
	name  string
	isDir bool
}

func (c *Class) entries() (all []top, err error) {
	if c.archive != nil {
		return c.archive.tops(), nil
	}
	entries, err := fs.ReadDir(c.fsys, ".")
	for _, e := range entries {
		all = append(all, top{e.Name(), e.IsDir()})
	}
	return all, err
}

// sort tells whose each entry is.
func (c *Class) sort(entries []top, assignment string) {
	byID := map[string]*Handin{}
	prefix := classroomPrefix(entries, assignment)
	for _, e := range entries {
		if strings.HasPrefix(e.name, ".") || e.name == macJunk {
			continue
		}
		who, as, ok := whose(e, prefix)
		if !ok {
			c.Others = append(c.Others, e.name)
			continue
		}
		h := byID[who.ID]
		if h == nil {
			h = &Handin{Who: who}
			byID[who.ID] = h
		}
		h.Late = h.Late || who.Late
		h.Entries = append(h.Entries, e.name)
		h.parts = append(h.parts, part{entry: e.name, as: as})
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		c.Handins = append(c.Handins, *byID[id])
	}
}

// whose tells who handed an entry in, and what its file was called then.
func whose(e top, prefix string) (who Who, as string, ok bool) {
	name := e.name
	if who, as, ok := onPlatform(name); ok {
		return who, as, true
	}
	switch {
	case e.isDir:
		return Who{ID: strings.TrimPrefix(name, prefix)}, "", true
	case isArchive(name):
		return Who{ID: strings.TrimPrefix(withoutSuffix(name), prefix)}, "", true
	case path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go"):
		return ofFile(name), name, true
	}
	return Who{}, "", false
}

// ofFile is the student whose name stands before that of the file: "anna-bank.go",
// "anna_bank.go"; of "anna.go" it is all of it.
func ofFile(name string) Who {
	id := strings.TrimSuffix(name, ".go")
	if i := strings.LastIndexAny(id, "-_"); i > 0 {
		id = id[:i]
	}
	return Who{ID: id}
}

// classroomPrefix is what GitHub Classroom puts before the name of each student's
// repository: the assignment's name. It names the folder, or stands before all of them.
func classroomPrefix(entries []top, assignment string) string {
	var folders []string
	for _, e := range entries {
		if e.isDir && !strings.HasPrefix(e.name, ".") {
			folders = append(folders, e.name)
		}
	}
	all := func(prefix string) bool {
		return len(folders) > 0 && !slices.ContainsFunc(folders, func(f string) bool {
			return !strings.HasPrefix(f, prefix) || len(f) == len(prefix)
		})
	}
	if prefix := assignment + "-"; all(prefix) {
		return prefix
	}
	return ""
}
