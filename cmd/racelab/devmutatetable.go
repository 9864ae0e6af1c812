package main

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/mutate"
	"racelab/checker/proof"
	"racelab/checker/report"
)

// showMutation prints what became of an exercise's mutants: those that passed first.
func (a *app) showMutation(d *devMutate, r mutationResult) {
	for _, m := range r.mutants {
		if d.static || m.unexplained() {
			a.showMutant(m)
		}
	}
	if !d.static {
		for _, line := range mutationTable(r) {
			a.say("%s", line)
		}
	}
	a.say("")
}

// unexplained reports whether it does not fail, and nothing says why.
func (m mutant) unexplained() bool {
	return m.alike == "" && (m.fate.By == proof.EndPassed || m.fate.By == proof.EndUnclear)
}

func (a *app) showMutant(m mutant) {
	what := ""
	if m.fate.Reason != "" {
		what = ": " + m.fate.Reason
	}
	if m.fate.By != "" {
		what = " " + string(m.fate.By) + what
	}
	a.say("%s%s", a.palette.Bold(m.Name()), what)
	a.say("%s:%d", m.Path, m.Line)
	a.showDiff([]byte(m.Diff))
}

// mutationTable has a row for each operator that made mutants.
func mutationTable(r mutationResult) []string {
	lines := []string{fmt.Sprintf("  %-26s %7s %6s %8s %6s %8s %4s %4s %4s %7s %5s %7s %6s", r.exercise.ID,
		"mutants", "killed", "explored", "first", "contract", "race", "lock", "else", "refused", "alike", "unclear", "passed")}
	for _, op := range mutate.Operators() {
		var in []mutant
		for _, m := range r.mutants {
			if m.Operator == op.Name {
				in = append(in, m)
			}
		}
		if len(in) > 0 {
			lines = append(lines, mutationRow(op.Name, in))
		}
	}
	return append(lines, mutationRow("together", r.mutants))
}

func mutationRow(name string, in []mutant) string {
	counts := map[proof.End]int{}
	var schedules []int
	killed, alike := 0, 0
	for _, m := range in {
		if m.alike != "" {
			alike++
			continue
		}
		counts[m.fate.By]++
		if m.fate.By.Kills() {
			killed++
		}
		if m.fate.By == proof.EndExplored {
			schedules = append(schedules, m.fate.Schedules)
		}
	}
	first := "-"
	if n := len(schedules); n > 0 {
		slices.Sort(schedules)
		first = fmt.Sprintf("%d/%d", schedules[n/2], schedules[n-1])
	}
	return fmt.Sprintf("  %-26s %7d %6d %8d %6s %8d %4d %4d %4d %7d %5d %7d %6d", name, len(in), killed,
		counts[proof.EndExplored], first, counts[proof.EndContract], counts[proof.EndRace], counts[proof.EndLock], counts[proof.EndElse], counts[proof.EndRefused], alike, counts[proof.EndUnclear], counts[proof.EndPassed])
}

// concludeMutation prints the sum, or the JSON, and chooses the exit status.
func (a *app) concludeMutation(d *devMutate, results []mutationResult) error {
	unexplained, unclear, outdated, all := 0, 0, 0, 0
	for _, r := range results {
		all += len(r.mutants)
		outdated += len(r.outdated)
		for _, m := range r.mutants {
			switch {
			case m.unexplained() && m.fate.By == proof.EndPassed:
				unexplained++
			case m.unexplained():
				unclear++
			}
		}
	}
	made := report.Count(all, "mutant") + " of " + report.Count(len(results), "exercise")
	if d.format == "json" {
		if err := json.NewEncoder(a.stdout).Encode(mutationJSON(results)); err != nil {
			return err
		}
	} else if a.listProblems(a.palette.Bad("out of date"), outOfDate(results)); d.static {
		a.say("%s: nothing was run", made)
	} else {
		a.say("%s: %d passed, %d without a verdict, %s out of date", made, unexplained, unclear, report.Count(outdated, "reason"))
	}
	switch {
	case unexplained+outdated > 0:
		return verdictStatus(statusFail)
	case unclear > 0:
		return verdictStatus(statusNotAble)
	}
	return nil
}

// outOfDate says what is wrong with the reasons.
func outOfDate(results []mutationResult) []exercise.Problem {
	var out []exercise.Problem
	for _, r := range results {
		for _, what := range r.outdated {
			out = append(out, exercise.Problem{File: path.Join("solutions", r.exercise.ID, exercise.EquivalentsFile), Message: what})
		}
	}
	return out
}

// mutationSchema is the version of the JSON object.
const mutationSchema = "racelab/mutants/v1"

type mutantJSON struct {
	Exercise string `json:"exercise"`
	Mutant   string `json:"mutant"`
	Operator string `json:"operator"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Alike    string `json:"alike,omitempty"`
	proof.Fate
	Diff string `json:"diff"`
}

func mutationJSON(results []mutationResult) any {
	out := struct {
		Schema   string       `json:"schema"`
		Mutants  []mutantJSON `json:"mutants"`
		Outdated []string     `json:"outdated"`
	}{mutationSchema, []mutantJSON{}, []string{}}
	for _, r := range results {
		for _, m := range r.mutants {
			out.Mutants = append(out.Mutants, mutantJSON{r.exercise.ID, m.Name(), m.Operator, m.Path, m.Line, m.alike, m.fate, m.Diff})
		}
		for _, what := range r.outdated {
			out.Outdated = append(out.Outdated, r.exercise.ID+"/"+what)
		}
	}
	return out
}
