package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// progressVersion is written into the file. A new field means a new version: an
// older racelab then leaves the file alone instead of dropping what it does not know.
const progressVersion = 2

// A progress is what a learner has reached in one lab: the content of
// .racelab/progress.json.
type progress struct {
	Version   int                         `json:"version"`
	Exercises map[string]exerciseProgress `json:"exercises"` // by ID, "01-unlocked-balance"
}

// exerciseProgress is what is recorded of one exercise.
type exerciseProgress struct {
	// Passed is when it passed first, in UTC; nil when it did not yet.
	Passed *time.Time `json:"passed,omitempty"`
	// Hints is how many hints were shown.
	Hints int `json:"hints,omitempty"`
	// Played is the best that was reached in playing a test, by its name.
	Played map[string]best `json:"played,omitempty"`
}

func (p progress) passed(id string) bool { return p.Exercises[id].Passed != nil }

// An unusableProgress is a progress file that is there and cannot be relied on.
// It is never overwritten.
type unusableProgress struct {
	path, reason, remedy string
}

func (e unusableProgress) Error() string {
	return fmt.Sprintf("%s %s. It stays as it is and nothing is recorded. %s", e.path, e.reason, e.remedy)
}

func (l lab) progressFile() string { return filepath.Join(l.stateDir(), "progress.json") }

// readProgress returns an empty progress where there is no file yet.
func (l lab) readProgress() (progress, error) {
	data, err := os.ReadFile(l.progressFile())
	if errors.Is(err, fs.ErrNotExist) {
		return progress{Version: progressVersion, Exercises: map[string]exerciseProgress{}}, nil
	}
	if err != nil {
		return progress{}, unusableProgress{
			l.progressFile(), "cannot be read (" + err.Error() + ")", "Make it readable.",
		}
	}
	return parseProgress(l.progressFile(), data)
}

func parseProgress(path string, data []byte) (progress, error) {
	damaged := func(why any) error {
		return unusableProgress{
			path, fmt.Sprintf("is damaged (%v)", why),
			"Mend it, or move it away to start a new record.",
		}
	}
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return progress{}, damaged(err)
	}
	if version.Version > progressVersion {
		return progress{}, unusableProgress{
			path, fmt.Sprintf("was written by a newer racelab (version %d of the file, this racelab knows %d)", version.Version, progressVersion),
			"Use the newer racelab, or move the file away to start a new record.",
		}
	}
	var p progress
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return progress{}, damaged(err)
	}
	if p.Version < 1 {
		return progress{}, damaged("it has no version")
	}
	if p.Exercises == nil {
		p.Exercises = map[string]exerciseProgress{}
	}
	return p, nil
}

// record changes what is kept of one exercise. Another racelab may record
// something in the same lab at the same time (`watch` in one terminal,
// `hint` in another), so reading and writing back are one step.
func (l lab) record(id string, change func(*exerciseProgress)) error {
	if err := os.MkdirAll(l.stateDir(), 0o755); err != nil {
		return cannotWrite(l.stateDir(), err)
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(l.stateDir(), "lock")).Lock()
	if err != nil {
		return cannotWrite(l.progressFile(), err)
	}
	defer unlock()
	p, err := l.readProgress()
	if err != nil {
		return err
	}
	rec := p.Exercises[id]
	change(&rec)
	p.Exercises[id] = rec
	p.Version = progressVersion
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("write down the progress: %w", err)
	}
	return writeFile(l.progressFile(), append(data, '\n'))
}

// progress reads the learner's progress; one that cannot be used is reported,
// once, and taken for empty, so that everything else still works.
func (a *app) progress(l lab) progress {
	p, err := l.readProgress()
	if err != nil {
		a.noteUnrecorded(err)
		return progress{}
	}
	return p
}

// remember records a change, or says that it could not: what the user asked for
// has been done all the same.
func (a *app) remember(l lab, id string, change func(*exerciseProgress)) {
	if err := l.record(id, change); err != nil {
		a.noteUnrecorded(err)
	}
}

func (a *app) noteUnrecorded(err error) {
	if a.toldUnrecorded {
		return
	}
	a.toldUnrecorded = true
	if _, ok := errors.AsType[unusableProgress](err); ok {
		a.note("%v", err)
		return
	}
	a.note("your progress is not recorded: %s", withAdvice(err))
}
