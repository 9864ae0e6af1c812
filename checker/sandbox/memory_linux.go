package sandbox

import (
	"fmt"
	"os"
)

// resident reads the memory that a process has, in bytes. (proc(5), statm: the
// second number, in pages.)
func resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
