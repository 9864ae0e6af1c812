package screen

import (
	"context"
	"io"
	"strings"
	"sync"

	"racelab/checker/game"
	"racelab/checker/report/terminal"

	tea "charm.land/bubbletea/v2"
)

// keyHelp says what the keys do.
var keyHelp = [][2]string{
	{"↑ ↓, j k, 1 to 9", "choose who goes on"},
	{"enter, space", "it takes its step"},
	{"f", "it goes on as long as it can"},
	{"b, backspace", "take a move back"},
	{"h", "hint: make one move of a schedule that fails"},
	{"n", "begin again"},
	{"r", "at an end: show all of it, step by step"},
	{"q, ctrl+c", "stop playing"},
}

var screenHelp = []string{
	"Each line is a goroutine, with the operation that it does next. Those with a number can",
	"go on: choose one, and it takes that one step. Those with - wait. A preemption (»)",
	"interrupts the goroutine that went last, although it could go on. Where there is no",
	"choice, and in the test's own code, it goes on by itself.",
}

// Keys plays on a screen, and leaves behind what has come of it. It returns true when the
// end is to be shown step by step.
func (t Table) Keys(outer context.Context, in io.Reader, out io.Writer) (replay bool, err error) {
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	last, err := tea.NewProgram(&board{Table: t, ctx: ctx, cancel: cancel}, tea.WithInput(in), tea.WithOutput(out), tea.WithContext(ctx)).Run()
	b, ok := last.(*board)
	if ok { // a move that is still being made ends first
		cancel()
		b.moving.Lock()
		defer b.moving.Unlock()
	}
	switch {
	case outer.Err() != nil:
		return false, context.Cause(outer)
	case !ok, !b.quit:
		return false, err
	case b.fault == nil && !b.replaying:
		write(out, b.left()...)
	}
	return b.replaying, b.fault
}

// left is what stays on the terminal when the screen has gone.
func (b *board) left() []string {
	out := []string{b.Look.title(b.Game), ""}
	if b.Game.Position().End == nil {
		return append(out, b.Look.givenUp(b.Game.Known)...)
	}
	return append(out, b.Look.ended(b.Game)...)
}

// A board is the model of bubbletea's.
type board struct {
	Table
	ctx      context.Context
	cancel   func()
	selected int // among the rows
	note     string
	helping  bool

	// While a move is being made, beside the screen, nobody else looks at the game: the screen
	// stays as it was before.
	busy   bool
	before []string
	moving sync.Mutex // held by who makes a move

	quit, replaying bool
	fault           error
}

// moved is what a move has come to.
type moved struct {
	note string
	err  error
}

// Init is bubbletea's.
func (b *board) Init() tea.Cmd {
	b.selectMove()
	return nil
}

// Update is bubbletea's.
func (b *board) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		b.Look.Width, b.Look.Height = max(20, min(msg.Width, 100)), msg.Height
	case moved:
		b.busy, b.note = false, msg.note
		switch why, isFault := refused(msg.err); {
		case isFault:
			b.fault = msg.err
			return b.stop()
		case why != "":
			b.note = why
		}
		b.selectMove()
	case tea.KeyPressMsg:
		return b.pressed(msg.String())
	}
	return b, nil
}

func (b *board) stop() (tea.Model, tea.Cmd) {
	b.quit = true
	b.cancelMoves()
	return b, tea.Quit
}

// cancelMoves lets a move that is being made end at once.
func (b *board) cancelMoves() {
	if b.busy {
		b.cancel()
	}
}

func (b *board) pressed(key string) (tea.Model, tea.Cmd) {
	if key == "ctrl+c" || key == "q" && !b.helping {
		return b.stop()
	}
	if b.busy {
		return b, nil
	}
	if b.helping {
		b.helping = false
		return b, nil
	}
	b.note = ""
	rows := b.Look.rows(b.Game)
	table := b.Table // as it is now: the window may have another size while a move is made
	switch key {
	case "?":
		b.helping = true
	case "ctrl+z":
		return b, tea.Suspend
	case "up", "k":
		b.step(rows, -1)
	case "down", "j", "tab":
		b.step(rows, 1)
	case "enter", "space", "f":
		if b.selected < len(rows) {
			who := rows[b.selected].key
			return b.make(func(ctx context.Context) (string, error) { return "", table.move(ctx, who, key == "f") })
		}
		b.note = "This is the end. Take moves back, begin again, or stop."
	case "h":
		return b.make(table.hint)
	case "b", "backspace", "left":
		return b.make(func(context.Context) (string, error) { return "", table.back("") })
	case "n":
		b.Game.Back(b.Game.Position().Made)
		b.selectMove()
	case "r":
		if b.replaying = b.Game.Position().End != nil; b.replaying {
			return b.stop()
		}
		b.note = "There is nothing to replay before the end."
	default:
		for i, r := range rows {
			if r.move >= 0 && r.key == key {
				b.selected = i
			}
		}
	}
	return b, nil
}

// make makes a move beside the screen: a program may take its time. f does not look at b.
func (b *board) make(f func(context.Context) (string, error)) (tea.Model, tea.Cmd) {
	b.before = b.lines()
	b.busy = true
	return b, func() tea.Msg {
		b.moving.Lock()
		defer b.moving.Unlock()
		if b.ctx.Err() != nil { // the screen is gone already
			return moved{err: b.ctx.Err()}
		}
		note, err := f(b.ctx)
		return moved{note, err}
	}
}

// step selects the next row, or the one before, that is a move.
func (b *board) step(rows []row, by int) {
	for i := b.selected + by; i >= 0 && i < len(rows); i += by {
		if rows[i].move >= 0 {
			b.selected = i
			return
		}
	}
}

// selectMove selects the move that the scheduler would make by itself.
func (b *board) selectMove() { b.selected = usual(b.Look.rows(b.Game), b.Game.Position()) }

// usual is the row of the move that the scheduler would make by itself: whoever went last
// goes on.
func usual(rows []row, p game.Position) int {
	selected := 0
	for i, r := range rows {
		if r.move >= 0 && (rows[selected].move < 0 || r.name == string(p.Last) && rows[selected].name != r.name) {
			selected = i
		}
	}
	return selected
}

// View is bubbletea's.
func (b *board) View() tea.View {
	v := tea.NewView(strings.Join(b.lines(), "\n"))
	v.AltScreen = true
	v.WindowTitle = "racelab play " + b.Game.Exercise
	return v
}

// leastRows is how many rows of the table are shown before what stands around it.
const leastRows = 5

// lines are all of the screen. The keys are on it, however few lines it has.
func (b *board) lines() []string {
	l := b.Look
	switch {
	case b.busy:
		return b.before
	case b.helping:
		return b.help()
	}
	p := b.Game.Position()
	head := append(append([]string{l.title(b.Game), ""}, b.above(p)...), "")
	foot := []string{"", l.Palette.Dim(terminal.Cut(b.keys(p), l.Width))}
	if b.note != "" {
		foot = append(l.wrap(b.note, ""), foot...)
	}
	if p.End != nil {
		end, room := l.ended(b.Game), l.Height-len(foot)
		if len(head)+len(end) > room {
			head = head[:1]
		}
		return append(append(head, end[:max(1, min(len(end), room-len(head)))]...), foot...)
	}
	rows := l.rows(b.Game)
	below := append(l.legend(p), l.locks(p)...)
	below = below[:min(len(below), maxBelow)]
	room := l.Height - len(head) - len(foot) - len(below)
	if room < min(len(rows), leastRows) {
		head, below, room = head[:1], nil, l.Height-1-len(foot)
	}
	source := l.source(p, rows, b.selected, min(maxSource, room-len(rows)))
	out := append(head, around(l.table(rows, b.selected), b.selected, max(1, room-len(source)))...)
	return append(append(append(out, below...), source...), foot...)
}

// above is what stands above the table: what the game is about, then the way so far.
func (b *board) above(p game.Position) []string {
	room := max(1, b.Look.Height/6)
	switch {
	case p.End != nil && p.Made > 0:
		return b.Look.trail(b.Game, 2*room)
	case p.Made > 0:
		return b.Look.trail(b.Game, room)
	}
	goal := b.Look.goal(b.Game.Known)
	return goal[:min(len(goal), 2*room)]
}

// keys are those of a position, with as many words as there is room for.
func (b *board) keys(p game.Position) string {
	lines := []string{
		"↑↓ choose   enter step   f as far as it can   b back   h hint   ? help   q quit",
		"↑↓  enter  f far  b back  h hint  ? help  q", "enter f b h  ? help  q",
	}
	if p.End != nil {
		lines = []string{
			"r replay   b back   n again   h hint   ? help   q quit",
			"r replay  b back  n again  ? help  q", "r b n h  ? help  q",
		}
	}
	for _, line := range lines {
		if terminal.Width(line) <= b.Look.Width {
			return line
		}
	}
	return "?  q"
}

// help is what the keys do, what the screen shows and what the game is about: as much of it
// as there is room for.
func (b *board) help() []string {
	l := b.Look
	out := []string{l.Palette.Bold("You are the scheduler"), ""}
	const keys = 20
	for _, h := range keyHelp {
		out = append(out, l.hang(terminal.Pad("  "+h[0], keys), h[1])...)
	}
	out = append(append(out, ""), l.wrap(strings.Join(screenHelp, " "), "")...)
	out = append(append(out, ""), l.goal(b.Game.Known)...)
	if room := max(1, l.Height-2); len(out) > room {
		out = out[:room]
	}
	return append(out, "", l.Palette.Dim(terminal.Cut("any key goes back to the game", l.Width)))
}
