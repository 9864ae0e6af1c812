package finding

import (
	"cmp"
	"slices"
	"time"
)

// A Since says what has changed since an earlier verdict on the same exercise.
type Since struct {
	At     time.Time `json:"at"`               // of the earlier one
	Mended []Finding `json:"mended"`           // the heads of its problems that are gone
	Unseen []Finding `json:"unseen,omitempty"` // and of those that may only not have shown this time
	New    []int     `json:"new"`              // the numbers of the problems that were not there
	// Uncovered are those of which that is not known: they may have been hidden.
	Uncovered []int `json:"uncovered,omitempty"`
	// Unchanged is set when the files are the same.
	Unchanged bool `json:"unchanged,omitempty"`
}

// SinceLast compares v with an earlier verdict. A problem is gone when the defect does not
// show any more, and new when it did not show before. Lines move with every change, so that
// they do not count; functions, tests and what is said do.
//
// A program that cannot be run hides all else: what it shows is then compared, and no more.
func (v Verdict) SinceLast(earlier Verdict, at time.Time, unchanged bool) *Since {
	before, now := earlier.Problems(), v.Problems()
	if cannotRun(before) || cannotRun(now) {
		before, now = keep(before, hides), keep(now, hides)
	}
	s := &Since{At: at, Mended: []Finding{}, New: []int{}, Unchanged: unchanged}
	var mended []Problem
	for _, p := range before {
		switch {
		case slices.ContainsFunc(now, p.showsIn):
		case unchanged || !p.isSteady():
			s.Unseen = append(s.Unseen, p.Head)
		default:
			mended = append(mended, p)
			s.Mended = append(s.Mended, p.Head)
		}
	}
	for _, p := range now {
		switch {
		case slices.ContainsFunc(before, p.showsIn):
		case unchanged || slices.ContainsFunc(mended, p.mayBeHiddenBy):
			s.Uncovered = append(s.Uncovered, p.Number)
		default:
			s.New = append(s.New, p.Number)
		}
	}
	return s
}

// hides reports whether a problem keeps the program from being run.
func hides(p Problem) bool { return p.Head.Kind == Build || p.Head.Kind == Policy }

func cannotRun(problems []Problem) bool { return slices.ContainsFunc(problems, hides) }

func keep(problems []Problem, is func(Problem) bool) []Problem {
	return slices.DeleteFunc(problems, func(p Problem) bool { return !is(p) })
}

// showsIn reports whether the defect of p shows in q: some finding of both is the same but
// for its lines.
func (p Problem) showsIn(q Problem) bool {
	return slices.ContainsFunc(p.defect(), func(f Finding) bool {
		return slices.ContainsFunc(q.All(), func(g Finding) bool { return f.gist() == g.gist() })
	})
}

// defect are the findings in which the defect itself shows. What a data race leads to may go
// on without it, when every access is locked and the update is still lost.
func (p Problem) defect() []Finding {
	if p.Head.Kind != DataRace {
		return p.All()
	}
	return slices.DeleteFunc(p.All(), func(f Finding) bool { return f.Kind != DataRace })
}

// isSteady reports whether the defect shows whenever it is there: a schedule shows it, or
// every run did.
func (p Problem) isSteady() bool {
	return slices.ContainsFunc(p.defect(), func(f Finding) bool { return f.Evidence.Schedule != "" || f.Evidence.Seen >= f.Evidence.Runs })
}

// mayBeHiddenBy reports whether the tests that show p did not get so far because of q. Where
// no schedule shows p, all tests are in one process, and the first that ends it ends all.
func (p Problem) mayBeHiddenBy(q Problem) bool {
	if !slices.ContainsFunc(q.All(), func(f Finding) bool { return slices.Contains(ending, f.Kind) }) {
		return false
	}
	return p.Schedule() == "" || slices.ContainsFunc(p.tests(), func(test string) bool { return slices.Contains(q.tests(), test) })
}

// ending are the kinds of defects that end a test before its end.
var ending = []Kind{Deadlock, RecursiveLock, LockOrder, Panic, Timeout}

func (p Problem) tests() []string {
	var tests []string
	for _, f := range p.All() {
		tests = append(tests, f.Evidence.Tests...)
	}
	return tests
}

// A gist is what tells findings apart in different versions of a program.
type gist struct {
	Kind      Kind
	Functions [2]string // in an order of their own
	Test      string
	Says      string
}

func (f Finding) gist() gist {
	out := gist{Kind: f.Kind, Test: f.Fact.test(), Functions: [2]string{cmp.Or(f.Location.Function, f.Location.File)}}
	if f.Kind == DataRace && len(f.Related) > 0 {
		l := f.Related[0].Location
		out.Functions[1] = cmp.Or(l.Function, l.File)
		slices.Sort(out.Functions[:])
	}
	switch {
	case f.Fact.Failure != nil:
		out.Says = shape(f.Fact.Failure.Text)
		out.Functions = [2]string{} // it is the test's
	case f.Fact.Quotation != nil:
		out.Says = f.Fact.Quotation.Text
	case f.Fact.Breach != nil:
		out.Says = string(f.Fact.Breach.Rule) + " " + f.Fact.Breach.Name
	case f.Fact.Crash != nil && len(f.Fact.Crash.Causes) > 0:
		out.Says = shape(f.Fact.Crash.Causes[0].Text)
	case f.Fact.Answer != nil:
		out.Says = string(f.Fact.Answer.Kind)
	}
	return out
}
