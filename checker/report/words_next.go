package report

import (
	"fmt"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// A step is a command to type and what it is for.
type step struct{ command, purpose string }

// whatNext ends every report: a reader always knows what to type.
func (v view) whatNext() []step {
	switch v.v.Outcome {
	case finding.Pass:
		return v.afterPass()
	case finding.Fail:
		return v.afterFail()
	}
	return v.afterInconclusive()
}

func (v view) afterInconclusive() []step {
	var steps []step
	if v.wasExplored() {
		steps = append(steps, step{v.command("explain explore"), "what racelab cannot control in a program"})
	}
	return append(steps,
		step{v.checkCommand(), "try again"},
		step{v.command("doctor"), "whether something is wrong with this machine, and the remedy"})
}

func (v view) afterPass() []step {
	var steps []step
	if v.Lesson.Reference && v.Submission.InLab {
		steps = append(steps,
			step{v.command("solution " + v.number()), "the reference solution, with its reasons"},
			step{v.command("diff " + v.number()), "your fix beside it"})
	}
	if v.Lesson.Next != "" {
		nr, _, _ := strings.Cut(v.Lesson.Next, "-")
		steps = append(steps, step{v.command("check " + nr), "the next exercise: " + v.Lesson.Next})
	} else {
		steps = append(steps, step{v.command("list"), "all exercises"})
	}
	return steps
}

func (v view) afterFail() []step {
	hints, explanations := v.hintStep(), v.explainSteps()
	// The first hint says where to look, which does not help those who know it,
	// nor those who have made a new problem of their own.
	steps := append(hints, explanations...)
	if v.Hints.Shown > 0 || v.Submission.Unexpected {
		steps = append(explanations, hints...)
	}
	shown, _ := v.choose(v.v.Errors())
	steps = append(v.replaySteps(shown), steps...)
	if v.Submission.InLab && v.lacksFile() {
		steps = append(steps, step{v.command("reset " + v.number()), "begin again with the broken program"})
	}
	return append(steps, step{v.checkCommand(), v.whenChanged()})
}

func (v view) whenChanged() string {
	if v.Submission.Edit == "" {
		return "when you have changed the program"
	}
	// The file's name will do: the folder is that of the README.
	return "when you have changed " + path.Base(filepath.ToSlash(v.Submission.Edit))
}

// hintStep offers the next hint, if there is one that could help.
func (v view) hintStep() []step {
	hint := v.command("hint " + v.number())
	switch {
	case v.Hints.Count == 0 || v.cannotRun():
		return nil
	case v.Hints.Shown == 0:
		return []step{{hint, fmt.Sprintf("where to look (the first of %d hints)", v.Hints.Count)}}
	case v.Hints.Shown < v.Hints.Count:
		return []step{{hint, fmt.Sprintf("the next hint (%d of %d)", v.Hints.Shown+1, v.Hints.Count)}}
	}
	return []step{{hint + " --all", fmt.Sprintf("your %s again", count(v.Hints.Count, "hint"))}}
}

func (v view) explainSteps() []step {
	var steps []step
	for _, k := range kindsOf(v.v.Errors()) {
		steps = append(steps, step{v.command("explain " + string(k)), wordsFor(k).about})
	}
	return steps
}

func (v view) command(args string) string { return v.Command + " " + args }

func (v view) checkCommand() string { return v.onSubmission("check " + v.number()) }

func (v view) replayCommand(schedule string) string {
	return v.onSubmission("replay " + v.number() + " " + schedule)
}

// onSubmission is a command about the submission, wherever it lies.
func (v view) onSubmission(args string) string {
	if v.Submission.From != "" {
		args += " --from " + v.Submission.From
	}
	return v.command(args)
}

// A claim is one thing that a pass rests on, perhaps in parts.
type claim struct {
	text  string
	parts []string
}

// evidence says what a pass rests on.
func (v view) evidence() []claim {
	var out []claim
	for _, r := range v.v.Runs {
		if r.Mode == finding.ExploreMode {
			out = append(out, explored(r))
		} else {
			out = append(out, claim{text: runText(r)})
		}
	}
	out = append(out, claim{text: "no data race, no deadlock, no goroutine left behind, no failing test"})
	if v.Lesson.SameOutcome {
		out = append(out, claim{text: "the same results as the reference solution"})
	}
	return out
}

func runText(r finding.Run) string {
	text := fmt.Sprintf("%s of %s", count(r.Executions, "run"), count(r.Tests, "test"))
	switch r.Mode {
	case finding.RaceMode:
		text += " under the race detector"
	case finding.LockMode:
		text += " with go-deadlock in place of sync.Mutex and sync.RWMutex"
	default:
		text += " in mode " + string(r.Mode)
	}
	if len(r.Procs) == 0 {
		return text
	}
	procs := make([]string, len(r.Procs))
	for i, n := range r.Procs {
		procs[i] = strconv.Itoa(n)
	}
	text += ", with GOMAXPROCS " + list(procs)
	if r.Delayed > 0 {
		text += fmt.Sprintf("; in %d of them with random waits at locks", r.Delayed)
	}
	return text
}
