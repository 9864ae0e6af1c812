package checker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"

	"racelab/checker/cache"
	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// errReference means that the reference solution did not pass here, so that
// nothing can be compared with it.
var errReference = errors.New("the reference solution itself does not pass")

// reference returns what the reference shows, nil where there is none, or why that
// cannot be told.
func (c check) reference(ctx context.Context) (want *evidence.Reference, doubt finding.Doubt, err error) {
	if c.Exercise.Reference == nil {
		return nil, doubt, nil
	}
	want, err = c.whatReferenceShows(ctx)
	if errors.Is(err, errReference) {
		return nil, finding.Doubtf(finding.DoubtMachine, "%v", err), nil
	}
	return want, finding.Doubt{}, err
}

// whatReferenceShows runs the reference, or remembers what it showed when
// the same reference was judged in the same way before. Of several checks at once
// one runs it, and the others wait.
func (c check) whatReferenceShows(ctx context.Context) (*evidence.Reference, error) {
	entry, err := c.referenceEntry(c.Exercise)
	if err != nil {
		return nil, err
	}
	turn, _ := c.observing.LoadOrStore(entry, make(chan struct{}, 1))
	select {
	case turn.(chan struct{}) <- struct{}{}:
		defer func() { <-turn.(chan struct{}) }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	known := &evidence.Reference{}
	if c.options.Cache.Load(entry, known) {
		return known, nil
	}
	c.Progress("running the reference solution once, to compare with")
	start := time.Now()
	seen, err := c.observeReference(ctx)
	if err != nil {
		return nil, err
	}
	seen.Took = time.Since(start)
	c.options.Cache.Keep(entry, seen)
	return seen, nil
}

// ReferenceTook is how long it took to run the reference solution of an exercise on this
// machine; 0 if that is not known.
func (g *Grader) ReferenceTook(ex exercise.Exercise) (time.Duration, error) {
	entry, err := g.referenceEntry(ex)
	if err != nil {
		return 0, err
	}
	var known evidence.Reference
	g.options.Cache.Load(entry, &known)
	return known.Took, nil
}

// referenceEntry is where the cache has what the reference of an exercise shows.
func (g *Grader) referenceEntry(ex exercise.Exercise) (string, error) {
	key, err := referenceKey(ex, g.toolchain.String())
	return "reference/" + ex.ID + "-" + key + ".json", err
}

func (c check) observeReference(ctx context.Context) (*evidence.Reference, error) {
	c.First = false // others will ask for all of it
	sub, err := submission.Reference(c.Exercise)
	if err != nil {
		return nil, err
	}
	ws, err := stage.Lay(c.Exercise, sub, c.runtime)
	if err != nil {
		return nil, err
	}
	defer ws.Close()
	built, findings, err := c.builder().BuildUnvetted(ctx, ws)
	if err != nil {
		return nil, err
	}
	if len(findings) > 0 {
		return nil, &finding.DefectError{Why: errReference, Finding: findings[0]}
	}
	race, err := c.tester(built).Race(ctx)
	if err := soundReference(race, err); err != nil {
		return nil, err
	}
	schedules, err := c.explore(ctx, built, nil)
	if err := soundReference(schedules, err); err != nil {
		return nil, err
	}
	return &evidence.Reference{Observed: race.Observed, Digests: schedules.Digests, Slowest: schedules.Slowest, Contract: schedules.Contract}, nil
}

func soundReference(s evidence.Shown, err error) error {
	switch {
	case err != nil:
		return err
	case len(s.Findings) > 0:
		return &finding.DefectError{Why: errReference, Finding: s.Findings[0]}
	case s.Doubt != finding.Doubt{}:
		return fmt.Errorf("%w: %s", errReference, s.Doubt.Why)
	}
	return nil
}

// referenceKey names everything that what the reference shows depends on: its
// sources and the exercise's, the toolchain, and racelab itself, with its
// instrumenter, its engine, its budgets and its run-time.
func referenceKey(ex exercise.Exercise, toolchain string) (string, error) {
	racelab, err := ownBinary()
	if err != nil {
		return "", err
	}
	facts := map[string][]byte{"toolchain": []byte(toolchain), "racelab": []byte(racelab)}
	contract, err := ex.Contract()
	if err != nil {
		return "", fmt.Errorf("read exercise %s: %w", ex.ID, err)
	}
	facts["contract"] = contract
	for prefix, from := range map[string]struct {
		dir   fs.FS
		names string
	}{"exercise/": {ex.Dir, "*.*"}, "reference/": {ex.Reference, "*.go"}} { // what else lies there is about other things
		names, err := fs.Glob(from.dir, from.names)
		if err != nil {
			return "", err
		}
		for _, name := range names {
			if prefix == "exercise/" && slices.Contains(ex.Files, name) {
				continue // in a clone the learner edits these
			}
			if facts[prefix+name], err = fs.ReadFile(from.dir, name); err != nil {
				return "", fmt.Errorf("read exercise %s: %w", ex.ID, err)
			}
		}
	}
	return cache.Key(facts), nil
}

// ownBinary is a hash of the program that is running. It stands for all of
// racelab's code, so that nobody has to think of what of it matters.
var ownBinary = sync.OnceValues(func() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find racelab's own program: %w", err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read racelab's own program: %w", err)
	}
	return cache.Key(map[string][]byte{"": data}), nil
})
