package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"

	"racelab/checker/classroom/gradebook"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"

	"github.com/spf13/cobra"
)

func newReportCommand(a *app) *cobra.Command {
	var from, format string
	var only []string
	var flags viewFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Show the grades of a class again, in another format",
		Long: `Render the records that grade has kept. Nothing is graded.

` + formatList() + `
--student shows what that student may see: no test or scenario that was not
handed out, and nothing of others. Formats for one student show no more than
that, either. --only shows what the teacher sees, of some students.

--points names a file that says how many points there are, and what being late
costs. It is applied to the records as they are shown: another one changes the
next report, and no check is made again. docs/POINTS.md has all of it.

--withhold keeps the grades of students back, from now on: they are in no format
but text, jsonl and html, which mark them. --release ends that.

Exit status: 0 done; 2 the command makes no sense; 3 there are no records, or
they cannot be read.`,
		Example: `  racelab report
  racelab report --format csv            the points, for a spreadsheet
  racelab report --format html           a page of all; send it to a file
  racelab report --points points.toml --student ada --format gradescope`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return a.runReport(from, format, only, flags) },
	}
	cmd.Flags().StringVar(&from, "store", gradesFile, "`FILE` that has the records")
	cmd.Flags().StringVar(&flags.student, "student", "", "what this student (`ID`) may see")
	cmd.Flags().StringSliceVar(&only, "only", nil, "the records of these students alone, by `ID`")
	flags.add(cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT`, one of those above")
	return cmd
}

func newMergeCommand(a *app) *cobra.Command {
	var into string
	cmd := &cobra.Command{
		Use:   "merge FILE...",
		Short: "Put the shards of a class together",
		Long: `Put the records of the shards of a class together. Each FILE is the store of a
shard, or what it has printed with --format jsonl. They may come in any order,
and one that was run twice may be there twice. Shards that are missing, or of
another class, are refused, and so are records that differ.

Exit status: 0 done; 2 the command makes no sense; 3 the files cannot be read,
or do not belong together.`,
		Example: `  racelab grade class --shard 0/2 --store 0.db
  racelab grade class --shard 1/2 --store 1.db
  racelab merge 0.db 1.db`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("merge needs the stores of the shards, as in `%s merge 0.db 1.db`.", a.command)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.runMerge(args, into) },
	}
	cmd.Flags().StringVar(&into, "store", gradesFile, "`FILE` that gets the records")
	return cmd
}

func (a *app) runMerge(files []string, into string) (err error) {
	var books []record.Book
	for _, name := range files {
		b, err := a.readBook(name)
		if err != nil {
			return err
		}
		books = append(books, b)
	}
	merged, err := record.Merge(books)
	if err != nil {
		return fmt.Errorf("cannot merge: %w", err)
	}
	s, err := store.Open(a.abs(into))
	if err != nil {
		return err
	}
	from, err := a.storesOf(files, s, into)
	defer func() {
		for _, one := range append(from, s) { // to close one twice does no harm
			err = errors.Join(err, one.Close())
		}
	}()
	if err != nil {
		return err
	}
	if err := s.Fill(merged, from...); err != nil {
		return err
	}
	a.say("%d records are in %s now. `%s report` shows them.", len(merged.Records), a.shorten(a.abs(into)), a.command)
	return nil
}

// storesOf opens the stores among files, each once. The one that the records go into is open.
func (a *app) storesOf(files []string, s *store.Store, into string) (all []*store.Store, err error) {
	open := map[string]bool{}
	for _, name := range files {
		isStore, err := a.isStore(name)
		if err != nil {
			return all, err
		}
		if !isStore || open[a.abs(name)] {
			continue // printed records have nothing else
		}
		open[a.abs(name)] = true
		one := s
		if a.abs(name) != a.abs(into) {
			if one, err = store.OpenToRead(a.abs(name)); err != nil {
				return all, err
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// isStore reports whether a file is a store, and not what was printed of one.
func (a *app) isStore(name string) (bool, error) {
	f, err := os.Open(a.abs(name))
	if err != nil {
		return false, err
	}
	defer f.Close()
	first, _ := bufio.NewReader(f).Peek(1)
	return string(first) != "{", nil
}

// readBook reads a store, or what was printed of one.
func (a *app) readBook(name string) (record.Book, error) {
	isStore, err := a.isStore(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return record.Book{}, usage("there is no file %s.", name)
	case err != nil:
		return record.Book{}, err
	case isStore:
		return storedBook(a.abs(name), (*store.Store).Book)
	}
	f, err := os.Open(a.abs(name))
	if err != nil {
		return record.Book{}, err
	}
	defer f.Close()
	b, err := record.Read(f)
	if err != nil {
		return b, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// storedBook reads a store in one of its ways.
func storedBook(name string, read func(*store.Store) (record.Book, error)) (b record.Book, err error) {
	s, err := store.OpenToRead(name)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return read(s)
}

// formatList says what each format is.
func formatList() string {
	var list strings.Builder
	for _, f := range gradebook.Formats {
		about := f.About
		if f.OneStudent {
			about += "; needs --student"
		}
		fmt.Fprintf(&list, "  %-14s%s\n", f.Name, about)
	}
	return list.String()
}

func bookFormats() string {
	var names []string
	for _, f := range gradebook.Formats {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

func bookFormat(name string) (gradebook.Format, error) {
	f, ok := gradebook.Named(name)
	if !ok {
		return f, usage("--format is one of %s, not %q.", bookFormats(), name)
	}
	return f, nil
}

func (a *app) runReport(from, format string, only []string, flags viewFlags) (err error) {
	f, err := bookFormat(format)
	if err != nil {
		return err
	}
	if stdoutIsClosed() {
		return errors.New("the standard output is closed: a report has nowhere to go")
	}
	debug.SetGCPercent(classGCPercent)
	v, err := a.view(flags)
	if err != nil {
		return err
	}
	if flags.student != "" {
		if len(only) > 0 {
			return usage("--student shows what one student may see, --only what the teacher sees of some: take one of them.")
		}
		only = []string{flags.student}
	}
	if err := a.withhold(from, flags); err != nil {
		return err
	}
	s, err := store.OpenToRead(a.abs(from))
	if err != nil {
		return a.noStore(from, err)
	}
	defer func() { err = errors.Join(err, s.Close()) }() // to close one twice does no harm
	b, err := s.Brief()
	if err != nil {
		return err
	}
	if b, err = ofStudents(b, only); err != nil {
		return err
	}
	return a.renderStored(f, s, b, v)
}

// renderAside adds to a file what else the platform takes that a format is for, if it has
// named one.
func (a *app) renderAside(f gradebook.Format, s record.Stream) (err error) {
	aside, ok := gradebook.Asides[f.Name]
	if !ok {
		return nil
	}
	name, _ := a.lookupEnv(aside.Variable)
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(a.abs(name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("the file that %s names: %w", aside.Variable, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return aside.Render(file, s)
}
