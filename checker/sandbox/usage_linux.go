package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// tick is the unit of times in /proc/PID/stat: USER_HZ, on all platforms that Go
// knows.
const tick = time.Second / 100

// usageOf reads what a process has used (proc(5)), and reports whether it could.
func usageOf(pid int) (usage, bool) {
	var u usage
	var user, system int64
	stat, ok := statOf(fmt.Sprintf("/proc/%d", pid))
	if !ok {
		return u, false
	}
	// Fields 4 to 13 are of no interest, 14 and 15 are utime and stime.
	fields := bytes.Fields(stat)
	if len(fields) < 13 {
		return u, false
	}
	if _, err := fmt.Sscan(string(fields[11])+" "+string(fields[12]), &user, &system); err != nil {
		return u, false
	}
	u.user, u.system = time.Duration(user)*tick, time.Duration(system)*tick
	return u, u.addThreads(pid)
}

func (u *usage) addThreads(pid int) bool {
	dirs, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil || len(dirs) == 0 {
		return false
	}
	u.asleep = true
	for _, dir := range dirs {
		stat, ok := statOf(dir)
		if !ok {
			u.asleep = false // it has ended just now
			continue
		}
		u.asleep = u.asleep && stat[0] == 'S'
		var ran, waited time.Duration // nanoseconds
		text, err := os.ReadFile(filepath.Join(dir, "schedstat"))
		if err != nil {
			return false
		}
		if _, err := fmt.Sscan(string(text), &ran, &waited); err != nil {
			return false
		}
		u.ran += ran
		u.waited += waited
	}
	return true
}

// statOf reads a stat file from the state on. That follows the name, which is in
// parentheses and may hold any.
func statOf(dir string) ([]byte, bool) {
	stat, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil {
		return nil, false
	}
	after := bytes.TrimSpace(stat[bytes.LastIndexByte(stat, ')')+1:])
	return after, len(after) > 0
}

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
