package screen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// ErrCommand means that a line is no command.
var ErrCommand = errors.New("not a move")

// A Table is what a game is played on.
type Table struct {
	Game *game.Game
	Look Look
	// Ended hears of each end that is reached.
	Ended func(game.Position)
	// Show shows an end, step by step.
	Show func(game.End) error
}

// lineHelp says what lines may say.
var lineHelp = [][2]string{
	{"b, or 2", "the goroutine of that name, or number, takes its step"},
	{"far b", "it goes on as long as it can"},
	{"back, back 3", "take a move back, or three"},
	{"hint", "make one move of a schedule that fails"},
	{"again", "begin again"},
	{"replay", "at an end: show all of it, step by step"},
	{"quit", "stop playing"},
}

// Lines plays by commands, one a line. With echo each is repeated, for whoever reads what
// was piped in; else there is a prompt, and what is no move is just said.
func (t Table) Lines(ctx context.Context, in io.Reader, out io.Writer, echo bool) error {
	l := t.Look
	write(out, l.goal(t.Game.Known)...)
	if !echo {
		write(out, "", "`help` says what to type.")
	}
	t.show(out)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for lines := readLines(ctx, in); ; {
		if !echo {
			fmt.Fprint(out, "\nWho goes on? ")
		}
		line, ok, err := lines.next(ctx)
		switch {
		case !ok && !echo:
			write(out, "") // after the prompt
			return err
		case !ok:
			return err
		case echo:
			write(out, "", "> "+terminal.Line(line))
		}
		quit, err := t.do(ctx, out, line)
		why, isFault := refused(err)
		switch {
		case quit:
			return nil
		case isFault:
			return err
		case why != "" && echo:
			return fmt.Errorf("line %d: %w", lines.number, err)
		case why != "":
			write(out, l.wrap(why, "")...)
		}
	}
}

// refused says to somebody who has just asked for a move why it was not made, unless the
// error is a fault, with which the game is over.
func refused(err error) (why string, isFault bool) {
	switch {
	case err == nil:
		return "", false
	case errors.Is(err, ErrCommand):
		return strings.TrimPrefix(err.Error(), ErrCommand.Error()+": "), false
	case errors.Is(err, game.ErrNoEnd):
		return "That move is not made: " + err.Error() + ".", false
	}
	return "", true
}

func write(out io.Writer, lines ...string) {
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}

// do carries out one line.
func (t Table) do(ctx context.Context, out io.Writer, line string) (quit bool, err error) {
	words := strings.Fields(line)
	if len(words) == 0 || strings.HasPrefix(words[0], "#") {
		return false, nil
	}
	rest := strings.Join(words[1:], " ")
	switch verb := words[0]; {
	case len(words) == 1 && slices.Contains([]string{"quit", "q", "exit"}, verb):
		if t.Game.Position().End == nil {
			write(out, t.Look.givenUp(t.Game.Known)...)
		}
		return true, nil
	case len(words) == 1 && slices.Contains([]string{"help", "?"}, verb):
		for _, h := range lineHelp {
			write(out, fmt.Sprintf("  %-14s%s", h[0], h[1]))
		}
		return false, nil
	case verb == "replay" && len(words) == 1:
		return false, t.replay()
	case verb == "back" && len(words) <= 2:
		err = t.back(rest)
	case verb == "again" && len(words) == 1:
		t.Game.Back(t.Game.Position().Made)
	case verb == "hint" && len(words) == 1:
		var told string
		if told, err = t.hint(ctx); err == nil {
			write(out, told)
		}
	case verb == "far":
		err = t.move(ctx, rest, true)
	default:
		err = t.move(ctx, line, false)
	}
	if err == nil {
		t.show(out)
	}
	return false, err
}

func (t Table) replay() error {
	end := t.Game.Position().End
	if end == nil {
		return fmt.Errorf("%w: there is nothing to replay before the end", ErrCommand)
	}
	return t.Show(*end)
}

func (t Table) back(count string) error {
	n := 1
	if count != "" {
		var err error
		if n, err = strconv.Atoi(count); err != nil || n < 1 {
			return fmt.Errorf("%w: %s is no number of moves", ErrCommand, quoted(count))
		}
	}
	if !t.Game.Back(n) {
		return fmt.Errorf("%w: there is no more to take back than %s", ErrCommand, report.Count(t.Game.Position().Made, "move"))
	}
	return nil
}

// hint makes the move that a hint says, and says which.
func (t Table) hint(ctx context.Context) (string, error) {
	h, ok := t.Game.Hint()
	switch {
	case t.Game.Position().End.Failed():
		return "", fmt.Errorf("%w: it has failed already: take moves back, or begin again", ErrCommand)
	case !ok && t.Game.Preemptions == nil:
		return "", fmt.Errorf("%w: exploring knows of no order that fails, so there is no hint", ErrCommand)
	case !ok:
		return "", fmt.Errorf("%w: there is no further hint here: take moves back, or begin again", ErrCommand)
	}
	if err := t.Game.Follow(ctx, h); err != nil {
		return "", err
	}
	t.ended()
	if h.Back > 0 {
		return "Hint: take back " + report.Count(h.Back, "move") + "; from there, " + goesOn(h.Choice), nil
	}
	return "Hint: " + goesOn(h.Choice), nil
}

// goesOn says what a choice is.
func goesOn(c game.Choice) string {
	if c.Goroutine == finding.Clock {
		return "time passes."
	}
	return string(c.Goroutine) + " goes on."
}

// move makes the move that a name or a number says.
func (t Table) move(ctx context.Context, who string, far bool) error {
	p := t.Game.Position()
	i := slices.IndexFunc(p.Moves, func(m game.Move) bool { return string(m.Goroutine) == who })
	if n, err := strconv.Atoi(who); err == nil {
		i = n - 1
	}
	switch {
	case p.End != nil:
		return fmt.Errorf("%w: this is the end; `back`, `again`, `replay` or `quit`", ErrCommand)
	case who == "":
		return fmt.Errorf("%w: `far` needs the name of one who can go on, which is %s", ErrCommand, t.who())
	case i < 0 || i >= len(p.Moves):
		return fmt.Errorf("%w: %s is not one who can go on, which is %s; nor `back`, `hint`, `again`, `replay`, `quit`", ErrCommand, quoted(who), t.who())
	}
	err := t.Game.Play(ctx, p.Moves[i].Choice, far)
	if err == nil {
		t.ended()
	}
	return err
}

// quoted is what somebody has typed, whatever that is, short enough for a message.
func quoted(typed string) string {
	const longest = 40
	return strconv.Quote(terminal.Cut(typed, longest))
}

func (t Table) ended() {
	if p := t.Game.Position(); p.End != nil {
		t.Ended(p)
	}
}

// who are those who can go on.
func (t Table) who() string {
	var names []string
	for _, m := range t.Game.Position().Moves {
		if name := string(m.Goroutine); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// show shows where the game stands.
func (t Table) show(out io.Writer) {
	p := t.Game.Position()
	write(out, "")
	write(out, t.Look.title(t.Game))
	write(out, t.Look.happened(t.Game)...)
	write(out, "")
	if p.End != nil {
		write(out, t.Look.ended(t.Game)...)
		return
	}
	write(out, t.Look.table(t.Look.rows(t.Game), -1)...)
	write(out, t.Look.legend(p)...)
	write(out, t.Look.locks(p)...)
}

// JSON plays by commands as Lines does with echo, and writes each position as one JSON
// object a line.
func (t Table) JSON(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	encoder := json.NewEncoder(out)
	if err := encoder.Encode(t.Game.Known); err != nil {
		return err
	}
	for lines := readLines(ctx, in); ; {
		if err := encoder.Encode(inWords(t.Game.Position())); err != nil {
			return err
		}
		line, ok, err := lines.next(ctx)
		if !ok {
			return err
		}
		quit, err := t.do(ctx, io.Discard, line)
		if quit {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", lines.number, err)
		}
	}
}

// inWords fills in what the findings of an end say.
func inWords(p game.Position) game.Position {
	if p.End != nil {
		end := *p.End
		end.Findings = report.Words(end.Findings)
		end.Replay.Findings = end.Findings
		p.End = &end
	}
	return p
}
