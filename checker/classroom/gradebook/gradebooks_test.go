package gradebook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"racelab/checker/classroom/record"

	"github.com/google/go-cmp/cmp"
)

// readCSV reads a table, in which all rows have as many cells as the first.
func readCSV(text []byte) ([][]string, error) { return csv.NewReader(bytes.NewReader(text)).ReadAll() }

func readTable(t *testing.T, text []byte) [][]string {
	t.Helper()
	rows, err := readCSV(text)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// importCanvas reads a gradebook as Canvas's importer does, and returns the grades by the
// student and the assignment.
func importCanvas(rows [][]string) (map[string]string, error) {
	head := rows[0]
	if !strings.Contains(head[0], "Student") || !strings.Contains(head[1], "ID") || head[2] != "SIS User ID" || head[3] != "SIS Login ID" || !strings.Contains(head[4], "Section") {
		return nil, fmt.Errorf("invalid header row %q", head)
	}
	grades := map[string]string{}
	for i, row := range rows[1:] {
		if strings.Contains(row[0], "Points Possible") {
			if i != 0 {
				return nil, fmt.Errorf("row %d has points possible", i)
			}
			for _, cell := range row[5:] {
				if _, err := strconv.Atoi(cell); err != nil {
					return nil, err
				}
			}
			continue
		}
		who := row[0]
		for _, id := range []string{row[3], row[2], row[1]} {
			if id != "" {
				who = id
			}
		}
		for j, title := range head[5:] {
			grades[who+"/"+title] = row[5+j]
		}
	}
	return grades, nil
}

func TestCanvasIsImported(t *testing.T) {
	b := ada()
	for i := range b.Records {
		b.Records[i].Name, b.Records[i].Known = "Lovelace, Ada", &record.Known{Canvas: "4711", SISUser: "s1", SISLogin: "alove", Section: "A"}
	}
	b.Columns = map[string]string{"02-reentry": "Locks again (99)"}
	other := ada().Records[0]
	other.Student = "4712"
	b.Records = append(b.Records, other)
	rows := readTable(t, rendered(t, "canvas", b))
	want := [][]string{
		{"Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01-balance", "Locks again (99)", "03-pipe", "04-daemon", "05-lost"},
		{"    Points Possible", "", "", "", "", "10", "10", "10", "10", "10"},
		{"Lovelace, Ada", "4711", "s1", "alove", "A", "10", "4", "", "0", "0"},
		{"4712", "", "", "4712", "", "10", "", "", "", ""},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	grades, err := importCanvas(rows)
	if err != nil || grades["4711/Locks again (99)"] != "4" || grades["4711/03-pipe"] != "" {
		t.Errorf("%v, %v", grades, err)
	}
}

// Moodle's importer gives a row without a name to the student of the row above. So there is
// none, whatever the roster has.
func TestMoodleNamesEverybody(t *testing.T) {
	known := func(all ...*record.Known) record.Book {
		var b record.Book
		for i, k := range all {
			b.Records = append(b.Records, record.Record{Student: fmt.Sprint("s", i), Exercise: "01", State: record.Missing, MaxScore: 10, Known: k})
		}
		return b
	}
	mail, number := &record.Known{Email: "a@x.org"}, &record.Known{IDNumber: "17"}
	both := &record.Known{Email: "b@x.org", IDNumber: "18"}
	for _, c := range []struct {
		book record.Book
		want []string
	}{
		{known(mail, both), []string{"Email address", "a@x.org", "b@x.org"}},
		{known(number, both), []string{"ID number", "17", "18"}},
		{known(mail, number), []string{"Username", "s0", "s1"}},
		{known(nil, both), []string{"Username", "s0", "s1"}},
	} {
		var got []string
		for _, row := range readTable(t, rendered(t, "moodle", c.book)) {
			got = append(got, row[0])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// A grade is a number or none, and what a program says is no HTML.
func TestMoodleIsImported(t *testing.T) {
	rows := readTable(t, rendered(t, "moodle", ada()))
	if len(rows) != 2 || len(rows[0]) != 11 || rows[0][3] != "02-reentry" || rows[0][4] != "02-reentry (feedback)" {
		t.Fatalf("%q", rows)
	}
	grades := []string{rows[1][1], rows[1][3], rows[1][5], rows[1][7], rows[1][9]}
	if diff := cmp.Diff([]string{"10", "4", "", "0", "0"}, grades); diff != "" {
		t.Error(diff)
	}
	if text := rows[1][4]; strings.ContainsAny(text, "<>\x1b") || !strings.Contains(html.UnescapeString(text), "]]> <b>") {
		t.Errorf("%q", text)
	}
}

// isFormula is a cell that a spreadsheet may take for more than text.
var isFormula = regexp.MustCompile(`^\s*[=+\-@＝＋－＠]`)

// soundCells reports what is wrong with the cells of a gradebook.
func soundCells(rows [][]string) error {
	for _, row := range rows {
		for _, cell := range row {
			if isFormula.MatchString(cell) || strings.ContainsAny(cell, "\x1b\x00\r\u202e") {
				return fmt.Errorf("%q", cell)
			}
		}
	}
	return nil
}
