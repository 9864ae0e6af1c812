package menu

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A screen is the model of bubbletea's: the list, and where somebody is in it.
type screen struct {
	List
	selected int // index of a row
	note     string
	typed    string // digits of a number that is being typed
	helping  bool

	finding bool
	query   string
	before  int // what was selected when finding began

	gone   bool
	chosen *Choice
}

func newScreen(l List) *screen {
	s := &screen{List: l, selected: max(0, min(l.Selected, len(l.Rows)-1)), note: l.Note}
	s.Look.Width = width(s.Look.Width)
	return s
}

// Init is bubbletea's.
func (s *screen) Init() tea.Cmd { return nil }

// Update is bubbletea's.
func (s *screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.Look.Width, s.Look.Height = width(msg.Width), msg.Height
	case ended:
		return s.leave()
	case tea.PasteMsg:
		if s.finding {
			s.search(s.query + msg.Content)
		}
	case tea.KeyPressMsg:
		return s.pressed(msg)
	}
	return s, nil
}

// View is bubbletea's. What is left of the screen when it has gone is nothing.
func (s *screen) View() tea.View {
	v := tea.NewView(strings.Join(s.lines(), "\n"))
	v.AltScreen = true
	v.WindowTitle = "racelab"
	return v
}

func (s *screen) leave() (tea.Model, tea.Cmd) {
	s.gone = true
	return s, tea.Quit
}

func (s *screen) pressed(msg tea.KeyPressMsg) (tea.Model, tea.Cmd) {
	key := msg.String()
	switch {
	case key == "ctrl+c":
		return s.leave()
	case key == "ctrl+z":
		return s, tea.Suspend
	case s.helping:
		s.helping = false
		return s, nil
	case s.finding:
		s.find(msg)
		return s, nil
	}
	s.note = ""
	if len(key) == 1 && key[0] >= '0' && key[0] <= '9' {
		s.number(key)
		return s, nil
	}
	s.typed = ""
	switch key {
	case "q", "esc":
		return s.leave()
	case "?":
		s.helping = true
	case "/":
		s.finding, s.query, s.before = true, "", s.selected
	default:
		if s.moved(key) {
			return s, nil
		}
		return s.command(key)
	}
	return s, nil
}

// moved moves in what is listed, if that is what a key is for.
func (s *screen) moved(key string) bool {
	rows := s.listed()
	if len(rows) == 0 {
		return false
	}
	at, page := max(0, slices.Index(rows, s.selected)), max(1, s.Look.Height/2)
	switch key {
	case "up", "k":
		at--
	case "down", "j":
		at++
	case "pgup":
		at -= page
	case "pgdown":
		at += page
	case "home", "g":
		at = 0
	case "end", "G":
		at = len(rows) - 1
	default:
		return false
	}
	s.selected = rows[max(0, min(at, len(rows)-1))]
	return true
}

// command ends the screen with the command that a key stands for. Space is as good as enter.
func (s *screen) command(key string) (tea.Model, tea.Cmd) {
	if key == "space" {
		key = "enter"
	}
	if k, ok := pressedOf(s.Keys, key); ok && len(s.Rows) > 0 {
		s.chosen = &Choice{Key: k, Row: s.selected}
		return s.leave()
	}
	return s, nil
}

// pressedOf is the one of keys that was pressed.
func pressedOf(keys []Key, pressed string) (k Key, ok bool) {
	for _, k := range keys {
		if k.Press == pressed || k.Also == pressed {
			return k, true
		}
	}
	return Key{}, false
}

// number selects the row of the number that is being typed: with 1 the first one, with 2
// after it the twelfth.
func (s *screen) number(digit string) {
	for _, typed := range []string{s.typed + digit, digit} {
		for i, r := range s.Rows {
			if fmt.Sprint(r.Number) == strings.TrimLeft(typed, "0") {
				s.typed, s.selected = typed, i
				return
			}
		}
	}
	if s.typed+digit != "0" {
		s.note = fmt.Sprintf("There is no number %s here.", s.typed+digit)
	}
	s.typed = digit
}

// find takes a key while somebody types what to look for.
func (s *screen) find(msg tea.KeyPressMsg) {
	switch key := msg.String(); key {
	case "enter":
		s.finding = false
	case "esc":
		s.finding, s.selected = false, s.before
	case "backspace":
		if s.query == "" {
			s.finding = false
			return
		}
		runes := []rune(s.query)
		s.search(string(runes[:len(runes)-1]))
	case "up", "down", "pgup", "pgdown", "home", "end":
		s.moved(key)
	default:
		s.search(s.query + msg.Text)
	}
}

func (s *screen) search(query string) {
	s.query = query
	if rows := s.listed(); len(rows) > 0 && !slices.Contains(rows, s.selected) {
		s.selected = rows[0]
	}
}

// listed are the rows that are shown: while somebody looks for something, those that have
// each of its words somewhere.
func (s *screen) listed() []int {
	var out []int
	words := strings.Fields(strings.ToLower(s.query))
	for i, r := range s.Rows {
		text := strings.ToLower(strings.Join([]string{r.ID, r.Title, r.Group, r.Status, r.About}, "\n"))
		if !s.finding || !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			out = append(out, i)
		}
	}
	return out
}
