package roster

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		csv  string
		want map[string]string // whom a download calls so: the ID
	}{
		"by hand":                            {"id,name,late\nanna,Anna Bell,2\n\nben,Ben O'Hara,\n", map[string]string{"anna": "anna", "ANNA": "anna", "bellanna": "anna", "oharaben": "ben", "": "", "eve": ""}},
		"a byte-order mark, semicolons, DOS": {"\ufeffName;E-Mail\r\nBell, Anna;ab@x.org\r\n", map[string]string{"ab@x.org": "ab@x.org", "ab": "ab@x.org", "annabell": "ab@x.org"}},
		"Canvas":                             {"Student,ID,SIS User ID,SIS Login ID,Section\n\"Bell, Anna\",4711,s1,abell,A\n", map[string]string{"4711": "4711", "abell": "4711", "bellanna": "4711"}},
		"Moodle":                             {"First name,Surname,Username,Email address\nAnna,Bell,ab,ab@x.org\nAnna,Bell,ab2,b@x.org\n", map[string]string{"ab2": "ab2", "annabell": "", "b": "ab2"}},
		"formulas, paths":                    {"id\n=HYPERLINK(1)\n../x\n", map[string]string{"=HYPERLINK(1)": "=HYPERLINK(1)", "../x": "../x"}},
		"tabs":                               {"login\tname\nanna\tAnna\n", map[string]string{"anna": "anna"}},
	} {
		r, err := Parse(strings.NewReader(c.csv))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for called, want := range c.want {
			if s, _ := r.Find(called, ""); s.ID != want {
				t.Errorf("%s: %q is %q, want %q", name, called, s.ID, want)
			}
		}
	}
}

// What gradebooks want back of a student is kept as it was, and their rows about assignments
// are nobody.
func TestParseKnows(t *testing.T) {
	for name, c := range map[string]struct {
		csv  string
		want []Known
	}{
		"Canvas": {
			"Student,ID,SIS User ID,SIS Login ID,Section,The balance (99),Final Score\n,,,,,Manual Posting,\n    Points Possible,,,,,10,(read only)\n\"Bell, Anna\",4711,s1,abell,A,,\n\"Student, Test\",5,,x,A,,\n",
			[]Known{{Canvas: "4711", SISUser: "s1", SISLogin: "abell", Section: "A"}, {Canvas: "5", SISLogin: "x", Section: "A"}},
		},
		"Moodle":  {"First name,Surname,ID number,Email address\nAnna,Bell,17,Ab@x.org\n", []Known{{IDNumber: "17", Email: "Ab@x.org"}}},
		"by hand": {"id,name\n4711,Anna\n", []Known{{}}},
	} {
		r, err := Parse(strings.NewReader(c.csv))
		if err != nil || len(r.Students) != len(c.want) {
			t.Errorf("%s: %+v, %v", name, r.Students, err)
			continue
		}
		for i, s := range r.Students {
			if s.Known != c.want[i] {
				t.Errorf("%s: %+v, want %+v", name, s.Known, c.want[i])
			}
		}
	}
}

func TestColumn(t *testing.T) {
	r, err := Parse(strings.NewReader("Student,ID,Section,01 - The unlocked balance (99),Current Score\nA,1,A,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Column("01-unlocked-balance", "01 The unlocked balance"); got != "01 - The unlocked balance (99)" {
		t.Errorf("%q", got)
	}
	if got := r.Column("Current Score", "02-reentry"); got != "" {
		t.Errorf("%q", got)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	for csv, want := range map[string]string{
		"":                             "line 1: the roster is empty",
		"points,remark\n1,2\n":         "line 1: none of the columns",
		"id\nanna\nben\nAnna\n":        "line 4: Anna stands in line 2 already",
		"id,name,late\nanna\n,,yes\n":  "line 3: nothing in it says who",
		"id\n\"anna\n":                 "line 2",
		"id,late\nanna,2\nben,5 Dec\n": `line 3: late is "5 Dec": write days, as in 2`,
		"id,late\nanna,-1\n":           `line 2: late is "-1"`,
		"id;extension\nanna;soon\n":    `line 2: extension is "soon"`,
	} {
		if _, err := Parse(strings.NewReader(csv)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", csv, err, want)
		}
	}
}

func TestLateness(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]Lateness{
		"": {}, "2": {Said: true, By: 2 * day}, "0": {Said: true}, "no": {Said: true}, "Yes": {Said: true, Marked: true},
		"1.5": {Said: true, By: 36 * time.Hour}, "36h": {Said: true, By: 36 * time.Hour}, "1d 3h": {Said: true, By: 27 * time.Hour},
		"1 day 4 hours": {Said: true, By: 28 * time.Hour}, "26:13:05": {Said: true, By: 26*time.Hour + 13*time.Minute + 5*time.Second},
		"2 Weeks": {Said: true, By: 14 * day}, "1h30m": {Said: true, By: 90 * time.Minute},
	} {
		if got, err := lateness(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"-1", "NaN", "1e9", "Inf", "2 moons", "h", "1:2:3", "2026-12-01", "=1+1", "1d,2h", "99999999999999999999d"} {
		if got, err := lateness(text); err == nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestRosterSaysLate(t *testing.T) {
	r, err := Parse(strings.NewReader("id,late,extension\nada,2,36h\nben,,no\n"))
	if err != nil || !r.SaysLate || r.Students[0].Late.By != 48*time.Hour || r.Students[0].Extension != 36*time.Hour || r.Students[1].Late.Said {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err = Parse(strings.NewReader("id\nada\n")); err != nil || r.SaysLate {
		t.Errorf("%+v, %v", r, err)
	}
}

// Whatever stands in a roster, there is a roster or an error with the line.
func FuzzParse(f *testing.F) {
	f.Add("id,late,extension\nada,2,36h\n")
	f.Add("\ufeffName;E-Mail;late\r\nBell, Anna;ab@x.org;26:13:05\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(strings.NewReader(text))
		if err != nil && !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: %v", text, err)
		}
		for _, s := range r.Students {
			if err == nil && (s.Late.By < 0 || s.Extension < 0) {
				t.Errorf("%q: %+v", text, s)
			}
		}
	})
}
