package checker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"racelab/checker/cache"
	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// errReference means that the reference solution did not pass here, so that
// nothing can be compared with it.
var errReference = errors.New("the reference solution itself does not pass on this machine")

// reference returns what the reference shows, nil where there is none, or why that
// cannot be told.
func (c check) reference(ctx context.Context) (want *evidence.Reference, fault string, err error) {
	if c.Exercise.Reference == nil {
		return nil, "", nil
	}
	want, err = c.whatReferenceShows(ctx)
	if errors.Is(err, errReference) {
		return nil, err.Error(), nil
	}
	return want, "", err
}

// whatReferenceShows runs the reference, or remembers what it showed when
// the same reference was judged in the same way before. Of several checks at once
// one runs it, and the others wait.
func (c check) whatReferenceShows(ctx context.Context) (*evidence.Reference, error) {
	key := referenceKey(c.Exercise, c.toolchain.String(), c.runtime)
	turn, _ := c.observing.LoadOrStore(key, make(chan struct{}, 1))
	select {
	case turn.(chan struct{}) <- struct{}{}:
		defer func() { <-turn.(chan struct{}) }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	entry := "reference/" + c.Exercise.ID + "-" + key + ".json"
	known := &evidence.Reference{}
	if c.cache.Load(entry, known) {
		return known, nil
	}
	c.Progress("running the reference solution once, to compare with")
	seen, err := c.observeReference(ctx)
	if err != nil {
		return nil, err
	}
	c.cache.Keep(entry, seen)
	return seen, nil
}

func (c check) observeReference(ctx context.Context) (*evidence.Reference, error) {
	sub, err := submission.Reference(c.Exercise)
	if err != nil {
		return nil, err
	}
	ws, err := stage.New(c.Exercise, sub, c.runtime)
	if err != nil {
		return nil, err
	}
	defer ws.Close()
	built, findings, err := c.builder().BuildOurs(ctx, ws)
	if err != nil {
		return nil, err
	}
	if len(findings) > 0 {
		return nil, fmt.Errorf("%w: %s", errReference, findings[0].Message)
	}
	race, err := c.tester(built).Race(ctx)
	if err := soundReference(race, err); err != nil {
		return nil, err
	}
	schedules, err := c.explore(ctx, built, nil)
	if err := soundReference(schedules, err); err != nil {
		return nil, err
	}
	return &evidence.Reference{Observed: race.Observed, Digests: schedules.Digests, Slowest: schedules.Slowest}, nil
}

func soundReference(s evidence.Shown, err error) error {
	switch {
	case err != nil:
		return err
	case len(s.Findings) > 0:
		return fmt.Errorf("%w: %s", errReference, s.Findings[0].Message)
	case s.Fault != "":
		return fmt.Errorf("%w: %s", errReference, s.Fault)
	}
	return nil
}

// referenceKey names everything that what the reference shows depends on.
func referenceKey(ex exercise.Exercise, toolchain, runtime string) string {
	files := map[string][]byte{
		"format":    []byte("4"), // of the file: to be counted up when type reference changes
		"toolchain": []byte(toolchain), "runtime": []byte(filepath.Base(runtime)),
	}
	for prefix, dir := range map[string]fs.FS{"exercise/": ex.Dir, "reference/": ex.Reference} {
		names, _ := fs.Glob(dir, "*.*") // the pattern is well-formed
		for _, name := range names {
			if src, err := fs.ReadFile(dir, name); err == nil && !slices.Contains(ex.Files, name) || prefix == "reference/" {
				files[prefix+name] = src
			}
		}
	}
	return cache.Key(files)
}
