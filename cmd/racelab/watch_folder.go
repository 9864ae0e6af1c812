package main

import (
	"context"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// watchFolder sends a value when something in dir may have changed, until ctx is
// done. Folders are watched, never files: most editors save by renaming a new
// file over the old one, and a watch on the old one would then see nothing more.
// The folder above is watched too, because dir itself may be replaced.
func watchFolder(ctx context.Context, dir string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	for _, folder := range []string{dir, filepath.Dir(dir)} {
		if err := w.Add(folder); err != nil {
			w.Close()
			return nil, err
		}
	}
	touched := make(chan struct{}, 1)
	go func() {
		defer w.Close()
		for {
			select {
			case <-ctx.Done():
				return
			case e, ok := <-w.Events:
				if !ok {
					return
				}
				if e.Name == dir && e.Has(fsnotify.Create) {
					_ = w.Add(dir) // gone again already: the next Create tells
				}
			case _, ok := <-w.Errors:
				// Events were lost, perhaps: let it be looked at.
				if !ok {
					return
				}
			}
			select {
			case touched <- struct{}{}:
			default: // one is waiting to be seen already
			}
		}
	}()
	return touched, nil
}
