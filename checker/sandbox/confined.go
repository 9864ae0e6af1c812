package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"racelab/checker/sandbox/wall"
)

// Confined runs processes under their limits, those that have a wall within it. The others
// stand within that of racelab itself, if it has one.
type Confined struct {
	Tier Tier   // TierLandlock or stronger
	Exe  string // racelab, or another program that knows EnterCommand
}

// Run is the Runner's.
func (r Confined) Run(ctx context.Context, c Command) (Exit, error) {
	if c.Within == nil {
		return Limited{}.Run(ctx, c)
	}
	return run(ctx, c, func(cmd *exec.Cmd) error { return r.begin(cmd, *c.Within) })
}

// Start is the Runner's.
func (r Confined) Start(c Command) (*Process, error) {
	if c.Within == nil {
		return Limited{}.Start(c)
	}
	return start(c, func(cmd *exec.Cmd) error { return r.begin(cmd, *c.Within) })
}

// begin starts a process that puts a wall around itself, and returns when that stands and
// it is the program.
func (r Confined) begin(cmd *exec.Cmd, w wall.Wall) error {
	said, status, err := os.Pipe()
	if err != nil {
		return err
	}
	defer said.Close()
	w.Status = 3 + len(cmd.ExtraFiles)
	cmd.ExtraFiles = append(cmd.ExtraFiles, status)
	argv, err := r.enter(cmd, &w)
	if err != nil {
		return errors.Join(err, status.Close())
	}
	cmd.Path, cmd.Args, cmd.Err = argv[0], argv, nil
	err = cmd.Start()
	_ = status.Close() // ours; it has the other
	if err != nil {
		return err
	}
	wrong, err := io.ReadAll(said)
	if len(wrong) > 0 || err != nil {
		killGroup(cmd)
		_ = cmd.Wait()
		return errors.Join(&WallError{string(wrong)}, err)
	}
	return nil
}

// enter is the command line that puts up the wall.
func (r Confined) enter(cmd *exec.Cmd, w *wall.Wall) ([]string, error) {
	within := append([]string{cmd.Path}, cmd.Args[1:]...)
	switch {
	case w.Alone: // within another wall
	case r.Tier == TierBubblewrap:
		argv, err := w.Argv(r.Exe, within)
		if err != nil {
			return nil, err
		}
		return wall.Bubblewrap(*w, argv)
	case r.Tier == TierNamespaces:
		w.Spaces = true
		wall.Spaces(cmd.SysProcAttr)
	}
	return w.Argv(r.Exe, within)
}

// A WallError is why a wall could not be put up.
type WallError struct{ Why string }

func (e *WallError) Error() string {
	return fmt.Sprintf("the sandbox cannot be set up: %s", e.Why)
}

// A Wall is what a process may reach: see package wall.
type Wall = wall.Wall

// EnterCommand is the first argument of a racelab that is to put a wall around itself, and
// become another program.
const EnterCommand = wall.Command

// Enter does that: args begin with EnterCommand. It returns if it fails, with the status to
// exit with.
func Enter(args []string) int { return wall.Enter(args) }
