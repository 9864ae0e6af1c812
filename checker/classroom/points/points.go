// Package points says how many points records are worth: what a points file makes of the
// lines of the rubric, and of who was late. Records are kept without it. So another points
// file changes the next report, and nothing is graded again for it.
//
// Points are whole numbers. Where a part of one is left over, the student has it: a
// deduction is rounded down.
package points

import (
	"cmp"
	"slices"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
)

// A Policy is what a points file says. The zero value changes nothing.
type Policy struct {
	rules map[string]rule // by exercise
	late  *late           // nil: nobody is ever late
}

// A rule is about one exercise.
type rule struct {
	points       *int // nil: what the rubric says
	allOrNothing bool
	lines        map[string]int // what each line of the rubric weighs; nil: as in the rubric
}

// Apply gives a record the points that it is worth.
func (p Policy) Apply(r record.Record) record.Record {
	return p.late.deduct(p.rules[r.Exercise].apply(r))
}

// apply weighs the lines of a rubric.
func (u rule) apply(r record.Record) record.Record {
	rubric := r.MaxScore
	if u.points != nil {
		r.MaxScore = *u.points
	}
	if r.Verdict == nil {
		return r // nothing was handed in, or what was handed out
	}
	v := *r.Verdict
	v.MaxScore = r.MaxScore
	if len(v.Points) > 0 {
		v.Points = u.weigh(v.Points, r.MaxScore)
		v.Score = sum(v.Points)
	} else {
		v.Score = r.MaxScore * v.Score / max(1, rubric)
	}
	r.Verdict, r.Score = &v, v.Score
	if u.allOrNothing && !r.Passed() && r.Score > 0 {
		r = less(r, "all or nothing: there are no points for a part", r.Score)
	}
	return r
}

// less takes points off, which stand beside those of the rubric's lines.
func less(r record.Record, reason string, n int) record.Record {
	n = min(n, r.Score)
	r.Score -= n
	r.Deductions = append(slices.Clip(r.Deductions), record.Deduction{Reason: reason, Points: n})
	return r
}

// weigh makes the lines worth so many points together.
func (u rule) weigh(lines []finding.Points, worth int) []finding.Points {
	weights := make([]int, len(lines))
	for i, l := range lines {
		weights[i] = l.Max
		if weight, ok := u.lines[l.Name]; ok {
			weights[i] = weight
		}
	}
	out := slices.Clone(lines)
	for i, most := range divide(worth, weights) {
		out[i].Points, out[i].Max = most*lines[i].Points/max(1, lines[i].Max), most
	}
	return out
}

// divide divides points by weight into whole numbers: what is left over goes to those that
// lose most by rounding, the first ones first.
func divide(points int, weights []int) []int {
	all := 0
	for _, w := range weights {
		all += w
	}
	out, order := make([]int, len(weights)), make([]int, len(weights))
	if all == 0 {
		return out
	}
	left := points
	for i, w := range weights {
		out[i], order[i] = points*w/all, i
		left -= out[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(points*weights[j]%all, points*weights[i]%all) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

func sum(lines []finding.Points) (score int) {
	for _, l := range lines {
		score += l.Points
	}
	return score
}
