// Rare: goroutine-leak
// Native: 0 of 100 runs.
// Only the first error is received. A task that fails asks whether another has,
// and then says that it has: when two ask first, both send, and one waits for ever.

// Package firsterr runs tasks side by side.
package firsterr

import (
	"sync"
	"sync/atomic"
)

// Run runs the tasks. It returns the first error at once, or nil when all tasks
// have ended without one.
func Run(tasks ...func() error) error {
	var failed atomic.Bool
	first := make(chan error)
	var running sync.WaitGroup
	for _, task := range tasks {
		running.Go(func() {
			err := task()
			if err == nil || failed.Load() {
				return
			}
			failed.Store(true)
			first <- err
		})
	}
	ended := make(chan struct{})
	go func() {
		running.Wait()
		close(ended)
	}()
	select {
	case err := <-first:
		return err
	case <-ended:
		return nil
	}
}
