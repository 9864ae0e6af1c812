//go:build unix

package stage

import (
	"os"

	"golang.org/x/sys/unix"
)

// flock locks a file for the whole process, until it is closed or the process ends. If
// somebody else has locked it, flock waits or fails.
func flock(f *os.File, wait bool) error {
	how := unix.LOCK_EX
	if !wait {
		how |= unix.LOCK_NB
	}
	return unix.Flock(int(f.Fd()), how)
}
