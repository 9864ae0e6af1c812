// Package cache keeps what racelab can always make again: the run-time's source,
// lists of export data, what reference solutions showed.
//
// Nothing in it is needed. What cannot be read is made again, and what cannot be
// written costs time at the next check and nothing else.
package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

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

// Load reads the entry called name into value, and reports whether there is one.
func (d Dir) Load(name string, value any) bool {
	data, err := os.ReadFile(d.Path(name))
	return err == nil && json.Unmarshal(data, value) == nil
}

// Keep writes value as the entry called name.
func (d Dir) Keep(name string, value any) {
	if data, err := json.Marshal(value); err == nil {
		_ = WriteFile(d.Path(name), data)
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

// WriteFile writes a file so that a reader sees all of it or none. It makes the
// folder.
func WriteFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return atomicfile.Write(name, data, 0o600)
}
