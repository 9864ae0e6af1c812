package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a lab has of a file is told from what it should have, and how lines end is no
// difference: git changes that on Windows.
func TestLook(t *testing.T) {
	l := lab{t.TempDir()}
	f := labFile{name: "exercises/01-x/README.md", data: []byte("one\ntwo\n")}
	if got, err := l.look(f); got != isMissing || err != nil {
		t.Errorf("at first: %v, %v", got, err)
	}
	for text, want := range map[string]labState{"one\ntwo\n": isSame, "one\r\ntwo\r\n": isSame, "one\n": isOld, "": isOld} {
		writeTestFile(t, filepath.Join(l.dir, filepath.FromSlash(f.name)), text)
		if got, err := l.look(f); got != want || err != nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// What stands in the place of a file, or of its folder, is told from a file that is missing.
func TestLookAtOthers(t *testing.T) {
	l := lab{t.TempDir()}
	elsewhere := t.TempDir()
	writeTestFile(t, filepath.Join(elsewhere, "README.md"), "not ours")
	writeTestFile(t, filepath.Join(l.dir, "file"), "a file")
	writeTestFile(t, filepath.Join(l.dir, "large", "README.md"), strings.Repeat("x", 1<<20+1))
	for name, target := range map[string]string{"away": elsewhere, "nowhere": filepath.Join(elsewhere, "x"), "link.md": filepath.Join(elsewhere, "README.md"), "dangling.md": "x"} {
		if err := os.Symlink(target, filepath.Join(l.dir, name)); err != nil {
			t.Skip(err)
		}
	}
	for name, want := range map[string]string{
		"large":             "large is not a regular file",
		"link.md":           "link.md is not a regular file",
		"dangling.md":       "dangling.md is not a regular file",
		"large/README.md":   filepath.FromSlash("large/README.md") + " is larger than 1024 KiB",
		"away/README.md":    "away is a link or a file, and no folder",
		"nowhere/README.md": "nowhere is a link or a file, and no folder",
		"file/a/README.md":  "file is a link or a file, and no folder",
	} {
		if _, err := l.look(labFile{name: name}); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestOldWords(t *testing.T) {
	for _, tt := range []struct{ names, want string }{
		{"", ""},
		{"a", "a is not as this racelab has it (older, or edited)"},
		{"a b", "a and b are not as this racelab has them (older, or edited)"},
		{"a b c", "3 READMEs, tests and such are not as this racelab has them (older, or edited)"},
	} {
		if got := oldWords(strings.Fields(tt.names)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.names, got, tt.want)
		}
	}
}
