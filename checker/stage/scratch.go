package stage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A workspace lies in the temporary folder, and is locked as long as its racelab lives.
// One that was killed leaves its workspace behind, and the lock is gone: so the next
// racelab can tell which ones nobody uses any more.
const (
	scratchPrefix = "racelab-"
	lockFile      = "lock"
)

// A scratch is a folder that is locked.
type scratch struct {
	dir  string
	lock *os.File
}

// newScratch makes a folder, and locks it.
func newScratch() (scratch, error) {
	cleanOnce()
	for {
		dir, err := os.MkdirTemp("", scratchPrefix)
		if err != nil {
			return scratch{}, err
		}
		name := filepath.Join(dir, lockFile)
		lock, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return scratch{}, errors.Join(err, os.RemoveAll(dir))
		}
		if err := flock(lock, true); err != nil {
			return scratch{}, errors.Join(err, lock.Close(), os.RemoveAll(dir))
		}
		if _, err := os.Stat(name); err == nil {
			return scratch{dir, lock}, nil
		}
		lock.Close() // another racelab was faster, and has removed it as left behind
	}
}

// NewScratch makes a folder in the temporary folder, which a later racelab removes if this one
// cannot.
func NewScratch() (dir string, remove func() error, err error) {
	s, err := newScratch()
	return s.dir, s.remove, err
}

// remove removes the folder.
func (s scratch) remove() error { return errors.Join(os.RemoveAll(s.dir), s.lock.Close()) }

// CleanUp removes, once in a process, what racelabs that were killed have left: workspaces,
// and what goes on in them.
func CleanUp() { cleanOnce() }

var cleanOnce = sync.OnceFunc(func() { clean(os.TempDir()) })

// clean removes the workspaces in temp that nobody has locked.
func clean(temp string) {
	locks, err := fs.Glob(os.DirFS(temp), scratchPrefix+"*/"+lockFile) // temp may have brackets in it
	if err != nil {
		return
	}
	for _, name := range locks {
		name = filepath.Join(temp, filepath.FromSlash(name))
		if info, err := os.Lstat(filepath.Dir(name)); err == nil && info.IsDir() {
			removeUnlocked(name)
		}
	}
}

func removeUnlocked(name string) {
	lock, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return // somebody else's
	}
	defer lock.Close()
	if flock(lock, false) == nil {
		endUsers(filepath.Dir(name))
		_ = os.RemoveAll(filepath.Dir(name)) // what cannot be removed stays
	}
}
