package wall

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

// Spaces starts a process in name spaces of its own: as the same user, who has no other
// processes there, no network but a loopback device that is down, and the right to make a
// file system of its own. Enter gives that up again.
func Spaces(attr *syscall.SysProcAttr) {
	attr.Cloneflags |= unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
	attr.AmbientCaps = []uintptr{unix.CAP_SYS_ADMIN, unix.CAP_SETPCAP} // kept while racelab starts
}

// A tree is a part of the file system, cut off from where it was.
type tree struct {
	fd    int
	path  string
	isDir bool
}

// furnish makes a file system in which there is nothing but what the wall lets through,
// and goes there. It is built on top of the first folder to write to, which all have.
func (w Wall) furnish() error {
	if len(w.Write) == 0 {
		return errors.New("there is no folder to write to")
	}
	// What is mounted here shall not be seen outside.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	trees, links, err := w.cut()
	if err != nil {
		return err
	}
	root := w.Write[0]
	if err := unix.Mount("tmpfs", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,mode=755"); err != nil {
		return err
	}
	for _, t := range trees {
		if err := t.putInto(root); err != nil {
			return &os.PathError{Op: "mount", Path: t.path, Err: err}
		}
	}
	for path, to := range links {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(path)), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(to, filepath.Join(root, path)); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	proc := filepath.Join(root, "proc")
	if err := os.MkdirAll(proc, 0o755); err != nil {
		return err
	}
	if err := unix.Mount("proc", proc, "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return &os.PathError{Op: "mount", Path: "/proc", Err: err}
	}
	return moveTo(root)
}

// cut takes all that there shall be; what is not for writing is made read-only. Links are
// made again.
func (w Wall) cut() (trees []tree, links map[string]string, err error) {
	links = map[string]string{}
	done := map[string]bool{}
	for _, path := range slices.Sorted(slices.Values(slices.Concat(w.Run, w.Read, w.Write, devices, always[1:]))) {
		real, err := filepath.EvalSymlinks(path)
		if err != nil {
			continue // there is none
		}
		if to, err := os.Readlink(path); err == nil {
			links[path] = to
			path = real
		}
		for _, p := range []string{path, real} { // a folder above may be a link
			if done[p] || p == "/proc" {
				continue
			}
			done[p] = true
			t, err := cutTree(p, slices.Contains(w.Write, p) || slices.Contains(devices, p))
			if err != nil {
				return nil, nil, &os.PathError{Op: "open", Path: p, Err: err}
			}
			trees = append(trees, t)
		}
	}
	// Folders come before what lies in them.
	slices.SortFunc(trees, func(a, b tree) int { return len(a.path) - len(b.path) })
	return trees, links, nil
}

func cutTree(path string, writable bool) (tree, error) {
	info, err := os.Stat(path)
	if err != nil {
		return tree{}, err
	}
	fd, err := unix.OpenTree(unix.AT_FDCWD, path, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return tree{}, err
	}
	attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_NOSUID}
	if !writable {
		attr.Attr_set |= unix.MOUNT_ATTR_RDONLY
	}
	if err := unix.MountSetattr(fd, "", unix.AT_EMPTY_PATH|unix.AT_RECURSIVE, &attr); err != nil {
		return tree{}, err
	}
	return tree{fd, path, info.IsDir()}, nil
}

func (t tree) putInto(root string) error {
	defer unix.Close(t.fd)
	at := filepath.Join(root, t.path)
	if _, err := os.Lstat(at); err != nil {
		if err := t.makePlace(at); err != nil {
			return err
		}
	}
	return unix.MoveMount(t.fd, "", unix.AT_FDCWD, at, unix.MOVE_MOUNT_F_EMPTY_PATH)
}

func (t tree) makePlace(at string) error {
	if t.isDir {
		return os.MkdirAll(at, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	return os.WriteFile(at, nil, 0o644)
}

// moveTo makes root the root, and the old one disappear (pivot_root(2), at the end).
func moveTo(root string) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	if err := unix.Chdir(root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return &os.PathError{Op: "pivot_root", Path: root, Err: err}
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return err
	}
	if err := unix.Mount("", "/", "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY|unix.MS_NOSUID|unix.MS_NODEV, ""); err != nil {
		return err
	}
	return unix.Chdir(dir)
}
