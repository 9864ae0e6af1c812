// Package atomicfile replaces files as a whole: a reader sees all of the new content
// or all of the old.
//
// It is our own and not renameio, because that replaces nothing atomically on
// Windows, and there, too, a learner's work must survive a crash.
package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// Write replaces the content of the file called name, or makes the file. The new
// content is complete on disk before it gets the name. The folder must exist.
func Write(name string, data []byte, perm os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is none, and that is right
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(perm)
		if errors.Is(err, errors.ErrUnsupported) { // Windows
			err = nil
		}
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
