package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"racelab/checker/classroom/gradebook"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"

	"github.com/spf13/cobra"
)

func newReportCommand(a *app) *cobra.Command {
	var from, format, student string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Show the grades of a class again, in another format",
		Long: `Render the records that grade has kept. Nothing is graded.

` + formatList() + `
Exit status: 0 done; 2 the command makes no sense; 3 there are no records, or
they cannot be read.`,
		Example: `  racelab report
  racelab report --format csv            the points, for a spreadsheet`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return a.runReport(from, format, student) },
	}
	cmd.Flags().StringVar(&from, "store", gradesFile, "`FILE` that has the records")
	cmd.Flags().StringVar(&student, "student", "", "the records of this student alone (`ID`)")
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
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Fill(merged); err != nil {
		return err
	}
	a.say("%d records are in %s now. `%s report` shows them.", len(merged.Records), a.shorten(a.abs(into)), a.command)
	return nil
}

// readBook reads a store, or what was printed of one.
func (a *app) readBook(name string) (record.Book, error) {
	f, err := os.Open(a.abs(name))
	if errors.Is(err, fs.ErrNotExist) {
		return record.Book{}, usage("there is no file %s.", name)
	} else if err != nil {
		return record.Book{}, err
	}
	defer f.Close()
	text := bufio.NewReader(f)
	if first, _ := text.Peek(1); string(first) != "{" {
		return storedBook(a.abs(name))
	}
	b, err := record.Read(text)
	if err != nil {
		return b, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

func storedBook(name string) (record.Book, error) {
	s, err := store.OpenToRead(name)
	if err != nil {
		return record.Book{}, err
	}
	defer s.Close()
	return s.Book()
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

func (a *app) runReport(from, format, student string) error {
	f, err := bookFormat(format)
	if err != nil {
		return err
	}
	b, err := storedBook(a.abs(from))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s. `%s grade DIR` makes it", a.shorten(a.abs(from)), a.command)
	} else if err != nil {
		return err
	}
	if student != "" {
		if b = b.Of(student); len(b.Records) == 0 {
			return usage("there are no records of a student %q.", student)
		}
	}
	return a.renderBook(f, b)
}

// renderBook writes records in a format, if that is for as many students as there are.
func (a *app) renderBook(f gradebook.Format, b record.Book) error {
	if n := len(b.Records); f.OneStudent && n > 0 && b.Records[0].Student != b.Records[n-1].Student {
		return usage("the format %s is for one student: say which one, as in `%s report --format %s --student %s`.", f.Name, a.command, f.Name, shellWord(b.Records[0].Student))
	}
	return f.Render(a.stdout, b, gradebook.Style{Width: a.width})
}
