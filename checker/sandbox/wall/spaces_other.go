//go:build !linux

package wall

import "syscall"

// Spaces needs Linux: elsewhere Enter fails.
func Spaces(*syscall.SysProcAttr) {}
