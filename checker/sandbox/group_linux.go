package sandbox

import "syscall"

// processGroup gives the child a group of its own, to be killed whole, and has
// the kernel kill it should racelab itself be killed.
func processGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
