package wall

import (
	"errors"
	"os"
	"os/exec"
)

// Bubblewrap is the command line with which bwrap(1) puts argv into name spaces in which
// there is nothing but what w lets through.
func Bubblewrap(w Wall, argv []string) ([]string, error) {
	bwrap, err := exec.LookPath("bwrap")
	if err != nil {
		return nil, errors.New("bwrap is not installed (on Debian and Ubuntu: sudo apt-get install bubblewrap)")
	}
	out := []string{
		bwrap, "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--die-with-parent",
		"--proc", "/proc", "--dev", "/dev",
	}
	for _, path := range w.Run {
		out = append(out, "--ro-bind-try", path, path)
	}
	for _, path := range w.Read {
		out = append(out, "--ro-bind-try", path, path)
	}
	for _, path := range w.Write {
		out = append(out, "--bind", path, path)
	}
	dir, err := os.Getwd()
	if len(w.Write) > 0 {
		dir, err = w.Write[0], nil
	}
	return append(append(out, "--chdir", dir, "--"), argv...), err
}
