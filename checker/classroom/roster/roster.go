// Package roster reads the list of those who should have handed something in.
package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A Student is one row.
type Student struct {
	ID   string
	Name string
	// Late is by how much everything came too late, and Extension what was granted: the
	// columns of these names.
	Late      Lateness
	Extension time.Duration
	Known     Known

	line int
	keys []string // what else a download may call the student
}

// A Roster has each student once.
type Roster struct {
	Students []Student
	headings []string // as they stand there
	// SaysLate is set when there is a column late or extension.
	SaysLate bool
	byKey    map[string]int // -1: it names several
}

// Names of columns, in the order in which they are preferred as ID.
var (
	idColumns    = []string{"id", "student id", "sis login id", "login", "login id", "username", "user name", "github", "github username", "id number", "sis user id", "canvas id", "moodle id", "email", "email address", "e-mail", "mail"}
	nameColumns  = []string{"name", "student", "full name", "student name"}
	firstColumns = []string{"first name", "firstname", "given name"}
	lastColumns  = []string{"last name", "lastname", "surname", "family name"}
)

// Parse reads CSV with a line of headings: as a gradebook exports it, or written by hand,
// with commas, semicolons or tabs. An error names the line.
func Parse(r io.Reader) (Roster, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return Roster{}, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	rows := csv.NewReader(bytes.NewReader(text))
	rows.Comma, rows.FieldsPerRecord, rows.TrimLeadingSpace = separator(text), -1, true
	head, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return Roster{}, errors.New("line 1: the roster is empty; its first line names the columns, as in id,name,email")
	} else if err != nil {
		return Roster{}, err
	}
	headings := slices.Clone(head)
	t := newTable(head)
	if len(t.ids) == 0 && len(t.names) == 0 {
		return Roster{}, fmt.Errorf("line 1: none of the columns %q says who somebody is; call one of them id, login, email or name", head)
	}
	out := Roster{SaysLate: len(t.late)+len(t.extension) > 0}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return Roster{}, err
		}
		if ofNobody(head, row) {
			continue
		}
		line, _ := rows.FieldPos(0)
		s, ok, err := t.student(row, line)
		switch {
		case err != nil:
			return Roster{}, fmt.Errorf("line %d: %w", line, err)
		case ok:
			out.Students = append(out.Students, s)
		case strings.TrimSpace(strings.Join(row, "")) != "":
			return Roster{}, fmt.Errorf("line %d: nothing in it says who it is about", line)
		}
	}
	out.headings = headings
	return out, out.index()
}

// separator is the one that the headings have most of.
func separator(text []byte) rune {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', 0
	for _, r := range ",;\t" {
		if n := strings.Count(string(line), string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// A table knows which column has what.
type table struct {
	ids, names, first, last, late, extension []int
	head                                     []string // in small letters
}

func newTable(head []string) table {
	for i, h := range head {
		head[i] = strings.ToLower(strings.TrimSpace(h))
	}
	in := func(names ...string) (at []int) {
		for _, n := range names {
			if i := slices.Index(head, n); i >= 0 {
				at = append(at, i)
			}
		}
		return at
	}
	return table{in(idColumns...), in(nameColumns...), in(firstColumns...), in(lastColumns...), in("late"), in("extension"), head}
}

func (t table) student(row []string, line int) (s Student, ok bool, err error) {
	field := func(columns []int) string {
		for _, i := range columns {
			if i < len(row) && strings.TrimSpace(row[i]) != "" {
				return strings.TrimSpace(row[i])
			}
		}
		return ""
	}
	s.line = line
	if s.Late, err = lateness(field(t.late)); err != nil {
		return s, false, fmt.Errorf("late is %w", err)
	}
	if text := field(t.extension); text != "" && !negative[strings.ToLower(text)] {
		if s.Extension, err = Span(text); err != nil {
			return s, false, fmt.Errorf("extension is %w", err)
		}
	}
	first, last := field(t.first), field(t.last)
	if s.Name = field(t.names); s.Name == "" {
		s.Name = strings.TrimSpace(first + " " + last)
	}
	if s.ID = field(t.ids); s.ID == "" {
		s.ID = s.Name
	}
	for _, i := range t.ids {
		id := strings.ToLower(field([]int{i}))
		s.keys = append(s.keys, id)
		if local, _, ok := strings.Cut(id, "@"); ok {
			s.keys = append(s.keys, local)
		}
	}
	s.Known = knownIn(t.head).known(t.head, row)
	s.keys = append(s.keys, squeezed(s.Name), squeezed(last+first), squeezed(reversed(s.Name)))
	s.keys = slices.DeleteFunc(s.keys, func(k string) bool { return k == "" })
	return s, s.ID != "", nil
}

// squeezed is a name as Canvas writes it: letters and digits alone.
func squeezed(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// reversed has the last word first.
func reversed(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	return words[len(words)-1] + strings.Join(words[:len(words)-1], "")
}

func (r *Roster) index() error {
	r.byKey = map[string]int{}
	ids := map[string]int{}
	for i, s := range r.Students {
		id := strings.ToLower(s.ID)
		if first, ok := ids[id]; ok {
			return fmt.Errorf("line %d: %s stands in line %d already", s.line, s.ID, r.Students[first].line)
		}
		ids[id] = i
	}
	for i, s := range r.Students {
		for _, key := range s.keys {
			if other, ok := r.byKey[key]; ok && other != i {
				r.byKey[key] = -1
			} else if !ok {
				r.byKey[key] = i
			}
		}
	}
	for id, i := range ids {
		r.byKey[id] = i
	}
	return nil
}

// Find is the student whom a download calls by an ID and, perhaps, a name.
func (r Roster) Find(id, name string) (Student, bool) {
	for _, key := range []string{strings.ToLower(strings.TrimSpace(id)), squeezed(name), squeezed(id)} {
		if i, ok := r.byKey[key]; ok && i >= 0 && key != "" {
			return r.Students[i], true
		}
	}
	return Student{}, false
}
