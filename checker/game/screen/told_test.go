package screen

import (
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/internal/sim"
)

// Whoever writes what it has worked out from an old value undoes what others have written
// since: before it does, and after.
func TestLostUpdatesAreTold(t *testing.T) {
	b := boardOf(t, sim.Counter(), game.Known{})
	screen := func() string { return strings.Join(b.lines(), "\n") }
	press(t, b, letter('1'), enter, letter('2'), enter, enter) // both have read
	if text := screen(); !strings.Contains(text, "write sum, has read 0") || strings.Contains(text, "now") {
		t.Errorf("nobody has written yet:\n%s", text)
	}
	press(t, b, letter('2'), enter)
	if text := screen(); !strings.Contains(text, "It fails") || !strings.Contains(text, "sum: 1 (read 0, but it was 1)") {
		t.Errorf("a has undone what b did:\n%s", text)
	}
	long := sim.Counter()
	long.Goroutines[1] = append(long.Goroutines[1][:3:3], sim.Op{Do: finding.OpSend, Object: "done", Line: 4})
	b = boardOf(t, long, game.Known{})
	press(t, b, letter('1'), enter, letter('2'), enter, enter, enter)
	if text := screen(); !strings.Contains(text, "» write sum, has read 0, now 1") {
		t.Errorf("b has written:\n%s", text)
	}
}

// However long one turn is, its last steps are told; and however many turns there are.
func TestLongTrails(t *testing.T) {
	var long []sim.Op
	for range 60 {
		long = append(long, sim.Op{Do: finding.OpSend, Object: "jobs", Line: 3}, sim.Op{Do: finding.OpSend, Object: "done", Line: 3})
	}
	for name, moves := range map[string]string{"one turn": "far a\n", "many": strings.Repeat("a\nb\n", 50)} {
		table := tableOf(t, &sim.Program{Goroutines: [][]sim.Op{long, long}}, game.Known{})
		if err := table.Lines(t.Context(), strings.NewReader(moves), io.Discard, true); err != nil {
			t.Fatal(err)
		}
		table.Game.Back(1)
		if name == "one turn" { // as far as there is a choice
			if err := table.Game.Play(t.Context(), game.Choice{Goroutine: "a"}, true); err != nil {
				t.Fatal(err)
			}
		}
		for lines := 1; lines < 5; lines++ {
			trail := table.Look.trail(table.Game, lines)
			if len(trail) == 0 || len(trail) > lines || !strings.HasPrefix(trail[0], "  … ") || !strings.HasSuffix(trail[len(trail)-1], table.Game.Steps()[len(table.Game.Steps())-1].Object) {
				t.Errorf("%s: in %d lines %q", name, lines, trail)
			}
			for _, line := range trail {
				if utf8.RuneCountInString(line) > 80 {
					t.Errorf("%s: %d columns: %s", name, utf8.RuneCountInString(line), line)
				}
			}
		}
	}
}
