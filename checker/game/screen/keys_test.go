package screen

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/internal/sim"

	tea "charm.land/bubbletea/v2"
)

// boardOf is a screen, as bubbletea drives it.
func boardOf(t *testing.T, p game.Program, k game.Known) *board {
	t.Helper()
	b := &board{Table: tableOf(t, p, k), ctx: t.Context(), cancel: func() {}}
	b.Init()
	return b
}

// press presses keys, and waits for what they lead to.
func press(t *testing.T, b *board, keys ...tea.KeyPressMsg) {
	t.Helper()
	for _, key := range keys {
		if _, cmd := b.Update(key); cmd != nil {
			if msg := cmd(); msg != nil {
				b.Update(msg)
			}
		}
	}
}

func letter(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

var (
	enter = tea.KeyPressMsg{Code: tea.KeyEnter}
	down  = tea.KeyPressMsg{Code: tea.KeyDown}
	up    = tea.KeyPressMsg{Code: tea.KeyUp}
)

func TestKeys(t *testing.T) {
	known := game.Known{Preemptions: &one, Failing: 3, Coverage: finding.Coverage{Schedules: 8}, Schedule: "TestAdd:a2b:6.0", Par: path("aabbba")}
	b := boardOf(t, sim.Counter(), known)
	screen := func() string { return strings.Join(b.lines(), "\n") + "\n" }
	golden(t, "testdata/screen-first.golden", screen())
	press(t, b, letter('?'))
	golden(t, "testdata/screen-help.golden", screen())
	press(t, b, letter('x'), enter) // back from the help; a reads
	press(t, b, down, enter)        // b begins
	golden(t, "testdata/screen-read.golden", screen())
	press(t, b, letter('1'), up, down, letter('f')) // b goes on, then a
	golden(t, "testdata/screen-lost.golden", screen())
	press(t, b, enter)
	if !strings.Contains(b.note, "This is the end") || b.Game.Position().End == nil {
		t.Errorf("at the end enter says %q", b.note)
	}
	if press(t, b, letter('h')); b.note != "it has failed already: take moves back, or begin again" {
		t.Errorf("at the end h says %q", b.note)
	}
	press(t, b, letter('b'), letter('r'))
	if b.Game.Position().Made != 2 || b.replaying || !strings.Contains(b.note, "before the end") {
		t.Errorf("after b and r: %d moves, replaying %t, %q", b.Game.Position().Made, b.replaying, b.note)
	}
	if _, cmd := b.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl}); cmd == nil || cmd() != (tea.SuspendMsg{}) {
		t.Error("ctrl+z does not put the game aside")
	}
	press(t, b, letter('n'), letter('b'))
	if b.Game.Position().Made != 0 || !strings.Contains(b.note, "no more to take back than 0 moves") {
		t.Errorf("after n and b: %d moves, %q", b.Game.Position().Made, b.note)
	}
	press(t, b, letter('h'), letter('h'), letter('h'), letter('h'), letter('r'))
	if left := strings.Join(b.left(), "\n"); !strings.Contains(left, "racelab replay 01 TestAdd::6.0.0000") {
		t.Errorf("left behind: %s", left)
	}
	if !b.quit || !b.replaying {
		t.Errorf("replay is asked for at the end: quit %t, replaying %t\n%s", b.quit, b.replaying, screen())
	}
}

// However small the screen, what can be chosen is on it, in as many columns as there are.
func TestSmallScreens(t *testing.T) {
	add := []sim.Op{{Do: finding.OpRead, Object: "a rather long name of a variable", Line: 4}, {Do: finding.OpWrite, Object: "sum", Line: 4}}
	for _, n := range []int{2, 20} {
		p := &sim.Program{}
		for range n {
			p.Goroutines = append(p.Goroutines, add)
		}
		for _, size := range []tea.WindowSizeMsg{{Width: 20, Height: 6}, {Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 300, Height: 80}} {
			b := boardOf(t, p, game.Known{})
			b.Update(size)
			for range n - 1 {
				press(t, b, down)
			}
			lines := b.lines()
			marked := false
			for _, line := range lines {
				marked = marked || strings.HasPrefix(line, "> ")
				if utf8.RuneCountInString(line) > size.Width {
					t.Errorf("%v: %s", size, line)
				}
			}
			if !strings.HasSuffix(lines[len(lines)-1], "q") && !strings.HasSuffix(lines[len(lines)-1], "quit") {
				t.Errorf("%v: the last line is %q", size, lines[len(lines)-1])
			}
			press(t, b, letter('?'))
			if help := b.lines(); len(help) > max(size.Height, 3) || !strings.HasPrefix(help[len(help)-1], "any key goes back") {
				t.Errorf("%v: %d lines of help\n%s", size, len(help), strings.Join(help, "\n"))
			}
			if !marked || len(lines) > size.Height {
				t.Errorf("%v, %d goroutines: %d lines\n%s", size, n, len(lines), strings.Join(lines, "\n"))
			}
		}
	}
}

// The end of a game, with what is wrong, fits as well.
func TestEndOnSmallScreens(t *testing.T) {
	for height := 6; height <= 24; height++ {
		b := boardOf(t, sim.Counter(), game.Known{Preemptions: &one, Par: path("aabbba")})
		b.Update(tea.WindowSizeMsg{Width: 40, Height: height})
		press(t, b, letter('h'), letter('h'), letter('h'), letter('h'), enter)
		lines := b.lines()
		if !b.Game.Position().End.Failed() || len(lines) > height || !strings.Contains(strings.Join(lines, "\n"), "It fails") || !strings.HasPrefix(lines[len(lines)-1], "r replay") {
			t.Errorf("%d lines at a height of %d:\n%s", len(lines), height, strings.Join(lines, "\n"))
		}
	}
}

// Nobody looks at the game while a move is being made: the screen is as before, of another
// size or not.
func TestScreenDuringMove(t *testing.T) {
	b := boardOf(t, sim.Counter(), game.Known{})
	for i, key := range []tea.KeyPressMsg{enter, letter('f'), letter('b')} {
		before := strings.Join(b.lines(), "\n")
		_, move := b.Update(key)
		done := make(chan tea.Msg)
		go func() { done <- move() }()
		b.Update(tea.WindowSizeMsg{Width: 60 + i, Height: 20})
		if during := strings.Join(b.lines(), "\n"); during != before { // with -race also whether it looked
			t.Errorf("while %s makes a move the screen is\n%s", key, during)
		}
		if b.Update(<-done); strings.Join(b.lines(), "\n") == before {
			t.Errorf("after %s the screen is as before", key)
		}
	}
	if made := b.Game.Position().Made; made == 0 {
		t.Error("no move was made")
	}
}

// Whoever gives up hears what exploring knows.
func TestGivingUp(t *testing.T) {
	for want, k := range map[string]game.Known{
		"with 1 preemption:\n  racelab replay 01 TestAdd:a2b:6.0": {Preemptions: &one, Schedule: "TestAdd:a2b:6.0", Par: path("aabbba")},
		"has not found an order that fails either: 8 schedules":   {Coverage: finding.Coverage{Schedules: 8}},
	} {
		if left := strings.Join(boardOf(t, sim.Counter(), k).left(), "\n"); !strings.Contains(left, want) {
			t.Errorf("%q is not left behind in\n%s", want, left)
		}
	}
}

// A fault ends the game; keys that come while a move is made are left out.
func TestFaults(t *testing.T) {
	b := boardOf(t, sim.Counter(), game.Known{})
	b.busy = true
	press(t, b, enter)
	if b.Game.Position().Made != 0 {
		t.Error("a move is made while another one is")
	}
	fault := errors.New("the cable is out")
	b.Update(moved{err: fault})
	if !b.quit || b.fault != fault {
		t.Errorf("quit %t, %v", b.quit, b.fault)
	}
}
