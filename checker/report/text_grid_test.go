package report

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
)

// Whatever is in an interleaving: with Full every step has its row, in order, in
// its goroutine's lane; without, a few remain, those with a mark among them.
func TestGridShowsAll(t *testing.T) {
	for seed := range uint64(300) {
		r := randomReplay(rand.New(rand.NewPCG(seed, 1)))
		g := newGrid(r.Interleaving.Steps, r.Interleaving.Left)
		next := 0
		for _, row := range g.rows {
			for next < len(r.Interleaving.Steps) && !slices.Contains(g.lanes, string(r.Interleaving.Steps[next].Goroutine)) {
				next++ // one that only ended
			}
			if row.mark == waits || row.lane == noLane {
				continue
			}
			s := r.Interleaving.Steps[next]
			// It is what comes after the last one that is wrong, where some are left.
			isLast := next == len(r.Interleaving.Steps)-1 && len(r.Interleaving.Left) > 0 && s.Why != ""
			if row.number != s.Number || g.lanes[row.lane] != string(s.Goroutine) || !strings.HasPrefix(row.text, string(s.Op)) || (row.mark == wrong) != (s.Wrong && !isLast) {
				t.Fatalf("seed %d: row %+v for step %+v", seed, row, s)
			}
			next++
		}
		short := g.shorten()
		if n := len(short.rows); n > len(g.rows) || n > shownAtStart+shownAtEnd+shownWaits+4+9*marked(g) {
			t.Errorf("seed %d: %d rows of %d", seed, n, len(g.rows))
		}
		if marked(short) != marked(g) {
			t.Errorf("seed %d: %d marks of %d", seed, marked(short), marked(g))
		}
	}
}

func marked(g grid) int {
	n := 0
	for _, r := range g.rows {
		if r.mark == wrong {
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
