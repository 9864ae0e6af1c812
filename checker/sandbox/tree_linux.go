package sandbox

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// descendants are the processes that a process has started, and those that these have,
// each after its parent (proc(5), stat: the second field behind the name).
func descendants(pid int) []int {
	dirs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil
	}
	children := map[int][]int{}
	for _, dir := range dirs {
		child, err := strconv.Atoi(filepath.Base(dir))
		stat, ok := statOf(dir)
		if err != nil || !ok {
			continue // it has ended just now
		}
		if fields := bytes.Fields(stat); len(fields) > 1 {
			if parent, err := strconv.Atoi(string(fields[1])); err == nil {
				children[parent] = append(children[parent], child)
			}
		}
	}
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all[1:]
}

// treeResident is how much memory a process and its descendants have, in bytes. What they
// share counts for each.
func treeResident(pid int) int64 {
	sum := resident(pid)
	for _, p := range descendants(pid) {
		sum += resident(p)
	}
	return sum
}

// killTree kills a process and its descendants, also those that left its group. It is stopped
// first, so that it starts no more.
func killTree(pid int) {
	_ = syscall.Kill(pid, syscall.SIGSTOP)
	for range 3 { // a descendant may start another one meanwhile
		for _, p := range descendants(pid) {
			if p != os.Getpid() {
				_ = syscall.Kill(p, syscall.SIGKILL)
			}
		}
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
}
