package roster

import (
	"strings"
	"testing"
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

func TestParseNamesTheLine(t *testing.T) {
	for csv, want := range map[string]string{
		"":                            "line 1: the roster is empty",
		"points,remark\n1,2\n":        "line 1: none of the columns",
		"id\nanna\nben\nAnna\n":       "line 4: Anna stands in line 2 already",
		"id,name,late\nanna\n,,yes\n": "line 3: nothing in it says who",
		"id\n\"anna\n":                "line 2",
	} {
		if _, err := Parse(strings.NewReader(csv)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", csv, err, want)
		}
	}
}
