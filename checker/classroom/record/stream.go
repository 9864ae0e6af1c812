package record

import (
	"iter"
	"slices"
)

// A Stream is a book of brief records that also yields each of them whole: so nobody has to
// hold all that is wrong with the programs of a class.
type Stream struct {
	Book
	// Whole yields the records of the book with all that is kept of them, in order, and
	// each time from the first one on. It ends with an error if there is one.
	Whole iter.Seq2[Record, error]
}

// Stream is of records that are held as they are.
func (b Book) Stream() Stream {
	s := Stream{Book: b, Whole: func(yield func(Record, error) bool) {
		for _, r := range b.Records {
			if !yield(r, nil) {
				return
			}
		}
	}}
	s.Records = make([]Record, len(b.Records))
	for i, r := range b.Records {
		s.Records[i] = r.Brief()
	}
	return s
}

// Map is s with something else in the place of each record. What f makes of a brief record is
// what is left of what it makes of the whole one.
func (s Stream) Map(f func(Record) Record) Stream {
	whole := s.Whole
	s.Records = slices.Clone(s.Records)
	for i, r := range s.Records {
		s.Records[i] = f(r)
	}
	s.Whole = func(yield func(Record, error) bool) {
		for r, err := range whole {
			if err == nil {
				r = f(r)
			}
			if !yield(r, err) {
				return
			}
		}
	}
	return s
}

// Without is s without some of its records.
func (s Stream) Without(left func(Record) bool) Stream {
	whole := s.Whole
	s.Records = slices.DeleteFunc(slices.Clone(s.Records), left)
	s.Whole = func(yield func(Record, error) bool) {
		for r, err := range whole {
			if (err != nil || !left(r)) && !yield(r, err) {
				return
			}
		}
	}
	return s
}

// Held is the book of whole records.
func (s Stream) Held() (Book, error) {
	b := s.Book
	b.Records = nil
	for r, err := range s.Whole {
		if err != nil {
			return b, err
		}
		b.Records = append(b.Records, r)
	}
	return b, nil
}

// Students yields the whole records of one student after the other.
func (s Stream) Students() iter.Seq2[[]Record, error] {
	return func(yield func([]Record, error) bool) {
		var of []Record
		for r, err := range s.Whole {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(of) > 0 && of[0].Student != r.Student {
				if !yield(of, nil) {
					return
				}
				of = nil
			}
			of = append(of, r)
		}
		if len(of) > 0 {
			yield(of, nil)
		}
	}
}
