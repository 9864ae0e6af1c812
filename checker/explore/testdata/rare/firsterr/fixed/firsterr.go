// Right: asking and saying so are one operation, so exactly one failing task
// sends. It is received, as ended cannot be closed before.

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
			if err != nil && failed.CompareAndSwap(false, true) {
				first <- err
			}
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
