package main

import (
	"os"
	"syscall"
)

// stdoutIsClosed reports whether racelab was started with a closed standard output, as by
// `>&-`: Go's run-time has opened /dev/null in its place then, for reading and writing
// (runtime.checkfds). A few programs, such as Python with subprocess.DEVNULL, open it so,
// too, to discard what another one prints. So only who prints and does nothing else asks.
// Where the standard error is the same, nobody wants to know.
func stdoutIsClosed() bool { return openedInPlace(1) && !openedInPlace(2) }

func openedInPlace(fd int) bool {
	var null, is syscall.Stat_t
	if syscall.Stat(os.DevNull, &null) != nil || syscall.Fstat(fd, &is) != nil || is.Mode&syscall.S_IFMT != syscall.S_IFCHR || is.Rdev != null.Rdev {
		return false
	}
	flags, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFL, 0)
	return errno == 0 && flags&syscall.O_ACCMODE == syscall.O_RDWR
}
