package report

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/report/grid"
)

// Whatever is in an interleaving: with Full every step has its row, in order, in
// its goroutine's lane; without, a few remain, those with a mark among them.
func TestGridShowsAll(t *testing.T) {
	for seed := range uint64(300) {
		r := randomReplay(rand.New(rand.NewPCG(seed, 1)))
		g := newGrid(r.Interleaving.Steps, r.Interleaving.Left)
		next := 0
		for _, row := range g.Rows {
			for next < len(r.Interleaving.Steps) && !slices.Contains(g.Lanes, string(r.Interleaving.Steps[next].Goroutine)) {
				next++ // one that only ended
			}
			if row.Mark == grid.Waits || row.Lane == grid.NoLane {
				continue
			}
			s := r.Interleaving.Steps[next]
			// It is what comes after the last one that is wrong, where some are left.
			isLast := next == len(r.Interleaving.Steps)-1 && len(r.Interleaving.Left) > 0 && s.Why != ""
			if row.Number != s.Number || g.Lanes[row.Lane] != string(s.Goroutine) || !strings.HasPrefix(row.Text, string(s.Op)) || (row.Mark == grid.Wrong) != (s.Wrong && !isLast) {
				t.Fatalf("seed %d: row %+v for step %+v", seed, row, s)
			}
			next++
		}
		short := g.Shorten(moreRows)
		if n := len(short.Rows); n > len(g.Rows) || n > grid.Most+4+9*marked(g) {
			t.Errorf("seed %d: %d rows of %d", seed, n, len(g.Rows))
		}
		if marked(short) != marked(g) {
			t.Errorf("seed %d: %d marks of %d", seed, marked(short), marked(g))
		}
	}
}

// What is in the contract fits into the column of places.
func TestRowsOfTheContract(t *testing.T) {
	step := finding.Step{Goroutine: "a", Op: "receive", Location: hidden}
	g := newGrid([]finding.Step{step}, []finding.Waiting{{Goroutine: "a", Op: "receive", Location: hidden}})
	for _, row := range g.Rows {
		if lines := g.Layout(80).Lines(g, row); row.Place != "the scenario" || !strings.Contains(lines[0], " the scenario ") {
			t.Errorf("%+v: %q", row, lines)
		}
	}
}

// What a scenario calls is not folded away with what sets its stage.
func TestCallsAreNotTheTests(t *testing.T) {
	for op, want := range map[finding.Op]bool{finding.OpCall: false, finding.OpReturn: false, "close": true, "lock": true} {
		if got := isTests(finding.Step{Number: 3, Goroutine: "b", Op: op}); got != want {
			t.Errorf("%s: %t", op, got)
		}
	}
}

func TestFirstGoroutine(t *testing.T) {
	for runs, want := range map[string]string{"TestRush": "the test, TestRush", "Contract/0.14": "the scenario, Contract/0.14"} {
		shown, _ := roles([]finding.Lane{{Name: "a", Function: runs}}, func(finding.GoroutineName) bool { return true })
		if len(shown) != 1 || shown[0].text != want {
			t.Errorf("%s: %+v", runs, shown)
		}
	}
}

func marked(g grid.Grid) int {
	n := 0
	for _, r := range g.Rows {
		if r.Mark == grid.Wrong {
			n++
		}
	}
	return n
}

// A page holds its width and controls no terminal, whatever it shows.
func TestReplayLayout(t *testing.T) {
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 2))
		r := randomReplay(random)
		opts := options{Style: Style{Width: 60 + random.IntN(41), Full: seed%2 == 0}}
		text := renderReplay(t, r, opts)
		opts.Full = false
		checkLayout(t, string(text), opts)
	}
}

func randomReplay(random *rand.Rand) finding.Replay {
	pick := func(words ...string) string { return words[random.IntN(len(words))] }
	place := func() finding.Location {
		return finding.Location{File: pick("bank.go", "a_very_long_name_of_a_file_test.go", "", "x_test.go"), Line: random.IntN(2000)}
	}
	r := finding.Replay{Exercise: "17-transfer", Test: "TestBothWays"}
	lanes := 1 + random.IntN(pick2(random, 4, 40))
	name := func() finding.GoroutineName { return finding.GoroutineName(rune('a' + random.IntN(min(26, lanes)))) }
	for i := range lanes {
		r.Interleaving.Goroutines = append(r.Interleaving.Goroutines, finding.Lane{Name: finding.GoroutineName(rune('a' + i%26)), Function: pick("f", "g.func1"), Started: place()})
	}
	for i := range random.IntN(pick2(random, 10, 300)) {
		r.Interleaving.Steps = append(r.Interleaving.Steps, finding.Step{
			Number: i * random.IntN(2), Goroutine: name(), Op: finding.Op(pick("lock", "send", "go", "end", "load")), Object: pick("", "mu", "b", "s.parts[i].mu #12"),
			Value: pick("", "counter 3", "12", strings.Repeat("v", 90)), Location: place(), Wrong: random.IntN(50) == 0, Why: pick("", "because of\x1b[2J that"),
		})
	}
	for range random.IntN(3) {
		r.Interleaving.Left = append(r.Interleaving.Left, finding.Waiting{
			Goroutine: name(), Op: finding.Op(pick("lock", "receive", "read lock", "select", "wait in code that is not instrumented", "something new")),
			Object: pick("", "mu"), Location: place(), For: []finding.GoroutineName{name()},
		})
	}
	if random.IntN(3) == 0 {
		r.Diverged = &finding.Divergence{From: 1 + random.IntN(300)}
		r.Diverged.To = r.Diverged.From + random.IntN(2)
	}
	return r
}

// pick2 is one of two numbers.
func pick2(random *rand.Rand, a, b int) int {
	if random.IntN(2) == 0 {
		return a
	}
	return b
}
