package explored

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"racelab/checker/explore"
	"racelab/checker/internal/fixture"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
	"racelab/checker/sandbox"
	"racelab/checker/worker"
)

// fiftySteps takes 50 steps: four goroutines that each lock five times.
const fiftySteps = `	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 4 {
		wg.Go(func() {
			for range 5 {
				mu.Lock()
				n++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return n`

// BenchmarkSchedules says how many schedules a second the processes of a runner
// run, of a program of about 50 steps, under the race detector.
func BenchmarkSchedules(b *testing.B) {
	p := build(b, fixture.Source("sync", fiftySteps))
	for _, processes := range []int{1, 2} {
		b.Run(fmt.Sprintf("processes=%d", processes), func(b *testing.B) {
			runner := pool(p, processes, wire.Config{})
			defer runner.Close()
			sample := func(n int) explore.Outcome {
				o, err := explore.Test(context.Background(), runner, explore.TestID{}, explore.Options{
					Budget: explore.Budget{Schedules: n}, Strategy: explore.NewSampler(0, wire.POS, 1),
				})
				if err != nil || o.Failing > 0 {
					b.Fatal(err, o.Failing)
				}
				return o
			}
			sample(processes * 10) // starts the processes
			b.ResetTimer()
			start := time.Now()
			sample(b.N)
			b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "schedules/s")
		})
	}
}

func build(tb testing.TB, src string) *program.Program {
	ex := fixture.Exercise(fixture.Test)
	return fixture.Build(tb, ex, fixture.Submit(ex, src))
}

// pool runs schedules of a program, for b alone.
func pool(p *program.Program, n int, config wire.Config) *worker.Pool {
	raceLog := filepath.Join(p.Runs, fmt.Sprint("bench-", n, config.Visible))
	return worker.NewPool(worker.Program{
		Sandbox: sandbox.Limited{}, Argv: []string{p.Binary}, Dir: p.Dir,
		Env: p.Env(wire.Explore, exploreProcs, raceLog), RaceLog: raceLog, Config: config,
	}, n)
}

// BenchmarkStrategies is the ablation of the strategies: in how many schedules
// each shows the defects of the rare programs; one that does not within the budget
// counts as the whole budget.
func BenchmarkStrategies(b *testing.B) {
	strategies := []struct {
		name string
		of   func(test int, seed uint64) explore.Strategy
	}{
		{"default", func(int, uint64) explore.Strategy { return nil }},
		{"exhaustive", func(test int, _ uint64) explore.Strategy { return explore.NewBoundedSearch(test, explore.Unbounded) }},
		{"conflicts", func(test int, _ uint64) explore.Strategy { return explore.NewConflictFirst(test) }},
		{"pos", func(test int, seed uint64) explore.Strategy { return explore.NewSampler(test, wire.POS, seed) }},
		{"pct", func(test int, seed uint64) explore.Strategy { return explore.NewSampler(test, wire.PCT, seed) }},
		{"random", func(test int, seed uint64) explore.Strategy { return explore.NewSampler(test, wire.Random, seed) }},
	}
	names := rareNames(b)
	for _, name := range names {
		p := buildRare(b, name, "buggy")
		for i := range p.tests {
			for _, s := range strategies {
				b.Run(p.label(name, i)+"/"+s.name, func(b *testing.B) { p.measure(b, i, s.of) })
			}
		}
	}
}

// seeds is with how many a strategy is measured.
const seeds = 3

// measure says after how many schedules a strategy finds what is wrong in test i.
func (p rareProgram) measure(b *testing.B, i int, of func(test int, seed uint64) explore.Strategy) {
	total, missed := 0, 0
	for range b.N {
		for seed := range uint64(seeds) {
			found, schedules := p.explore(b, i, seed, func(test int) explore.Strategy { return of(test, seed) })
			total += schedules
			if len(found) == 0 {
				missed++
			}
		}
	}
	b.ReportMetric(float64(total)/float64(b.N*seeds), "schedules")
	b.ReportMetric(float64(missed)/float64(b.N), "missed")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkPublished runs the bugs of a public benchmark by default, and prints beside
// that what was published for other tools.
func BenchmarkPublished(b *testing.B) {
	const dir = "../explore/testdata/sctbench/"
	published := readPublished(b, dir+"published.tsv")
	p := buildTests(b, "sctbench", readFile(b, dir+"sctbench.go"), readFile(b, dir+"sctbench_test.go"))
	if len(p.tests) != len(published) {
		b.Fatalf("%d tests, %d programs with published numbers", len(p.tests), len(published))
	}
	for i, test := range p.tests {
		name := strings.TrimPrefix(test, "Test_")
		b.Run(name, func(b *testing.B) {
			p.measure(b, i, func(int, uint64) explore.Strategy { return nil })
			for _, other := range published[name] {
				b.ReportMetric(other.schedules, other.tool)
			}
		})
	}
}

// A publishedNumber is the mean number of schedules that a tool needed.
type publishedNumber struct {
	tool      string
	schedules float64
}

// readPublished reads what tools have needed for each program; those that found
// nothing are left out.
func readPublished(b *testing.B, name string) map[string][]publishedNumber {
	b.Helper()
	of := map[string][]publishedNumber{}
	var tools []string
	for line := range strings.Lines(string(readFile(b, name))) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if tools == nil {
			tools = columns
			continue
		}
		numbers := []publishedNumber{}
		for i, text := range columns[1:] {
			tool, _, _ := strings.Cut(tools[i+1], " ")
			number, _, _ := strings.Cut(text, " ")
			if schedules, err := strconv.ParseFloat(number, 64); err == nil {
				numbers = append(numbers, publishedNumber{tool, schedules})
			}
		}
		of[columns[0]] = numbers
	}
	return of
}

func readFile(tb testing.TB, name string) []byte {
	tb.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// BenchmarkHidden is the ablation of hiding the hand-offs from the race detector:
// the share of schedules in which it reports a race that is there, with the
// hand-offs hidden and visible.
func BenchmarkHidden(b *testing.B) {
	racy := strings.Replace(fiftySteps, "				mu.Lock()\n				n++\n				mu.Unlock()\n", "				n++\n				mu.Lock()\n				mu.Unlock()\n", 1)
	p := build(b, fixture.Source("sync", racy))
	for _, visible := range []bool{false, true} {
		b.Run(fmt.Sprintf("visible=%t", visible), func(b *testing.B) {
			runner := pool(p, 1, wire.Config{Visible: visible})
			defer runner.Close()
			o, err := explore.Test(context.Background(), runner, explore.TestID{}, explore.Options{
				Budget: explore.Budget{Schedules: max(100, b.N)}, Strategy: explore.NewSampler(0, wire.POS, 1), Minimise: -1,
				Symptoms: func(r explore.Ran) []explore.Symptom {
					if r.Ending.Races > 0 {
						return []explore.Symptom{{Kind: explore.Race}}
					}
					return nil
				},
			})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(100*float64(o.Failing)/float64(o.Coverage.Schedules), "%racy")
			b.ReportMetric(0, "ns/op")
		})
	}
}
