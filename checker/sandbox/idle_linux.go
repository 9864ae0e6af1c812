package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// idlePoll is how often a process is looked at.
const idlePoll = 50 * time.Millisecond

// An idleWatch tells a process that waits from one that the machine leaves no
// time: all threads of the first sleep and use no processor at all.
type idleWatch struct {
	pid   int
	since time.Time // when it was last seen to move
	cpu   string    // what its threads had used by then
}

// idle looks once and returns for how long the process has not moved.
func (w *idleWatch) idle() time.Duration {
	cpu, asleep := threads(w.pid)
	if !asleep || cpu != w.cpu || w.since.IsZero() {
		w.cpu, w.since = cpu, time.Now()
	}
	return time.Since(w.since)
}

// threads returns what every thread has used of the processors, as text to
// compare, and whether all of them sleep.
func threads(pid int) (cpu string, asleep bool) {
	dirs, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil || len(dirs) == 0 {
		return "", false
	}
	var used bytes.Buffer
	for _, dir := range dirs {
		stat, err := os.ReadFile(filepath.Join(dir, "stat"))
		if err != nil {
			return "", false
		}
		// The state follows the name, which is in parentheses and may hold any.
		after := stat[bytes.LastIndexByte(stat, ')')+1:]
		if !bytes.HasPrefix(after, []byte(" S ")) {
			return "", false
		}
		schedstat, err := os.ReadFile(filepath.Join(dir, "schedstat"))
		if err != nil {
			return "", false
		}
		used.Write(schedstat) // nanoseconds on a processor, and waiting for one
	}
	return used.String(), true
}
