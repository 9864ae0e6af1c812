// Package sandbox runs one process under limits: wall-clock time, bytes of
// output, and an end that leaves no process behind.
//
// It knows nothing of what it runs. A Runner promises that Run returns soon after the
// limits are reached or ctx is done, whatever the process does, and that the
// process group is gone then. Limited is no security boundary: a process may read
// what its user may read. Confined is one, as far as its Tier goes.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"racelab/checker/sandbox/wall"
)

// A Command is what to run. The environment is exactly Env; there is no
// standard input.
type Command struct {
	Argv  []string
	Dir   string
	Env   []string
	Files []*os.File // inherited as descriptors 3, 4, …
	// Listener is also written what it prints to stderr, as it comes. May be nil.
	Listener io.Writer
	// Within is what it may reach. Limited does not look at it: a process reaches what its user can.
	Within *wall.Wall
	Limits
}

// Limits bound a process. Zero values mean no limit.
type Limits struct {
	Wall   time.Duration // after which it is asked for a goroutine dump (SIGQUIT), then killed
	Own    time.Duration // like Wall, but of the time that it has used itself (see Spent); or LastResort times that on the wall clock
	Idle   time.Duration // without any use of a processor, after which the same is done (on Linux)
	Memory int64         // bytes that it and all that it has started may have; then all of them are killed (on Linux)
	Output int           // bytes kept of each of stdout and stderr; a process that exceeds outputFactor times that is killed
}

// outputFactor is how much more than Limits.Output a process may print before
// it is killed for it.
const outputFactor = 16

// memoryEvery is at how many looks the memory of all processes is added up once.
const memoryEvery = 4

// dumpTime is what a process gets to answer SIGQUIT, as Limits.Own counts.
const dumpTime = 2 * time.Second

// An Exit is how a process ended.
type Exit struct {
	Code     int            // exit status; -1 when a signal ended it
	Signal   syscall.Signal // the signal that ended it, if any
	TimedOut bool           // Limits.Wall or Limits.Own was reached
	Idled    bool           // Limits.Idle was reached
	Flooded  bool           // the limit of output was reached
	Hungry   bool           // Limits.Memory was reached
	Stdout   []byte         // the first half and the last half of what it printed
	Stderr   []byte
	Wall     time.Duration
	CPU      time.Duration // user and system
}

// A Runner starts processes. Every process of racelab's goes through one: the go
// command, the compiler, executions, workers. So a tier of isolation takes the
// place of another without a change to those who run something.
type Runner interface {
	// Run runs c to its end. The error is about racelab's side: the process could
	// not be started, or ctx was done.
	Run(ctx context.Context, c Command) (Exit, error)
	// Start starts c and returns at once. Whoever starts a process must Kill it,
	// ended or not.
	Start(c Command) (*Process, error)
}

// Limited runs processes under their limits and nothing else, as the user who
// runs racelab.
type Limited struct{}

// Run is the Runner's.
func (Limited) Run(ctx context.Context, c Command) (Exit, error) { return run(ctx, c, begin) }

// run runs c to its end. How it begins is said by whoever calls.
func run(ctx context.Context, c Command, begin func(*exec.Cmd) error) (Exit, error) {
	if err := Unsupported(runtime.GOOS); err != nil {
		return Exit{}, err
	}
	cmd, stdout, stderr, flooded := c.prepare()
	start := time.Now()
	if err := begin(cmd); err != nil {
		return Exit{}, fmt.Errorf("start %s: %w", c.Argv[0], err)
	}
	ended := make(chan struct{})
	var waitErr error
	go func() {
		waitErr = cmd.Wait()
		close(ended)
	}()

	exit := Exit{}
	err := watch(ctx, cmd, c.Limits, &exit, ended, flooded)
	if c.Memory > 0 && !isClosed(ended) {
		killTree(cmd.Process.Pid) // what has left its group, too
	}
	killGroup(cmd) // the process, or what it has started, must not outlive this
	<-ended
	if err != nil {
		return Exit{}, err
	}
	exit.Wall = time.Since(start)
	exit.Stdout, exit.Stderr = stdout.Bytes(), stderr.Bytes()
	return exit, exit.describe(cmd, waitErr)
}

func begin(cmd *exec.Cmd) error { return cmd.Start() }

// prepare makes a process ready to start: with a group of its own, and with the
// environment and the files of c and no others. It sends on flooded when it has
// printed too much.
func (c Command) prepare() (cmd *exec.Cmd, stdout, stderr *capped, flooded chan struct{}) {
	cmd = exec.Command(c.Argv[0], c.Argv[1:]...)
	cmd.Dir, cmd.Env, cmd.ExtraFiles = c.Dir, c.Env, c.Files
	if cmd.Env == nil {
		cmd.Env = []string{} // nil would mean ours
	}
	flooded = make(chan struct{}, 2)
	stdout, stderr = newCapped(c.Output, flooded), newCapped(c.Output, flooded)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if c.Listener != nil {
		cmd.Stderr = io.MultiWriter(stderr, c.Listener)
	}
	cmd.SysProcAttr = processGroup()
	cmd.WaitDelay = time.Second // a grandchild that keeps the pipes cannot hold us
	return cmd, stdout, stderr, flooded
}

// watch waits for the process to end, or until it is to be killed at a limit. The
// error is that ctx was done.
func watch(ctx context.Context, cmd *exec.Cmd, limits Limits, exit *Exit, ended, flooded <-chan struct{}) error {
	process := newWatch(cmd.Process.Pid)
	var look <-chan time.Time
	if limits.Idle > 0 || limits.Own > 0 || limits.Memory > 0 {
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		look = ticker.C
	}
	wall := after(limits.Wall)
	for looks := 1; ; looks++ {
		select {
		case <-ended:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-flooded:
			exit.Flooded = true
			return nil
		case <-wall:
			exit.TimedOut = true
		case <-look:
			spent := process.Look()
			exit.Idled = limits.Idle > 0 && spent.Idle >= limits.Idle
			exit.TimedOut = limits.Own > 0 && spent.reaches(limits.Own)
			if limits.Memory > 0 && looks%memoryEvery == 0 && treeResident(cmd.Process.Pid) > limits.Memory {
				exit.Hungry = true
				return nil
			}
		}
		if limits.Memory > 0 && (exit.Idled || exit.TimedOut) && len(descendants(cmd.Process.Pid)) > 0 {
			return nil // what it has started would outlive its answer
		}
		if exit.Idled || exit.TimedOut {
			return ask(ctx, cmd, ended, dumpTime)
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func after(d time.Duration) <-chan time.Time {
	if d <= 0 {
		return nil
	}
	return time.After(d)
}

// ask asks a Go process for its goroutines, and returns when it has ended or had
// its time to print them. The error is that ctx was done.
func ask(ctx context.Context, cmd *exec.Cmd, ended <-chan struct{}, patience time.Duration) error {
	_ = cmd.Process.Signal(syscall.SIGQUIT)
	process := newWatch(cmd.Process.Pid)
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for !process.Look().reaches(patience) {
		select {
		case <-ended:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		}
	}
	return nil
}

func (e *Exit) describe(cmd *exec.Cmd, err error) error {
	state := cmd.ProcessState
	if state == nil {
		return fmt.Errorf("wait for %s: %w", cmd.Path, err)
	}
	e.Code = state.ExitCode()
	e.CPU = state.UserTime() + state.SystemTime()
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		e.Signal = ws.Signal()
	}
	if _, isExit := errors.AsType[*exec.ExitError](err); err != nil && !isExit && !errors.Is(err, exec.ErrWaitDelay) {
		return fmt.Errorf("wait for %s: %w", cmd.Path, err)
	}
	return nil
}
