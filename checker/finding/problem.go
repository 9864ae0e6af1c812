package finding

import (
	"cmp"
	"slices"
)

// Follows is what a finding has to do with the one that heads its problem.
type Follows string

// The reasons why a finding heads no problem.
const (
	Same        Follows = "same"        // the same defect, seen at another place or in another test
	Consequence Follows = "consequence" // what the defect leads to
	Likely      Follows = "likely"      // what it may lead to: nothing else is known to be the cause
)

// A Problem is what there is to mend: one defect, and all that follows from it.
type Problem struct {
	Number  int // from 1, in every report
	Head    Finding
	Follows []Finding
}

// Schedule is one that shows the problem; "" if none is known. Of a data race it is one that
// also shows what it leads to, if there is one; else it is best of all that of its head.
func (p Problem) Schedule() string {
	shows := func(f Finding) bool { return f.Evidence.Schedule != "" }
	all := p.All()
	if p.Head.Kind == DataRace {
		if i := slices.IndexFunc(all, func(f Finding) bool { return (f.Follows == Consequence || f.Follows == Likely) && shows(f) }); i >= 0 {
			return all[i].Evidence.Schedule
		}
	}
	if i := slices.IndexFunc(all, shows); i >= 0 {
		return all[i].Evidence.Schedule
	}
	return ""
}

// All are the findings of a problem, its head first.
func (p Problem) All() []Finding { return append([]Finding{p.Head}, p.Follows...) }

// Problems are the errors of v as a person is told of them, in the order of their numbers.
// Warnings are none.
func (v Verdict) Problems() []Problem {
	var out []Problem
	for _, f := range v.Errors() {
		at := slices.IndexFunc(out, func(p Problem) bool { return f.Problem > 0 && p.Number == f.Problem })
		switch {
		case at < 0:
			out = append(out, Problem{Number: f.Problem, Head: f})
		case f.Follows == "" && out[at].Head.Follows != "":
			out[at].Head, out[at].Follows = f, append(out[at].Follows, out[at].Head)
		default:
			out[at].Follows = append(out[at].Follows, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int { return cmp.Compare(a.Number, b.Number) })
	if len(out) > 0 && out[0].Number == 0 { // an older racelab did not number them
		out = firstOfEachKind(out)
		for i := range out {
			out[i].Number = i + 1
		}
	}
	return out
}

// firstOfEachKind puts the first problem of each kind before the others: the second
// explains nothing that the first did not.
func firstOfEachKind(all []Problem) []Problem {
	var first, rest []Problem
	for _, p := range all {
		if slices.ContainsFunc(first, func(q Problem) bool { return q.Head.Kind == p.Head.Kind }) {
			rest = append(rest, p)
		} else {
			first = append(first, p)
		}
	}
	return append(first, rest...)
}
