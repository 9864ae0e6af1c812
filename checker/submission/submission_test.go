package submission

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/report"
)

func TestReadTakesRegularFilesOnly(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"is missing":            func(string) error { return nil },
		"is not a regular file": func(path string) error { return os.Symlink("/etc/passwd", path) },
		"is larger than":        func(path string) error { return os.WriteFile(path, make([]byte, maxFile+1), 0o644) },
	} {
		dir := t.TempDir()
		if err := make(filepath.Join(dir, "bank.go")); err != nil {
			t.Fatal(err)
		}
		sub, err := Read(dir, []string{"bank.go"})
		if err != nil {
			t.Fatal(err)
		}
		if len(sub.Findings) != 1 || !strings.Contains(report.Message(sub.Findings[0]), name) {
			t.Errorf("want %q, found %v", name, sub.Findings)
		}
	}
}

func TestReadNamesFilesThatDoNotCount(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"bank.go", "queue.go", "bank_test.go", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("package bank\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sub, err := Read(dir, []string{"bank.go"})
	if err != nil || len(sub.Extra) != 1 || sub.Extra[0] != "queue.go" || len(sub.Findings) != 0 {
		t.Errorf("sub = %+v, err = %v", sub, err)
	}
}

func TestReadOfNoFolderIsAnError(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("no error")
	}
}
