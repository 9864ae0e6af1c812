package report

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// ofSchedule introduces an interleaving.
const ofSchedule = "A schedule is one order in which the goroutines take their steps. Go may choose " +
	"another one each time, which is why a wrong program can work a thousand times and fail the next. " +
	"Here it ran once more, one goroutine at a time, in the order that the schedule says:"

func (v view) replayHeadline(r finding.Replay) headline {
	of, failures, problems := r.Exercise, v.failures(), v.v.Problems()
	if r.Test != "" {
		of += ", " + r.Test
	}
	switch {
	case len(r.Interleaving.Steps) == 0 && len(failures) > 0:
		return headline{bad, of + " cannot be replayed: there is something else to mend first"}
	case len(problems) == 1:
		return headline{bad, of + ": " + titleOf(problems[0].Head)}
	case len(problems) > 1:
		return headline{bad, of + ": " + Count(len(problems), "problem") + " in this schedule"}
	case r.Undetermined:
		return headline{unclear, of + " does not behave the same twice"}
	case r.Diverged != nil:
		return headline{unclear, of + ": nothing goes wrong now, in a changed order"}
	}
	return headline{good, of + ": nothing goes wrong in this schedule"}
}

// otherWay says what it means that the interleaving is not the recorded one; "" if
// it is.
func (v view) otherWay(r finding.Replay) string {
	switch {
	case r.Undetermined:
		return "The schedule was run several times, and the program did not always do the same: it depends on something that no schedule " +
			"decides, such as files, other processes, or code that racelab has not built. " +
			"What follows is one of the things that it can do."
	case r.Diverged == nil:
		return ""
	case len(v.failures()) > 0:
		return v.diverged(*r.Diverged) + "What it does now is wrong as well."
	}
	return v.diverged(*r.Diverged) + "It went on from there to its end, and nothing went wrong: in what is left of this order, the program is " +
		"fine now. Other orders may still be wrong; check looks at those."
}

func (v view) diverged(d finding.Divergence) string {
	at := fmt.Sprintf("At step %s", number(d.From))
	if d.To > d.From {
		at = fmt.Sprintf("Somewhere in steps %s to %s", number(d.From), number(d.To))
	}
	at += " it does something other than what was recorded. "
	if v.Submission.Changed {
		return at + "The program has changed since the last check. "
	}
	return at + "Either the program has changed since then, " +
		"or it depends on something that no schedule decides (files, other processes, code that racelab has not built). "
}

// toShow is what of an interleaving belongs to the schedule.
func (v view) toShow(r finding.Replay) finding.Interleaving {
	in := r.Interleaving
	if r.Diverged != nil && len(v.failures()) == 0 {
		in = upTo(in, r.Diverged.To)
	}
	if crashed(r.Findings) {
		in.Left = nil // they would have gone on
	}
	return in
}

func crashed(findings []finding.Finding) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == finding.Panic })
}

// upTo leaves out what comes after a step: a program that goes another way has not
// got there by this schedule.
func upTo(in finding.Interleaving, step int) finding.Interleaving {
	at := slices.IndexFunc(in.Steps, func(s finding.Step) bool { return s.Number > step })
	if at >= 0 {
		in.Steps = in.Steps[:at]
	}
	in.Left = nil
	return in
}

// A role is what some goroutines, which are alike, are.
type role struct {
	names []finding.GoroutineName
	text  string
}

// roles say who the goroutines are that isShown, and which are the idle others.
func roles(lanes []finding.Lane, isShown func(finding.GoroutineName) bool) (shown []role, idle []finding.GoroutineName) {
	for i, l := range lanes {
		if !isShown(l.Name) {
			idle = append(idle, l.Name)
			continue
		}
		text := laneText(l)
		if i == 0 {
			text = firstWords(l.Function)
		}
		at := slices.IndexFunc(shown, func(r role) bool { return r.text == text })
		if at < 0 {
			at, shown = len(shown), append(shown, role{text: text})
		}
		shown[at].names = append(shown[at].names, l.Name)
	}
	return shown, idle
}

// firstWords say what the first goroutine runs: a test, or a scenario of the contract.
func firstWords(runs string) string {
	if strings.HasPrefix(runs, "Contract/") {
		return "the scenario, " + runs
	}
	return "the test, " + runs
}

func laneText(l finding.Lane) string {
	text := "a goroutine"
	if l.Function != "" {
		text = l.Function
	}
	if at := placeOf(l.Started); at != "" {
		text += ", started at " + at
	}
	return text
}

// afterReplay says what to type, or to open.
func (v view) afterReplay(r finding.Replay) []step {
	var steps []step
	failures := v.failures()
	if at := v.whereToLook(); at != "" {
		steps = append(steps, step{at, "the line to open in your editor"})
	}
	for _, k := range kindsOf(failures) {
		steps = append(steps, step{v.command("explain " + string(k)), wordsFor(k).about})
	}
	check := step{v.checkCommand(), "whether it is right in the other schedules too"}
	switch {
	case len(failures) > 0:
		check.purpose = v.whenChanged()
	case r.Diverged != nil || r.Undetermined:
		check.purpose = "what is wrong with the program as it is now"
	}
	return append(steps, check, step{v.command("explain explore"), "what schedules are, and how to read them"})
}

// whereToLook is the line of the reader's own file where it goes wrong.
func (v view) whereToLook() string {
	for _, p := range v.v.Problems() {
		l, _, _ := placesOf(p.Head)
		if l.File == "" || strings.HasSuffix(l.File, "_test.go") {
			continue
		}
		if path.Base(filepath.ToSlash(v.Submission.Edit)) == l.File {
			l.File = v.Submission.Edit
		}
		return placeOf(l)
	}
	return ""
}
