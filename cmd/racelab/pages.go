package main

import (
	"io/fs"

	classpage "racelab/checker/classroom/page"
	"racelab/checker/exercise"
)

// knownExercises is what pages show beside the records.
func (a *app) knownExercises() (classpage.Known, error) {
	set, err := a.set()
	if err != nil {
		return classpage.Known{}, err
	}
	known := classpage.Known{Command: a.command, Exercises: map[string]classpage.Exercise{}}
	for _, ex := range set {
		if known.Exercises[ex.ID], err = forPage(ex); err != nil {
			return known, err
		}
	}
	return known, nil
}

func forPage(ex exercise.Exercise) (classpage.Exercise, error) {
	out := classpage.Exercise{Title: ex.Title, HandedOut: map[string][]byte{}}
	names, err := ex.TestFiles()
	if err != nil {
		return out, err
	}
	for _, name := range names {
		if out.HandedOut[name], err = fs.ReadFile(ex.Dir, name); err != nil {
			return out, err
		}
	}
	for _, v := range ex.Variants {
		if !v.Accepted {
			out.Mistakes = append(out.Mistakes, classpage.Mistake{Name: v.Name, Kind: v.Kind, Feedback: v.Feedback})
		}
	}
	return out, nil
}
