package main

import (
	"context"
	"fmt"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/report/terminal"

	"github.com/spf13/cobra"
)

const rootLong = `racelab teaches you to find and fix data races, deadlocks and goroutine leaks
in Go. It gives you programs that are broken, tells you what it sees when they
run, and grades your fixes.

The first steps:

  racelab init        make a folder with the exercises, and go there: cd racelab
  racelab doctor      does everything work on this machine?
  racelab check 01    what is wrong in the first exercise
  racelab hint 01     where to look

Then change the program in exercises/01-unlocked-balance, and check it again.
In a lab, racelab alone lists the exercises, with a key for each command.

An exercise has many names: 1, 01, unlocked-balance, 01-unlocked-balance, or the
path of its folder. Without a name, commands mean the next one that is not done.

Exit status: 0 the fix passes; 1 it does not; 2 the command makes no sense;
3 racelab could not do its job.`

// newRootCommand hooks every verb up.
func (a *app) newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:     "racelab",
		Short:   "Find and fix data races, deadlocks and goroutine leaks",
		Version: racelabVersion(),
		Long:    rootLong,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return a.unknownCommand(cmd, args)
		},
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.runOverview(cmd.Context()) },
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(a.flagError)
	cobra.EnableCommandSorting = false
	root.AddCommand(
		a.newInitCommand(), a.newUpgradeCommand(), a.newListCommand(), a.newCheckCommand(), a.newWatchCommand(), a.newReplayCommand(), a.newPlayCommand(),
		a.newHintCommand(), a.newSolutionCommand(), a.newDiffCommand(), a.newResetCommand(),
		a.newExplainCommand(), a.newLSPCommand(), newGradeCommand(a), newMergeCommand(a), newReportCommand(a), newAppealCommand(a), newClassroomCommand(a),
		a.newDoctorCommand(), a.newVersionCommand(), newDevCommand(a), newDisposableCommand(a), newBuildCacheCommand(a),
		newCanaryCommand(a), newProbeCommand(a),
	)
	addCompletion(root)
	a.addHelp(root)
	return root
}

// atMost is cobra.MaximumNArgs with an error that says what to do.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("%q is one argument too many. The command is `%s`.", args[n], cmd.UseLine())
		}
		return nil
	}
}

// runOverview is `racelab` alone: how far you are, and what to do now. On a terminal it is a
// list to move in.
func (a *app) runOverview(ctx context.Context) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	l, ok := findLab(a.cwd)
	if !ok {
		a.welcome(len(set))
		return nil
	}
	if a.hasKeys() {
		return a.runMenu(ctx, l)
	}
	p := a.progress(l)
	done := 0
	for _, ex := range set {
		if p.passed(ex.ID) {
			done++
		}
	}
	a.say("%s  %d of %d exercises done%s", a.palette.Bold("racelab"), done, len(set), a.bar(done, len(set)))
	a.say("")
	next, ok := nextUndone(set, p, 0)
	if !ok {
		a.paragraph("", fmt.Sprintf("All done. `%s list` shows them, `%s diff 01` compares a fix with the reference.", a.command, a.command))
		return nil
	}
	a.next(l, next, p)
	return nil
}

func (a *app) welcome(exercises int) {
	a.markdown(fmt.Sprintf("racelab teaches you to find and fix data races, deadlocks and goroutine leaks in Go: "+
		"%d programs that are broken, for you to mend.\n\n", exercises))
	a.commands([][2]string{
		{"init", "make a folder racelab with the exercises; then: cd racelab"},
		{"doctor", "does everything work on this machine?"},
		{"--help", "all commands"},
	})
}

// next says what the exercise is about and what to type.
func (a *app) next(l lab, ex exercise.Exercise, p progress) {
	a.say("Next: %s", a.palette.Bold(ex.ID+": "+ex.Title))
	a.say("  read  %s", a.linked(joinPath(l.exerciseDir(ex), "README.md")))
	for _, file := range l.files(ex) {
		a.say("  edit  %s", a.linked(file))
	}
	a.say("")
	nr := fmt.Sprintf("%02d", ex.Number)
	hint := "where to look"
	if n := p.Exercises[ex.ID].Hints; n > 0 {
		hint = fmt.Sprintf("the next hint (you have seen %d of %d)", min(n, len(ex.Hints)), len(ex.Hints))
	}
	a.commands([][2]string{
		{"check " + nr, "what is wrong, or whether your fix is right"},
		{"watch " + nr, "the same, again each time you save"},
		{"play " + nr, "be the scheduler yourself: find an order that fails"},
		{"hint " + nr, hint},
		{"list", "all exercises"},
	})
}

// linked is the name of a file, to click on where the terminal lets one.
func (a *app) linked(file string) string {
	return a.links.Place(terminal.Line(a.shorten(file)), file, 0)
}

// commands lists what to type, and what for.
func (a *app) commands(rows [][2]string) {
	width := 0
	for _, row := range rows {
		width = max(width, len(row[0]))
	}
	for _, row := range rows {
		command := strings.TrimSpace(a.command + " " + row[0])
		gap := strings.Repeat(" ", len(a.command)+1+width-len(command)+2)
		text := terminal.Beside("  "+command, gap, row[1], a.width)
		fmt.Fprint(a.stdout, strings.Replace(text, command, a.palette.Code(command), 1))
	}
}

func (a *app) bar(done, all int) string {
	const width, beside = 20, 36
	if a.width < beside+width {
		return ""
	}
	n := done * width / all
	return "  " + a.palette.Good(strings.Repeat("#", n)) + a.palette.Dim(strings.Repeat("-", width-n))
}
