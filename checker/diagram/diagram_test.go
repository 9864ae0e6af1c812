package diagram

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// recorded reads an interleaving of a real exercise, as `racelab replay --json` printed it.
func recorded(t *testing.T, name string) finding.Replay {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var r finding.Replay
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// All that is derived of each recorded interleaving.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d recorded interleavings, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			r := recorded(t, name)
			got := shown(r.Interleaving, Of(r.Interleaving, r.Findings))
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s\ngo test ./checker/diagram -update writes it anew", diff)
			}
		})
	}
}

// shown is a diagram as text: a line for each step, then what belongs to several.
func shown(in finding.Interleaving, d Diagram) string {
	var out strings.Builder
	name := func(lane int) string { return string(d.Lanes[lane].Name) }
	for _, l := range d.Lanes {
		fmt.Fprintf(&out, "lane %s from %d to %d idle=%v\n", l.Name, l.First, l.Last, l.Idle)
	}
	for i, s := range d.Steps {
		own := " "
		if s.Own {
			own = "·"
		}
		fmt.Fprintf(&out, "%3d %s %s %s %s", i, own, in.Steps[i].Goroutine, in.Steps[i].Op, in.Steps[i].Object)
		for _, w := range s.Waits {
			fmt.Fprintf(&out, "; %s waits: %s %s", name(w.Lane), w.Op, w.Object)
			for _, l := range w.For {
				out.WriteString(" →" + name(l))
			}
		}
		for _, m := range s.Moves {
			fmt.Fprintf(&out, "; %s at %s:%d", name(m.Lane), m.At.File, m.At.Line)
		}
		for _, v := range s.Sets {
			fmt.Fprintf(&out, "; %s = %s", v.Object, v.Value)
		}
		out.WriteString("\n")
	}
	for _, e := range d.Edges {
		fmt.Fprintf(&out, "%s %d → %d\n", e.Kind, e.From, e.To)
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&out, "section of %s in %s from %d to %d reads=%v\n", s.Object, name(s.Lane), s.From, s.To, s.Reads)
	}
	for _, m := range d.Missing {
		for _, p := range []Point{m.First, m.Second} {
			fmt.Fprintf(&out, "missing: %s %s:%d in %s after %d at=%v\n", p.Access.Op, p.Access.Place.File, p.Access.Place.Line, name(p.Lane), p.After, p.AtStep)
		}
	}
	for _, l := range d.Lost {
		fmt.Fprintf(&out, "lost: %s reads %s in %d, writes in %d, undoing %v\n", name(l.Lane), l.Object, l.Read, l.Write, l.Undone)
	}
	for _, g := range d.Gaps {
		fmt.Fprintf(&out, "gap: %s without %s from %d to %d, others %d\n", name(g.Lane), g.Object, g.First.To, g.Second.From, len(g.Others))
	}
	return out.String()
}

// What a beginner has to see in each of them.
func TestWhatMatters(t *testing.T) {
	of := func(name string) Diagram {
		r := recorded(t, name)
		return Of(r.Interleaving, r.Findings)
	}
	if d := of("01-lost"); len(d.Lost) != 1 || d.Lost[0].Read != 11 || d.Lost[0].Write != 18 || !slices.Equal(d.Lost[0].Undone, []int{13, 15}) {
		t.Errorf("01: what is lost is %+v", d.Lost)
	}
	if d := of("01-race"); len(d.Missing) != 1 || d.Missing[0].First.Lane != 1 || d.Missing[0].First.After != 17 || d.Missing[0].Second.After != 19 {
		t.Errorf("01: the race is %+v", d.Missing)
	}
	if d := of("05-accesses"); len(d.Missing) != 1 || !d.Missing[0].First.AtStep || d.Missing[0].First.After != 13 || d.Missing[0].Second.After != 15 {
		t.Errorf("05: the race is %+v", d.Missing)
	}
	if d := of("06-overdraft"); len(d.Gaps) != 1 || d.Gaps[0].Lane != 1 || len(d.Gaps[0].Others) != 3 {
		t.Errorf("06: the gap is %+v", d.Gaps)
	}
	d := of("02-deadlock")
	if last := d.Steps[len(d.Steps)-1].Waits; !slices.ContainsFunc(last, func(w Wait) bool { return w.Lane == 1 && slices.Equal(w.For, []int{1}) }) {
		t.Errorf("02: b does not wait for itself in %+v", last)
	}
	d = of("07-forgotten")
	if last := d.Steps[len(d.Steps)-1].Waits; !slices.ContainsFunc(last, func(w Wait) bool { return w.Lane == 3 && slices.Equal(w.For, []int{2}) }) {
		t.Errorf("07: d does not wait for c, which has ended, in %+v", last)
	}
}

// Steps that say nothing, or that contradict each other, make no drawing wrong.
func TestMalformed(t *testing.T) {
	one := 1
	for _, in := range []finding.Interleaving{
		{},
		{Steps: []finding.Step{{Goroutine: "z", Op: "lock", Object: "mu"}, {Goroutine: "a", Op: "go", Object: "nobody"}}},
		{Goroutines: []finding.Lane{{Name: "a"}}, Left: []finding.Waiting{{Goroutine: "a", Op: "lock", Object: "mu", For: []finding.GoroutineName{"z"}}, {Goroutine: "y"}}},
		{
			Goroutines: []finding.Lane{{Name: "a"}, {Name: "a"}, {Name: "b"}},
			Steps: []finding.Step{
				{Goroutine: "a", Op: "unlock", Object: "mu"},
				{Goroutine: "b", Op: "read unlock", Object: "mu"},
				{Goroutine: "a", Op: "receive", Object: "c", Value: "closed"},
				{Goroutine: "b", Op: "wait", Object: "wg", Value: "goes on"},
				{Goroutine: "b", Op: "done", Object: "wg"},
				{Goroutine: "b", Op: "add", Object: "wg", Counter: &one},
				{Goroutine: "a", Op: "write", Object: "x"},
				{Goroutine: "b", Op: "data race"},
				{Goroutine: "b", Op: "end"},
				{Goroutine: "b", Op: "lock", Object: "mu"},
			},
			Left: []finding.Waiting{{Goroutine: "b", Op: "lock", Object: "mu"}},
		},
	} {
		race := finding.Finding{Kind: finding.DataRace, Fact: finding.Fact{Conflict: &finding.Conflict{Second: &finding.Access{}}}}
		d := Of(in, []finding.Finding{race, {Kind: finding.Deadlock}})
		if len(d.Steps) != len(in.Steps) || len(d.Lanes) != len(in.Goroutines) || len(d.Missing) != 0 {
			t.Errorf("%+v gives %+v", in, d)
		}
	}
}

// Nobody is said to race whom something orders: a lock, or the go statement.
func TestOrdered(t *testing.T) {
	steps := []finding.Step{
		{Goroutine: "a", Op: "lock", Object: "mu"},
		{Goroutine: "a", Op: "read", Object: "x", Value: "0"},
		{Goroutine: "b", Op: "read", Object: "x"},
		{Goroutine: "b", Op: "write", Object: "x", Value: "1"},
		{Goroutine: "b", Op: "lock", Object: "m2"},
		{Goroutine: "a", Op: "lock", Object: "m2"},
		{Goroutine: "a", Op: "write", Object: "x", Value: "1"},
	}
	in := finding.Interleaving{Goroutines: []finding.Lane{{Name: "a"}, {Name: "b"}}, Steps: steps}
	if d := Of(in, nil); len(d.Lost) != 1 || len(d.Missing) != 0 {
		t.Errorf("ordered by m2, and yet %+v, %+v", d.Lost, d.Missing)
	}
	in.Steps = slices.Delete(slices.Clone(steps), 4, 5)
	if d := Of(in, nil); len(d.Lost) != 1 || len(d.Missing) != 1 {
		t.Errorf("nothing orders them, and yet %+v, %+v", d.Lost, d.Missing)
	}
}
