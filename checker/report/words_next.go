package report

import (
	"fmt"
	"path"
	"path/filepath"
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
	// The first hint says where to look. That does not help a reader who has seen
	// it, nor one who has made a new problem.
	steps := append(hints, explanations...)
	if v.Hints.Shown > 0 || v.Submission.Unexpected {
		steps = append(explanations, hints...)
	}
	shown, _ := v.choose()
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
	return []step{{hint + " --all", fmt.Sprintf("your %s again", Count(v.Hints.Count, "hint"))}}
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

// onSubmission is a command about the submission, wherever it lies.
func (v view) onSubmission(args string) string {
	if v.Submission.From != "" {
		args += " --from " + v.Submission.From
	}
	return v.command(args)
}
