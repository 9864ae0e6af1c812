package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"racelab/checker/atomicfile"
)

// writeFile replaces name by data, or leaves it as it was. The folder must exist.
func writeFile(name string, data []byte) error {
	if err := atomicfile.Write(name, data, 0o644); err != nil {
		return cannotWrite(name, err)
	}
	return nil
}

// cannotWrite names the file a person knows, not the temporary one.
func cannotWrite(name string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	} else if l, ok := errors.AsType[*os.LinkError](err); ok {
		err = l.Err
	}
	return fmt.Errorf("cannot write %s: %w", name, err)
}

// writeNew writes name unless there is something of that name already.
func writeNew(name string, data []byte) (written bool, err error) {
	if _, err := os.Lstat(name); err == nil {
		return false, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return false, cannotWrite(name, err)
	}
	return true, writeFile(name, data)
}

// isFile reports whether name is there and no folder.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// isDir reports whether name is a folder.
func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
