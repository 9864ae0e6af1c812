package menu

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/report/terminal"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew")

func keysOf(words ...string) []Key {
	var out []Key
	for _, w := range words {
		press, verb, _ := strings.Cut(w, " ")
		out = append(out, Key{
			Press: press, Word: verb, Purpose: "what " + verb + " is for",
			Command: func(r Row) string { return fmt.Sprintf("racelab %s %02d", verb, r.Number) },
		})
	}
	out[0].Also = "c"
	return out
}

// listOf is a list of n rows, three in each group; the first is done, the second failed.
func listOf(n, selected int) List {
	l := List{Selected: selected, Keys: keysOf("enter check", "w watch", "h hint", "e edit", "r replay", "p play", "d diff")}
	for i := range n {
		r := Row{
			Number: i + 1, ID: fmt.Sprintf("%02d-lesson-%c", i+1, 'a'+i%26), Title: fmt.Sprintf("The lesson of %c, which has a title", 'a'+i%26),
			Group: fmt.Sprintf("Part %d. Three of a kind", i/3+1),
			About: "Reading, changing and writing back is one step or it loses updates, and locking the reading and the writing separately does not make it one.",
		}
		switch i {
		case 0:
			r.Mark, r.Status, r.Facts = Done, "passed", "passed on 2026-11-30"
		case 1:
			r.Mark, r.Status, r.Facts = Failed, "5 of 10", "last check: 3 problems, 5 of 10 points; 1 of 3 hints seen"
		case 2:
			r.Status = "next"
		}
		l.Rows = append(l.Rows, r)
	}
	return l
}

func press(s *screen, keys ...string) {
	for _, k := range keys {
		s.Update(keyOf(k))
	}
}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "space": tea.KeySpace,
	"backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "tab": tea.KeyTab,
}

func keyOf(name string) tea.KeyPressMsg {
	if code, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if name == "ctrl+c" {
		return tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
	}
	r, _ := utf8.DecodeRuneInString(name)
	return tea.KeyPressMsg{Code: r, Text: name}
}

// What keys do: where they lead, and what comes out.
func TestKeys(t *testing.T) {
	for _, tt := range []struct {
		keys string
		want string // row, and the key that was chosen; "left" if there is none
	}{
		{"", "2"},
		{"enter", "2 check"},
		{"space", "2 check"},
		{"c", "2 check"},
		{"w", "2 watch"},
		{"down e", "3 edit"},
		{"j j k", "3"},
		{"up up up up up", "0"},
		{"end down", "11"},
		{"G r", "11 replay"},
		{"G g p", "0 play"},
		{"home pgdown", "6"}, // half a screen of 12 lines
		{"d", "2 diff"},
		{"x tab", "2"},
		{"q", "2 left"},
		{"esc", "2 left"},
		{"ctrl+c", "2 left"},
		// By number.
		{"6", "5"},
		{"0 6", "5"},
		{"1 2", "11"},
		{"1 j 2", "1"},
		{"1 2 3", "2"},
		{"7 7", "6"},
		{"9 9 9 h", "8 hint"},
		{"1 1 enter", "10 check"},
		// By a word.
		{"/ - b enter", "1"},
		{"/ - b enter enter", "1 check"},
		{"/ L E S S O N space b esc", "2"},
		{"/ p a s s e d enter w", "0 watch"},
		{"/ - b backspace c down enter", "2"},
		{"/ o f space c , enter h", "2 hint"},
		{"/ backspace q", "2 left"},
		{"/ q enter", "2"},
		{"/ ctrl+c", "2 left"},
		// Help says what keys do, and does nothing else.
		{"? w", "2"},
		{"? ctrl+c", "2 left"},
		{"? x w", "2 watch"},
	} {
		l := listOf(12, 2)
		l.Look.Height = 12
		s := newScreen(l)
		for _, k := range strings.Fields(tt.keys) {
			if s.gone {
				t.Errorf("%s: gone before %s", tt.keys, k)
			}
			if k == "space" {
				s.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
				continue
			}
			press(s, k)
		}
		got := fmt.Sprint(s.selected)
		switch {
		case s.chosen != nil:
			got = fmt.Sprint(s.chosen.Row, " ", s.chosen.Key.Word)
		case s.gone:
			got += " left"
		}
		if got != tt.want {
			t.Errorf("%q: %s, want %s", tt.keys, got, tt.want)
		}
	}
}

func TestNumberThatIsNotThere(t *testing.T) {
	s := newScreen(listOf(5, 0))
	press(s, "7")
	if !strings.Contains(strings.Join(s.lines(), "\n"), "There is no number 7 here.") {
		t.Errorf("got %q", s.note)
	}
	press(s, "down")
	if s.note != "" {
		t.Errorf("after another key: %q", s.note)
	}
}

func TestFromOutside(t *testing.T) {
	s := newScreen(listOf(5, 0))
	press(s, "/")
	s.Update(tea.PasteMsg{Content: "04-lesson"})
	if s.selected != 3 {
		t.Errorf("a paste selects %d", s.selected)
	}
	s.Update(ended{})
	if !s.gone || s.chosen != nil || len(s.lines()) != 0 {
		t.Error("it does not end when nobody waits any more")
	}
}

// Ctrl-Z puts a screen aside, whatever is being done on it.
func TestAside(t *testing.T) {
	finding := newScreen(listOf(5, 0))
	press(finding, "/")
	for name, m := range map[string]tea.Model{"list": newScreen(listOf(5, 0)), "finding": finding, "prompt": &line{}} {
		_, cmd := m.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})
		if cmd == nil {
			t.Errorf("%s: nothing happens", name)
		} else if _, ok := cmd().(tea.SuspendMsg); !ok {
			t.Errorf("%s: it is not put aside", name)
		}
	}
}

// An empty list has nothing to run, and nothing to fail on.
func TestEmpty(t *testing.T) {
	s := newScreen(List{Keys: keysOf("enter check")})
	press(s, "down", "enter", "1", "/", "x", "enter", "?", "x", "G")
	if s.chosen != nil || s.gone || len(s.lines()) == 0 {
		t.Errorf("chosen %v, gone %t", s.chosen, s.gone)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got (go test ./cmd/racelab/menu -update writes it anew)\n%s", diff)
	}
}

func TestView(t *testing.T) {
	for _, tt := range []struct {
		name          string
		rows          int
		width, height int
		keys          string
		palette       terminal.Palette
	}{
		{"80x24", 10, 80, 24, "", terminal.Palette{}},
		{"60x24", 10, 60, 24, "up", terminal.Palette{}},
		{"40x10", 10, 40, 10, "up", terminal.Palette{}},
		{"80x24-many", 40, 80, 24, "2 9", terminal.Palette{}},
		{"80x24-find", 10, 80, 24, "/ - d", terminal.Palette{}},
		{"60x24-none", 10, 60, 24, "/ x y z", terminal.Palette{}},
		{"80x24-help", 10, 80, 24, "?", terminal.Palette{}},
		{"40x10-help", 10, 40, 10, "?", terminal.Palette{}},
		{"80x24-colour", 10, 80, 24, "", terminal.Palette{On: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := listOf(tt.rows, 2)
			l.Look.Palette = tt.palette
			s := newScreen(l)
			s.Update(tea.WindowSizeMsg{Width: tt.width, Height: tt.height})
			press(s, strings.Fields(tt.keys)...)
			golden(t, tt.name, strings.Join(s.lines(), "\n")+"\n")
		})
	}
}

// However small the screen, the selected row is on it, and nothing is longer or wider.
func TestSmallScreens(t *testing.T) {
	for _, width := range []int{20, 33, 40, 60, 80, 200} {
		for height := range 40 {
			for _, selected := range []int{0, 1, 12, 29} {
				s := newScreen(listOf(30, selected))
				s.Update(tea.WindowSizeMsg{Width: width, Height: height})
				lines, marked := s.lines(), false
				for _, line := range lines {
					marked = marked || strings.HasPrefix(line, "> ")
					if n := utf8.RuneCountInString(line); n > width {
						t.Errorf("%d×%d: %d columns: %s", width, height, n, line)
					}
				}
				if !marked || height > 0 && len(lines) > max(3, height) {
					t.Errorf("%d×%d, %d selected: %d lines\n%s", width, height, selected, len(lines), strings.Join(lines, "\n"))
				}
				press(s, "?")
				if n := len(s.lines()); height > 0 && n > height {
					t.Errorf("%d×%d: the help has %d lines", width, height, n)
				}
			}
		}
	}
}

func TestPrompt(t *testing.T) {
	for _, tt := range []struct{ keys, want string }{
		{"", "waits"},
		{"enter", "list"},
		{"space", "list"},
		{"esc", "list"},
		{"c", "list"},
		{"x 1 down h", "hint"},
		{"q", "quit"},
		{"ctrl+c", "left"},
	} {
		l := &line{Prompt: Prompt{Keys: keysOf("enter list", "h hint", "q quit")}}
		for _, k := range strings.Fields(tt.keys) {
			l.Update(keyOf(k))
		}
		got := "waits"
		switch {
		case l.chosen != nil:
			got = l.chosen.Word
		case l.gone:
			got = "left"
		}
		if got != tt.want {
			t.Errorf("%q: %s, want %s", tt.keys, got, tt.want)
		}
		if l.gone != (l.View().Content == "") {
			t.Errorf("%q: the line shows %q", tt.keys, l.View().Content)
		}
	}
}

func TestKeyLines(t *testing.T) {
	keys := words(keysOf("enter check", "h hint", "e edit", "? help", "q quit"))
	for _, tt := range []struct {
		width, rows int
		want        string
	}{
		{80, 1, "enter check  h hint  e edit  ? help  q quit"},
		{40, 2, "enter check  h hint  e edit  ? help\nq quit"},
		{40, 1, "enter check  h e  ? help  q quit"},
		{25, 1, "enter check  h e ? q"},
		{16, 1, "enter h e ? q"},
		{10, 1, "enter"},
	} {
		if got := strings.Join(keyLines(keys, tt.width, tt.rows), "\n"); got != tt.want {
			t.Errorf("in %d columns: %q, want %q", tt.width, got, tt.want)
		}
	}
}
