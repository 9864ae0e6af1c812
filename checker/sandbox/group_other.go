//go:build !unix

package sandbox

import (
	"os/exec"
	"syscall"
)

// On these systems nothing is started: see Unsupported.

func processGroup() *syscall.SysProcAttr { return nil }

func killGroup(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
