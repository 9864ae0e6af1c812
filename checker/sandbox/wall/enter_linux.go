package wall

import (
	"debug/elf"
	"fmt"
	"os"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// enter puts the wall up and becomes the program. Landlock and seccomp count for one thread,
// and what it becomes.
func (w Wall) enter(argv []string) error {
	runtime.LockOSThread()
	unix.CloseOnExec(w.Status)
	if w.Alone {
		w.addLoader(argv[0])
	}
	if w.Spaces {
		if err := w.furnish(); err != nil {
			return fmt.Errorf("make a file system of its own: %w", err)
		}
	}
	if err := w.limit(); err != nil {
		return fmt.Errorf("set limits: %w", err)
	}
	if err := giveUpPrivileges(); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	if err := w.landlock(argv[0]); err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	if err := w.filter(); err != nil {
		return fmt.Errorf("seccomp: %w", err)
	}
	return fmt.Errorf("start %s: %w", argv[0], unix.Exec(argv[0], argv, os.Environ()))
}

// addLoader lets the kernel run the loader that a program with C code asks for, which reads
// libraries.
func (w *Wall) addLoader(program string) {
	w.Read = append(w.Read, libraries...)
	f, err := elf.Open(program)
	if err != nil {
		return // it will fail to start, and say why
	}
	defer f.Close()
	if section := f.Section(".interp"); section != nil {
		if name, err := section.Data(); err == nil {
			w.Run = append(w.Run, strings.TrimRight(string(name), "\x00"))
		}
	}
}

// libraries are where a loader finds what a Go program with the race detector is linked with.
var libraries = []string{"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/nix/store", "/gnu/store"}

// mostThreads is how many threads and processes there may be in name spaces of their own.
// (RLIMIT_NPROC counts all of a user's, wherever there are none.)
const mostThreads = 4096

func (w Wall) limit() error {
	limits := map[int]uint64{unix.RLIMIT_CORE: 0}
	if w.FileSize > 0 {
		limits[unix.RLIMIT_FSIZE] = uint64(w.FileSize)
	}
	if w.Spaces {
		limits[unix.RLIMIT_NPROC] = mostThreads
	}
	for resource, most := range limits {
		var had unix.Rlimit
		if err := unix.Getrlimit(resource, &had); err != nil {
			return err
		}
		most = min(most, had.Max)
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	return nil
}

// giveUpPrivileges makes sure that neither this process nor what it becomes has any
// capability, be it root's or that of a user name space.
func giveUpPrivileges() error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	for c := range 64 { // up to the first that the kernel does not know; without CAP_SETPCAP there are none
		if unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(c), 0, 0, 0) == unix.EINVAL {
			break
		}
	}
	_ = unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) // Linux 4.3
	none := [2]unix.CapUserData{}
	return unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0])
}
