package main

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path"
	"slices"
	"strings"

	"racelab/checker/classroom/shard"
	"racelab/checker/exercise"
)

// choose leaves of d.ids those that --changed and --shard ask for.
func (a *app) choose(ctx context.Context, d *devCheck, c clone) error {
	if d.changed != "" {
		files, err := c.changedSince(ctx, d.changed)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(files, concernsAll) {
			all := d.ids
			d.layout = d.layout && slices.ContainsFunc(files, func(file string) bool { return concernsOthers(file, all) })
			d.ids = slices.DeleteFunc(d.ids, func(id string) bool {
				return !slices.ContainsFunc(files, func(file string) bool { return isOf(file, id) })
			})
		}
	}
	if d.shard == "" {
		return nil
	}
	s, err := shard.Parse(d.shard)
	if err != nil {
		return usage("--shard: %v.", err)
	}
	d.layout = d.layout && s.Index == 0 // one of the machines looks beside the exercises
	var mine []string
	for i, id := range d.ids {
		if i%s.Count == s.Index {
			mine = append(mine, id)
		}
	}
	d.ids = mine
	return nil
}

// isOf reports whether a file of the repository belongs to an exercise.
func isOf(file, id string) bool {
	return strings.HasPrefix(file, "exercises/"+id+"/") || strings.HasPrefix(file, "solutions/"+id+"/") || file == "hints/"+id+".md"
}

// concernsOthers reports whether a file lies where exercises do and belongs to none, or numbers one.
func concernsOthers(file string, ids []string) bool {
	room, _, ok := strings.Cut(file, "/")
	belongs := slices.ContainsFunc(ids, func(id string) bool { return isOf(file, id) })
	return ok && slices.Contains([]string{"exercises", "solutions", "hints"}, room) && (!belongs || path.Base(file) == exercise.ManifestFile)
}

// concernsAll reports whether what every exercise shows may depend on a file: all of racelab's code.
func concernsAll(file string) bool {
	return file == "go.mod" || file == "go.sum" || strings.HasPrefix(file, "checker/") || strings.HasPrefix(file, "cmd/")
}

// changedSince are the files that are not as they were where this branch left the one of a commit:
// also what is not committed yet, and what git does not know of.
func (c clone) changedSince(ctx context.Context, commit string) ([]string, error) {
	base, err := c.git(ctx, "merge-base", "--end-of-options", commit, "HEAD")
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) { // git has nothing to say about that
		return nil, usage("--changed %s: this branch has no commit in common with it. Fetch more of the history.", commit)
	}
	if err != nil {
		return nil, usage("--changed %s: %v.", commit, err)
	}
	changed, err := c.git(ctx, "diff", "--name-only", "--relative", "--no-renames", "-z", strings.TrimSpace(base))
	if err != nil {
		return nil, err
	}
	unknown, err := c.git(ctx, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	return strings.FieldsFunc(changed+unknown, func(r rune) bool { return r == 0 }), nil
}

func (c clone) git(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = c.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n"); err != nil && said != "" {
		return "", errors.New(said)
	}
	return string(out), err
}
