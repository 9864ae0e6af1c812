package record

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"racelab/checker/classroom/shard"
	"racelab/checker/finding"
)

func graded(student string, score int, o finding.Outcome, reason string) Record {
	return Record{Student: student, Exercise: "01", State: Graded, Score: score, Verdict: &finding.Verdict{Outcome: o, Score: score, Reason: reason}}
}

// A shard that was run again may know more. Two that know different things do not agree.
func TestMergeOfWhatIsTwice(t *testing.T) {
	book := func(r Record) Book { return Book{Header: Header{Shard: shard.Whole}, Records: []Record{r}} }
	fault, other := graded("ada", 0, finding.Inconclusive, "no cable"), graded("ada", 0, finding.Inconclusive, "a full disk")
	pass, fail := graded("ada", 10, finding.Pass, ""), graded("ada", 3, finding.Fail, "")
	lucky := graded("ada", 3, finding.Fail, "")
	lucky.Verdict.Runs = []finding.Run{{Mode: finding.RaceMode, Failing: 2}}
	for _, c := range []struct {
		a, b Record
		want int // points; -1: they do not agree
	}{
		{fail, lucky, 3},
		{fault, pass, 10},
		{pass, fault, 10},
		{pass, pass, 10},
		{fault, other, 0},
		{pass, fail, -1},
	} {
		var got []string
		for _, books := range [][]Book{{book(c.a), book(c.b)}, {book(c.b), book(c.a)}} {
			m, err := Merge(books)
			switch {
			case (err != nil) != (c.want < 0):
				t.Errorf("%+v", err)
			case err == nil && m.Records[0].Score != c.want:
				t.Errorf("%+v", m.Records)
			}
			var out bytes.Buffer
			_ = Write(&out, m.Stream())
			got = append(got, out.String())
		}
		if got[0] != got[1] {
			t.Errorf("%q", got)
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	a := Header{Racelab: "v1", Shard: shard.Shard{Index: 0, Count: 2}, Roster: "r", Exercises: []string{"01"}}
	for want, change := range map[string]func(*Book){
		"another one of 0/3":        func(b *Book) { b.Shard = shard.Shard{Index: 0, Count: 3} },
		"another one of v2":         func(b *Book) { b.Racelab = "v2" },
		"different rosters":         func(b *Book) { b.Roster = "" },
		"with different rosters":    func(b *Book) { b.Columns = map[string]string{"01": "One (4)"} },
		"[01 02]":                   func(b *Book) { b.Exercises = []string{"01", "02"} },
		"1/2 is missing":            func(b *Book) { b.Shard.Index = 0 },
		"with a points file":        func(b *Book) { b.Points = "sha256:1" },
		"no shard 2/2":              func(b *Book) { b.Shard.Index = 2 },
		"divided in different ways": func(b *Book) { b.Split = "sha256:1" },
		"is not of shard": func(b *Book) {
			for _, student := range []string{"ada", "ben", "cid", "dan", "eve", "fay", "gil", "hal"} {
				b.Records = append(b.Records, Record{Student: student, Exercise: "01"})
			}
		},
	} {
		b := Book{Header: a}
		b.Shard.Index = 1
		change(&b)
		if _, err := Merge([]Book{{Header: a}, b}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Where shards do not go by hash, any of them may have a record, and no two of them.
func TestMergeOfASplit(t *testing.T) {
	book := func(i int, students ...string) Book {
		b := Book{Header: Header{Shard: shard.Shard{Index: i, Count: 2}, Split: "sha256:1"}}
		for _, s := range students {
			b.Records = append(b.Records, Record{Student: s, Exercise: "01"})
		}
		return b
	}
	m, err := Merge([]Book{book(1, "ben", "cid"), book(0, "ada", "dan"), book(1, "ben", "cid")})
	if err != nil || len(m.Records) != 4 || m.Split != "" {
		t.Errorf("%+v, %v", m, err)
	}
	for _, books := range [][]Book{{book(0, "ada"), book(1, "ada")}, {book(1, "ada"), book(0, "ada")}} {
		if _, err := Merge(books); err == nil || err.Error() != "the record of ada for 01 is in two shards, 0/2 and 1/2" {
			t.Error(err)
		}
	}
}

func TestReadSaysWhichLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "line 1",
		"x":                               "line 1",
		`{"schema":"racelab/records/v9"}`: `line 1 is of schema "racelab/records/v9"`,
		`{"schema":"racelab/records/v1"}` + "\n{}":                     "line 2 is of schema",
		`{"schema":"racelab/records/v1"}` + "\n" + `{"schema":"racela`: "line 2",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whoever grades again without a roster, or for a reason, makes nobody less late.
func TestAfterStaysLate(t *testing.T) {
	day := 24 * 60
	old := Record{Submission: "a", Late: true, LateMinutes: &day, ExtensionMinutes: 60}
	for _, c := range []struct {
		name    string
		now     Record
		late    bool
		minutes *int
	}{
		{"again, without a roster", Record{Submission: "a", LateAsBefore: true}, true, &day},
		{"something else, without a roster", Record{Submission: "b", LateAsBefore: true}, false, &day},
		{"a roster that says otherwise", Record{Submission: "a"}, false, nil},
	} {
		got := c.now.After(old, "a test was too strict")
		if got.Late != c.late || got.LateMinutes != c.minutes {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// Whoever is withheld in one shard is withheld.
func TestMergeWithholds(t *testing.T) {
	book := func(i int, withheld ...string) Book {
		return Book{Header: Header{Shard: shard.Shard{Index: i, Count: 2}, Withheld: withheld}}
	}
	for _, books := range [][]Book{{book(0, "ben"), book(1, "ada", "ben")}, {book(1, "ada", "ben"), book(0, "ben")}} {
		m, err := Merge(books)
		if err != nil || !slices.Equal(m.Withheld, []string{"ada", "ben"}) {
			t.Errorf("%v, %v", m.Withheld, err)
		}
	}
	if m, err := Merge([]Book{book(0), book(1)}); err != nil || m.Withheld != nil {
		t.Errorf("%#v, %v", m.Withheld, err)
	}
}
