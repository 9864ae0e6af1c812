// Hostile tries to reach what is not its own, and prints a line for each thing that it could
// do. It is given names as NAME=VALUE: what to read, to write, to connect to. Where the wall
// has a hole, the machine takes no harm: what succeeds changes nothing, or is taken back.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

func main() {
	for _, arg := range os.Args[1:] {
		attempt, of, _ := strings.Cut(arg, "=")
		if err := attempts[attempt](of); err == nil {
			fmt.Println(arg)
		} else {
			fmt.Fprintln(os.Stderr, arg, err)
		}
	}
}

var attempts = map[string]func(of string) error{
	"read": func(of string) error { _, err := os.ReadFile(of); return err },
	"list": func(of string) error { _, err := os.ReadDir(of); return err },
	"write": func(of string) error {
		f, err := os.OpenFile(of, os.O_WRONLY|os.O_APPEND, 0)
		if err == nil {
			f.Close()
		}
		return err
	},
	"make":    func(of string) error { return os.WriteFile(filepath.Join(of, "made"), nil, 0o600) },
	"empty":   func(of string) error { return os.Truncate(of, 0) },
	"emptyfd": func(of string) error { fd, _ := strconv.Atoi(of); return syscall.Ftruncate(fd, 0) },
	"reopen":  func(of string) error { f, err := os.OpenFile(of, os.O_WRONLY|os.O_TRUNC, 0); f.Close(); return err },
	"remove":  os.Remove,
	"rename":  func(of string) error { return os.Rename(of, of+"2") },
	"link":    func(of string) error { return os.Link(of, of+"2") },
	"chmod":   func(of string) error { return os.Chmod(of, 0o777) },
	"run":     func(of string) error { _, err := syscall.ForkExec(of, []string{of}, nil); return err },
	"become":  func(of string) error { return syscall.Exec(of, []string{of}, nil) },
	"tcp":     dial("tcp"),
	"udp":     dial("udp"),
	"unix":    dial("unix"),
	"fork":    func(string) error { return fork(uintptr(syscall.SIGCHLD)) },
	"user":    func(string) error { return fork(uintptr(syscall.SIGCHLD) | syscall.CLONE_NEWUSER) },
	"bomb": func(string) (err error) {
		for n := 0; n < 1000 && err == nil; n++ {
			err = fork(uintptr(syscall.SIGCHLD))
		}
		return err
	},
	"signal":  func(of string) error { return syscall.Kill(pid(of), 0) },
	"leave":   func(string) error { _, err := syscall.Setsid(); return err },
	"ptrace":  func(of string) error { return syscall.PtraceAttach(pid(of)) },
	"peek":    func(of string) error { return call(unix.SYS_PROCESS_VM_READV, uintptr(pid(of)), 0, 0, 0, 0, 0) },
	"limit":   func(of string) error { return limitAsItIs(pid(of)) },
	"orphan":  func(string) error { return call(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, 0, 0, 0, 0, 0) },
	"unshare": func(string) error { return syscall.Unshare(syscall.CLONE_NEWUSER) },
	"mount": func(of string) error {
		return errors.Join(syscall.Mount(of, of, "", syscall.MS_BIND, ""), syscall.Unmount(of, syscall.MNT_DETACH))
	},
	"uring": func(string) error {
		var p [120]byte
		return call(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&p)), 0, 0, 0, 0)
	},
	"memfd": func(string) error {
		return call(unix.SYS_MEMFD_CREATE, uintptr(unsafe.Pointer(&[]byte("x\x00")[0])), 0, 0, 0, 0, 0)
	},
	"x32":  func(string) error { return call(0x40000000|39, 0, 0, 0, 0, 0, 0) },
	"fill": fill,
	"root": func(string) error { return syscall.Setuid(0) },
	"environ": func(of string) error {
		if os.Getenv(of) == "" {
			return syscall.ENOENT
		}
		return nil
	},
	"nameless": func(of string) error { return os.WriteFile("/proc/self/fd/"+of, nil, 0) },
	"sleep":    func(string) error { time.Sleep(time.Hour); return nil },
}

func pid(of string) int {
	if of == "" {
		return os.Getppid()
	}
	n, _ := strconv.Atoi(of)
	return n
}

// limitAsItIs sets a limit of a process to what it is.
func limitAsItIs(pid int) error {
	var limit syscall.Rlimit
	at := uintptr(unsafe.Pointer(&limit))
	if err := call(syscall.SYS_PRLIMIT64, uintptr(pid), syscall.RLIMIT_CPU, 0, at, 0, 0); err != nil {
		return err
	}
	return call(syscall.SYS_PRLIMIT64, uintptr(pid), syscall.RLIMIT_CPU, at, 0, 0, 0)
}

func dial(network string) func(string) error {
	return func(of string) error {
		conn, err := net.DialTimeout(network, of, time.Second)
		if err == nil {
			_, err = conn.Write([]byte("x"))
		}
		return err
	}
}

func call(number, a, b, c, d, e, f uintptr) error {
	if _, _, errno := syscall.RawSyscall6(number, a, b, c, d, e, f); errno != 0 {
		return errno
	}
	return nil
}

// fork makes a process that waits for as long as this one lives.
func fork(flags uintptr) error {
	self := uintptr(os.Getpid())
	child, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, flags, 0, 0, 0, 0, 0)
	if errno != 0 {
		return errno
	}
	for child == 0 {
		syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0)
		if parent, _, _ := syscall.RawSyscall(syscall.SYS_GETPPID, 0, 0, 0); parent != self {
			syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 0, 0, 0)
		}
		syscall.RawSyscall(syscall.SYS_PAUSE, 0, 0, 0)
	}
	return nil
}

// fill writes a file without end.
func fill(of string) error {
	f, err := os.Create(filepath.Join(of, "full"))
	if err != nil {
		return err
	}
	for block, n := make([]byte, 1<<20), 0; n < 1<<10; n++ {
		if _, err := f.Write(block); err != nil {
			return err
		}
	}
	return nil
}
