package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"racelab/checker/atomicfile"
)

// writeFile replaces name by data, or leaves it as it was. The folder must exist. A link
// stays one, and a device or a pipe, such as /dev/stdout, is given the data.
func writeFile(name string, data []byte) error {
	write := atomicfile.Write
	to := name
	if info, err := os.Stat(name); strings.HasPrefix(name, "/dev/") || err == nil && !info.Mode().IsRegular() {
		write = os.WriteFile
	} else if target, err := filepath.EvalSymlinks(name); err == nil {
		to = target
	}
	if err := write(to, data, 0o644); err != nil {
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
