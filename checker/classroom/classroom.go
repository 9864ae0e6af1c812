// Package classroom grades what a class has handed in: each submission once, however
// often it was handed in, and none that a store knows.
package classroom

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"

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
	Store  *store.Store
	Jobs   int // checks at the same time
	// Only are the students to grade, by ID; empty means all.
	Only []string
	// Again is why what is known is graded again all the same; "" if it is not.
	Again string
	// Header says what the records will be of: of its shard alone.
	Header record.Header

	// Key names by content all that the verdict on a submission depends on, and Check
	// grades one. An error is a fault of racelab's or of the machine.
	Key   func(context.Context, exercise.Exercise, submission.Submission) (string, error)
	Check func(context.Context, exercise.Exercise, submission.Submission) (finding.Verdict, error)
	// Progress is told how many of how many submissions are graded. It may be called from
	// any goroutine.
	Progress func(done, all int)
}

// An Outcome is what came of it.
type Outcome struct {
	record.Book // of this class
	// Unknown are the names of entries that belong to nobody: nobody on the roster, or
	// no folder, archive or Go file at all.
	Unknown []string
	// Faults are why racelab could not tell, by the exercise.
	Faults map[string]error
}

// A work is one submission, and the records that wait for its verdict.
type work struct {
	ex      exercise.Exercise
	sub     submission.Submission
	key     string
	records []record.Record
}

// Run grades the class. Records are kept as they come about: whoever runs it again after
// it was stopped goes on where it stopped.
func (g Grading) Run(ctx context.Context) (Outcome, error) {
	out := Outcome{Book: record.Book{Header: g.Header}, Faults: map[string]error{}}
	if err := g.Store.Begin(g.Header); err != nil {
		return out, err
	}
	open, err := g.plan(ctx, &out)
	if err != nil {
		return out, err
	}
	var mu sync.Mutex
	done, all := 0, len(open)
	jobs, ctx := errgroup.WithContext(ctx)
	jobs.SetLimit(max(1, g.Jobs))
	for _, w := range open {
		jobs.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			v, fault := g.Check(ctx, w.ex, w.sub)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if fault != nil {
				v = rubric.Judge(w.ex, rubric.Evidence{Fault: fault.Error()})
			}
			v.DurationMS, v.Findings = 0, report.Words(v.Findings)
			graded := with(w.records, v)
			if err := g.Store.Keep(w.key, v, graded, g.Again); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if fault != nil {
				out.Faults[w.ex.ID] = fault
			}
			out.Records = append(out.Records, graded...)
			done++
			g.Progress(done, all)
			return nil
		})
	}
	err = jobs.Wait()
	record.Sort(out.Records)
	return out, err
}

// with puts a verdict into records.
func with(records []record.Record, v finding.Verdict) []record.Record {
	out := slices.Clone(records)
	for i := range out {
		out[i].Verdict, out[i].Score, out[i].MaxScore = &v, v.Score, v.MaxScore
	}
	return out
}

// plan settles what needs no check, and returns what does, each submission once.
func (g Grading) plan(ctx context.Context, out *Outcome) ([]*work, error) {
	open := map[string]*work{}
	for _, s := range g.students(out) {
		for _, ex := range g.Set {
			if !g.Header.Shard.Has(s.id, ex.ID) {
				continue
			}
			r := record.Record{Schema: record.Schema, Student: s.id, Name: s.name, Exercise: ex.ID, State: record.Missing, Late: s.late, MaxScore: ex.MaxScore(), Notes: s.notes}
			sub, ok := s.submissions[ex.ID]
			switch {
			case !ok:
			case untouched(ex, sub):
				r.State, r.Submission = record.Untouched, hash(sub)
			default:
				r.State, r.Submission = record.Graded, hash(sub)
				if err := g.look(ctx, open, ex, sub, r, out); err != nil {
					return nil, err
				}
				continue
			}
			out.Records = append(out.Records, r)
		}
	}
	if err := g.Store.Put(out.Records); err != nil {
		return nil, err
	}
	var all []*work
	for _, key := range slices.Sorted(maps.Keys(open)) {
		all = append(all, open[key])
	}
	return all, nil
}

// look finds the verdict on a submission in the store, or adds it to what is open.
func (g Grading) look(ctx context.Context, open map[string]*work, ex exercise.Exercise, sub submission.Submission, r record.Record, out *Outcome) error {
	key, err := g.Key(ctx, ex, sub)
	if err != nil {
		return err
	}
	r.Key = key + ":" + r.Submission
	v, ok, err := g.Store.Verdict(r.Key)
	ok = ok && g.Again == ""
	switch {
	case err != nil:
		return err
	case ok:
		out.Records = append(out.Records, with([]record.Record{r}, v)...)
	case open[r.Key] != nil:
		open[r.Key].records = append(open[r.Key].records, r)
	default:
		open[r.Key] = &work{ex, sub, r.Key, []record.Record{r}}
	}
	return nil
}

// A student is one of the class, with what was found of theirs.
type student struct {
	id, name    string
	late        bool
	notes       []handin.Note
	submissions map[string]submission.Submission
}

// students are those on the roster, or else those who have handed something in.
func (g Grading) students(out *Outcome) []student {
	byID := map[string]*student{}
	if g.Roster != nil {
		for _, s := range g.Roster.Students {
			byID[s.ID] = &student{id: s.ID, name: s.Name, submissions: map[string]submission.Submission{}}
		}
	}
	out.Unknown = append(out.Unknown, g.Class.Others...)
	for _, h := range g.Class.Handins {
		s := g.whose(byID, h)
		if s == nil {
			out.Unknown = append(out.Unknown, h.Entries...)
			continue
		}
		reading := g.Class.Read(h, g.Set)
		s.late = s.late || h.Late
		s.notes = append(s.notes, reading.Notes...)
		maps.Copy(s.submissions, reading.Submissions)
	}
	var all []student
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		if len(g.Only) == 0 || slices.Contains(g.Only, id) {
			all = append(all, *byID[id])
		}
	}
	return all
}

// IDs are those of all students.
func (g Grading) IDs() (ids []string) {
	if g.Roster == nil {
		for _, h := range g.Class.Handins {
			ids = append(ids, h.ID)
		}
		return ids
	}
	for _, s := range g.Roster.Students {
		ids = append(ids, s.ID)
	}
	return ids
}

// whose is the student who handed h in; nil if that is nobody on the roster.
func (g Grading) whose(byID map[string]*student, h handin.Handin) *student {
	if g.Roster == nil {
		byID[h.ID] = &student{id: h.ID, name: h.Name, submissions: map[string]submission.Submission{}}
		return byID[h.ID]
	}
	s, ok := g.Roster.Find(h.ID, h.Name)
	if !ok {
		return nil
	}
	return byID[s.ID]
}

// untouched reports whether a submission is the program that was handed out.
func untouched(ex exercise.Exercise, sub submission.Submission) bool {
	for _, name := range ex.Files {
		was, err := ex.Original(name)
		if is, ok := sub.Files[name]; err != nil || !ok || !bytes.Equal(lines(was), lines(is)) {
			return false
		}
	}
	return true
}

// lines has the ends of lines that Go has.
func lines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// hash names the files of a submission by content.
func hash(sub submission.Submission) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(sub.Files)) {
		fmt.Fprintf(h, "%q %d\n", name, len(sub.Files[name]))
		h.Write(sub.Files[name])
	}
	for _, f := range sub.Findings {
		fmt.Fprintf(h, "%q %+v\n", f.Location.File, f.Fact.Breach)
	}
	fmt.Fprintf(h, "%q", sub.Extra)
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
