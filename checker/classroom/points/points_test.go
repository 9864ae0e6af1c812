package points

import (
	"fmt"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// book has a record of each sort.
func book() record.Book {
	graded := func(o finding.Outcome, race, cents int) record.Record {
		v := finding.Verdict{Outcome: o, Score: race + cents, MaxScore: 10, Points: []finding.Points{{Name: "No data race", Points: race, Max: 5}, {Name: "Every cent", Points: cents, Max: 5}}}
		return record.Record{State: record.Graded, Score: v.Score, MaxScore: 10, Verdict: &v}
	}
	minutes := func(r record.Record, late, extension int) record.Record {
		r.LateMinutes, r.ExtensionMinutes = &late, extension
		return r
	}
	marked := graded(finding.Pass, 5, 5)
	marked.Late = true
	granted := marked
	granted.ExtensionMinutes = 24 * 60
	all := []record.Record{
		graded(finding.Pass, 5, 5),
		graded(finding.Fail, 0, 5),
		graded(finding.Inconclusive, 0, 0),
		minutes(record.Record{State: record.Untouched, MaxScore: 10}, 3000, 0),
		{State: record.Missing, MaxScore: 10, Late: true},
		minutes(graded(finding.Pass, 5, 5), 30, 0),
		minutes(graded(finding.Pass, 5, 5), 24*60+1, 0),
		minutes(graded(finding.Fail, 5, 0), 5*24*60, 2*24*60),
		minutes(graded(finding.Pass, 5, 5), 9*24*60, 0),
		marked, granted,
		{State: record.Graded, Score: 4, MaxScore: 10, Verdict: &finding.Verdict{Outcome: finding.Fail, Score: 4, MaxScore: 10}}, // without lines
	}
	for i := range all {
		all[i].Student, all[i].Exercise = fmt.Sprintf("s%02d", i), "01-balance"
	}
	return record.Book{Records: all}
}

func summary(b record.Book) (out []string) {
	for _, r := range b.Records {
		line := fmt.Sprintf("%d/%d", r.Score, r.MaxScore)
		if r.Verdict != nil {
			for _, p := range r.Verdict.Points {
				line += fmt.Sprintf(" %d/%d", p.Points, p.Max)
			}
		}
		for _, d := range r.Deductions {
			line += fmt.Sprintf(" -%d: %s", d.Points, d.Reason)
		}
		out = append(out, line)
	}
	return out
}

const each = ": 10 % for each day that has begun"

func applied(p Policy, b record.Book) record.Book {
	return b.Stream().Map(p.Apply).Book
}

func TestApply(t *testing.T) {
	plain := []string{"10/10 5/5 5/5", "5/10 0/5 5/5", "0/10 0/5 0/5", "0/10", "0/10", "10/10 5/5 5/5", "10/10 5/5 5/5", "5/10 5/5 0/5", "10/10 5/5 5/5", "10/10 5/5 5/5", "10/10 5/5 5/5", "4/10"}
	for _, c := range []struct {
		name, file string
		want       []string // of the records that differ from plain
		at         []int
	}{
		{"nothing is said", "", nil, nil},
		{"another exercise", "[exercises.02]\npoints = 1\n", nil, nil},
		{
			"points, and a later table", "points = 99\n[exercises.01-02]\npoints = 30\n[exercises.02]\npoints = 1\n",
			[]string{"30/30 15/15 15/15", "15/30 0/15 15/15", "0/30 0/15 0/15", "0/30", "0/30", "30/30 15/15 15/15", "30/30 15/15 15/15", "15/30 15/15 0/15", "30/30 15/15 15/15", "30/30 15/15 15/15", "30/30 15/15 15/15", "12/30"},
			nil,
		},
		{"an odd number", "points = 5", []string{"5/5 3/3 2/2", "2/5 0/3 2/2", "0/5 0/3 0/2", "0/5", "0/5", "5/5 3/3 2/2", "5/5 3/3 2/2", "3/5 3/3 0/2", "5/5 3/3 2/2", "5/5 3/3 2/2", "5/5 3/3 2/2", "2/5"}, nil},
		{"nothing to win", "points = 0", []string{"0/0 0/0 0/0", "0/0 0/0 0/0", "0/0 0/0 0/0", "0/0", "0/0", "0/0 0/0 0/0", "0/0 0/0 0/0", "0/0 0/0 0/0", "0/0 0/0 0/0", "0/0 0/0 0/0", "0/0 0/0 0/0", "0/0"}, nil},
		{
			"lines", "[exercises.01]\nlines = { \"No data race\" = 4, \"Every cent\" = 1 }",
			[]string{"10/10 8/8 2/2", "2/10 0/8 2/2", "0/10 0/8 0/2", "0/10", "0/10", "10/10 8/8 2/2", "10/10 8/8 2/2", "8/10 8/8 0/2", "10/10 8/8 2/2", "10/10 8/8 2/2", "10/10 8/8 2/2", "4/10"},
			nil,
		},
		{"all or nothing", "all-or-nothing = true", []string{"0/10 0/5 5/5 -5: all or nothing: there are no points for a part", "0/10 5/5 0/5 -5: all or nothing: there are no points for a part", "0/10 -4: all or nothing: there are no points for a part"}, []int{1, 7, 11}},
		{"all or nothing elsewhere", "all-or-nothing = true\n[exercises.1]\nall-or-nothing = false", nil, nil},
		{"late", "[late]\nper-day = 10\ngrace = \"1h\"\ncut-off = \"7 days\"", []string{
			"8/10 5/5 5/5 -2: 1 day 1 minute late" + each,
			"2/10 5/5 0/5 -3: 5 days late, 2 days of it granted" + each,
			"0/10 5/5 5/5 -10: 9 days late; after 7 days there are no points",
			"9/10 5/5 5/5 -1: marked as late, which counts as 1 day" + each,
		}, []int{6, 7, 8, 9}},
		{"late, with a limit", "[late]\nper-day = 10\nmost-days = 1\nmarked = \"0\"", []string{
			"9/10 5/5 5/5 -1: 30 minutes late" + each,
			"9/10 5/5 5/5 -1: 1 day 1 minute late" + each + ", for 1 at most",
			"4/10 5/5 0/5 -1: 5 days late, 2 days of it granted" + each + ", for 1 at most",
			"9/10 5/5 5/5 -1: 9 days late" + each + ", for 1 at most",
		}, []int{5, 6, 7, 8}},
		{"nothing for those who are late", "[late]\nper-day = 100\ngrace = \"2 days\"", []string{
			"0/10 5/5 0/5 -5: 5 days late, 2 days of it granted: 100 % for each day that has begun",
			"0/10 5/5 5/5 -10: 9 days late: 100 % for each day that has begun",
		}, []int{7, 8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read([]byte(c.file), set)
			if err != nil {
				t.Fatal(err)
			}
			want := append([]string(nil), plain...)
			for i, line := range c.want {
				if c.at == nil {
					want[i] = line
				} else {
					want[c.at[i]] = line
				}
			}
			given := book()
			if diff := cmp.Diff(want, summary(applied(p, given))); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(plain, summary(given)); diff != "" {
				t.Errorf("the records themselves have changed: %s", diff)
			}
		})
	}
}

// Whole numbers come of a division, and all of them are given away.
func TestDivide(t *testing.T) {
	for _, c := range []struct {
		points  int
		weights []int
		want    []int
	}{
		{10, []int{5, 3, 2}, []int{5, 3, 2}},
		{10, []int{1, 1, 1}, []int{4, 3, 3}},
		{1, []int{1, 2}, []int{0, 1}},
		{7, []int{0, 5}, []int{0, 7}},
		{0, []int{1, 1}, []int{0, 0}},
		{3, nil, []int{}},
		{100, []int{33, 33, 34}, []int{33, 33, 34}},
	} {
		if diff := cmp.Diff(c.want, divide(c.points, c.weights)); diff != "" {
			t.Errorf("%d by %v: %s", c.points, c.weights, diff)
		}
	}
}
