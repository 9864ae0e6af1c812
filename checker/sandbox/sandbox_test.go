package sandbox

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

func sh(script string) Command {
	return Command{Argv: []string{"/bin/sh", "-c", script}, Env: []string{"PATH=/usr/bin:/bin"}}
}

func TestRunReportsHowItEnded(t *testing.T) {
	exit, err := Limited{}.Run(context.Background(), sh(`echo out; echo err >&2; exit 3`))
	if err != nil {
		t.Fatal(err)
	}
	if exit.Code != 3 || string(exit.Stdout) != "out\n" || string(exit.Stderr) != "err\n" || exit.TimedOut {
		t.Errorf("exit = %+v", exit)
	}
}

func TestRunIsListenedTo(t *testing.T) {
	var heard strings.Builder
	c := sh(`echo out; echo err >&2`)
	c.Listener = &heard
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || heard.String() != "err\n" || string(exit.Stderr) != "err\n" {
		t.Errorf("heard %q, exit %+v, %v", heard.String(), exit, err)
	}
}

func TestRunGivesNoEnvironmentOfOurs(t *testing.T) {
	t.Setenv("RACELAB_SECRET", "token")
	exit, err := Limited{}.Run(context.Background(), sh(`echo "[$RACELAB_SECRET]"`))
	if err != nil || string(exit.Stdout) != "[]\n" {
		t.Errorf("stdout = %q, err = %v", exit.Stdout, err)
	}
}

func TestRunEndsAtTheWallLimit(t *testing.T) {
	c := sh(`exec sleep 1000`)
	c.Wall = 50 * time.Millisecond
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || !exit.TimedOut || exit.Signal != syscall.SIGQUIT {
		t.Errorf("exit = %+v, err = %v: want to see that it was asked", exit, err)
	}
}

func TestRunLeavesNoProcessBehind(t *testing.T) {
	exit, err := Limited{}.Run(context.Background(), sh(`sleep 1000 & echo $!`))
	if err != nil {
		t.Fatal(err)
	}
	gone(t, strings.TrimSpace(string(exit.Stdout)))
}

// gone waits until a process has ended.
func gone(t *testing.T, pid string) {
	t.Helper()
	for range 60 * 100 { // a minute: nobody waits that long unless it is broken
		state, err := os.ReadFile("/proc/" + pid + "/stat")
		if errors.Is(err, os.ErrNotExist) || strings.Contains(string(state), ") Z ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %s outlives Run", pid)
}

func TestRunStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	stop := errors.New("stop")
	time.AfterFunc(20*time.Millisecond, func() { cancel(stop) })
	if _, err := (Limited{}).Run(ctx, sh(`sleep 1000`)); !errors.Is(err, stop) {
		t.Errorf("err = %v, want the cause", err)
	}
}

func TestRunStopsAFlood(t *testing.T) {
	c := sh(`echo first; yes`)
	c.Output = 1000
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || !exit.Flooded {
		t.Fatalf("flooded = %v, err = %v", exit.Flooded, err)
	}
	if len(exit.Stdout) > 1100 || !strings.HasPrefix(string(exit.Stdout), "first\n") || !strings.Contains(string(exit.Stdout), "left out") {
		t.Errorf("kept %d bytes: %.40q", len(exit.Stdout), exit.Stdout)
	}
}

func TestRunReportsACommandThatIsNotThere(t *testing.T) {
	if _, err := (Limited{}).Run(context.Background(), Command{Argv: []string{"/nonexistent"}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}

func TestRunEndsAnIdleProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("idleness is seen on Linux only")
	}
	c := sh(`exec sleep 1000`)
	c.Idle = 100 * time.Millisecond
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || !exit.Idled || exit.TimedOut {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
}

func TestRunLetsABusyProcessWork(t *testing.T) {
	c := sh(`i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done`)
	c.Idle = 100 * time.Millisecond
	exit, err := Limited{}.Run(context.Background(), c)
	if err != nil || exit.Idled || string(exit.Stdout) != "done\n" {
		t.Errorf("exit = %+v, err = %v", exit, err)
	}
}
