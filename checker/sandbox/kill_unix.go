//go:build unix

package sandbox

import (
	"os/exec"
	"syscall"
)

// killGroup kills the process and all it started that did not leave its group.
func killGroup(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}
