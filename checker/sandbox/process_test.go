package sandbox

import (
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
)

// readLine waits until a process has written a line to w's other end.
func readLine(t *testing.T, r *os.File) string {
	t.Helper()
	var line strings.Builder
	for b := make([]byte, 1); ; {
		if _, err := io.ReadFull(r, b); err != nil {
			t.Fatal(err)
		}
		if b[0] == '\n' {
			return line.String()
		}
		line.WriteByte(b[0])
	}
}

// startTalking starts a script that has said on descriptor 3 that it runs.
func startTalking(t *testing.T, script string) *Process {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := sh(script)
	c.Files = []*os.File{w}
	p, err := Limited{}.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	if got := readLine(t, r); got != "ready" {
		t.Fatalf("it says %q", got)
	}
	return p
}

func TestStartGoesOnUntilKilled(t *testing.T) {
	p := startTalking(t, `echo said >&2; echo ready >&3; sleep 1000`)
	select {
	case <-p.Ended():
		t.Fatal("it has ended")
	default:
	}
	exit, err := p.Kill()
	if err != nil || exit.Signal != syscall.SIGKILL || exit.Code != -1 || string(exit.Stderr) != "said\n" {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
	if again, err := p.Kill(); err != nil || again.Signal != exit.Signal {
		t.Errorf("killed again: %+v, err = %v", again, err)
	}
}

func TestStartReportsHowItEnded(t *testing.T) {
	p := startTalking(t, `echo ready >&3; exit 3`)
	<-p.Ended()
	if exit, err := p.Kill(); err != nil || exit.Code != 3 {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
}

func TestQuitAsksBeforeItKills(t *testing.T) {
	p := startTalking(t, `trap 'echo asked; exit 4' QUIT; echo ready >&3; while :; do :; done`)
	if exit, err := p.Quit(); err != nil || exit.Code != 4 || string(exit.Stdout) != "asked\n" {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
}

func TestStartReportsACommandThatIsNotThere(t *testing.T) {
	if _, err := (Limited{}).Start(Command{Argv: []string{"/nonexistent"}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}
