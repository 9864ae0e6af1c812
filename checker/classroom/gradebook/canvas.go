package gradebook

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"

	"racelab/checker/classroom/record"
)

// Canvas writes a gradebook for Canvas to import. Of an exercise that the roster has a column
// for, as Canvas's own export does, it is that one; from any other heading Canvas makes an
// assignment. What racelab could not grade has an empty cell, which is no grade.
// See https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807.
func Canvas(w io.Writer, b record.Book, _ Style) error {
	t := newTable(b)
	out := csv.NewWriter(w)
	head := []string{"Student", "ID", "SIS User ID", "SIS Login ID", "Section"}
	possible := []string{"    Points Possible", "", "", "", ""}
	for _, ex := range t.exercises {
		head = append(head, cell(cmp.Or(b.Columns[ex], ex)))
		possible = append(possible, strconv.Itoa(t.most[ex]))
	}
	_ = out.Write(head)
	_ = out.Write(possible)
	for _, r := range t.rows {
		row := canvasStudent(r)
		for _, ex := range t.exercises {
			row = append(row, points(r, ex))
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// canvasStudent says who a row is about. Canvas takes the number in the column ID first, and
// the name last of all: without a roster nothing is known but what the student is called here,
// which must not be taken for a number.
func canvasStudent(r row) []string {
	k := r.knownAs()
	if k == (record.Known{}) {
		k.SISLogin = r.student
	}
	return []string{cell(cmp.Or(r.name, r.student)), cell(k.Canvas), cell(k.SISUser), cell(k.SISLogin), cell(k.Section)}
}

// points are those of a student for an exercise; "" if there is no grade.
func points(r row, exercise string) string {
	if one, ok := r.of[exercise]; ok && !one.Inconclusive() {
		return strconv.Itoa(one.Score)
	}
	return ""
}

// knownAs is what learning platforms call the student.
func (r row) knownAs() record.Known {
	for _, one := range r.of {
		if one.Known != nil {
			return *one.Known
		}
	}
	return record.Known{}
}
