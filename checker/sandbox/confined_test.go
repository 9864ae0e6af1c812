//go:build linux

package sandbox

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A place is a machine as a hostile program finds it.
type place struct {
	program string // the hostile one
	own     string // a folder that it may write to
	secret  string // a file of somebody else's
	env     []string
}

func newPlace(t *testing.T) place {
	t.Helper()
	if testing.Short() {
		t.Skip("builds a program")
	}
	dir := t.TempDir()
	p := place{program: filepath.Join(dir, "bin", "hostile"), own: filepath.Join(dir, "own"), secret: filepath.Join(dir, "others", "secret")}
	for _, name := range []string{p.own, filepath.Dir(p.secret)} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(p.secret, []byte("secret"), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-o", p.program, "./testdata/hostile")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return p
}

// confined is a runner of a tier; the test is skipped where there is no such tier.
func confined(t *testing.T, tier Tier) Confined {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := Confined{Tier: tier, Exe: exe}
	dir := t.TempDir()
	_, err = r.Run(context.Background(), Command{Argv: []string{"/bin/true"}, Dir: dir, Within: ofCheck(dir, exe)})
	if err != nil {
		t.Skipf("this machine has no tier %s: %v", tier, err)
	}
	return r
}

// ofCheck is a wall such as a whole check stands in.
func ofCheck(dir string, run ...string) *Wall {
	return &Wall{Run: append(run, "/usr", "/bin", "/lib", "/lib64"), Read: []string{"/proc"}, Write: []string{dir}, FileSize: 1 << 20}
}

// got is what the hostile program could do.
func (p place) got(t *testing.T, r Runner, w *Wall, attempts ...string) []string {
	t.Helper()
	exit, err := r.Run(context.Background(), Command{
		Argv: append([]string{p.program}, attempts...), Dir: p.own, Env: p.env, Within: w,
		Limits: Limits{Wall: 30 * time.Second, Memory: 1 << 30, Output: 64 << 10},
	})
	if err != nil {
		t.Fatal(err)
	}
	if exit.TimedOut || exit.Hungry {
		t.Errorf("%+v", exit)
	}
	t.Logf("%s", exit.Stderr)
	return strings.Fields(string(exit.Stdout))
}

// attacks are what nobody may do in any wall.
func (p place) attacks(t *testing.T) []string {
	t.Helper()
	pid := strconv.Itoa(os.Getpid()) // ours: some process of the user's
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(filepath.Dir(p.secret), "socket")
	path, err := net.Listen("unix", name)
	if err != nil {
		t.Fatal(err)
	}
	abstract, err := net.Listen("unix", "@racelab-"+filepath.Base(filepath.Dir(filepath.Dir(p.secret))))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(tcp.Close(), udp.Close(), path.Close(), abstract.Close()) })
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	others := filepath.Dir(p.secret)
	return []string{
		"read=" + p.secret, "write=" + p.secret, "empty=" + p.secret, "remove=" + p.secret, "rename=" + p.secret, "link=" + p.secret,
		"list=" + others, "make=" + others, "list=" + home, "make=" + home, "write=" + exe, "make=/tmp", "make=/dev/shm", "make=/var/tmp",
		"read=/proc/" + pid + "/environ", "read=/proc/" + pid + "/mem", "read=/etc/shadow",
		"tcp=" + tcp.Addr().String(), "udp=" + udp.LocalAddr().String(), "udp=1.1.1.1:53", "unix=" + name, "unix=" + abstract.Addr().String(),
		"ptrace=" + pid, "peek=" + pid, "limit=" + pid, "user", "unshare", "mount=" + p.own, "uring", "x32", "environ=SECRET", "fill=" + p.own,
	}
}

// What a check stands in keeps it from all that is not its own.
func TestTheWallOfACheck(t *testing.T) {
	p := newPlace(t)
	t.Setenv("SECRET", "token")
	for _, tier := range []Tier{TierLandlock, TierNamespaces, TierBubblewrap} {
		t.Run(string(tier), func(t *testing.T) {
			r := confined(t, tier)
			attacks := p.attacks(t)
			harmless := slices.DeleteFunc(slices.Clone(attacks), func(a string) bool {
				attempt, _, _ := strings.Cut(a, "=")
				return !slices.Contains([]string{"read", "list", "tcp", "unix"}, attempt) || a == "read=/etc/shadow"
			})
			if open := p.got(t, Limited{}, nil, harmless...); len(open) < 5 {
				t.Errorf("without a wall only %q works: the attempts are no good", open)
			}
			if got := p.got(t, r, ofCheck(p.own, p.program, r.Exe), attacks...); len(got) > 0 {
				t.Errorf("got %q", got)
			}
			if got, want := p.got(t, r, ofCheck(p.own, p.program, r.Exe), "make="+p.own, "run=/bin/true"), 2; len(got) != want {
				t.Errorf("got only %q", got)
			}
		})
	}
}

// What runs a submission can do nothing but compute, and add files to one folder.
func TestTheWallOfASubmission(t *testing.T) {
	p := newPlace(t)
	r := confined(t, TierLandlock)
	w := &Wall{Run: []string{p.program}, Add: []string{p.own}, Alone: true, FileSize: 1 << 20}
	attacks := append(p.attacks(t),
		"fork", "bomb", "run=/bin/true", "run="+p.program, "become=/bin/true", "leave", "signal", "limit", "orphan", "ptrace", "peek", "memfd",
		"read=/proc/1/status", "list=/proc", "list=/", "list="+p.own, "list=/usr",
	)
	if got := p.got(t, r, w, attacks...); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	if err := os.WriteFile(filepath.Join(p.own, "record"), []byte("what was said"), 0o600); err != nil {
		t.Fatal(err)
	}
	record := filepath.Join(p.own, "record")
	got := p.got(t, r, w, "make="+p.own, "write="+record, "read="+record, "empty="+record, "reopen="+record, "remove="+record, "rename="+record, "link="+record)
	if want := []string{"make=" + p.own, "write=" + record}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if text, err := os.ReadFile(record); err != nil || string(text) != "what was said" {
		t.Errorf("the record is %q, %v", text, err)
	}
}

// A process that hangs says where, in every tier, and leaves nothing behind.
func TestConfinedProcessesAreAskedAndKilled(t *testing.T) {
	p := newPlace(t)
	for _, tier := range []Tier{TierLandlock, TierNamespaces} {
		t.Run(string(tier), func(t *testing.T) {
			r := confined(t, tier)
			for name, w := range map[string]*Wall{
				"check":      ofCheck(p.own, p.program, r.Exe),
				"submission": {Run: []string{p.program}, Alone: true},
			} {
				exit, err := r.Run(context.Background(), Command{
					Argv: []string{p.program, "sleep"}, Dir: p.own, Within: w, Limits: Limits{Wall: time.Second / 2, Output: 64 << 10},
				})
				if err != nil || !exit.TimedOut || !strings.Contains(string(exit.Stderr), "goroutine 1") {
					t.Errorf("%s: %+v, %v", name, exit, err)
				}
			}
		})
	}
}

// Why there is no wall is an error, and no exit of the program.
func TestAWallThatCannotBePutUp(t *testing.T) {
	r := confined(t, TierLandlock)
	_, err := r.Run(context.Background(), Command{Argv: []string{"/no/such/program"}, Within: &Wall{Alone: true}})
	if _, ok := errors.AsType[*WallError](err); !ok {
		t.Error(err)
	}
}
