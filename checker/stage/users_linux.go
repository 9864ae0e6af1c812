package stage

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// endUsers kills the processes that a racelab which was killed has left at work in its
// workspace, such as a compiler that computes for ever: they lie there, work there, or have
// it in their environment (proc(5)). What is not this user's cannot be seen.
func endUsers(dir string) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil && pid != os.Getpid() && uses(filepath.Join("/proc", e.Name()), dir) {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended
		}
	}
}

// uses reports whether the process that proc describes has to do with a folder.
func uses(proc, dir string) bool {
	within := dir + string(filepath.Separator)
	for _, link := range []string{"exe", "cwd"} {
		if name, err := os.Readlink(filepath.Join(proc, link)); err == nil && strings.HasPrefix(name+string(filepath.Separator), within) {
			return true
		}
	}
	env, err := os.ReadFile(filepath.Join(proc, "environ"))
	return err == nil && bytes.Contains(env, []byte("="+within))
}
