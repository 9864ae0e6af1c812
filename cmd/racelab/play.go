package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"racelab/checker"
	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/screen"
	"racelab/checker/report"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

// playFlags are the flags of play.
type playFlags struct {
	renderFlags // of which play has --from and --html
	every, json bool
}

func (a *app) newPlayCommand() *cobra.Command {
	var flags playFlags
	cmd := &cobra.Command{
		Use:   "play [NN] [TEST | PROBLEM]",
		Short: "Be the scheduler: find the order that fails",
		Long: `Be the scheduler of an exercise: you see each goroutine with the operation that
it does next, and say which of them goes on. Make the test fail, with as few
preemptions as exploring needed, or fewer; take moves back; ask for a hint.
When you have changed the program, try to break it.

Where one goroutine alone can go on, and in the test's own code, it goes on by
itself. Without TEST, play takes the one that makes the best game; PROBLEM is
the number of a problem in what check said, and play takes one that shows it.

On a terminal there are keys, and ? says which. Elsewhere play reads moves from
its input, one a line: the name of a goroutine, or its number; far NAME, back,
hint, again, replay, quit. A line that begins with # is a remark.

With --html the game is a page to be played in a browser, in a lecture for
instance: all orders where there are few, else those with few preemptions.

Exit status: 0 whatever has come of it; 2 the command or a move makes no sense;
3 racelab could not tell.`,
		Example: `  racelab play 06
  racelab play 06 TestTwoCards
  racelab play 06 2
  racelab play 06 TestTwoCards --html game.html`,
		Args:              func(cmd *cobra.Command, args []string) error { return atMost(2)(cmd, flags.args(args)) },
		ValidArgsFunction: a.completePlay,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case cmd.Flags().Changed("from") && flags.from == "":
				return usage("--from needs the name of a folder, or of a file.")
			case flags.page() && flags.json:
				return usage("--html and --json do not go together: a page is played in a browser.")
			}
			return a.runPlay(cmd.Context(), flags.takeFile(args), flags)
		},
	}
	cmd.Flags().StringVar(&flags.from, "from", "", "play the files in `DIR` or DIR/NN-slug, or one file")
	cmd.Flags().BoolVar(&flags.every, "every-step", false, "stop at each choice, in the test's own code too")
	cmd.Flags().BoolVar(&flags.json, "json", false, "write each position as a JSON object")
	flags.addPage(cmd)
	return cmd
}

func (a *app) runPlay(ctx context.Context, args []string, flags playFlags) error {
	named, which := splitPlayArgs(args)
	t, err := a.target(named, flags.from)
	if err != nil {
		return err
	}
	tests, err := a.testsOf(t, which)
	if err != nil {
		return err
	}
	sub, err := t.read()
	if err != nil {
		return err
	}
	progress := a.startProgress(ctx)
	table, err := a.lay(ctx, checker.Task{Exercise: t.ex, Submission: sub, Progress: progress.say}, tests)
	progress.stop()
	if err != nil {
		return a.notPlayed(t, err)
	}
	defer table.Close()
	if flags.page() {
		return a.writeGame(ctx, t, sub, table, flags)
	}
	g, err := game.Begin(ctx, table, table.Known, flags.every)
	if err != nil {
		return a.notPlayed(t, err)
	}
	err = a.playOn(ctx, t, sub, g, flags)
	switch {
	case errors.Is(err, screen.ErrCommand):
		return usage("%v.", err)
	case err != nil:
		return a.notPlayed(t, err)
	}
	return nil
}

// playOn plays as its surroundings allow: with keys, or by lines.
func (a *app) playOn(ctx context.Context, t target, sub submission.Submission, g *game.Game, flags playFlags) error {
	look := a.look(t, sub)
	look.Best = a.bestOf(t, g.Test)
	table := screen.Table{
		Game: g, Look: look,
		Ended: func(p game.Position) { a.keepBest(t, g, p) },
		Show:  func(end game.End) error { return a.showEnd(t, sub, end) },
	}
	switch {
	case flags.json:
		return table.JSON(ctx, a.stdin, a.stdout)
	case !a.hasKeys():
		return table.Lines(ctx, a.stdin, a.stdout, !a.inTerminal())
	}
	replay, err := table.Keys(ctx, a.stdin, a.screen())
	if err != nil {
		return err
	}
	if p := g.Position(); replay && p.End != nil {
		return table.Show(*p.End)
	}
	return nil
}

func (a *app) look(t target, sub submission.Submission) screen.Look {
	return screen.Look{Palette: a.palette, Width: a.width, Height: screenHeight, Files: sourcesToQuote(t.ex, sub), Replay: a.wordFor("replay", t)}
}

// maxPositions is how many a page has at most: some megabytes.
const maxPositions = 2000

// writeGame writes the game as a page.
func (a *app) writeGame(ctx context.Context, t target, sub submission.Submission, table *checker.Table, flags playFlags) error {
	progress := a.startProgress(ctx)
	progress.say("visiting positions")
	tree, err := game.Grow(ctx, table, table.Known, flags.every, maxPositions)
	progress.stop()
	if err != nil {
		return a.notPlayed(t, err)
	}
	return a.deliver(t, flags.renderFlags, "play-"+tree.Test, func(w io.Writer) error { return a.look(t, sub).Page(w, tree) })
}

func (a *app) showEnd(t target, sub submission.Submission, end game.End) error {
	v := finding.Verdict{Exercise: t.ex.ID, Findings: end.Findings}
	return report.ReplayText(a.stdout, end.Replay, a.style(renderFlags{}), a.known(t, v, sub))
}

// notPlayed adds what to do about err.
func (a *app) notPlayed(t target, err error) error {
	switch {
	case errors.Is(err, checker.ErrTest):
		return usage("%s: %v.", t.ex.ID, err)
	case errors.Is(err, checker.ErrNotBuilt):
		return fmt.Errorf("cannot play %s: %w. `%s` says more", t.ex.ID, inWords(err), a.wordFor("check", t))
	}
	return fmt.Errorf("cannot play %s: %w", t.ex.ID, err)
}
