package explored

import (
	"fmt"
	"testing"

	"racelab/checker/detect/tsan"
	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/labrt/wire"
	"racelab/checker/report"
	"racelab/checker/sandbox"
	"racelab/checker/schedule"
	"racelab/checker/stage"

	"github.com/google/go-cmp/cmp"
)

// ran is a schedule in which the goroutines take these steps; those of 'r' are reads.
func ran(goroutines []int, ops string) explore.Ran {
	var r explore.Ran
	for i, g := range goroutines {
		op := wire.OpLock
		if ops[i] == 'r' {
			op = wire.OpRead
		}
		r.Trace.Steps = append(r.Trace.Steps, wire.Step{G: g})
		r.Events = append(r.Events, wire.Event{Event: wire.Stepped, Explored: &wire.Explored{G: g, Step: i + 1, Op: op}})
	}
	return r
}

func TestDetour(t *testing.T) {
	path := Path{{0, 0}, {1, 0}, {1, 0}, {2, 0}}
	for name, c := range map[string]struct {
		ran     explore.Ran
		want    wire.Picks
		differs bool
	}{
		"the same":                     {ran([]int{0, 1, 1, 2}, "...."), nil, false},
		"with accesses":                {ran([]int{0, 1, 1, 1, 2, 2}, "..r.r."), nil, false},
		"an access of another":         {ran([]int{0, 2, 1, 1, 2}, ".r..."), nil, false},
		"it ends too soon":             {ran([]int{0, 1}, ".."), nil, true},
		"it goes on":                   {ran([]int{0, 1, 1, 1, 1}, "...r."), wire.Picks{{Last: 1, Steps: 3, To: 2}}, true},
		"another one goes":             {ran([]int{0, 2}, ".."), wire.Picks{{Last: 0, Steps: 1, To: 1}, {Last: 0, Steps: 1, To: 1}}, true},
		"another one, with accesses":   {ran([]int{0, 2, 2}, ".r."), wire.Picks{{Last: 0, Steps: 1, To: 1}, {Last: 2, Steps: 1, To: 1}}, true},
		"steps that are not there yet": {ran([]int{0, 1, 1, 2, 2}, "....."), nil, true},
	} {
		got, differs := detour(path, c.ran)
		if diff := cmp.Diff(c.want, got); diff != "" || differs != c.differs {
			t.Errorf("%s: differs %v, want %v\n%s", name, differs, c.differs, diff)
		}
	}
	tries := ran([]int{0, 1, 1, 2}, "....")
	tries.Trace.Steps[2].Case = 1
	if got, _ := detour(path, tries); len(got) != 1 || !got[0].Case || got[0].Steps != 2 || got[0].To != 0 {
		t.Errorf("another case: %+v", got)
	}
}

// A replay of a race in which the accesses are steps takes the same way as the one in which
// they are not, and says which two they are.
func TestAccesses(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race")
	}
	ex := fixture.Exercise(fixture.Test)
	sub := fixture.Submit(ex, fixture.Source("sync", `	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			n++
		})
	}
	wg.Wait()
	return n - 2`))
	e := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: fixture.Build(t, ex, sub)}
	shown, err := e.Explore(t.Context())
	if err != nil || len(shown.Findings) == 0 || shown.Findings[0].Kind != finding.DataRace {
		t.Fatalf("no race: %v, %+v", err, shown.Findings)
	}
	f := shown.Findings[0]
	asked, err := schedule.Parse(f.Evidence.Schedule)
	if err != nil {
		t.Fatal(err)
	}
	_, path, err := e.Replay(t.Context(), asked)
	if err != nil || len(path) == 0 {
		t.Fatalf("%v, a path of %d steps", err, len(path))
	}
	parsed, err := stage.Parse(ex, sub)
	if err != nil {
		t.Fatal(err)
	}
	lines, _ := evidence.Racing([]finding.Finding{f}, parsed)
	second := e
	second.Program = fixture.Build(t, ex, sub, lines...)
	second.Program.Reported = true
	in, ok := second.Accesses(t.Context(), asked, path)
	if !ok {
		t.Fatal("the path is not found")
	}
	var marked []string
	for _, race := range in.Steps {
		for _, s := range in.Steps {
			if race.Op == finding.OpRace && s.Number > 0 && (s.Number == race.Fault.First || s.Number == race.Fault.Second) {
				marked = append(marked, string(s.Goroutine)+" "+string(s.Op)+" "+s.Value)
			}
		}
	}
	if diff := cmp.Diff([]string{"b write 1", "c read 1"}, marked); diff != "" {
		t.Error(diff)
	}
}

// A line that does its write in a function that is called has one step, of which it is said
// that it reads.
func TestLastAccess(t *testing.T) {
	line := finding.Location{File: "bank.go", Line: 9}
	steps := []finding.Step{
		{Goroutine: "b", Op: finding.OpWrite, Location: line},
		{Goroutine: "b", Op: finding.OpRead, Location: line},
		{Goroutine: "c", Op: finding.OpWrite, Location: line},
		{Goroutine: "b", Op: finding.OpRead, Location: finding.Location{File: "bank.go", Line: 10}},
	}
	isB := func(g finding.GoroutineName) bool { return g == "b" }
	read, write := lastAccess(steps, false, line, isB), lastAccess(steps, true, line, isB)
	called, none := lastAccess(steps[1:], true, line, isB), lastAccess(steps[3:], true, line, isB)
	if read != 1 || write != 0 || called != 0 || none != -1 {
		t.Errorf("the read is %d, the write %d, %d and %d", read, write, called, none)
	}
}

// Such a step is a write where the race detector has seen one, and nothing that reads there.
func TestTellWrites(t *testing.T) {
	access := func(write bool) tsan.Access { return tsan.Access{Write: write} }
	race := func(later, earlier bool) tsan.Report {
		return tsan.Report{Accesses: []tsan.Access{access(later), access(earlier)}}
	}
	for name, tt := range map[string]struct {
		pairs []pair
		want  string // the steps, and those that are marked
	}{
		"it writes":           {[]pair{{at: 2, steps: [2]int{1, 0}, report: race(false, true)}}, "write, read x: 1, 1 and 2"},
		"both write":          {[]pair{{at: 2, steps: [2]int{1, 0}, report: race(true, true)}}, "write, write, 1 and 2"},
		"it reads":            {[]pair{{at: 2, steps: [2]int{1, 0}, report: race(false, false)}}, "read x: 1, read x: 1, 1 and 2"},
		"it reads and writes": {[]pair{{at: 2, steps: [2]int{1, 0}, report: race(false, true)}, {at: 2, steps: [2]int{1, 0}, report: race(true, false)}}, "read x: 1, read x: 1, 0 and 0"},
	} {
		steps := []finding.Step{
			{Number: 1, Goroutine: "b", Op: finding.OpRead, Object: "x", Value: "1"},
			{Number: 2, Goroutine: "c", Op: finding.OpRead, Object: "x", Value: "1"},
			{Goroutine: "c", Op: finding.OpRace, Fault: &finding.Fault{Kind: finding.FaultRace}},
		}
		tellWrites(steps, tt.pairs)
		for _, p := range tt.pairs {
			p.mark(steps, finding.Sources{})
		}
		got := fmt.Sprintf("%s, %s, %d and %d", report.Step(steps[0]), report.Step(steps[1]), steps[2].Fault.First, steps[2].Fault.Second)
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// Of several steps of a goroutine on the line of the earlier access, the last one is it; with
// elements, that which wrote what is read, or it is not known which.
func TestChoose(t *testing.T) {
	access := func(g finding.GoroutineName, op finding.Op, object, value string) finding.Step {
		return finding.Step{Goroutine: g, Op: op, Object: object, Value: value, Location: finding.Location{File: "toll.go", Line: 38}}
	}
	const read, write = finding.OpRead, finding.OpWrite
	for name, tt := range map[string]struct {
		values  [3]string
		object  string
		later   finding.Step
		first   int
		perhaps bool
	}{
		"a variable":              {[3]string{"1", "1", "1"}, "a.n", access("c", read, "a.n", "1"), 2, false},
		"always one element":      {[3]string{"1", "1", "1"}, `m["k"].a[0]`, access("c", read, "x", "1"), 2, false},
		"an element of one":       {[3]string{"1", "2", "3"}, "a[0][i]", access("c", read, "x", "2"), 1, false},
		"elements":                {[3]string{"150", "400", "1200"}, "l[c]", access("c", read, "l[c]", "400"), 1, false},
		"of the same value":       {[3]string{"1", "1", "2"}, "l[c]", access("c", read, "l[c]", "1"), 1, true},
		"of another value":        {[3]string{"1", "1", "2"}, "l[c]", access("c", read, "l[c]", "3"), 2, true},
		"the later one writes":    {[3]string{"1", "2", "3"}, "l[c]", access("c", write, "l[c]", "1"), 2, true},
		"it is not told":          {[3]string{"1", "2", "3"}, "l[c]", access("c", read, "", ""), 2, true},
		"what is called: no name": {[3]string{"", "", ""}, "", access("c", read, "x", "1"), 2, true},
	} {
		var steps []finding.Step
		for _, v := range tt.values {
			steps = append(steps, access("b", write, tt.object, v))
		}
		p := pair{steps: [2]int{3, 2}}
		p.choose(append(steps, tt.later))
		if p.steps[1] != tt.first || p.perhaps != tt.perhaps {
			t.Errorf("%s: the earlier one is step %d, perhaps %v; want %d, %v", name, p.steps[1], p.perhaps, tt.first, tt.perhaps)
		}
	}
}
