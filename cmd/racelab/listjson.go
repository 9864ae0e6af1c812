package main

import (
	"encoding/json"
	"path"
	"slices"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// listSchema is the version of a catalogue. Fields are only ever added.
const listSchema = "racelab/list/v1"

// A catalogue is what `racelab list --json` prints, on one line:
//
//	{"schema":"racelab/list/v1","lab":"/home/ada/racelab","exercises":[
//	 {"number":1,"id":"01-unlocked-balance","title":"The unlocked balance","part":1,
//	  "part_title":"One of each","learn":"Why += is not one step, …","kinds":["data-race","wrong-result"],
//	  "status":"passed","passed":"2026-11-30T19:30:00Z","hints_shown":1,"hints":3,
//	  "files":["exercises/01-unlocked-balance/bank.go"],"checks":4,
//	  "last":{"at":"2026-11-30T19:30:00Z","verdict":"pass","score":10,"max_score":10,"problems":0}}, …]}
//
// docs/EDITORS.md says what each field is.
type catalogue struct {
	Schema    string   `json:"schema"`
	Lab       string   `json:"lab,omitempty"` // where the learner works; absent outside of a lab
	Exercises []listed `json:"exercises"`
}

// A listed is one exercise of it.
type listed struct {
	Number    int            `json:"number"`
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Part      int            `json:"part"`
	PartTitle string         `json:"part_title"`
	Learn     string         `json:"learn"` // what solving it teaches
	Kinds     []finding.Kind `json:"kinds"` // what the broken program shows, each once
	// Status is "passed", "next" for the first that did not, and "open" for the others; absent
	// outside of a lab.
	Status     string     `json:"status,omitempty"`
	Passed     *time.Time `json:"passed,omitempty"` // when it passed first, in UTC
	HintsShown int        `json:"hints_shown,omitempty"`
	Hints      int        `json:"hints,omitempty"` // how many there are
	// Files are what the learner edits, with slashes: in a lab from its folder on, elsewhere
	// their names.
	Files  []string     `json:"files"`
	Checks int          `json:"checks,omitempty"` // how many there have been in this lab since it was reset
	Last   *listedCheck `json:"last,omitempty"`   // the last of them
}

// A listedCheck is what the last check said.
type listedCheck struct {
	At       time.Time       `json:"at"`
	Verdict  finding.Outcome `json:"verdict"` // "pass" or "fail": one that could not tell is not kept
	Score    int             `json:"score"`
	MaxScore int             `json:"max_score"`
	Problems int             `json:"problems"`
}

// listJSON writes the catalogue. l is nil outside of a lab.
func (a *app) listJSON(set exercise.Set, p progress, next string, l *lab) error {
	out := catalogue{Schema: listSchema, Exercises: []listed{}}
	if l != nil {
		out.Lab = l.dir
	}
	for _, ex := range set {
		entry := listed{
			Number: ex.Number, ID: ex.ID, Title: ex.Title, Part: ex.Part, PartTitle: parts[ex.Part].title, Learn: ex.Learn,
			Kinds: kindsShown(ex), Passed: p.Exercises[ex.ID].Passed, HintsShown: p.Exercises[ex.ID].Hints,
			Hints: len(ex.Hints), Files: ex.Files,
		}
		if l != nil {
			entry.Status = statusInList(p, ex, next)
			entry.addChecks(ex, *l)
		}
		out.Exercises = append(out.Exercises, entry)
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// addChecks adds what is known of ex in a lab alone.
func (e *listed) addChecks(ex exercise.Exercise, l lab) {
	e.Files = nil
	for _, name := range ex.Files {
		e.Files = append(e.Files, path.Join("exercises", ex.ID, name))
	}
	if last, ok := l.checks().Read(ex.ID); ok {
		v := last.Verdict
		e.Checks, e.Last = last.Checks, &listedCheck{last.At, v.Outcome, v.Score, v.MaxScore, len(v.Problems())}
	}
}

func statusInList(p progress, ex exercise.Exercise, next string) string {
	switch {
	case p.passed(ex.ID):
		return "passed"
	case ex.ID == next:
		return "next"
	}
	return "open"
}

func kindsShown(ex exercise.Exercise) []finding.Kind {
	kinds := []finding.Kind{}
	for _, e := range ex.Expect {
		if !slices.Contains(kinds, e.Kind) {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}
