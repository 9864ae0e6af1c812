package sandbox

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// A Process is a command that runs beside racelab until its starter ends it, with
// Quit or Kill. Of the Limits only Output counts, and only for what is kept.
type Process struct {
	cmd            *exec.Cmd
	start          time.Time
	stdout, stderr *capped
	ended          chan struct{} // closed when it has ended
	dumpTime       time.Duration // what it gets to print its goroutines
	once           sync.Once
	err            error
}

// Start is the Runner's.
func (Limited) Start(c Command) (*Process, error) { return start(c, begin) }

func start(c Command, begin func(*exec.Cmd) error) (*Process, error) {
	if err := Unsupported(runtime.GOOS); err != nil {
		return nil, err
	}
	cmd, stdout, stderr, _ := c.prepare() // nobody listens for floods
	p := &Process{cmd: cmd, start: time.Now(), ended: make(chan struct{}), dumpTime: dumpTime, stdout: stdout, stderr: stderr}
	if err := begin(cmd); err != nil {
		return nil, fmt.Errorf("start %s: %w", c.Argv[0], err)
	}
	go func() {
		p.err = cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

// PID is the process's number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Resident is how much memory the process has, in bytes; 0 where that cannot be
// told.
func (p *Process) Resident() int64 { return resident(p.PID()) }

// Watch begins to watch how the process spends its time.
func (p *Process) Watch() *Watch { return newWatch(p.PID()) }

// Ended is closed when the process has ended.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Quit asks a Go process for its goroutines, gives it a moment to print them,
// and kills it.
func (p *Process) Quit() (Exit, error) {
	_ = ask(context.Background(), p.cmd, p.ended, p.dumpTime)
	return p.Kill()
}

// Kill ends the process and all that it started and did not leave its group,
// and says how it ended. The error is about racelab's side.
func (p *Process) Kill() (Exit, error) {
	p.once.Do(func() { killGroup(p.cmd) }) // later another process may have its number
	<-p.ended
	exit := Exit{Wall: time.Since(p.start), Stdout: p.stdout.Bytes(), Stderr: p.stderr.Bytes()}
	return exit, exit.describe(p.cmd, p.err)
}
