package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
)

// A Go program that crashes ends with status 2, and nothing in it can change that: a panic
// in a goroutine of a library, a stack that overflows and two writers of one map all end the
// process at once. But 2 means that the command makes no sense, and whoever runs a class
// gives up then. So racelab runs as the child of a racelab that does nothing but wait. When
// the child means 2, it ends with another status.
const (
	// supervisorEnv has the number of the process that waits.
	supervisorEnv   = "RACELAB_SUPERVISOR"
	supervisedUsage = 64 // as sysexits.h has it
	goCrash         = 2
)

const crashed = `
racelab: racelab itself has crashed. That is a fault of racelab's, neither yours nor
  that of a program which it checked; nothing was graded wrong for it. Please report
  it where you have racelab from, with the lines above.
`

// supervised reports whether this process is such a child. It is so once: what this process
// starts is not.
func supervised() bool {
	of := os.Getenv(supervisorEnv)
	_ = os.Unsetenv(supervisorEnv)
	return of == strconv.Itoa(os.Getppid())
}

// supervise runs this program as a child, and returns the status to end with. It reports
// false if it cannot.
func supervise(stderr io.Writer) (status int, ok bool) {
	exe, err := os.Executable()
	if err != nil {
		return 0, false
	}
	cmd := exec.Command(exe)
	cmd.Args = os.Args
	cmd.Env = append(os.Environ(), supervisorEnv+"="+strconv.Itoa(os.Getpid()))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	runtime.LockOSThread() // the signal comes when the thread ends that has started the child
	defer runtime.UnlockOSThread()
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	if cmd.Start() != nil {
		return 0, false
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			_ = cmd.Process.Signal(s) // it may have ended
		case <-ended:
			return meantBy(cmd.ProcessState, stderr), true
		}
	}
}

// meantBy is what the end of such a child means.
func meantBy(end *os.ProcessState, stderr io.Writer) int {
	if how, ok := end.Sys().(syscall.WaitStatus); ok && how.Signaled() {
		return 128 + int(how.Signal()) // as shells have it
	}
	switch end.ExitCode() {
	case supervisedUsage:
		return statusUsage
	case goCrash:
		fmt.Fprint(stderr, crashed)
		return statusNotAble
	}
	return end.ExitCode()
}

// runSupervised is run, in a process whose crash is no usage error. The processes that check
// one submission each are watched already.
func runSupervised(newApp func() *app) int {
	if supervised() {
		if status := run(newApp()); status != statusUsage {
			return status
		}
		return supervisedUsage
	}
	if len(os.Args) < 2 || os.Args[1] != disposableCommand {
		if status, ok := supervise(os.Stderr); ok {
			return status
		}
	}
	return run(newApp())
}
