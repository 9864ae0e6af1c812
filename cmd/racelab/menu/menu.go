// Package menu is racelab's first screen: a list to move in, with keys that stand for
// commands, and the line of keys that stays below the output of a command.
//
// It knows no command and runs none. Rows and keys go in; the key that was pressed, and the
// row that it was pressed on, come out. Each key says which command line it stands for, and
// the screen shows that, so that one learns the commands.
package menu

import (
	"cmp"
	"context"
	"io"

	"racelab/checker/report/terminal"

	tea "charm.land/bubbletea/v2"
)

// A Row is one line of the list.
type Row struct {
	Number int
	ID     string // "06-overdraft"
	Title  string
	Group  string // the heading that it stands below
	Mark   Mark
	Status string // in a word or two
	About  string // in a sentence or two, shown of the selected row
	Facts  string // what is known of it, shown of the selected row
}

// A Mark says at a glance how far a row is.
type Mark int

// The marks of a row.
const (
	Open Mark = iota
	Failed
	Done
)

// A Key stands for a command.
type Key struct {
	Press   string // as bubbletea names it: "enter", "h"
	Also    string // another one that does the same
	Word    string // what it does, in a word
	Purpose string // what that is for, in a line
	// Command is the line that somebody would type in its place.
	Command func(Row) string
}

// A Look is how a screen looks. Its size is that of the terminal, once that is known.
type Look struct {
	Palette       terminal.Palette
	Width, Height int
}

// A List is what the first screen shows.
type List struct {
	Rows     []Row
	Keys     []Key // the first of them is what the screen is for
	Selected int   // index of the row to begin at
	Note     string
	Look     Look
}

// A Choice is a key that was pressed, and where.
type Choice struct {
	Key Key
	Row int // index of the row
}

// Run shows the list until a key is pressed that stands for a command. ok is false when
// somebody leaves, or when ctx is done.
func (l List) Run(ctx context.Context, in io.Reader, out io.Writer) (c Choice, ok bool, err error) {
	s := newScreen(l)
	err = show(ctx, s, l.Look, in, out)
	if err != nil || s.chosen == nil {
		return Choice{Row: s.selected}, false, err
	}
	return *s.chosen, true, nil
}

// show runs a model until it ends by itself, or ctx is done. The terminal is as it was then.
// The size of the look is for what does not say how large it is.
func show(ctx context.Context, m tea.Model, l Look, in io.Reader, out io.Writer) error {
	p := tea.NewProgram(m, tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler(),
		tea.WithWindowSize(width(l.Width), cmp.Or(l.Height, usualHeight)))
	// Not tea.WithContext, with which the last view would stay on the terminal.
	defer context.AfterFunc(ctx, func() { p.Send(ended{}) })()
	_, err := p.Run()
	return err
}

// ended is that nobody waits for a key any more.
type ended struct{}

// usualHeight is that of a terminal of which no other is known.
const usualHeight = 24

// width is that of a terminal for people: longer lines than 100 are hard to read.
func width(columns int) int { return max(20, min(cmp.Or(columns, 80), 100)) }

// Lines are what the screen shows at first.
func (l List) Lines() []string { return newScreen(l).lines() }
