package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"racelab/checker/classroom/audience"
	"racelab/checker/classroom/gradebook"
	"racelab/checker/classroom/points"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"

	"github.com/spf13/pflag"
)

// viewFlags say how records are shown, and to whom. grade and report have them both.
type viewFlags struct {
	points            string
	withhold, release []string
	student           string
}

func (v *viewFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&v.points, "points", "", "TOML `FILE` that says what points there are")
	flags.StringSliceVar(&v.withhold, "withhold", nil, "show nobody else the grades of these (`ID`)")
	flags.StringSliceVar(&v.release, "release", nil, "show the grades of these (`ID`) again")
}

// A view is how records are shown: with which points, and whether to their student.
type view struct {
	policy    points.Policy
	hash      string // of the points file
	toStudent bool
}

// view reads the points file.
func (a *app) view(flags viewFlags) (v view, err error) {
	v.toStudent = flags.student != ""
	if flags.points == "" {
		return v, nil
	}
	set, err := a.set()
	if err != nil {
		return v, err
	}
	text, err := os.ReadFile(a.abs(flags.points))
	if err != nil {
		return v, usage("the points file cannot be read: %v.", err)
	}
	if v.policy, err = points.Read(text, set); err != nil {
		return v, usage("%s: %v.", flags.points, err)
	}
	v.hash = fmt.Sprintf("sha256:%x", sha256.Sum256(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
	return v, nil
}

// render writes records in a format: what its reader may see of them.
func (a *app) render(w io.Writer, f gradebook.Format, s record.Stream, v view) error {
	if v.hash != "" {
		s = s.Map(v.policy.Apply)
		s.Points = v.hash
	}
	s, err := a.seenBy(f, s, v)
	if err != nil {
		return err
	}
	if err := f.Render(w, s, gradebook.Style{Width: a.width, Known: a.knownExercises}); err != nil {
		return err
	}
	return a.renderAside(f, s)
}

// seenBy is the part of s that the reader of a format may see.
func (a *app) seenBy(f gradebook.Format, s record.Stream, v view) (record.Stream, error) {
	n := len(s.Records)
	switch {
	case f.OneStudent && n > 0 && s.Records[0].Student != s.Records[n-1].Student:
		return s, usage("the format %s is for one student: say which one, as in `%s report --format %s --student %s`.", f.Name, a.command, f.Name, shellWord(s.Records[0].Student))
	case f.OneStudent || v.toStudent:
		if n > 0 && audience.Withheld(s.Book, s.Records[0].Student) {
			id := s.Records[0].Student
			return s, fmt.Errorf("the grades of %s are withheld. `%s report --release %s` ends that", id, a.command, shellWord(id))
		}
		set, err := a.set()
		if err != nil {
			return s, err
		}
		return audience.Student(s, set), nil
	case f.ForTeachers():
		return s, nil
	}
	if len(s.Withheld) > 0 {
		a.note("withheld, and not in this: %s.", strings.Join(s.Withheld, ", "))
	}
	return audience.Released(s), nil
}

// withhold keeps in a store who is withheld from now on, and who no longer.
func (a *app) withhold(name string, flags viewFlags) error {
	if len(flags.withhold)+len(flags.release) == 0 {
		return nil
	}
	b, err := storedBook(a.abs(name), (*store.Store).Brief)
	if err != nil {
		return a.noStore(name, err)
	}
	if err := inBook(b, flags.withhold); err != nil {
		return err
	}
	for _, id := range flags.release {
		if !audience.Withheld(b, id) {
			return usage("the grades of %q are not withheld.", id)
		}
	}
	s, err := store.Open(a.abs(name))
	if err != nil {
		return err
	}
	_, err = s.Withhold(flags.withhold, flags.release)
	return errors.Join(err, s.Close())
}

// ofStudents are the records of some students alone, all of which must have some.
func ofStudents(b record.Book, ids []string) (record.Book, error) {
	if len(ids) == 0 {
		return b, nil
	}
	if err := inBook(b, ids); err != nil {
		return b, err
	}
	b.Records = slices.DeleteFunc(slices.Clone(b.Records), func(r record.Record) bool { return !slices.Contains(ids, r.Student) })
	return b, nil
}

// inBook makes sure that there are records of students.
func inBook(b record.Book, ids []string) error {
	for _, id := range ids {
		if len(b.Of(id).Records) == 0 {
			return usage("there are no records of a student %q.", id)
		}
	}
	return nil
}

// noStore says where a store that is not there comes from; any other error, or none, stays
// as it is.
func (a *app) noStore(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s. `%s grade DIR` makes it", a.shorten(a.abs(name)), a.command)
	}
	return err
}
