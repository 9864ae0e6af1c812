package lsp

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func (s *server) didOpen(p documentParams) {
	s.changed(p.TextDocument, func(path string) { s.open[path] = p.TextDocument }, true)
}

func (s *server) didChange(p changeParams) {
	s.changed(p.TextDocument, func(path string) {
		d, isOpen := s.open[path]
		for _, c := range p.Changes {
			if c.Range != nil { // nobody offered to take parts
				isOpen = false
			}
			d.Text = c.Text
		}
		d.Version = p.TextDocument.Version
		if isOpen {
			s.open[path] = d
		} else {
			delete(s.open, path)
		}
	}, false)
}

// didClose: what the editor had in mind for the text is forgotten, and what is saved counts.
func (s *server) didClose(p documentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, path)
	for dir, k := range s.known {
		if !within(path, dir) {
			continue
		}
		if s.showsAny(dir) {
			s.publish(k)
			continue
		}
		s.clear(k)
		delete(s.known, dir)
	}
}

// showsAny reports whether the editor has a file of a folder open.
func (s *server) showsAny(dir string) bool {
	for path := range s.open {
		if within(path, dir) {
			return true
		}
	}
	return false
}

func within(path, dir string) bool {
	return strings.HasPrefix(path, dir+string(filepath.Separator))
}

func (s *server) didSave(p documentParams) {
	k := s.changed(p.TextDocument, func(string) {}, true)
	if k == nil {
		return
	}
	s.mu.Lock()
	due := s.onSave && slices.Contains(k.ex.Files, p.name(k.ex))
	s.mu.Unlock()
	if due {
		s.checks.start(order{ex: k.ex})
	}
}

// name is what the document is called in the folder of an exercise.
func (p documentParams) name(ex Exercise) string {
	path, _ := pathOf(p.TextDocument.URI)
	rel, err := filepath.Rel(ex.Dir, path)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(rel)
}

// didCheckElsewhere: another racelab has checked something.
func (s *server) didCheckElsewhere(any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.known {
		s.reload(k)
		s.publish(k)
	}
}

// changed does what a message says of a document, and shows what follows from that. It
// returns nil where the document belongs to no exercise.
func (s *server) changed(d document, do func(path string), reload bool) *shown {
	path, ok := pathOf(d.URI)
	if !ok {
		return nil
	}
	ex, ok := s.host.Exercise(path)
	if !ok {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	do(path)
	k := s.known[ex.Dir]
	if k == nil {
		k = &shown{ex: ex}
		s.known[ex.Dir], reload = k, true
	}
	if reload {
		s.reload(k)
	}
	s.publish(k)
	return k
}

// A texts are the learner's files of an exercise, by name.
type texts map[string][]byte

// texts are what is saved, and what the editor shows of it.
func (s *server) texts(ex Exercise) (saved, shown texts) {
	saved = s.host.Saved(ex)
	shown = maps.Clone(saved)
	for _, name := range ex.Files {
		if d, ok := s.open[pathIn(ex, name)]; ok && !sameText(saved[name], d.Text) {
			if shown == nil {
				shown = texts{}
			}
			shown[name] = []byte(d.Text)
		}
	}
	return saved, shown
}

// sameText: editors keep a byte order mark to themselves.
func sameText(saved []byte, shown string) bool {
	return saved != nil && strings.TrimPrefix(string(saved), byteOrderMark) == shown
}

// testText is a file of the tests as the learner sees it; ok is false when it is not what is
// run, so that its lines are others.
func (s *server) testText(ex Exercise, name string) (text string, ok bool) {
	want, ok := ex.Tests[name]
	if !ok {
		return "", false
	}
	if d, isOpen := s.open[pathIn(ex, name)]; isOpen {
		return d.Text, d.Text == string(want)
	}
	got, err := os.ReadFile(pathIn(ex, name))
	return string(want), err == nil && bytes.Equal(got, want)
}

// pathIn is where a file of an exercise lies.
func pathIn(ex Exercise, name string) string {
	return filepath.Join(ex.Dir, filepath.FromSlash(name))
}
