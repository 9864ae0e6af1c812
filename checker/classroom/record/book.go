package record

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"racelab/checker/classroom/shard"
)

// BookSchema is the version of the JSON object that a Header marshals to.
const BookSchema = "racelab/records/v1"

// A Book has the records of a class, or of a shard of it.
type Book struct {
	Header
	Records []Record // in order
}

// A Header says what the records are of.
type Header struct {
	Schema  string      `json:"schema"`
	Racelab string      `json:"racelab"` // its version
	Shard   shard.Shard `json:"shard"`
	// Split names how the class was divided into shards, if that was not by hash.
	Split     string   `json:"split,omitempty"`
	Roster    string   `json:"roster,omitempty"` // the hash of the roster, if there was one
	Exercises []string `json:"exercises"`
	// Columns are the headings that a gradebook of Canvas has for exercises, if the roster
	// came from there.
	Columns map[string]string `json:"columns,omitempty"`
	// Withheld are the students whose grades nobody else is to see yet, in order.
	Withheld []string `json:"withheld,omitempty"`
	// Points is the hash of the points file that the records were rendered with, if there
	// was one. Then they are not those that are kept.
	Points string `json:"points,omitempty"`
}

// Write writes records as JSON: the header, and then a record a line.
func Write(w io.Writer, s Stream) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	s.Header.Schema = BookSchema
	if err := enc.Encode(s.Header); err != nil {
		return err
	}
	for r, err := range s.Whole {
		if err != nil {
			return errors.Join(out.Flush(), err)
		}
		r.Schema = Schema
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Read reads what Write has written.
func Read(r io.Reader) (Book, error) {
	var b Book
	dec := json.NewDecoder(r)
	if err := dec.Decode(&b.Header); err != nil {
		return b, fmt.Errorf("line 1 is no header of records: %w", err)
	}
	if b.Header.Schema != BookSchema {
		return b, fmt.Errorf("line 1 is of schema %q; this racelab reads %s", b.Header.Schema, BookSchema)
	}
	for {
		var one Record
		err := dec.Decode(&one)
		line := len(b.Records) + 2
		switch {
		case err == io.EOF:
			return b, nil
		case err != nil:
			return b, fmt.Errorf("line %d: %w", line, err)
		case one.Schema != Schema:
			return b, fmt.Errorf("line %d is of schema %q; this racelab reads %s", line, one.Schema, Schema)
		}
		b.Records = append(b.Records, one)
	}
}

// Of is the part of b that is about one student.
func (b Book) Of(student string) Book {
	b.Records = slices.DeleteFunc(slices.Clone(b.Records), func(r Record) bool { return r.Student != student })
	return b
}

// Merge puts the shards of a class together, in whatever order, and each once or more
// often. What one shard could not tell, the same shard may have been told by when it was run
// again.
func Merge(books []Book) (Book, error) {
	if len(books) == 0 {
		return Book{}, fmt.Errorf("there is nothing to merge")
	}
	first := books[0].Header
	merged, in := map[[2]string]Record{}, map[[2]string]shard.Shard{}
	seen := make([]bool, max(1, first.Shard.Count))
	for _, b := range books {
		if err := sameClass(first, b.Header); err != nil {
			return Book{}, err
		}
		if b.Shard.Index < 0 || b.Shard.Index >= len(seen) {
			return Book{}, fmt.Errorf("there is no shard %s", b.Shard)
		}
		seen[b.Shard.Index] = true
		if err := take(merged, in, b); err != nil {
			return Book{}, err
		}
	}
	for i, is := range seen {
		if !is {
			return Book{}, fmt.Errorf("shard %s is missing", shard.Shard{Index: i, Count: len(seen)})
		}
	}
	out := Book{Header: first}
	out.Shard, out.Split = shard.Whole, ""
	for _, b := range books[1:] {
		out.Withheld = append(slices.Clip(out.Withheld), b.Withheld...)
	}
	out.Withheld = slices.Compact(slices.Sorted(slices.Values(out.Withheld)))
	for _, r := range merged {
		out.Records = append(out.Records, r)
	}
	Sort(out.Records)
	return out, nil
}

// sameClass says how two books are not of the same class.
func sameClass(a, b Header) error {
	switch {
	case b.Points != "":
		return fmt.Errorf("one file was written with a points file; what is merged has to be without")
	case a.Shard.Count != b.Shard.Count:
		return fmt.Errorf("one file is of shard %s, another one of %s", a.Shard, b.Shard)
	case a.Split != b.Split:
		return fmt.Errorf("the class was divided in different ways: each shard needs the same --durations, and the same students")
	case a.Racelab != b.Racelab:
		return fmt.Errorf("one file is of racelab %s, another one of %s", a.Racelab, b.Racelab)
	case a.Roster != b.Roster || !maps.Equal(a.Columns, b.Columns):
		return fmt.Errorf("the files were made with different rosters")
	case !slices.Equal(a.Exercises, b.Exercises):
		return fmt.Errorf("one file has the exercises %v, another one %v", a.Exercises, b.Exercises)
	}
	return nil
}

// take adds the records of a book, and the shard that each is in.
func take(merged map[[2]string]Record, in map[[2]string]shard.Shard, b Book) error {
	for _, r := range b.Records {
		at := [2]string{r.Student, r.Exercise}
		if b.Split == "" && !b.Shard.Has(r.Student, r.Exercise) {
			return fmt.Errorf("the record of %s for %s is not of shard %s", r.Student, r.Exercise, b.Shard)
		}
		if other, ok := in[at]; ok && other != b.Shard {
			return fmt.Errorf("the record of %s for %s is in two shards, %s and %s", r.Student, r.Exercise, min(other.String(), b.Shard.String()), max(other.String(), b.Shard.String()))
		}
		in[at] = b.Shard
		known, ok := merged[at]
		switch {
		case !ok || known.Inconclusive() && !r.Inconclusive():
			merged[at] = r
		case r.Inconclusive() && !known.Inconclusive():
		case r.Inconclusive():
			if text(r) < text(known) { // one of them, whichever comes first
				merged[at] = r
			}
		case text(known) != text(r) && agree(known, r):
			if text(r) < text(known) {
				merged[at] = r
			}
		case text(known) != text(r):
			return fmt.Errorf("there are two records of %s for %s that differ", r.Student, r.Exercise)
		}
	}
	return nil
}

// agree reports whether two records of the same submission say the same, and differ only in
// what luck decides where a program is wrong: which of its goroutines a native run has caught,
// and how often.
func agree(a, b Record) bool {
	return a.State == b.State && a.Key == b.Key && a.Score == b.Score && a.Verdict != nil && b.Verdict != nil &&
		a.Verdict.Outcome == b.Verdict.Outcome && slices.Equal(a.Verdict.Points, b.Verdict.Points)
}

// text is a record as it is written.
func text(r Record) string {
	r.Schema = Schema
	data, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
