// Package cache keeps what racelab can always make again: the run-time's source,
// lists of export data, what reference solutions showed. Nothing in it is believed by its
// name: an entry has its hash in it, and one that is not whole is made again.
//
// Nothing in it is needed. What cannot be read is made again, and what cannot be
// written costs time at the next check and nothing else.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"racelab/checker/atomicfile"
)

// A Dir is the folder of a cache.
type Dir string

// UserDir is the cache in the user's own folder for caches.
func UserDir() (Dir, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find a place for racelab's cache: %w", err)
	}
	return Dir(filepath.Join(dir, "racelab")), nil
}

// Path is where the entry called name lies.
func (d Dir) Path(name string) string { return filepath.Join(string(d), filepath.FromSlash(name)) }

// largest is the size in bytes up to which an entry is read: no entry of ours comes near it.
const largest = 64 << 20

// Load reads the entry called name into value, and reports whether there is one that is
// whole.
func (d Dir) Load(name string, value any) bool {
	// A pipe would be waited for, and a device has no end.
	info, err := os.Stat(d.Path(name))
	if err != nil || !info.Mode().IsRegular() || info.Size() > largest {
		return false
	}
	data, err := os.ReadFile(d.Path(name))
	if err != nil {
		return false
	}
	sum, text, _ := bytes.Cut(data, []byte("\n"))
	return string(sum) == sumOf(name, text) && json.Unmarshal(text, value) == nil
}

// Keep writes value as the entry called name, in the place of whatever is there.
func (d Dir) Keep(name string, value any) {
	if text, err := json.Marshal(value); err == nil {
		_ = d.Write(name, slices.Concat([]byte(sumOf(name, text)+"\n"), text))
	}
}

// sumOf is the first line of an entry. It has the name in it, so that no entry takes the
// place of another.
func sumOf(name string, text []byte) string {
	return fmt.Sprintf("sha256:%x", sha256.Sum256(fmt.Appendf(nil, "%q %s", name, text)))
}

// Write writes data as the file called name, so that a reader sees all of it or none. Whatever
// is in its place, or in that of its folders, makes room.
func (d Dir) Write(name string, data []byte) error {
	path := d.Path(name)
	for at := path; len(at) > len(d); at = filepath.Dir(at) {
		if info, err := os.Lstat(at); err == nil && info.IsDir() == (at == path) {
			if err := os.RemoveAll(at); err != nil {
				return err
			}
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return atomicfile.Write(path, data, 0o600)
}

// stale is how old a file is that a racelab was writing which was killed.
const stale = time.Hour

// Tidy removes what racelabs that were killed have left half-written.
func (d Dir) Tidy() {
	for _, pattern := range []string{".*.tmp", "*/.*.tmp"} {
		names, _ := fs.Glob(os.DirFS(string(d)), pattern) // an error is about the pattern
		for _, name := range names {
			if info, err := os.Lstat(d.Path(name)); err == nil && time.Since(info.ModTime()) > stale {
				_ = os.Remove(d.Path(name))
			}
		}
	}
}

// Key names a set of files, or of other facts, by content: 16 hexadecimal digits.
func Key(facts map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		fmt.Fprintf(h, "%q %d\n", name, len(facts[name]))
		h.Write(facts[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
