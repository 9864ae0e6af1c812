package game_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/internal/sim"
)

// path is choices, a letter each.
func path(letters string) []game.Choice {
	var out []game.Choice
	for _, c := range letters {
		out = append(out, game.Choice{Goroutine: finding.GoroutineName(c)})
	}
	return out
}

func begin(t *testing.T, p game.Program, k game.Known, every bool) *game.Game {
	t.Helper()
	g, err := game.Begin(t.Context(), p, k, every)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// moves are what can be chosen: "a b".
func moves(p game.Position) string {
	var names []string
	for _, m := range p.Moves {
		names = append(names, string(m.Goroutine)+strings.Repeat("'", m.Case))
	}
	return strings.Join(names, " ")
}

func play(t *testing.T, g *game.Game, letters string) {
	t.Helper()
	for _, c := range path(letters) {
		if err := g.Play(t.Context(), c, false); err != nil {
			t.Fatalf("%s of %s, who could: %s: %v", c.Goroutine, letters, moves(g.Position()), err)
		}
	}
}

// Nobody is asked where one alone can go on, nor in the test's own code.
func TestWhatIsNoChoiceIsPlayed(t *testing.T) {
	g := begin(t, sim.Counter(), game.Known{}, false)
	p := g.Position()
	if moves(p) != "a b" || p.Choices() != 1 || len(p.Steps) != 1 || p.Last != "a" {
		t.Errorf("it begins at %+v", p)
	}
	play(t, g, "aa") // to the end of a: then b is alone
	if p = g.Position(); p.End == nil || p.End.Failed() || p.Made != 2 || p.Preemptions != 0 || len(g.Steps()) != 6 {
		t.Errorf("it ends at %+v", p)
	}

	g = begin(t, sim.Counter(), game.Known{}, true)
	if p := g.Position(); p.Choices() != 0 || moves(p) != "a b" {
		t.Errorf("with every choice it begins at %+v", p)
	}
}

func TestALostUpdate(t *testing.T) {
	g := begin(t, sim.Counter(), game.Known{}, false)
	play(t, g, "ab")
	if p := g.Position(); p.Moves[0].Step.Op != finding.OpWrite || !p.Moves[0].Preempts || p.Moves[1].Preempts || p.Preemptions != 1 {
		t.Errorf("a has read, and b begins: %+v", p.Moves)
	}
	play(t, g, "bb")
	p := g.Position()
	if !p.End.Failed() || p.Preemptions != 1 || p.End.Replay.Schedule == "" {
		t.Errorf("the end is %+v", p.End)
	}
	if err := g.Play(t.Context(), path("a")[0], false); !errors.Is(err, game.ErrMove) {
		t.Errorf("after the end: %v", err)
	}
	if !g.Back(3) || g.Back(2) || moves(g.Position()) != "a b" || g.Position().Made != 1 {
		t.Errorf("taken back to %+v", g.Position())
	}
}

// Who goes on as far as it can makes one move, and is not asked on the way.
func TestFar(t *testing.T) {
	g := begin(t, sim.Counter(), game.Known{}, false)
	if err := g.Play(t.Context(), path("b")[0], true); err != nil {
		t.Fatal(err)
	}
	if p := g.Position(); p.End == nil || p.End.Failed() || p.Made != 1 || p.Preemptions != 1 {
		t.Errorf("b, then a: %+v", p)
	}
	g = begin(t, sim.Locks(), game.Known{}, false)
	play(t, g, "a")
	if err := g.Play(t.Context(), path("b")[0], true); err != nil {
		t.Fatal(err)
	}
	if p := g.Position(); !p.End.Failed() || p.End.Findings[0].Kind != finding.Deadlock {
		t.Errorf("b goes on until it has to wait, and then a does: %+v", p)
	}
}

func TestHints(t *testing.T) {
	one := 1
	g := begin(t, sim.Counter(), game.Known{Preemptions: &one, Par: path("aabbba")}, false)
	play(t, g, "aa")
	h, ok := g.Hint()
	if !ok || h != (game.Hint{Back: 1, Choice: path("b")[0]}) {
		t.Fatalf("where the way was left it is %+v, %t", h, ok)
	}
	for g.Position().End == nil || !g.Position().End.Failed() {
		if h, ok = g.Hint(); !ok {
			t.Fatal("no hint")
		}
		if err := g.Follow(t.Context(), h); err != nil {
			t.Fatal(err)
		}
	}
	if p := g.Position(); p.Preemptions != 1 || g.Hints() != 3 {
		t.Errorf("%d hints lead to %+v", g.Hints(), p)
	}
	if _, ok := begin(t, sim.Counter(), game.Known{}, false).Hint(); ok {
		t.Error("a hint, and no schedule is known to fail")
	}
}

// Where the schedule that fails goes another way in the test's own code, one may as well.
func TestTheWayOfParIsOpen(t *testing.T) {
	g := begin(t, sim.Counter(), game.Known{Par: path("baabba")}, false)
	if p := g.Position(); p.Choices() != 0 || moves(p) != "a b" {
		t.Errorf("it begins at %+v", p)
	}
}

// A select is offered once for each case that it can take.
func TestCasesOfASelect(t *testing.T) {
	p := &sim.Program{Goroutines: [][]sim.Op{{{Do: finding.OpSelect, Line: 3, Cases: 4, Ready: []int{1, 3}}, {Do: finding.OpWrite, Line: 4}}}, Want: 1}
	g := begin(t, p, game.Known{}, false)
	if at := g.Position(); moves(at) != "a a'''" || at.Moves[1].Step.Value != "case 3" {
		t.Errorf("can be taken: %+v", at.Moves)
	}
	p.Goroutines[0][0].Ready = []int{2}
	if g = begin(t, p, game.Known{}, false); g.Position().End == nil {
		t.Errorf("asked, though there is one case: %+v", g.Position().Moves)
	}
}

func TestWhatNeverEnds(t *testing.T) {
	p := &sim.Program{Endless: true, Goroutines: [][]sim.Op{{{Do: "receive", Line: 7, Test: true}}, {{Do: "receive", Line: 7, Test: true}}}}
	g := begin(t, p, game.Known{}, false)
	if end := g.Position().End; end == nil || !end.Endless || end.Failed() {
		t.Errorf("the end is %+v", end)
	}
}

// hangs are two goroutines. Once b has read it never comes to its last operation.
func hangs() *sim.Program {
	p := sim.Counter()
	p.Goroutines[1] = append(slices.Clone(p.Goroutines[1][:2]), sim.Op{Do: finding.OpWrite, Object: "sum", Line: 3, Hangs: true})
	return p
}

// A move that never comes to its end is not made; whoever is asked before that may go
// elsewhere.
func TestAMoveThatHangs(t *testing.T) {
	g := begin(t, hangs(), game.Known{}, false)
	play(t, g, "bb")
	before := g.Position()
	if err := g.Play(t.Context(), path("b")[0], false); !errors.Is(err, game.ErrNoEnd) {
		t.Errorf("b goes on: %v", err)
	}
	if at := g.Position(); at.Made != before.Made || moves(at) != "a b" {
		t.Errorf("after that it stands at %+v", at)
	}
	play(t, g, "a")
	if _, err := game.Begin(t.Context(), &sim.Program{Goroutines: [][]sim.Op{{{Do: finding.OpRead, Line: 1, Hangs: true}}}}, game.Known{}, false); !errors.Is(err, game.ErrNoEnd) {
		t.Errorf("it hangs before anybody is asked: %v", err)
	}

	tree, err := game.Grow(t.Context(), hangs(), game.Known{}, false, 1000)
	if err != nil || tree.LeftOut == 0 || tree.LeftOut != leftOut(tree) {
		t.Errorf("%d of the moves of %d positions are left out, %v", tree.LeftOut, len(tree.Nodes), err)
	}
}

// Steps that were taken are told with the names that are known now.
func TestNamesThatBecomeKnown(t *testing.T) {
	g := begin(t, numbers{sim.Locks()}, game.Known{}, false)
	play(t, g, "ab")
	if first := g.Steps()[0].Object; first != "lock #1 of 2" {
		t.Errorf("the first lock is called %s", first)
	}
	g.Back(1)
	if first := g.Steps()[0].Object; first != "lock #1 of 1" {
		t.Errorf("after a move was taken back the first lock is called %s", first)
	}
}

// numbers calls all that a program operates on the same, and numbers what it has seen.
type numbers struct{ *sim.Program }

func (p numbers) Run(ctx context.Context, path []game.Choice, more int) (game.Run, error) {
	r, err := p.Program.Run(ctx, path, more)
	for i := range r.Interleaving.Steps {
		r.Interleaving.Steps[i].Object = fmt.Sprintf("lock #%d of %d", i+1, len(r.Interleaving.Steps))
	}
	return r, err
}

// A program that has failed is played to its end: nobody is asked any more.
func TestAfterAFailureNothingIsAsked(t *testing.T) {
	g := begin(t, failsEarly{sim.Counter()}, game.Known{}, false)
	play(t, g, "a")
	if p := g.Position(); !p.End.Failed() || len(g.Steps()) != 6 {
		t.Errorf("it goes on at %+v", p)
	}
}

// failsEarly fails at the first read.
type failsEarly struct{ *sim.Program }

func (p failsEarly) Run(ctx context.Context, path []game.Choice, more int) (game.Run, error) {
	r, err := p.Program.Run(ctx, path, more)
	if slices.ContainsFunc(r.Interleaving.Steps, func(s finding.Step) bool { return s.Op == finding.OpRead }) {
		r.Findings = []finding.Finding{{Kind: finding.DataRace}}
	}
	return r, err
}

// A tree has all orders where it may be as large as that, and each node is the position
// to which its moves lead.
func TestTree(t *testing.T) {
	one := 1
	known := game.Known{Preemptions: &one, Par: path("aabbba")}
	whole, err := game.Grow(t.Context(), sim.Counter(), known, false, 1000)
	if err != nil {
		t.Fatal(err)
	}
	failing := 0
	for i, n := range whole.Nodes {
		g := whole.At(i)
		if g.Position().Made != n.Made || len(n.Next) != len(n.Moves) || slices.Contains(n.Next, -1) {
			t.Errorf("node %d: %+v", i, n)
		}
		for move, next := range n.Next {
			again := begin(t, sim.Counter(), known, false)
			for _, m := range line(whole, next) {
				if err := again.Play(t.Context(), m, false); err != nil {
					t.Fatal(err)
				}
			}
			if want := whole.Nodes[next]; !slices.Equal(again.Position().Steps, want.Steps) || whole.Nodes[next].Parent != i {
				t.Errorf("move %d of node %d leads to %+v, not %+v", move, i, again.Position(), want)
			}
		}
		if n.End.Failed() {
			failing++
		}
	}
	if whole.LeftOut > 0 || failing == 0 || len(whole.Nodes) < 10 {
		t.Errorf("%d nodes, %d of them failures, %d moves left out", len(whole.Nodes), failing, whole.LeftOut)
	}

	if every, err := game.Grow(t.Context(), sim.Counter(), known, true, 1000); err != nil || len(every.Nodes) <= len(whole.Nodes) {
		t.Errorf("with every choice there are %d positions, %v", len(every.Nodes), err)
	}

	for most := 1; most < len(whole.Nodes); most++ {
		some, err := game.Grow(t.Context(), sim.Counter(), known, false, most)
		if err != nil || len(some.Nodes) > most || some.LeftOut != leftOut(some) || some.LeftOut == 0 {
			t.Errorf("at most %d: %d nodes, bound %d, %v", most, len(some.Nodes), some.Bound, err)
		}
		if most >= 5 && !slices.ContainsFunc(some.Nodes, func(n game.Node) bool { return n.End.Failed() }) {
			t.Errorf("at most %d: the schedule that fails is not among them", most)
		}
	}
}

func leftOut(t game.Tree) (n int) {
	for _, node := range t.Nodes {
		for _, next := range node.Next {
			if next < 0 {
				n++
			}
		}
	}
	return n
}

// line are the moves that lead to a node.
func line(t game.Tree, node int) []game.Choice {
	var out []game.Choice
	for at := t.Nodes[node].Parent; at >= 0; node, at = at, t.Nodes[at].Parent {
		out = append(out, t.Nodes[at].Moves[slices.Index(t.Nodes[at].Next, node)].Choice)
	}
	slices.Reverse(out)
	return out
}
