package evidence

import (
	"cmp"
	"slices"

	"racelab/checker/finding"
)

// Problems says of each error among findings, which are sorted, which problem it belongs to,
// and which one heads it: a defect counts once, however many tests notice it, and what it
// leads to comes after it. editable are the learner's files.
//
// What belongs together is told by what the findings have in common, never by their words:
//
//   - deadlocks in which a lock is kept that was taken at one place;
//   - a lock that is taken twice, or two that are taken in both orders, and the deadlock in
//     which just that happens;
//   - what one analyzer of go vet says;
//   - data races on a line, and what goes wrong only when others come between the accesses,
//     or, as is likely, in a test that shows the race, where nothing else is known to be the
//     cause;
//   - wrong results that come of one function of the learner's, or of one schedule;
//   - what goes wrong in the tests' own code after something that went wrong before.
//
// What a wrong result comes of is a guess, which another test may refute: it is then forgotten,
// for this result.
//
// A problem that shows in the learner's code comes before one that shows in the tests alone, and
// what the tests say before what only a scenario shows: they tell the exercise's story.
// The first of each kind comes before the others: the second explains nothing that the first
// did not.
func Problems(findings []finding.Finding, editable []string) {
	var errors []*finding.Finding
	for i := range findings {
		findings[i].Problem, findings[i].Follows = 0, ""
		if findings[i].Severity == finding.Error {
			errors = append(errors, &findings[i])
		}
	}
	g := newGrouping(errors, editable)
	for _, rule := range []func(*grouping){refuted, oneAnalyzer, keptLocks, lockedTwice, raceLines, racesLead, oneOrigin, oneSchedule, unexplained, inTheTests} {
		rule(g)
	}
	g.number()
}

// A grouping is findings of which some follow others.
type grouping struct {
	all      []*finding.Finding
	editable []string
	heads    []int // of each finding; itself where it heads a problem
	follows  []finding.Follows
}

func newGrouping(all []*finding.Finding, editable []string) *grouping {
	g := &grouping{all: all, editable: editable, follows: make([]finding.Follows, len(all))}
	for i := range all {
		g.heads = append(g.heads, i)
	}
	return g
}

// head is the finding that heads the problem of finding i.
func (g *grouping) head(i int) int {
	for g.heads[i] != i {
		i = g.heads[i]
	}
	return i
}

// put makes finding i, and all that follows it, follow finding j.
func (g *grouping) put(i, j int, why finding.Follows) {
	if i, j = g.head(i), g.head(j); i != j {
		g.heads[i], g.follows[i] = j, why
	}
}

// join makes one problem of those of findings i and j. The earlier finding heads it; of data
// races one that a schedule shows: another one may be seen in one run, and not in the next.
func (g *grouping) join(i, j int) {
	i, j = g.head(i), g.head(j)
	i, j = min(i, j), max(i, j)
	if a, b := g.all[i], g.all[j]; isRace(*a) && isRace(*b) && a.Evidence.Schedule == "" && b.Evidence.Schedule != "" {
		i, j = j, i
	}
	g.put(j, i, finding.Same)
}

// pairs calls join for each two findings, the earlier one first.
func (g *grouping) pairs(join func(i, j int)) {
	for j := range g.all {
		for i := range j {
			join(i, j)
		}
	}
}

// isLearners reports whether a place is in the learner's files.
func (g *grouping) isLearners(l finding.Location) bool { return slices.Contains(g.editable, l.File) }

// number numbers the problems.
func (g *grouping) number() {
	var heads []int
	for i := range g.all {
		if g.head(i) == i {
			heads = append(heads, i)
		}
	}
	slices.SortStableFunc(heads, func(i, j int) int { return cmp.Compare(g.rank(i), g.rank(j)) })
	for n, i := range g.firstOfEachKind(heads) {
		for j, f := range g.all {
			if g.head(j) == i {
				f.Problem = n + 1
			}
		}
	}
	for i, f := range g.all {
		f.Follows = g.why(i)
	}
}

// why is why a finding follows the one that heads its problem: where it was joined with
// another one that follows, for the reason of that.
func (g *grouping) why(i int) finding.Follows {
	why := g.follows[i]
	for j := g.heads[i]; why == finding.Same && g.heads[j] != j; j = g.heads[j] {
		why = g.follows[j]
	}
	if head := g.all[g.head(i)].Kind; why == finding.Same && g.all[i].Kind != head && head != finding.Deadlock {
		return finding.Consequence
	}
	return why
}

// rank is 1 for what shows in the tests alone, or in a scenario that names no line.
func (g *grouping) rank(i int) int {
	f := g.all[i]
	if isRace(*f) && f.Origin == nil && InTests(*f, g.isLearners) {
		return 1
	}
	shows := g.isLearners(f.Location) && (f.Evidence.Scenario == nil || f.Location.Line > 0)
	if f.Origin != nil || f.Location.File == "" || shows || slices.ContainsFunc(f.Related, func(r finding.Related) bool { return g.isLearners(r.Location) }) {
		return 0
	}
	return 1
}

func (g *grouping) firstOfEachKind(heads []int) []int {
	var first, rest []int
	for _, i := range heads {
		if slices.ContainsFunc(first, func(j int) bool { return g.all[j].Kind == g.all[i].Kind }) {
			rest = append(rest, i)
		} else {
			first = append(first, i)
		}
	}
	return append(first, rest...)
}
