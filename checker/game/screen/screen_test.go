package screen

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/internal/sim"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew")

const bank = `package bank

func add() {
	sum++
}
`

const bankTest = `package bank_test

// TestNothing is another one.
func TestNothing(t *testing.T) {}

// Two add one each,
// and none of it is lost.
func TestAdd(t *testing.T) {
	<-start
	add()
}
`

func tableOf(t *testing.T, p game.Program, k game.Known) Table {
	t.Helper()
	k.Exercise, k.Test = "01-bank", "TestAdd"
	g, err := game.Begin(t.Context(), p, k, false)
	if err != nil {
		t.Fatal(err)
	}
	return Table{
		Game: g, Look: Look{Width: 80, Height: 24, Files: map[string][]byte{"bank.go": []byte(bank), "bank_test.go": []byte(bankTest)}, Replay: "racelab replay 01"},
		Ended: func(game.Position) {}, Show: func(game.End) error { return nil },
	}
}

func path(letters string) []game.Choice {
	var out []game.Choice
	for _, c := range letters {
		out = append(out, game.Choice{Goroutine: finding.GoroutineName(c)})
	}
	return out
}

var one, none = 1, 0

// sessions are games by lines: what is piped in, and what the goldens show.
var sessions = []struct {
	name    string
	program func() *sim.Program
	known   game.Known
	moves   string
	err     string // what it ends with, if it does not make sense
}{
	{"lost", sim.Counter, game.Known{Preemptions: &one, Failing: 3, Coverage: finding.Coverage{Schedules: 8}, Schedule: "TestAdd:a2b:6.0", Par: path("aabbba"), Racing: true}, "# first read\na\n2\nfar b\nreplay\nagain\nquit\nnever", ""},
	{"hints", sim.Counter, game.Known{Preemptions: &one, Failing: 3, Coverage: finding.Coverage{Schedules: 8}, Schedule: "TestAdd:a2b:6.0", Par: path("aabbba")}, "a\na\nhint\nhint\nhint\n", ""},
	{"right", sim.Counter, game.Known{Coverage: finding.Coverage{Schedules: 8, Complete: true, Bound: -1, Interleavings: 4}}, "far a\n", ""},
	{"deadlock", sim.Locks, game.Known{Preemptions: &none, Failing: 8, Coverage: finding.Coverage{Schedules: 8}}, "a\nb\n", ""},
	{"unknown", sim.Counter, game.Known{}, "a\nc\n", `line 2: not a move: "c" is not one who can go on, which is a, b`},
	{"no hint", sim.Counter, game.Known{}, "hint", "line 1: not a move: exploring knows of no order that fails"},
	{"too far back", sim.Counter, game.Known{}, "a\nback 2", "line 2: not a move: there is no more to take back than 1 move"},
	{"nothing to replay", sim.Counter, game.Known{}, "replay", "line 1: not a move: there is nothing to replay"},
	{"no number", sim.Counter, game.Known{}, "a\nback 0", `line 2: not a move: "0" is no number of moves`},
	{"far nobody", sim.Counter, game.Known{}, "far", "line 1: not a move: `far` needs the name of one who can go on, which is a, b"},
	{"rubbish", sim.Counter, game.Known{}, "\x1b[2J\u202e" + strings.Repeat("x", 999), `line 1: not a move: "\x1b[2J\u202exxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is not one`},
	{"too long", sim.Counter, game.Known{}, "a\n" + strings.Repeat("x", 99999), "line 2: not a move: it is too long"},
	{"after the end", sim.Counter, game.Known{}, "far a\na", "line 2: not a move: this is the end"},
}

func TestLines(t *testing.T) {
	for _, tt := range sessions {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			err := tableOf(t, tt.program(), tt.known).Lines(t.Context(), strings.NewReader(tt.moves), &out, true)
			if tt.err != "" {
				if !errors.Is(err, ErrCommand) || !strings.HasPrefix(err.Error(), tt.err) {
					t.Fatalf("%v, want %s", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
					t.Errorf("%d columns: %s", n, line)
				}
			}
			golden(t, filepath.Join("testdata", tt.name+".golden"), out.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
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
		t.Errorf("-want +got (go test ./checker/game/screen -update writes it anew)\n%s", diff)
	}
}

// Somebody who types is told what is no move, and goes on.
func TestLinesAtAPrompt(t *testing.T) {
	var out bytes.Buffer
	if err := tableOf(t, sim.Counter(), game.Known{}).Lines(t.Context(), strings.NewReader("c\nhelp\na\n"), &out, false); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(out.String(), "Who goes on? \n") {
		t.Error("what comes after the game stands behind the prompt")
	}
	for _, want := range []string{"Who goes on? \"c\" is not one who can go on", "far b", "1 move, 0 preemptions"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said in\n%s", want, out.String())
		}
	}
}

// A signal ends the game although nobody types.
func TestNobodyTypes(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped")
	table := tableOf(t, sim.Counter(), game.Known{})
	in, _ := io.Pipe()
	cancel(stopped)
	for name, play := range map[string]func() error{
		"lines": func() error { return table.Lines(ctx, in, io.Discard, false) },
		"JSON":  func() error { return table.JSON(ctx, in, io.Discard) },
		"keys": func() error {
			_, err := table.Keys(ctx, in, io.Discard)
			return err
		},
	} {
		if err := play(); !errors.Is(err, stopped) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A move that hangs is told, and the game goes on where it stood; where moves are piped in,
// it is an error.
func TestMovesThatHang(t *testing.T) {
	hangs := func() *sim.Program {
		p := sim.Counter()
		p.Goroutines[0] = []sim.Op{{Do: finding.OpRead, Object: "sum", Line: 3, Hangs: true}}
		return p
	}
	var out bytes.Buffer
	if err := tableOf(t, hangs(), game.Known{}).Lines(t.Context(), strings.NewReader("a\nb\n"), &out, false); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "That move is not made: it does not come to its end: a hangs.") || !strings.Contains(text, "1 move, 0") {
		t.Errorf("got\n%s", text)
	}
	if err := tableOf(t, hangs(), game.Known{}).Lines(t.Context(), strings.NewReader("a\nb\n"), &out, true); !errors.Is(err, game.ErrNoEnd) || !strings.HasPrefix(err.Error(), "line 1: ") {
		t.Error(err)
	}
	b := boardOf(t, hangs(), game.Known{})
	press(t, b, letter('1'), enter)
	if b.quit || b.Game.Position().Made != 0 || !strings.Contains(b.note, "a hangs") {
		t.Errorf("quit %t, %q", b.quit, b.note)
	}
}

// Ends are told, so that the best of them is kept.
func TestEndsAreTold(t *testing.T) {
	table := tableOf(t, sim.Counter(), game.Known{})
	var ends []bool
	table.Ended = func(p game.Position) { ends = append(ends, p.End.Failed()) }
	if err := table.Lines(t.Context(), strings.NewReader("far a\nback\na\nfar b"), &bytes.Buffer{}, true); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bool{false, true}, ends); diff != "" {
		t.Error(diff)
	}
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := tableOf(t, sim.Counter(), game.Known{}).JSON(t.Context(), strings.NewReader("a\nfar b\n"), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 || !strings.Contains(lines[0], `"test":"TestAdd"`) || !strings.Contains(lines[3], `"message":"the sum is 1, want 2"`) {
		t.Errorf("got\n%s", out.String())
	}
}
