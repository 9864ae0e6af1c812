package cache

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What is kept is there; what somebody has changed is not, and can be kept again.
func TestDamage(t *testing.T) {
	const name, folder = "reference/01.json", "reference"
	d := Dir(t.TempDir())
	path := d.Path(name)
	flip := func() error {
		data, err := os.ReadFile(path)
		if err == nil {
			data[len(data)-3] ^= 1
			err = os.WriteFile(path, data, 0o600)
		}
		return err
	}
	for what, damage := range map[string]func() error{
		"a byte":        flip,
		"empty":         func() error { return os.Truncate(path, 0) },
		"truncated":     func() error { return os.Truncate(path, 80) },
		"no hash":       func() error { return os.WriteFile(path, []byte(`{"score":9}`), 0o600) },
		"another entry": func() error { d.Keep("reference/02.json", 2); return os.Rename(d.Path("reference/02.json"), path) },
		"a folder":      func() error { return errors.Join(os.Remove(path), os.MkdirAll(filepath.Join(path, "x"), 0o755)) },
		"a device":      func() error { return errors.Join(os.Remove(path), os.Symlink("/dev/zero", path)) },
		"huge":          func() error { return os.Truncate(path, largest+1) },
		"a link":        func() error { return errors.Join(os.Remove(path), os.Symlink("/dev/zero/x", path)) },
		"its folder a file": func() error {
			return errors.Join(os.RemoveAll(d.Path(folder)), os.WriteFile(d.Path(folder), nil, 0o600))
		},
		"its folder is away": func() error { return os.RemoveAll(d.Path(folder)) },
	} {
		was := map[string]int{"score": 7}
		var is map[string]int
		if d.Keep(name, was); !d.Load(name, &is) || is["score"] != 7 {
			t.Errorf("before %s: %v", what, is)
		}
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if d.Load(name, &is) {
			t.Errorf("%s: believed", what)
		}
		if d.Keep(name, was); !d.Load(name, &is) {
			t.Errorf("%s: not mended", what)
		}
	}
}

// Only what was left half-written long ago is removed.
func TestTidy(t *testing.T) {
	d := Dir(t.TempDir())
	d.Keep("reference/01.json", 1)
	for _, name := range []string{".a.1.tmp", "reference/.b.2.tmp", "reference/.young.3.tmp"} {
		if err := os.WriteFile(d.Path(name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * stale)
	for _, name := range []string{".a.1.tmp", "reference/.b.2.tmp", "reference/01.json"} {
		if err := os.Chtimes(d.Path(name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	d.Tidy()
	for name, want := range map[string]bool{".a.1.tmp": false, "reference/.b.2.tmp": false, "reference/.young.3.tmp": true, "reference/01.json": true} {
		if _, err := os.Stat(d.Path(name)); (err == nil) != want {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}
