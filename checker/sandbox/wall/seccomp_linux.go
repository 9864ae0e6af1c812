package wall

import (
	"os"
	"slices"
	"unsafe"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/sys/unix"
)

// missing is how a system call fails on a kernel that does not have it. Programs are prepared
// for that.
const missing = seccomp.ActionErrno | seccomp.Action(unix.ENOSYS)

// alone are the system calls of a Go program with the race detector that computes, waits,
// and writes to files that it can open.
var alone = []string{
	// memory
	"brk", "mmap", "mprotect", "munmap", "mremap", "madvise", "mincore", "membarrier",
	// files
	"access", "close", "dup", "dup2", "dup3", "faccessat", "faccessat2", "fstat", "getcwd", "getdents64", "lseek", "newfstatat", "open", "openat",
	"pread64", "pwrite64", "read", "readlink", "readlinkat", "readv", "stat", "lstat", "statx", "statfs", "fstatfs", "write", "writev",
	// waiting
	"epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait", "eventfd2", "futex", "nanosleep", "clock_nanosleep", "pipe", "pipe2", "poll", "ppoll", "pselect6", "select",
	"restart_syscall", "timerfd_create", "timerfd_settime", "timer_create", "timer_delete", "timer_settime", "setitimer",
	// threads and signals
	"arch_prctl", "exit", "exit_group", "get_robust_list", "getpid", "getppid", "gettid", "rseq", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
	"sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_yield", "set_robust_list", "set_tid_address", "sigaltstack",
	// the machine and the process
	"clock_getres", "clock_gettime", "gettimeofday", "time", "getcpu", "getrandom", "getrlimit", "getrusage", "sysinfo", "times", "uname", "personality",
	"getegid", "geteuid", "getgid", "getuid", "getpgrp", "getpgid", "execve",
}

// never are those that no compiler, no linker and no test needs, and with which a process
// could get at others, at the network, or at parts of the kernel that few have looked at.
var never = []string{
	"socket", "socketpair", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
	"mount", "umount", "umount2", "mount_setattr", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "pivot_root", "chroot", "unshare", "setns",
	"bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "add_key", "request_key", "keyctl",
	"init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd",
	"open_by_handle_at", "name_to_handle_at", "fanotify_init", "mknod", "mknodat", "truncate", "setxattr", "lsetxattr", "fsetxattr",
	"msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semop", "semctl", "semtimedop", "shmget", "shmat", "shmctl", "mq_open", "mq_unlink",
	"settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "syslog", "vhangup", "iopl", "ioperm", "modify_ldt",
	"clone3",
}

// newSpaces are the flags of clone for name spaces of one's own, in which one has all
// capabilities.
const newSpaces = unix.CLONE_NEWUSER | unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP

// aloneIf are those that are needed in one way, and could reach another process in others.
func aloneIf() []seccomp.NameWithConditions {
	is := func(name string, argument uint32, values ...uint64) (out []seccomp.NameWithConditions) {
		for _, v := range values {
			out = append(out, seccomp.NameWithConditions{Name: name, Conditions: []seccomp.Condition{{Argument: argument, Operation: seccomp.Equal, Value: v}}})
		}
		return out
	}
	var noSignals []seccomp.Condition
	for _, command := range []uint64{unix.F_SETOWN, unix.F_SETSIG, setOwnEx} {
		noSignals = append(noSignals, seccomp.Condition{Argument: 1, Operation: seccomp.NotEqual, Value: command})
	}
	return slices.Concat(
		is("tgkill", 0, uint64(os.Getpid())),
		is("prlimit64", 0, 0), // one's own
		is("prctl", 0, unix.PR_SET_VMA, unix.PR_SET_NAME, unix.PR_GET_NAME),
		[]seccomp.NameWithConditions{
			{Name: "fcntl", Conditions: noSignals},
			{Name: "clone", Conditions: []seccomp.Condition{{Operation: seccomp.BitsSet, Value: unix.CLONE_THREAD}}},
		})
}

const setOwnEx = 15 // F_SETOWN_EX

// neverIf are those that the go command needs, and nobody with these arguments.
func neverIf() []seccomp.NameWithConditions {
	return []seccomp.NameWithConditions{
		{Name: "clone", Conditions: []seccomp.Condition{{Operation: seccomp.BitsSet, Value: newSpaces}}},
		{Name: "prlimit64", Conditions: []seccomp.Condition{{Operation: seccomp.NotEqual, Value: 0}}},
	}
}

// filter denies system calls to this thread, and to what it becomes.
func (w Wall) filter() error {
	if err := onlyThisABI(); err != nil {
		return err
	}
	known, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	policy := seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: []seccomp.SyscallGroup{
		{Action: missing, Names: knownBy(known, never), NamesWithCondtions: neverIf()},
	}}
	if w.Alone {
		policy = seccomp.Policy{DefaultAction: seccomp.ActionErrno, Syscalls: []seccomp.SyscallGroup{
			{Action: seccomp.ActionAllow, Names: knownBy(known, alone), NamesWithCondtions: aloneIf()},
			{Action: missing, Names: knownBy(known, []string{"clone3"})}, // then glibc uses clone
		}}
	}
	return seccomp.LoadFilter(seccomp.Filter{Policy: policy})
}

// knownBy leaves out what a processor's system calls do not have.
func knownBy(a *arch.Info, names []string) (known []string) {
	for _, name := range names {
		if _, ok := a.SyscallNames[name]; ok {
			known = append(known, name)
		}
	}
	return known
}

// onlyThisABI denies all system calls by the way of another processor, as with int 0x80 on
// x86: they have other numbers, and filters that name some would let them pass.
func onlyThisABI() error {
	a, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	const archOffset = 4 // in struct seccomp_data
	program := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: archOffset},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: uint32(a.ID)},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		{Code: unix.BPF_RET | unix.BPF_K, K: uint32(missing)},
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0,
		uintptr(unsafe.Pointer(&unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]})))
	if errno != 0 {
		return errno
	}
	return nil
}
