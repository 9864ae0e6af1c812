package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"racelab/checker/classroom"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/roster"
	"racelab/checker/classroom/shard"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
)

// header says what the records will be of. Whoever runs shards tells which one this is.
func (a *app) header(flag string, set exercise.Set) (record.Header, error) {
	s, err := shard.Detect(flag, a.lookupEnv)
	if err != nil {
		return record.Header{}, usage("%v.", err)
	}
	if name, ok := a.lookupEnv("TEST_SHARD_STATUS_FILE"); ok && name != "" { // Bazel wants to know that we know
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			return record.Header{}, err
		}
	}
	h := record.Header{Racelab: racelabVersion(), Shard: s}
	for _, ex := range set {
		h.Exercises = append(h.Exercises, ex.ID)
	}
	return h, nil
}

// readRoster reads a roster, and names it by content.
func (a *app) readRoster(name string) (*roster.Roster, string, error) {
	if name == "" {
		return nil, "", nil
	}
	text, err := os.ReadFile(a.abs(name))
	if err != nil {
		return nil, "", usage("the roster cannot be read: %v.", err)
	}
	r, err := roster.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, "", usage("%s: %v.", name, err)
	}
	return &r, fmt.Sprintf("sha256:%x", sha256.Sum256(text)), nil
}

// takes is how long checks take, as a store knows them.
func (a *app) takes(storeName string, set exercise.Set) (map[string]time.Duration, error) {
	if storeName == "" {
		return nil, nil
	}
	s, err := store.OpenToRead(a.abs(storeName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("there is no file %s, which --durations names.", storeName)
	case err != nil:
		return nil, err
	}
	took, err := s.Durations()
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	if len(took) == 0 {
		a.note("%s knows of no check how long it took: all of them count alike.", storeName)
	}
	return classroom.TakesOf(set, took), nil
}

// columnsFor are the columns that a gradebook of Canvas has for exercises.
func columnsFor(set exercise.Set, r *roster.Roster) map[string]string {
	if r == nil {
		return nil
	}
	columns := map[string]string{}
	for _, ex := range set {
		if heading := r.Column(ex.ID, ex.Slug, ex.Title, fmt.Sprintf("%02d %s", ex.Number, ex.Title)); heading != "" {
			columns[ex.ID] = heading
		}
	}
	return columns
}

var rangeOfNumbers = regexp.MustCompile(`^\s*\d+-\d+\s*$`)

// someExercises reads what --exercises names: exercises and ranges of them, with commas.
func (a *app) someExercises(names string) (exercise.Set, error) {
	all, err := a.set()
	if err != nil || names == "" {
		return all, err
	}
	chosen := map[string]bool{}
	for name := range strings.SplitSeq(names, ",") {
		some, _, ok := all.FindAll(name)
		if !ok && rangeOfNumbers.MatchString(name) {
			return nil, usage("there are no exercises %s. `%s list` shows all of them.", strings.TrimSpace(name), a.command)
		}
		if !ok { // it may be a folder, or nearly a name
			ex, err := a.find(all, strings.TrimSpace(name))
			if err != nil {
				return nil, err
			}
			some = exercise.Set{ex}
		}
		for _, ex := range some {
			chosen[ex.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(ex exercise.Exercise) bool { return !chosen[ex.ID] }), nil
}
