package menu

import (
	"context"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A Prompt is a line or two of keys below what a command has written.
type Prompt struct {
	Keys []Key
	Look Look
}

// Run waits for one of the keys. ok is false when somebody leaves with ctrl+c, or when ctx
// is done. The line is gone then; what stood above it stays.
func (p Prompt) Run(ctx context.Context, in io.Reader, out io.Writer) (k Key, ok bool, err error) {
	l := &line{Prompt: p}
	err = show(ctx, l, p.Look, in, out)
	if err != nil || l.chosen == nil {
		return Key{}, false, err
	}
	return *l.chosen, true, nil
}

// A line is the model of a Prompt.
type line struct {
	Prompt
	gone   bool
	chosen *Key
}

// Init is bubbletea's.
func (l *line) Init() tea.Cmd { return nil }

// Update is bubbletea's.
func (l *line) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.Look.Width = msg.Width
	case ended:
		l.gone = true
		return l, tea.Quit
	case tea.KeyPressMsg:
		return l.pressed(msg.String())
	}
	return l, nil
}

func (l *line) pressed(key string) (tea.Model, tea.Cmd) {
	switch key {
	case "ctrl+c":
		l.gone = true
		return l, tea.Quit
	case "ctrl+z":
		return l, tea.Suspend
	case "space", "esc":
		key = "enter"
	}
	if k, ok := pressedOf(l.Keys, key); ok {
		l.chosen, l.gone = &k, true
		return l, tea.Quit
	}
	return l, nil
}

// View is bubbletea's.
func (l *line) View() tea.View {
	if l.gone {
		return tea.NewView("")
	}
	lines := keyLines(words(l.Keys), width(l.Look.Width), 2)
	for i := range lines {
		lines[i] = l.Look.Palette.Dim(lines[i])
	}
	return tea.NewView(strings.Join(lines, "\n"))
}
