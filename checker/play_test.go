package checker

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/internal/fixture"
)

// Two tests, of which Alone has nothing to choose.
const playTests = `func TestAlone(t *testing.T) {
	if queue.Run() < 0 {
		t.Error("negative")
	}
}

func TestBoth(t *testing.T) {
	if got := queue.Both(); got != 2 {
		t.Error(fmt.Sprint("got ", got))
	}
}
`

// playSource has a Both with the given body.
func playSource(body string) string {
	return "package queue\n\nimport \"sync\"\n\nfunc Run() int { return 2 }\n\nfunc Both() int {\n" + body + "\n}\n"
}

// twice adds to n twice at the same time.
func twice(add string) string {
	return playSource("\tvar mu sync.Mutex\n\tvar wg sync.WaitGroup\n\tn := 0\n\tfor range 2 {\n\t\twg.Go(func() {\n" + add + "\n\t\t})\n\t}\n\twg.Wait()\n\tmu.Lock()\n\treturn n")
}

const (
	raced   = "n++"
	halved  = "mu.Lock(); old := n; mu.Unlock(); mu.Lock(); n = old + 1; mu.Unlock()"
	guarded = "mu.Lock(); n++; mu.Unlock()"
)

func TestTable(t *testing.T) {
	ex := fixture.Exercise(playTests)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(twice(guarded))}}
	for name, tt := range map[string]struct {
		src         string
		asked       []string
		test        string
		preemptions int // -1: none is known to fail
		racing      bool
	}{
		"a race is played step by step":     {twice(raced), nil, "TestBoth", 1, true},
		"one preemption loses an update":    {twice(halved), nil, "TestBoth", 1, false},
		"what is right is played all right": {twice(guarded), nil, "TestBoth", -1, false},
		"the test that is asked for":        {twice(halved), []string{"TestAlone"}, "TestAlone", -1, false},
		"the best of those asked for":       {twice(halved), []string{"TestAlone", "TestBoth"}, "TestBoth", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := open(t).Table(t.Context(), Task{Exercise: ex, Submission: fixture.Submit(ex, tt.src)}, tt.asked...)
			if err != nil {
				t.Fatal(err)
			}
			defer table.Close()
			k := table.Known
			if k.Exercise != ex.ID || k.Test != tt.test || k.Racing != tt.racing || (k.Preemptions != nil) != (tt.preemptions >= 0) || k.Coverage.Schedules == 0 {
				t.Fatalf("known: %+v", k)
			}
			g, err := game.Begin(t.Context(), table, k, false)
			if err != nil {
				t.Fatal(err)
			}
			for h, ok := g.Hint(); ok && !g.Position().End.Failed(); h, ok = g.Hint() {
				if err := g.Follow(t.Context(), h); err != nil {
					t.Fatal(err)
				}
			}
			switch end := g.Position().End; {
			case tt.preemptions < 0 && end.Failed(), tt.preemptions >= 0 && !end.Failed():
				t.Errorf("the end is %+v", end)
			case end.Failed() && (end.Findings[0].Kind != finding.WrongResult || g.Position().Preemptions != tt.preemptions || end.Replay.Schedule != k.Schedule):
				t.Errorf("%d preemptions, %+v", g.Position().Preemptions, end)
			}
		})
	}
}

func TestWhatCannotBePlayed(t *testing.T) {
	ex := fixture.Exercise(playTests)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(twice(guarded))}}
	for name, tt := range map[string]struct {
		src  string
		test []string
		want error
	}{
		"no such test":        {twice(guarded), []string{"TestNone"}, ErrTest},
		"it does not compile": {playSource("\treturn wg"), nil, ErrNotBuilt},
		"it is not allowed":   {"package queue\n\nimport _ \"unsafe\"\n\nfunc Run() int { return 2 }\n\nfunc Both() int { return 2 }\n", nil, ErrNotBuilt},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := open(t).Table(t.Context(), Task{Exercise: ex, Submission: fixture.Submit(ex, tt.src)}, tt.test...)
			if err == nil {
				table.Close()
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// What hangs between two yield points cannot be played, and says where.
func TestWhatHangsCannotBePlayed(t *testing.T) {
	ex := fixture.Exercise(playTests)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(twice(guarded))}}
	_, err := open(t).Table(t.Context(), Task{Exercise: ex, Submission: fixture.Submit(ex, twice("for n == 0 {\n}"))}, "TestBoth")
	if !errors.Is(err, explored.ErrNoEnd) || !strings.Contains(err.Error(), "queue.go:1") {
		t.Error(err)
	}
}
