package classroom

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/shard"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// A Plan is what grading would have to do.
type Plan struct {
	Students, Exercises       int
	Missing, Untouched, Known int // records that need no check
	Unreadable                int // of which that was left out which they may be in
	Open                      int // records that need one, …
	checks                    []planned
	took                      map[string]store.Took
	reference                 map[string]time.Duration
	split                     func(n int) *shard.Split
}

// A planned check is for one submission, and has the shards of its records.
type planned struct {
	exercise string
	records  [][2]string // student, exercise
}

// Plan says what Run would have to do, and changes nothing.
func (g Grading) Plan(ctx context.Context) (p Plan, err error) {
	students := map[string]bool{}
	open, _, err := g.plan(ctx, func(r record.Record) error {
		students[r.Student] = true
		switch r.State {
		case record.Missing:
			p.Missing++
		case record.Untouched:
			p.Untouched++
		default:
			if r.Verdict.Cause == finding.DoubtUnreadable {
				p.Unreadable++
			} else {
				p.Known++
			}
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	for _, w := range slices.Concat(slices.Collect(maps.Values(open))...) {
		one := planned{exercise: w.ex.ID}
		for _, r := range w.records {
			students[r.Student] = true
			one.records = append(one.records, [2]string{r.Student, r.Exercise})
		}
		p.Open += len(w.records)
		p.checks = append(p.checks, one)
	}
	p.Students, p.Exercises, p.split = len(students), len(g.Set), g.split
	if g.Store != nil {
		if p.took, err = g.Store.Durations(); err != nil {
			return p, err
		}
	}
	p.reference, err = g.references(ctx, p)
	return p, err
}

// references are how long the reference solution took to run, by exercise: of those that are
// to be checked and of which no check was measured.
func (g Grading) references(ctx context.Context, p Plan) (map[string]time.Duration, error) {
	all := map[string]time.Duration{}
	for _, ex := range g.Set {
		if g.Reference == nil || p.took[ex.ID].Checks > 0 || !slices.ContainsFunc(p.checks, func(c planned) bool { return c.exercise == ex.ID }) {
			continue
		}
		took, err := g.Reference(ctx, ex)
		if err != nil {
			return nil, err
		}
		if took > 0 {
			all[ex.ID] = took
		}
	}
	return all, nil
}

// Checks is how many submissions differ among those that need a check.
func (p Plan) Checks() int { return len(p.checks) }

// A Basis is what a Plan's times rest on.
type Basis struct {
	Checks int // that were measured, of whatever exercise
	// Of the exercises to check of which no check was measured, ByReference are those whose
	// reference solution was run here, and Guessed the others.
	ByReference, Guessed int
}

// Basis is what Time goes by.
func (p Plan) Basis() (b Basis) {
	for _, t := range p.took {
		b.Checks += t.Checks
	}
	seen := map[string]bool{}
	for _, c := range p.checks {
		switch {
		case seen[c.exercise] || p.took[c.exercise].Checks > 0:
		case p.reference[c.exercise] > 0:
			b.ByReference++
		default:
			b.Guessed++
		}
		seen[c.exercise] = true
	}
	return b
}

// Time is how long the longest of n shards takes, each on a machine like this one with so many
// jobs: as long as earlier checks have taken. Where none of an exercise was measured, its
// checks take as long as that of the reference solution, or else as others.
func (p Plan) Time(n, jobs int) time.Duration {
	shards, longest := make([]time.Duration, n), make([]time.Duration, n)
	split := p.split(n)
	for _, c := range p.checks {
		mean := p.mean(c.exercise)
		for i := range n {
			if s := (shard.Shard{Index: i, Count: n}); slices.ContainsFunc(c.records, func(r [2]string) bool { return split.Has(s, r[0], r[1]) }) {
				shards[i] += mean
				longest[i] = max(longest[i], mean)
			}
		}
	}
	most := time.Duration(0)
	for i, sum := range shards {
		most = max(most, longest[i], sum/time.Duration(atOnce(jobs)))
	}
	return most
}

func (p Plan) mean(exercise string) time.Duration {
	switch took := p.took[exercise]; {
	case took.Checks > 0:
		return took.Mean()
	case p.reference[exercise] > 0:
		return p.reference[exercise]
	case len(p.took) > 0:
		return meanOf(p.took)
	}
	var all store.Took
	for _, took := range p.reference {
		all = all.Plus(store.Took{Checks: 1, All: took})
	}
	return all.Mean()
}

// meanOf is how long a check takes, of whatever exercise.
func meanOf(took map[string]store.Took) time.Duration {
	var all store.Took
	for _, t := range took {
		all = all.Plus(t)
	}
	return all.Mean()
}

// TakesOf is how long a check of each exercise takes, going by earlier ones. Where none was
// measured, it takes as long as the others.
func TakesOf(set exercise.Set, took map[string]store.Took) map[string]time.Duration {
	takes := map[string]time.Duration{}
	for _, ex := range set {
		if takes[ex.ID] = took[ex.ID].Mean(); took[ex.ID].Checks == 0 {
			takes[ex.ID] = meanOf(took)
		}
	}
	return takes
}

// split divides the class into n shards: whoever is in it, whether anything was handed in or
// not, so that what is handed in meanwhile changes nothing.
func (g Grading) split(n int) *shard.Split {
	if g.Takes == nil || n < 2 {
		return nil
	}
	return shard.LongestFirst(g.IDs(), g.Takes, n)
}

// atOnce is how many checks get on at the same time: no more than there are processors.
func atOnce(jobs int) int { return max(1, min(jobs, runtime.NumCPU())) }

// alone is how long a check would have taken that had a processor for itself.
func (g Grading) alone(took time.Duration) time.Duration {
	jobs := max(1, g.Jobs)
	return took * time.Duration(atOnce(jobs)) / time.Duration(jobs)
}
