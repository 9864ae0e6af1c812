//go:build unix

package handin

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is no file is left out, and nobody waits for a pipe.
func TestIrregularArchives(t *testing.T) {
	dir := t.TempDir()
	files{"ada/bank.go": "package bank // a", "ada/other/file.txt": ""}.write(t, dir)
	if err := errors.Join(syscall.Mkfifo(filepath.Join(dir, "ada", "pipe.zip"), 0o600), syscall.Mkfifo(filepath.Join(dir, "ben.zip"), 0o600),
		os.Symlink("/etc/passwd", filepath.Join(dir, "ada", "link.tar")), os.Mkdir(filepath.Join(dir, "ada", "folder.tgz"), 0o755)); err != nil {
		t.Skip("this system has no pipes, or no links: ", err)
	}
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var got []string
	for _, h := range c.Handins {
		r := c.Read(h, set)
		got = append(got, fmt.Sprint(h.ID, len(r.Submissions), r.Notes, r.Unreadable))
	}
	want := []string{"ada1 [link.tar: " + string(Irregular) + " pipe.zip: " + string(Irregular) + "]", "ben0 [ben.zip: " + string(Irregular) + "]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What the machine cannot read is not what was not handed in.
func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := t.TempDir()
	files{"ada/bank.go": "package bank // a", "ben.zip": files{"bank.go": ""}, "cid/x/bank.go": ""}.write(t, dir)
	for _, name := range []string{"ada/bank.go", "ben.zip", "cid/x"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "cid/x"), 0o755) })
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var got []string
	for _, h := range c.Handins {
		r := c.Read(h, set)
		got = append(got, fmt.Sprint(h.ID, " ", r.Submissions[set[0].ID].Unreadable(), " ", r.Unreadable))
	}
	want := []string{"ada bank.go cannot be read: permission denied ", "ben <nil> ben.zip", "cid <nil> x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
