package wall

import (
	"errors"
	"os"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

// The rights of landlock that are given (landlock(7)).
const (
	read  = ll.AccessFSReadFile | ll.AccessFSReadDir
	run   = read | ll.AccessFSExecute
	write = run | ll.AccessFSWriteFile | ll.AccessFSTruncate | ll.AccessFSRefer |
		ll.AccessFSRemoveDir | ll.AccessFSRemoveFile |
		ll.AccessFSMakeDir | ll.AccessFSMakeReg | ll.AccessFSMakeSym | ll.AccessFSMakeFifo
	add = ll.AccessFSWriteFile | ll.AccessFSMakeReg

	ofFiles = ll.AccessFSExecute | ll.AccessFSReadFile | ll.AccessFSWriteFile | ll.AccessFSTruncate
)

// always may be read: what the race detector and the Go run-time look at in themselves, and
// their machine.
var always = []string{"/proc/self", "/sys/kernel/mm/transparent_hugepage"}

// devices may be read and written.
var devices = []string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}

var errNoLandlock = errors.New("this kernel has none: it is older than Linux 5.13, or was built or started without")

// landlock confines this thread to the files of the wall, and denies it the network, the
// signals and the sockets of others as far as the kernel can.
func (w Wall) landlock(program string) error {
	var rules []landlock.Rule
	allow := func(rights landlock.AccessFSSet, paths ...string) {
		for _, p := range paths {
			if rule, ok := ruleFor(rights, p); ok {
				rules = append(rules, rule)
			}
		}
	}
	allow(run, program)
	allow(run, w.Run...)
	allow(read, w.Read...)
	allow(read, always...)
	allow(write, w.Write...)
	allow(add, w.Add...)
	allow(ll.AccessFSReadFile|ll.AccessFSWriteFile, devices...)
	ruleset, flags, err := landlock.V11.BestEffort().NewRulesetFD(rules...)
	switch {
	case err != nil:
		return err
	case ruleset < 0:
		return errNoLandlock
	}
	return ll.LandlockRestrictSelf(ruleset, flags)
}

// ruleFor gives rights on a path, and on what is beneath it; nothing if there is none.
func ruleFor(rights landlock.AccessFSSet, path string) (landlock.Rule, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, false
	}
	if !info.IsDir() {
		rights &= ofFiles
	}
	return landlock.PathAccess(rights, path).IgnoreIfMissing(), true
}
