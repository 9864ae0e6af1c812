package schedule

import (
	"math/rand/v2"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// makeTrace makes up a trace of n steps; the same seed gives the same.
func makeTrace(n int, seed uint64) wire.Trace {
	r := rand.New(rand.NewPCG(seed, 1))
	t := wire.Trace{Parents: []int{-1, 0, 0}}
	for range n {
		var s wire.Step
		for g := range 3 {
			s.Enabled = append(s.Enabled, wire.Pending{
				G: g, Op: wire.Op(1 + r.IntN(int(wire.OpErr))), Class: wire.Write, Objects: []int{1 + r.IntN(4)},
			})
		}
		s.G, s.Taken = r.IntN(3), r.IntN(3)-1
		t.Steps = append(t.Steps, s)
	}
	return t
}

var somePicks = wire.Picks{{Last: 0, Steps: 3, To: 1}, {Last: 1, Steps: 2, Case: true, To: 1}}

// manyPicks stand for more picks than there are.
var manyPicks = wire.Picks{{Last: 1, Steps: 4, To: 1, More: 9_996}}

// The format is what people keep and send each other: it must not change.
func TestScheduleIsPrinted(t *testing.T) {
	for steps, want := range map[int]string{
		0:  "TestTransfer:a3b.b2/1:0..s7u3",
		3:  "TestTransfer:a3b.b2/1:3.a9l.rcig",
		33: "TestTransfer:a3b.b2/1:33.9k3ft28hd7t8j30ae.aeom",
	} {
		trace := wire.Trace{Parents: []int{-1, 0}}
		for i := range steps {
			trace.Steps = append(trace.Steps, wire.Step{G: i % 2, Taken: -1, Enabled: []wire.Pending{
				{G: 0, Op: wire.OpLock, Class: wire.Write, Objects: []int{1 + i%3}}, {G: 1, Op: wire.OpSend, Class: wire.Write, Objects: []int{4}},
			}})
		}
		if got := Of("TestTransfer", wire.Job{Picks: somePicks}, trace).String(); got != want {
			t.Errorf("%d steps: %s, want %s", steps, got, want)
		}
	}
}

func TestPicksInARowAreOne(t *testing.T) {
	s := Of("TestX", wire.Job{Picks: slices.Concat(somePicks, manyPicks)}, makeTrace(0, 1))
	if got, want := s.printChoices(), "a3b.b2/1.b4-10000b"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestParseReadsWhatIsPrinted(t *testing.T) {
	for n := range 100 {
		s := Of("TestÜber_1", wire.Job{Luck: uint64(n % 4), Picks: slices.Concat(somePicks[:n%3], manyPicks[:n%2])}, makeTrace(n, uint64(n)))
		s.Racing = [][]Line{{{Number: 23}, {Number: 31, File: 1}}, {{Number: 40}}}[:n%5/2]
		back, err := Parse(s.String())
		if err != nil || !cmp.Equal(back, s, cmpopts.EquateEmpty(), cmp.AllowUnexported(Fingerprint{})) {
			t.Errorf("%s: %s, %v", s, back, err)
		}
	}
}

func TestParseRefusesOthers(t *testing.T) {
	for _, text := range []string{
		"", "TestX", "TestX:a1b", ":a1b:0..m0rk", "TestX:a1b:0..m0rk:", "TestX:a:0..m0rk", "TestX:a1b:0.m0rk", "TestX:a1b:3.0t.qfjv",
		"TestX:a1b:03.0tf.qfjv", "TestX:a1b:-1..qfjv", "TestX:a1b:3.0tz.qfjv", "TestX:a1b:3.0tf.qfj", "TestX:a1b:9999999999999.0tf.qfjv",
		"TestX:R:0..s7u3", "TestX:R0:0..s7u3", "TestX:R01:0..s7u3", "TestX:R1.:0..s7u3", "TestX:a1b.R1:0..s7u3",
		"TestX:a3-3a:0..s7u3", "TestX:a3-2a:0..s7u3", "TestX:a3-5b:0..s7u3", "TestX:a3-05a:0..s7u3", "TestX:a3-a:0..s7u3", "TestX:a3-9999999a:0..s7u3",
		"TestX:a3-5/1:0..s7u3",
		"TestX:L:0..s7u3", "TestX:L0:0..s7u3", "TestX:L7-:0..s7u3", "TestX:L7/0:0..s7u3", "TestX:L7.:0..s7u3", "TestX:R1.L7:0..s7u3",
	} {
		if s, err := Parse(text); err == nil {
			t.Errorf("%q is read as %s", text, s)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("TestTransfer:a3b.b2/1.b2T.T1a:3.0tf.qfjv")
	f.Add("TestTransfer:a1b.b4-47b:3.0tf.qfjv")
	f.Add("TestTransfer:L23-31/1,40.R3.a3b:3.0tf.qfjv")
	f.Add(Of("TestX", wire.Job{Luck: 42, Picks: somePicks}, makeTrace(70, 1)).String())
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(s.String())
		if err != nil || again.String() != s.String() {
			t.Errorf("%q becomes %s, then %s: %v", text, s, again, err)
		}
		s.Print.Diverges(makeTrace(5, 1))
	})
}

// A divergence lies where the traces part: exactly so for short ones, but for a
// few whose marks happen to be the same.
func TestDivergesSaysWhere(t *testing.T) {
	exact, total := 0, 0
	for seed := range uint64(300) {
		n := 1 + int(seed%80)
		trace := makeTrace(n, seed)
		at := int(seed*7) % n
		other := makeTrace(n, seed)
		other.Steps[at].Enabled[other.Steps[at].G].Objects = []int{9}
		print := Print(trace)
		if d, diverges := print.Diverges(trace); diverges {
			t.Errorf("a trace of %d steps diverges from itself %s", n, d)
		}
		d, diverges := print.Diverges(other)
		if !diverges {
			t.Errorf("seed %d: no divergence at step %d of %d", seed, at+1, n)
			continue
		}
		total++
		if d.From <= at+1 && at+1 <= d.To && d.To-d.From < print.stride() {
			exact++
		}
		if n <= maxMarks && d.From != d.To && (d != Divergence{1, n}) {
			t.Errorf("%d steps: %s is not exact", n, d)
		}
	}
	if exact*100 < total*90 {
		t.Errorf("%d of %d are where they should be", exact, total)
	}
}

func TestDivergesSeesAnotherEnd(t *testing.T) {
	for _, n := range []int{1, 10, 32, 50} {
		trace := makeTrace(n, 3)
		shorter, longer := trace, trace
		shorter.Steps = trace.Steps[:n-1]
		longer.Steps = append(append([]wire.Step{}, trace.Steps...), trace.Steps[0])
		if d, ok := Print(trace).Diverges(shorter); !ok || d.To != n {
			t.Errorf("%d steps, one less: %v, %t", n, d, ok)
		}
		if d, ok := Print(trace).Diverges(longer); !ok || (d != Divergence{n + 1, n + 1}) {
			t.Errorf("%d steps, one more: %v, %t", n, d, ok)
		}
	}
}

// Lines, classes and who else could have gone are not part of an interleaving;
// who goes, what is done, and to what, are.
func TestHashIsOfTheInterleaving(t *testing.T) {
	trace := makeTrace(10, 1)
	same := makeTrace(10, 1)
	for i := range same.Steps {
		s := &same.Steps[i]
		s.Stay, s.Case = !s.Stay, 0
		for k := range s.Enabled {
			s.Enabled[k].Class = wire.Read
		}
		s.Enabled = append(s.Enabled, wire.Pending{G: 9})
	}
	if Hash(same) != Hash(trace) {
		t.Error("the same interleaving has two hashes")
	}
	for name, change := range map[string]func(*wire.Trace){
		"another goroutine": func(t *wire.Trace) { t.Steps[4].G = (t.Steps[4].G + 1) % 3 },
		"another operation": func(t *wire.Trace) { s := t.Steps[4]; s.Enabled[s.G].Op++ },
		"another object":    func(t *wire.Trace) { s := t.Steps[4]; s.Enabled[s.G].Objects[0]++ },
		"another case":      func(t *wire.Trace) { t.Steps[4].Taken++ },
		"another parent":    func(t *wire.Trace) { t.Parents[2] = 1 },
		"a step less":       func(t *wire.Trace) { t.Steps = t.Steps[:9] },
	} {
		other := makeTrace(10, 1)
		if change(&other); Hash(other) == Hash(trace) {
			t.Errorf("%s has the same hash", name)
		}
	}
}
