package explored

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
	"racelab/checker/schedule"

	"github.com/google/go-cmp/cmp"
)

// gameTest is right for 2.
const gameTest = `func TestRun(t *testing.T) {
	if got := queue.Run(); got != 2 {
		t.Error(fmt.Sprint(got))
	}
}
`

// games are programs that fail in some orders, each in a way of its own.
var games = map[string]struct {
	imports, body string
	kind          finding.Kind
}{
	"a sum is wrong": {"sync", `	var mu sync.Mutex
	var wg sync.WaitGroup
	sum := 0
	for range 2 {
		wg.Go(func() {
			mu.Lock()
			old := sum
			mu.Unlock()
			mu.Lock()
			sum = old + 1
			mu.Unlock()
		})
	}
	wg.Wait()
	return sum`, finding.WrongResult},
	"two locks, both ways": {"sync", `	var a, b sync.Mutex
	var wg sync.WaitGroup
	both := func(first, second *sync.Mutex) {
		first.Lock()
		second.Lock()
		second.Unlock()
		first.Unlock()
	}
	wg.Go(func() { both(&a, &b) })
	wg.Go(func() { both(&b, &a) })
	wg.Wait()
	return 2`, finding.Deadlock},
	"a select may take either": {"", `	a, b := make(chan int, 1), make(chan int, 1)
	a <- 2
	b <- 3
	select {
	case n := <-a:
		return n
	case n := <-b:
		return n
	}`, finding.WrongResult},
	"a timer comes first": {"time", `	done := make(chan int, 1)
	go func() { done <- 2 }()
	select {
	case n := <-done:
		return n
	case <-time.After(time.Millisecond):
		return 3
	}`, finding.WrongResult},
}

// explorerOf builds a program, and finds the simplest schedule in which it fails.
func explorerOf(t *testing.T, imports, body string) (Explorer, finding.Finding) {
	t.Helper()
	ex := fixture.Exercise(gameTest)
	x := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: fixture.Build(t, ex, fixture.Submit(ex, fixture.Source(imports, body)))}
	shown, err := x.Survey(t.Context(), x.Program.Tests, false)
	if err != nil || len(shown.Findings) == 0 || shown.Findings[0].Evidence.Schedule == "" {
		t.Fatal(shown, err)
	}
	return x, shown.Findings[0]
}

// begin begins a game whose par is the schedule of a finding.
func begin(t *testing.T, x Explorer, f finding.Finding, every bool) *game.Game {
	t.Helper()
	asked, err := schedule.Parse(f.Evidence.Schedule)
	if err != nil {
		t.Fatal(err)
	}
	b, err := x.Board(asked.Test, asked.Luck)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	par, err := b.Path(t.Context(), asked)
	if err != nil {
		t.Fatal(err)
	}
	g, err := game.Begin(t.Context(), b, game.Known{Exercise: x.Exercise.ID, Test: asked.Test, Preemptions: f.Evidence.Preemptions, Par: par}, every)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Whoever follows the hints plays the schedule that was found, step by step, to the same
// failure; and what is said to replay it does.
func TestHintsLeadToTheFailure(t *testing.T) {
	for name, tt := range games {
		t.Run(name, func(t *testing.T) {
			x, f := explorerOf(t, tt.imports, tt.body)
			if f.Kind != tt.kind {
				t.Fatalf("it fails by %s", f.Kind)
			}
			for _, every := range []bool{false, true} {
				g := begin(t, x, f, every)
				for g.Position().End == nil {
					h, ok := g.Hint()
					if !ok || h.Back != 0 {
						t.Fatalf("every %t: a hint is %v, %t after %d moves", every, h, ok, g.Position().Made)
					}
					if err := g.Follow(t.Context(), h); err != nil {
						t.Fatal(err)
					}
				}
				end := g.Position().End
				if end.Replay.Schedule != f.Evidence.Schedule {
					t.Errorf("every %t: played %s, want %s", every, end.Replay.Schedule, f.Evidence.Schedule)
				}
				if !end.Failed() || end.Findings[0].Kind != tt.kind || g.Position().Preemptions != *f.Evidence.Preemptions {
					t.Errorf("every %t: %d preemptions, %v", every, g.Position().Preemptions, end.Findings)
				}
			}
		})
	}
}

// However it is played: what is offered can be done, what was taken back and played again
// comes to the same place, and the schedule of an end leads to it.
func TestGamesAreDetermined(t *testing.T) {
	for name, tt := range games {
		t.Run(name, func(t *testing.T) {
			x, f := explorerOf(t, tt.imports, tt.body)
			random := rand.New(rand.NewPCG(1, 2))
			for round := range 6 {
				walk(t, x, begin(t, x, f, round%2 == 0), random)
			}
		})
	}
}

func walk(t *testing.T, x Explorer, g *game.Game, random *rand.Rand) {
	t.Helper()
	play := func(c game.Choice, far bool) string {
		if err := g.Play(t.Context(), c, far); err != nil {
			t.Fatalf("%v is offered: %v", c, err)
		}
		return asJSON(t, g.Position())
	}
	for g.Position().End == nil {
		here := asJSON(t, g.Position())
		moves := g.Position().Moves
		if len(moves) < 2 {
			t.Fatalf("no choice: %s", here)
		}
		led := map[game.Choice]string{}
		for _, m := range moves {
			led[m.Choice] = play(m.Choice, false)
			g.Back(1)
		}
		c, far := moves[random.IntN(len(moves))].Choice, random.IntN(3) == 0
		if to := play(c, far); !far && to != led[c] {
			t.Fatalf("%v leads elsewhere the second time:\n%s", c, cmp.Diff(led[c], to))
		}
		if !g.Back(1) || asJSON(t, g.Position()) != here {
			t.Fatal("to take back a move leads elsewhere")
		}
		play(c, far)
	}
	end := g.Position().End
	asked, err := schedule.Parse(end.Replay.Schedule)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := x.Replay(t.Context(), asked)
	if err != nil || again.Diverged != nil || again.Undetermined {
		t.Fatal(again, err)
	}
	if diff := cmp.Diff(end.Replay, again); diff != "" {
		t.Errorf("the schedule of the end leads elsewhere: -end +replay\n%s", diff)
	}
}

func asJSON(t *testing.T, p game.Position) string {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestMovesThatCannotBeMade(t *testing.T) {
	tt := games["two locks, both ways"]
	x, f := explorerOf(t, tt.imports, tt.body)
	g := begin(t, x, f, false)
	before := g.Position().Moves
	if err := g.Play(t.Context(), game.Choice{Goroutine: "z"}, false); !errors.Is(err, game.ErrMove) {
		t.Error(err)
	}
	if g.Back(1) || !slices.Equal(before, g.Position().Moves) {
		t.Error("the first position is left")
	}
	if _, err := x.Board("TestNone", 0); !errors.Is(err, ErrSchedule) {
		t.Error(err)
	}
}

// A move that makes the program hang is not made, and another one can be.
func TestAMoveThatHangs(t *testing.T) {
	ex := fixture.Exercise(gameTest)
	src := fixture.Source("sync", `	var mu sync.Mutex
	var wg sync.WaitGroup
	first := 0
	go1 := func(me int) {
		mu.Lock()
		if first == 0 {
			first = me
		}
		mu.Unlock()
		for me == 1 && first == 2 {
		}
	}
	wg.Go(func() { go1(1) })
	wg.Go(func() { go1(2) })
	wg.Wait()
	return 2`)
	x := Explorer{
		Sandbox: sandbox.Limited{}, Exercise: ex, Program: fixture.Build(t, ex, fixture.Submit(ex, src)),
		Limits: Limits{Patience: 200 * time.Millisecond},
	}
	b, err := x.Board("TestRun", 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	g, err := game.Begin(t.Context(), b, game.Known{}, false)
	if err != nil {
		t.Fatal(err)
	}
	play := func(names ...finding.GoroutineName) error { // whoever of them can go on first
		can := func(name finding.GoroutineName) bool {
			return slices.ContainsFunc(g.Position().Moves, func(m game.Move) bool { return m.Goroutine == name })
		}
		return g.Play(t.Context(), game.Choice{Goroutine: names[slices.IndexFunc(names, can)]}, false)
	}
	for err == nil && g.Position().End == nil {
		before := asJSON(t, g.Position())
		if err = play("c", "a", "b"); err != nil && asJSON(t, g.Position()) != before {
			t.Errorf("after the move it stands at %s, not at %s", asJSON(t, g.Position()), before)
		}
	}
	if !errors.Is(err, game.ErrNoEnd) {
		t.Fatalf("b after c: %v", err)
	}
	for g.Back(g.Position().Made); g.Position().End == nil; {
		if err := play("b", "a", "c"); err != nil {
			t.Fatalf("c after b: %v", err)
		}
	}
	if g.Position().End.Failed() {
		t.Errorf("c after b: %v", g.Position().End.Findings)
	}
}
