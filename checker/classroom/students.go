package classroom

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/roster"
	"racelab/checker/exercise"
	"racelab/checker/submission"
)

// A student is one of the class, with what they have handed in.
type student struct {
	id, name string
	late     bool
	roster   roster.Student
	handins  []handin.Handin
}

// students are those on the roster, or else those who have handed something in. Unknown are
// the names of entries that belong to nobody.
func (g Grading) students() (all []student, unknown []string) {
	byID := map[string]*student{}
	if g.Roster != nil {
		for _, s := range g.Roster.Students {
			byID[s.ID] = &student{id: s.ID, name: s.Name, roster: s}
		}
	}
	unknown = slices.Clone(g.Class.Others)
	for _, h := range g.Class.Handins {
		s := g.whose(byID, h)
		if s == nil {
			unknown = append(unknown, h.Entries...)
			continue
		}
		s.late = s.late || h.Late
		s.handins = append(s.handins, h)
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		if len(g.Only) == 0 || slices.Contains(g.Only, id) {
			all = append(all, *byID[id])
		}
	}
	return all, unknown
}

// A reading is what was found of a student's.
type reading struct {
	notes       []handin.Note
	submissions map[string]submission.Submission
	unreadable  string // see handin.Reading, also of leftOut
	leftOut     map[string]handin.Note
}

func (g Grading) read(s student) reading {
	r := reading{submissions: map[string]submission.Submission{}, leftOut: map[string]handin.Note{}}
	for _, h := range s.handins {
		one := g.Class.Read(h, g.Set)
		r.notes = append(r.notes, one.Notes...)
		r.unreadable = cmp.Or(r.unreadable, one.Unreadable)
		maps.Copy(r.submissions, one.Submissions)
		maps.Copy(r.leftOut, one.LeftOut)
	}
	r.notes = handin.Few(r.notes)
	return r
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
		byID[h.ID] = &student{id: h.ID, name: h.Name}
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

// Hash names the files of a submission by content.
func Hash(sub submission.Submission) string {
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
