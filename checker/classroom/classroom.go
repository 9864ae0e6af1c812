// Package classroom grades what a class has handed in: each submission once, however
// often it was handed in, and none that a store knows.
package classroom

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/roster"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/rubric"
	"racelab/checker/submission"

	"golang.org/x/sync/errgroup"
)

// A Grading is what to grade, and with what.
type Grading struct {
	Class  *handin.Class
	Set    exercise.Set   // the exercises
	Roster *roster.Roster // nil: whoever has handed something in is there
	Store  *store.Store   // of Plan it may be nil
	Jobs   int            // checks at the same time
	// Only are the students to grade, by ID; empty means all.
	Only []string
	// Again is why what is known is graded again all the same; "" if it is not.
	Again string
	// Sandbox is the tier that keeps submissions from what is not theirs: part of what their
	// verdicts depend on.
	Sandbox string
	// Withhold are students whose grades nobody else is to see, and Release those whose
	// grades everybody may see again.
	Withhold, Release []string
	// Header says what the records will be of: of its shard alone.
	Header record.Header
	// Takes is how long a check takes, by exercise: shards get equal parts of that. All
	// machines have to be told the same. Nil: shards go by hash.
	Takes map[string]time.Duration

	// Key names by content all that the verdict on a submission depends on, and Check
	// grades one. An error is a fault of racelab's or of the machine.
	Key   func(context.Context, exercise.Exercise, submission.Submission) (string, error)
	Check func(context.Context, exercise.Exercise, submission.Submission) (finding.Verdict, error)
	// Reference is how long the reference solution took to run on this machine, as far as
	// is known; else 0. It may be nil, and only Plan asks.
	Reference func(context.Context, exercise.Exercise) (time.Duration, error)
	// Progress is told how many of how many submissions are graded. It may be called from
	// any goroutine.
	Progress func(done, all int)
}

// An Outcome is what came of it.
type Outcome struct {
	record.Book // of this class; the records are brief
	// Unknown are the names of entries that belong to nobody: nobody on the roster, or
	// no folder, archive or Go file at all.
	Unknown []string
	// Faults are why racelab could not tell, by the exercise.
	Faults map[string]error
}

// A work is one submission, and the records that wait for its verdict. Its files are read
// again when it is their turn: those of a whole class are too many to be kept.
type work struct {
	ex      exercise.Exercise
	key     string
	records []record.Record
}

// Run grades the class. Records are kept as they come about: whoever runs it again after
// it was stopped goes on where it stopped.
func (g Grading) Run(ctx context.Context) (Outcome, error) {
	g.Header.Split = g.split(g.Header.Shard.Count).Name()
	out := Outcome{Book: record.Book{Header: g.Header}, Faults: map[string]error{}}
	if err := g.Store.Begin(g.Header); err != nil {
		return out, err
	}
	var err error
	if out.Withheld, err = g.Store.Withhold(g.Withhold, g.Release); err != nil {
		return out, err
	}
	settled := settling{store: g.Store, out: &out}
	open, unknown, err := g.plan(ctx, settled.add)
	if err == nil {
		err = settled.flush()
	}
	if err != nil {
		return out, err
	}
	out.Unknown = unknown
	err = g.grade(ctx, open, &out)
	record.Sort(out.Records)
	return out, err
}

// remember adds records that are kept.
func (o *Outcome) remember(kept []record.Record) {
	for _, r := range kept {
		o.Records = append(o.Records, r.Brief())
	}
}

// A settling keeps records that need no check, many with one transaction.
type settling struct {
	store   *store.Store
	out     *Outcome
	waiting []record.Record
}

// mostWaiting is how many records wait for the next transaction.
const mostWaiting = 500

func (s *settling) add(r record.Record) error {
	s.waiting = append(s.waiting, r)
	if len(s.waiting) < mostWaiting {
		return nil
	}
	return s.flush()
}

func (s *settling) flush() error {
	if err := s.store.Put(s.waiting); err != nil {
		return err
	}
	s.out.remember(s.waiting)
	s.waiting = nil
	return nil
}

// A tally is what is known so far of the submissions that are graded.
type tally struct {
	mu        sync.Mutex
	out       *Outcome
	done, all int
}

// grade grades what is open, student by student.
func (g Grading) grade(ctx context.Context, open map[string][]*work, out *Outcome) error {
	t := tally{out: out}
	for _, works := range open {
		t.all += len(works)
	}
	if t.all > 0 {
		g.Progress(t.done, t.all)
	}
	jobs, ctx := errgroup.WithContext(ctx)
	jobs.SetLimit(max(1, g.Jobs))
	students, _ := g.students()
	for _, s := range students {
		if len(open[s.id]) == 0 || ctx.Err() != nil {
			continue
		}
		read := g.read(s)
		for _, w := range open[s.id] {
			sub := read.submissions[w.ex.ID]
			jobs.Go(func() error { return g.gradeOne(ctx, w, sub, &t) }) // waits until another one has ended
		}
	}
	return jobs.Wait()
}

var errChanged = errors.New("the files have changed since they were read first")

// gradeOne grades one submission and keeps the records.
func (g Grading) gradeOne(ctx context.Context, w *work, sub submission.Submission, t *tally) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	start := time.Now()
	v, fault, source := finding.Verdict{}, errChanged, (*submission.Submission)(nil)
	if Hash(sub) == w.records[0].Submission {
		v, fault = g.Check(ctx, w.ex, sub)
		source = &sub
	}
	took := g.alone(time.Since(start))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if fault != nil {
		took = 0
		v = rubric.Unclear(w.ex, finding.Doubtf(finding.DoubtMachine, "%v", fault))
	}
	v.DurationMS, v.Findings = 0, record.Lean(report.Words(v.Findings))
	v = record.Capped(v)
	graded := with(w.records, v, sub)
	if err := g.Store.Keep(store.Checked{Key: w.key, Source: source, Verdict: v, Records: graded, Reason: g.Again, Took: took}); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if fault != nil {
		t.out.Faults[w.ex.ID] = fault
	}
	t.out.remember(graded)
	t.done++
	g.Progress(t.done, t.all)
	return nil
}

// with puts the verdict on a submission into records.
func with(records []record.Record, v finding.Verdict, sub submission.Submission) []record.Record {
	out, quotes := slices.Clone(records), record.Quotes(v, sub.Files)
	for i := range out {
		out[i].Verdict, out[i].Score, out[i].MaxScore, out[i].Quotes = &v, v.Score, v.MaxScore, quotes
	}
	return out
}

// plan settles what needs no check, and returns what does, each submission once, by the
// student whose files are graded, and the names of entries that belong to nobody.
func (g Grading) plan(ctx context.Context, settle func(record.Record) error) (open map[string][]*work, unknown []string, err error) {
	open, works := map[string][]*work{}, map[string]*work{}
	students, unknown := g.students()
	split := g.split(g.Header.Shard.Count)
	for _, s := range students {
		read := g.read(s)
		for _, ex := range g.Set {
			if !split.Has(g.Header.Shard, s.id, ex.ID) {
				continue
			}
			r := g.record(s, read, ex)
			sub, ok := read.submissions[ex.ID]
			switch {
			case !ok && read.unreadable != "":
				v := rubric.Unclear(ex, finding.Doubtf(finding.DoubtMachine, "%s cannot be read", read.unreadable))
				r.State, r.Verdict = record.Graded, &v
			case !ok && read.leftOut[ex.ID] != handin.Note{}:
				v := rubric.Unclear(ex, finding.Doubtf(finding.DoubtUnreadable, "%s", read.leftOut[ex.ID]))
				r.State, r.Verdict = record.Graded, &v
			case !ok:
			case untouched(ex, sub):
				r.State, r.Submission = record.Untouched, Hash(sub)
			default:
				r.State, r.Submission = record.Graded, Hash(sub)
				w, err := g.look(ctx, works, ex, sub, r, settle)
				if err != nil {
					return nil, nil, err
				}
				if w != nil {
					open[s.id] = append(open[s.id], w)
				}
				continue
			}
			if err := settle(r); err != nil {
				return nil, nil, err
			}
		}
	}
	return open, unknown, nil
}

// record is that of a student who has handed in nothing.
func (g Grading) record(s student, read reading, ex exercise.Exercise) record.Record {
	r := record.Record{Schema: record.Schema, Student: s.id, Name: s.name, Exercise: ex.ID, State: record.Missing, Late: s.late, MaxScore: ex.MaxScore(), Notes: read.notes}
	if s.roster.Known != (record.Known{}) {
		r.Known = &s.roster.Known
	}
	if g.Roster == nil || !g.Roster.SaysLate {
		r.LateAsBefore = true
		return r
	}
	r.ExtensionMinutes = int(s.roster.Extension.Minutes())
	switch late := s.roster.Late; {
	case late.Marked:
		r.Late = true
	case late.Said:
		minutes := int(late.By.Minutes())
		r.LateMinutes = &minutes
	}
	return r
}

// look finds the verdict on a submission in the store, or the work that will find it, or
// returns a new work.
func (g Grading) look(ctx context.Context, works map[string]*work, ex exercise.Exercise, sub submission.Submission, r record.Record, settle func(record.Record) error) (*work, error) {
	key, err := g.Key(ctx, ex, sub)
	if err != nil {
		return nil, err
	}
	r.Key, r.Sandbox = record.KeyOf(key, g.Sandbox, r.Submission), g.Sandbox
	v, ok, err := g.known(r.Key)
	switch {
	case err != nil:
		return nil, err
	case ok:
		return nil, settle(with([]record.Record{r}, v, sub)[0])
	case works[r.Key] != nil:
		works[r.Key].records = append(works[r.Key].records, r)
		return nil, nil
	}
	works[r.Key] = &work{ex, r.Key, []record.Record{r}}
	return works[r.Key], nil
}

// known is the verdict with a key, unless it is to be found again.
func (g Grading) known(key string) (v finding.Verdict, ok bool, err error) {
	if g.Store == nil || g.Again != "" {
		return v, false, nil
	}
	return g.Store.Verdict(key)
}
