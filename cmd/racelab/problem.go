package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
	"racelab/checker/schedule"

	"github.com/spf13/cobra"
)

// scheduleOf is the schedule that somebody means by which: a schedule, the number of a
// problem of the last check, or "" for the first that has one.
func (a *app) scheduleOf(t target, which string) (string, error) {
	if strings.Contains(which, ":") {
		return which, nil
	}
	problems, err := a.lastProblems(t)
	if err != nil {
		return "", err
	}
	if which == "" {
		which = a.firstWithSchedule(problems)
	}
	p, err := numbered(t.ex, problems, which)
	if err != nil {
		return "", err
	}
	return p.Schedule(), a.hasSchedule(t.ex, p, problems)
}

// numbered is the problem of that number.
func numbered(ex exercise.Exercise, problems []finding.Problem, number string) (finding.Problem, error) {
	for _, p := range problems {
		if strconv.Itoa(p.Number) == strings.TrimLeft(number, "0") {
			return p, nil
		}
	}
	return finding.Problem{}, usage("the last check of %s found %s: there is no problem %s.", ex.ID, report.Count(len(problems), "problem"), number)
}

// testsOf are the tests that somebody means by which: the one of that name, those in which a
// problem of the last check shows whose number it is, or with "" any, which is nil.
func (a *app) testsOf(t target, which string) ([]string, error) {
	if which == "" {
		return nil, nil
	}
	if _, err := strconv.Atoi(which); err != nil {
		return []string{which}, nil
	}
	problems, err := a.lastProblems(t)
	if err != nil {
		return nil, err
	}
	p, err := numbered(t.ex, problems, which)
	if err != nil {
		return nil, err
	}
	if tests := shownBy(t.ex, p); len(tests) > 0 {
		return tests, nil
	}
	return nil, usage("no test of %s shows problem %d (%s), so it cannot be played.", t.ex.ID, p.Number, problemTitle(p))
}

// shownBy are the tests of an exercise that have shown a problem.
func shownBy(ex exercise.Exercise, p finding.Problem) []string {
	var shown []string
	for _, f := range p.All() {
		shown = append(shown, f.Evidence.Tests...)
		if s, err := schedule.Parse(f.Evidence.Schedule); err == nil {
			shown = append(shown, s.Test)
		}
	}
	return slices.DeleteFunc(testNames(ex), func(test string) bool { return !slices.Contains(shown, test) })
}

// firstWithSchedule is the number of the first problem that can be replayed, and says so if
// that is not the first of all.
func (a *app) firstWithSchedule(problems []finding.Problem) string {
	at := slices.IndexFunc(problems, func(p finding.Problem) bool { return p.Schedule() != "" })
	if at < 1 {
		return "1"
	}
	a.note("no schedule shows problem 1, so this is problem %d.", problems[at].Number)
	return strconv.Itoa(problems[at].Number)
}

// lastProblems are those of the last check of the lab's own version.
func (a *app) lastProblems(t target) ([]finding.Problem, error) {
	number := fmt.Sprintf("%02d", t.ex.Number)
	if t.lab == nil {
		from := a.fromWord(t)
		return nil, usage("racelab remembers what a check of your lab has found, not of other files. "+
			"`%s check %s --from %s --full` shows the schedules.", a.command, number, from)
	}
	last, ok := t.lab.checks().Read(t.ex.ID)
	switch {
	case !ok:
		return nil, usage("%s was not checked yet. `%s check %s` says what is wrong with it.", t.ex.ID, a.command, number)
	case last.Verdict.Outcome == finding.Pass:
		return nil, usage("the last check of %s found nothing that is wrong, so it has no problem to show.", t.ex.ID)
	}
	return last.Verdict.Problems(), nil
}

// hasSchedule says what else can be replayed when a problem cannot.
func (a *app) hasSchedule(ex exercise.Exercise, p finding.Problem, all []finding.Problem) error {
	if p.Schedule() != "" {
		return nil
	}
	var others []string
	for _, other := range all {
		if other.Schedule() != "" {
			others = append(others, fmt.Sprintf("`%s replay %02d %d`", a.command, ex.Number, other.Number))
		}
	}
	text := fmt.Sprintf("no schedule shows problem %d of %s (%s), so it cannot be replayed", p.Number, ex.ID, problemTitle(p))
	if len(others) > 0 {
		text += "; others can: " + strings.Join(others, ", ")
	}
	return usage("%s.", text)
}

// problemTitle says in a few words which problem it is.
func problemTitle(p finding.Problem) string {
	const most = 72
	return terminal.CutWords(terminal.Line(report.Title(p.Head)), most)
}

// completeReplay offers the exercises, then what of the last check can be replayed.
func (a *app) completeReplay(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return a.completeExercise()(cmd, args, begun)
	}
	const none = cobra.ShellCompDirectiveNoFileComp
	set, err := a.set()
	if err != nil {
		return nil, none
	}
	ex, err := a.find(set, args[0])
	if err != nil {
		return nil, none
	}
	canBe := func(p finding.Problem) bool { return p.Schedule() != "" }
	return a.completeProblems(cmd, ex, canBe), none | cobra.ShellCompDirectiveKeepOrder
}

// completeProblems offers the numbers of those problems of the last check that a verb can
// take.
func (a *app) completeProblems(cmd *cobra.Command, ex exercise.Exercise, canBe func(finding.Problem) bool) []cobra.Completion {
	l, inLab := findLab(a.cwd)
	if !inLab || cmd.Flags().Changed("from") { // what lies elsewhere has no numbers
		return nil
	}
	problems, err := a.lastProblems(target{ex: ex, lab: &l})
	if err != nil {
		return nil
	}
	var out []cobra.Completion
	for _, p := range problems {
		if canBe(p) {
			out = append(out, cobra.CompletionWithDesc(strconv.Itoa(p.Number), problemTitle(p)))
		}
	}
	return out
}
