package gradebook

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"

	joshdk "github.com/joshdk/go-junit"
	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// readers read each format as those do whom it is for, and report what is wrong. Others than
// us have written most of them.
func readers(schema *jsonschema.Schema) map[string]func(text []byte) error {
	return map[string]func([]byte) error{
		"text":   readLog,
		"github": readLog,
		"csv":    readCells(nil),
		"canvas": readCells(func(rows [][]string) error {
			_, err := importCanvas(rows)
			return err
		}),
		"moodle": readCells(func(rows [][]string) error {
			for _, row := range rows {
				if row[0] == "" {
					return errors.New("a row says nobody's name")
				}
			}
			return nil
		}),
		"jsonl": func(text []byte) error {
			_, err := record.Read(bytes.NewReader(text))
			return err
		},
		"junit": func(text []byte) error {
			if _, err := joshdk.IngestReader(bytes.NewReader(text)); err != nil {
				return err
			}
			var all junit.Testsuites
			return xml.Unmarshal(text, &all)
		},
		"sarif":        func(text []byte) error { return valid(schema, text) },
		"gitlab":       into(new(gitlabIssues)),
		"classroom":    into(new(classroomResults)),
		"gradescope":   into(new(gradescopeResults)),
		"prairielearn": into(new(prairieResults)),
		"autolab":      func(text []byte) error { return into(new(autolabResults))(lastLine(text)) },
		"exercism":     into(new(exercismResults)),
	}
}

func into(value any) func([]byte) error {
	return func(text []byte) error {
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(value); err != nil {
			return err
		}
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			return errors.New("there is more than one value")
		}
		if bytes.Contains(text, []byte(`\u0000`)) {
			return errors.New("no database takes a zero byte")
		}
		return nil
	}
}

func readCells(also func([][]string) error) func([]byte) error {
	return func(text []byte) error {
		rows, err := readCSV(text)
		if err != nil {
			return err
		}
		if err := soundCells(rows); err != nil || also == nil {
			return err
		}
		return also(rows)
	}
}

// readLog reads what stands in the log of GitHub Actions.
func readLog(text []byte) error {
	if bytes.ContainsAny(text, "\x1b\x00\r\u202e") {
		return errors.New("something takes control of a terminal")
	}
	commands, _ := obey(string(text))
	for _, c := range commands {
		if strings.Contains(c, "pwned") && !strings.HasPrefix(c, "::error ") && !strings.HasPrefix(c, "::warning ") {
			return fmt.Errorf("a command of somebody else's: %q", c)
		}
	}
	return nil
}

// check renders a book in every format, and reads it again.
func check(t *testing.T, readers map[string]func([]byte) error, b record.Book) {
	t.Helper()
	for _, f := range Formats {
		read, ok := readers[f.Name]
		if !ok {
			continue // tested elsewhere
		}
		books := []record.Book{b}
		if f.OneStudent {
			books = byStudent(b)
		}
		for _, one := range books {
			var out bytes.Buffer
			err := f.Render(&out, one.Stream(), Style{Width: 80})
			switch {
			case errors.Is(err, ErrUnclear) && out.Len() == 0:
				continue
			case err != nil:
				t.Errorf("%s: %v", f.Name, err)
				continue
			case !utf8.Valid(out.Bytes()):
				t.Errorf("%s: it is no UTF-8", f.Name)
			}
			if err := read(out.Bytes()); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
}

func byStudent(b record.Book) (all []record.Book) {
	for i, r := range b.Records {
		if i == 0 || r.Student != b.Records[i-1].Student {
			all = append(all, b.Of(r.Student))
		}
	}
	return all
}

// Every format has a reader.
func TestEveryFormatIsRead(t *testing.T) {
	all := readers(publishedSchema(t))
	for _, f := range Formats {
		if _, ok := all[f.Name]; !ok && !strings.Contains(f.Name, "html") { // pages have tests of their own
			t.Errorf("nobody reads %s", f.Name)
		}
	}
	for seed := range uint64(2) {
		check(t, all, recordtest.Class(seed, 35, 5))
	}
	check(t, all, record.Book{})
}

// Whatever students, exercises and files are called, and whatever programs say: no renderer
// fails, and each result can be read.
func FuzzFormats(f *testing.F) {
	for i, words := range recordtest.Hostile {
		f.Add(uint64(i), words, words, words)
	}
	all := readers(publishedSchema(f))
	f.Fuzz(func(t *testing.T, seed uint64, student, exercise, said string) {
		b := recordtest.Class(seed, 2, 3)
		for i := range b.Records {
			r := &b.Records[i]
			r.Known = &record.Known{Canvas: said, SISUser: student, SISLogin: said, Section: exercise, Email: student}
			if i%2 == 0 {
				r.Student, r.Name = student+r.Student, said
			}
			if i%3 == 0 {
				r.Exercise = exercise + r.Exercise
			}
			if r.Verdict != nil {
				for j := range r.Verdict.Findings {
					found := &r.Verdict.Findings[j]
					found.Message, found.Location.File, found.Location.Function = said, student, exercise
				}
			}
		}
		b.Columns = map[string]string{b.Records[0].Exercise: said}
		record.Sort(b.Records)
		check(t, all, b)
	})
}
