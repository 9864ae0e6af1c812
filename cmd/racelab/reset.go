package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

func (a *app) newResetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reset NN",
		Short: "Bring the broken program back; your version is kept",
		Long: `Put the files of an exercise back to what they were in the beginning, and count
it as not done. Your version is kept in .racelab/backup, in a folder named after
the time.`,
		Example: `  racelab reset 01`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("say which exercise, as in `racelab reset 01`.")
			}
			return atMost(1)(cmd, args)
		},
		ValidArgsFunction: a.completeExercise(),
		RunE: func(cmd *cobra.Command, args []string) error {
			ex, err := a.chosen("reset", args)
			if err != nil {
				return err
			}
			return a.runReset(cmd.Context(), ex)
		},
	}
}

func (a *app) runReset(ctx context.Context, ex exercise.Exercise) error {
	l, err := a.lab()
	if err != nil {
		return err
	}
	files, err := filesToReset(ctx, l, ex)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		a.paragraph("", unchanged(l, ex)+". Nothing was changed.")
		return nil
	}
	backup, err := a.backUp(l, ex, files)
	if err != nil {
		return fmt.Errorf("%w. Nothing was changed", err)
	}
	for _, f := range files {
		if err := writeBack(f); err != nil {
			return err
		}
	}
	a.remember(l, ex.ID, func(e *exerciseProgress) { e.Passed = nil })
	l.checks().Forget(ex.ID)
	for _, f := range files {
		a.say("%s is as it was in the beginning.", a.shorten(f.path))
	}
	if backup != "" {
		a.say("Your version is kept in %s.", a.shorten(backup))
	}
	return nil
}

// unchanged says what the learner's version was compared with: in a clone their
// own commits count as the beginning, for want of a better one.
func unchanged(l lab, ex exercise.Exercise) string {
	if l.isClone() {
		return ex.ID + " is as racelab and the last commit have it"
	}
	return ex.ID + " is as it was in the beginning"
}

// A resetFile is a file that is not what it was in the beginning.
type resetFile struct {
	name, path     string
	mine, original []byte // mine is nil when the file is missing
}

// filesToReset lists what differs from the beginning. In a clone, `go run`
// builds the learner's own version into racelab, so that it looks as if nothing
// had been changed: what the last commit holds is then the beginning.
func filesToReset(ctx context.Context, l lab, ex exercise.Exercise) ([]resetFile, error) {
	files, err := changedFiles(l, ex, ex.Original)
	if len(files) > 0 || err != nil || !l.isClone() {
		return files, err
	}
	return changedFiles(l, ex, func(name string) ([]byte, error) {
		return committed(ctx, joinPath(l.exerciseDir(ex), name))
	})
}

func changedFiles(l lab, ex exercise.Exercise, original func(string) ([]byte, error)) ([]resetFile, error) {
	var out []resetFile
	for _, name := range ex.Files {
		f := resetFile{name: name, path: joinPath(l.exerciseDir(ex), name)}
		var err error
		if f.original, err = original(name); errors.Is(err, errNotCommitted) {
			continue
		} else if err != nil {
			return nil, err
		}
		f.mine, err = os.ReadFile(f.path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err != nil || !bytes.Equal(f.mine, f.original) {
			out = append(out, f)
		}
	}
	return out, nil
}

var errNotCommitted = errors.New("not in the last commit, or no git checkout")

// committed is the content of a file in the last commit of the checkout in
// which it lies.
func committed(ctx context.Context, path string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", "show", "HEAD:./"+filepath.Base(path))
	cmd.Dir = filepath.Dir(path)
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, errNotCommitted
	}
	return out, nil
}

// backUp keeps the learner's versions, in a folder that is new. It returns ""
// when there is nothing to keep.
func (a *app) backUp(l lab, ex exercise.Exercise, files []resetFile) (string, error) {
	dir, err := newBackupDir(l, a.now(), ex.ID)
	if err != nil {
		return "", err
	}
	kept := false
	for _, f := range files {
		if f.mine == nil {
			continue
		}
		kept = true
		if err := writeFile(joinPath(dir, f.name), f.mine); err != nil {
			os.RemoveAll(dir) // half a backup would look like one
			return "", err
		}
	}
	if !kept {
		return "", os.Remove(dir)
	}
	return dir, nil
}

func newBackupDir(l lab, now time.Time, id string) (string, error) {
	parent := filepath.Join(l.stateDir(), "backup")
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", cannotWrite(parent, err)
	}
	stamp := now.UTC().Format("20060102-150405")
	for nr := 1; ; nr++ {
		dir := filepath.Join(parent, fmt.Sprintf("%s-%s", stamp, id))
		if nr > 1 {
			dir += fmt.Sprintf("-%d", nr)
		}
		switch err := os.Mkdir(dir, 0o755); {
		case err == nil:
			return dir, nil
		case !errors.Is(err, fs.ErrExist):
			return "", cannotWrite(dir, err)
		}
	}
}

func writeBack(f resetFile) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
		return cannotWrite(f.path, err)
	}
	return writeFile(f.path, f.original)
}
