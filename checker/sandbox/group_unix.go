//go:build unix && !linux

package sandbox

import "syscall"

// processGroup gives the child a group of its own, to be killed whole.
func processGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
