package page

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// A group is submissions for an exercise that have the same mistake, as far as the records
// tell. Mistake is nil where that is none that the author expects.
type group struct {
	mistake *Mistake
	traits  traits // of those without one
	exact   int    // how many are that very fix, but for names and layout
	members []int  // of the failing records of the exercise
}

// traits are what a verdict shows: kinds of problems, in which tests, at which places. They
// are what tells one mistake from another when the sources are not there.
type traits map[string]bool

// A failure is what is kept of a submission that does not pass, to compare it with others.
type failure struct {
	traits   traits
	kinds    []finding.Kind // of its problems, each once
	feedback string
	like     string // the feedback of a fix that shows the same
}

func failureOf(v finding.Verdict) failure {
	out := failure{traits: traitsOf(v), feedback: v.Feedback, like: v.Like}
	for _, f := range v.Errors() {
		if !slices.Contains(out.kinds, f.Kind) {
			out.kinds = append(out.kinds, f.Kind)
		}
	}
	return out
}

func traitsOf(v finding.Verdict) traits {
	t := traits{}
	for _, f := range v.Errors() {
		kind := string(f.Kind)
		t[kind] = true
		for _, test := range f.Evidence.Tests {
			t[kind+" in "+test] = true
		}
		if f.Location.File != "" && f.Location.File != finding.ContractFile {
			t[kind+" at "+cmp.Or(f.Location.Function, f.Location.File)] = true
		}
	}
	return t
}

// like says how much two sets of traits have in common, from 0 to 1.
func (t traits) like(other traits) float64 {
	both := 0
	for trait := range t {
		if other[trait] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(t)+len(other)-both))
}

// text is the same for the same traits.
func (t traits) text() string { return strings.Join(slices.Sorted(maps.Keys(t)), "\n") }

// likeEnough is how much two submissions have to have in common to have the same mistake.
const likeEnough = 0.5

// groupsOf puts the failures of one exercise into groups, the largest first. Those
// that are a rejected fix word for word, for which the verdict has its author's feedback,
// show what that mistake looks like; another record belongs to the one that shows the very same
// when it is checked, or to the nearest one that it is like enough. Of a mistake that nobody has
// made word for word only the kind is known: a record belongs to it if it is the only one of
// that kind.
func groupsOf(failures []failure, known []Mistake) []*group {
	exact, open := map[string]*group{}, map[int]traits{}
	profile := map[string]traits{}
	var all []*group
	for i, f := range failures {
		m := withFeedback(f.feedback, known)
		if m == nil {
			open[i] = f.traits
			continue
		}
		g := exact[m.Name]
		if g == nil {
			g = &group{mistake: m}
			exact[m.Name], profile[m.Name], all = g, traits{}, append(all, g)
		}
		g.exact++
		g.members = append(g.members, i)
		maps.Copy(profile[m.Name], f.traits)
	}
	others := map[string]*group{}
	for _, i := range slices.Sorted(maps.Keys(open)) {
		name := ""
		if m := withFeedback(failures[i].like, known); m != nil {
			name = m.Name
		} else if name = nearest(open[i], profile); name == "" {
			name = onlyOne(failures[i], known)
		}
		g, ok := exact[name]
		if name == "" {
			if g, ok = others[open[i].text()]; !ok {
				g = &group{traits: open[i]}
				others[open[i].text()], all = g, append(all, g)
			}
		} else if !ok {
			g = &group{mistake: named(name, known)}
			exact[name], all = g, append(all, g)
		}
		g.members = append(g.members, i)
	}
	slices.SortStableFunc(all, func(a, b *group) int { return cmp.Compare(len(b.members), len(a.members)) })
	return all
}

// withFeedback is the rejected fix of which its author says this; nil if it is none.
func withFeedback(text string, known []Mistake) *Mistake {
	i := slices.IndexFunc(known, func(m Mistake) bool { return m.Feedback == text })
	if text == "" || i < 0 {
		return nil
	}
	return &known[i]
}

func named(name string, known []Mistake) *Mistake {
	i := slices.IndexFunc(known, func(m Mistake) bool { return m.Name == name })
	return &known[i]
}

// nearest is the mistake whose traits are most like t, if any is like enough.
func nearest(t traits, profile map[string]traits) (name string) {
	best := likeEnough
	for _, n := range slices.Sorted(maps.Keys(profile)) {
		if like := t.like(profile[n]); like > best || like == best && name == "" {
			best, name = like, n
		}
	}
	return name
}

// onlyOne is the one mistake of the kind of a submission's first problem, if there is one.
func onlyOne(f failure, known []Mistake) (name string) {
	for _, m := range ofKind(f, known) {
		if name != "" {
			return ""
		}
		name = m.Name
	}
	return name
}

// ofKind are the mistakes that show the kind of a submission's first problem.
func ofKind(f failure, known []Mistake) (out []Mistake) {
	for _, m := range known {
		if len(f.kinds) > 0 && m.Kind == f.kinds[0] {
			out = append(out, m)
		}
	}
	return out
}

// A mistakeRow is a group as the page shows it.
type mistakeRow struct {
	Title    string // what the mistake is
	Feedback string
	Count    int
	Exact    int
	Perhaps  []string // rejected fixes of the same kind, where there are several
	Who      []person
}

// A person is somebody's record, and where the page has it.
type person struct{ ID, Link string }

func newMistakeRow(g *group, failures []failure, known []Mistake, who []person) mistakeRow {
	row := mistakeRow{Count: len(g.members), Exact: g.exact}
	for _, i := range g.members {
		row.Who = append(row.Who, who[i])
	}
	if g.mistake != nil {
		row.Title, row.Feedback = terminal.Line(g.mistake.Name), terminal.Line(g.mistake.Feedback)
		return row
	}
	first := failures[g.members[0]]
	var kinds []string
	for _, k := range first.kinds {
		if title := report.Summary(k); !slices.Contains(kinds, title) {
			kinds = append(kinds, title)
		}
	}
	row.Title = terminal.Line(strings.Join(kinds, ", "))
	for _, m := range ofKind(first, known) {
		row.Perhaps = append(row.Perhaps, terminal.Line(m.Name))
	}
	return row
}
