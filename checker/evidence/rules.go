package evidence

import (
	"slices"

	"racelab/checker/finding"
	"racelab/checker/schedule"
)

// The rules by which findings belong to one problem: see Problems.

// keeperOf is who keeps the lock that a deadlock is about. Where a call of a scenario does not
// return, it is among those who wait.
func keeperOf(f *finding.Finding) *finding.Keeper {
	switch {
	case f.Kind != finding.Deadlock:
		return nil
	case f.Fact.Hang != nil:
		return f.Fact.Hang.Keeper
	}
	for _, r := range f.Related {
		k := &finding.Keeper{Holder: finding.Holder{Taking: finding.Taking{Place: r.Location}}}
		switch {
		case r.Role.Kind == finding.RoleKept && r.Role.Fate != nil:
			k.Fate = *r.Role.Fate
			return k
		case r.Role.Kind == finding.RoleHolds && waitsForItself(f, r.Role):
			k.Fate.Self = true
			return k
		}
	}
	return nil
}

// waitsForItself reports whether one that holds a lock waits for it.
func waitsForItself(f *finding.Finding, holds finding.Role) bool {
	return slices.ContainsFunc(f.Related, func(r finding.Related) bool {
		return r.Role.Kind == finding.RoleWaits && r.Role.Object == holds.Object &&
			slices.ContainsFunc(holds.Goroutines, func(g finding.GoroutineName) bool {
				return slices.Contains(r.Role.Goroutines, g) && slices.Contains(r.Role.For, g)
			})
	})
}

// keptLocks joins deadlocks that come of one line. Where that is in a function that only locks,
// for others, it is theirs to unlock.
func keptLocks(g *grouping) {
	g.pairs(func(i, j int) {
		if a, b := keeperOf(g.all[i]), keeperOf(g.all[j]); a != nil && b != nil && sameLine(a.Place, b.Place) && !leftApart(*a, *b) {
			g.join(i, j)
		}
	})
}

// leftApart reports whether two that have left a function with the same lock have left
// different ones, neither of which is the one that locks.
func leftApart(a, b finding.Keeper) bool {
	elsewhere := func(k finding.Keeper) bool { return k.Fate.Left != "" && k.Fate.Left != k.Place.Function }
	return elsewhere(a) && elsewhere(b) && a.Fate.Left != b.Fate.Left
}

// lockedTwice joins what go-deadlock says of locks with the deadlock that it leads to. Where
// one line locks twice, no call leads from the one to the other, and where an unlock was left
// out, it is not the second lock that is wrong: the deadlock says more.
func lockedTwice(g *grouping) {
	for i, lock := range g.all {
		for j, dead := range g.all {
			if dead.Kind != finding.Deadlock {
				continue
			}
			switch r, o := lock.Fact.Relock, lock.Fact.Orders; {
			case r != nil && g.head(i) == i && holdsAt(dead, r.Held.Place) && (sameLine(r.Held.Place, r.Again.Place) || isLeft(dead, r.Held.Place)):
				g.put(i, j, finding.Same)
			case r != nil && holdsAt(dead, r.Held.Place) && waitsAt(dead, r.Again.Place),
				o != nil && happens(dead, o.One) && happens(dead, o.Other):
				g.put(j, i, finding.Consequence)
			}
		}
	}
}

// isLeft reports whether the one that locked at a place has left the lock locked.
func isLeft(dead *finding.Finding, at finding.Location) bool {
	k := keeperOf(dead)
	return k != nil && k.Fate.Gone() && sameLine(k.Place, at)
}

// happens reports whether the locks of an order are held and waited for in a deadlock.
func happens(dead *finding.Finding, o finding.Order) bool {
	return holdsAt(dead, o.First) && waitsAt(dead, o.Second)
}

func holdsAt(f *finding.Finding, at finding.Location) bool {
	k := keeperOf(f)
	return k != nil && sameLine(k.Place, at) || hasRole(f, finding.RoleHolds, at)
}

func waitsAt(f *finding.Finding, at finding.Location) bool {
	return hasRole(f, finding.RoleWaits, at)
}

func hasRole(f *finding.Finding, kind finding.RoleKind, at finding.Location) bool {
	return slices.ContainsFunc(f.Related, func(r finding.Related) bool { return r.Role.Kind == kind && sameLine(r.Location, at) })
}

func sameLine(a, b finding.Location) bool { return a.File == b.File && a.Line == b.Line && a.Line > 0 }

// oneAnalyzer joins what one analyzer says.
func oneAnalyzer(g *grouping) {
	g.pairs(func(i, j int) {
		if a, b := g.all[i].Fact.Quotation, g.all[j].Fact.Quotation; a != nil && b != nil && a.Analyzer != "" && a.Analyzer == b.Analyzer {
			g.join(i, j)
		}
	})
}

// raceLines joins data races on one line.
func raceLines(g *grouping) {
	g.pairs(func(i, j int) {
		a, b := g.all[i], g.all[j]
		if !isRace(*a) || !isRace(*b) {
			return
		}
		for _, at := range accesses(*a) {
			if slices.ContainsFunc(accesses(*b), func(l finding.Location) bool { return sameLine(l, at) }) {
				g.join(i, j)
			}
		}
	})
}

// racesLead puts behind data races what they lead to: what shows where their accesses are
// steps; and likely a panic at one of them, and wrong results of the same test, or of a scenario
// that shows the race, of which no other cause is known.
func racesLead(g *grouping) {
	for j, f := range g.all {
		if isRace(*f) {
			continue
		}
		for i, race := range g.all {
			if why := leads(*race, *f); isRace(*race) && why != "" {
				g.put(j, i, why)
				break
			}
		}
	}
}

func isRace(f finding.Finding) bool { return f.Kind == finding.DataRace }

func leads(race, f finding.Finding) finding.Follows {
	s, err := schedule.Parse(f.Evidence.Schedule)
	switch {
	case err == nil && len(s.Racing) > 0:
		if overlap(testsOf(race), testsOf(f)) {
			return finding.Consequence
		}
	case f.Kind == finding.WrongResult && f.Origin == nil && (overlap(testsOf(race), testsOf(f)) || slices.Contains(f.Evidence.Races, race.Identity())),
		f.Kind == finding.Panic && f.Origin == nil && slices.ContainsFunc(accesses(race), func(l finding.Location) bool { return sameLine(l, f.Location) }):
		return finding.Likely
	}
	return ""
}

// unexplained puts wrong results that no schedule shows behind what is known: there is
// nothing else to say of them. What a function does wrong is likely behind those of every run.
func unexplained(g *grouping) {
	for j, f := range g.all {
		if f.Kind != finding.WrongResult || f.Origin != nil || f.Evidence.Schedule != "" || g.head(j) != j {
			continue
		}
		race := slices.IndexFunc(g.all, func(f *finding.Finding) bool { return isRace(*f) })
		known := slices.IndexFunc(g.all, func(f *finding.Finding) bool { return f.Origin != nil && !isTried(f) })
		tried := slices.IndexFunc(g.all, isTried)
		switch {
		case race >= 0:
			g.put(j, race, finding.Likely)
		case known >= 0:
			g.put(j, known, finding.Same)
		case tried >= 0 && isSteady(*f):
			g.put(j, tried, finding.Likely)
		}
	}
}

// testsOf are the tests that are known to show f.
func testsOf(f finding.Finding) []string {
	tests := slices.Clone(f.Evidence.Tests)
	if s, err := schedule.Parse(f.Evidence.Schedule); err == nil && f.Evidence.Scenario == nil {
		tests = append(tests, s.Test)
	}
	if w := f.Fact.Failure; w != nil {
		tests = append(tests, w.Test)
	}
	return tests
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// refuted forgets what is only guessed that a wrong result comes of, such as two steps between
// which another goroutine came, where a schedule of another test shows the like, and there
// nothing of the sort. What else that is thought to come of may still do.
func refuted(g *grouping) {
	var wrong []*finding.Finding
	for _, f := range g.all {
		if f.Origin.IsGuess() && slices.ContainsFunc(g.all, func(other *finding.Finding) bool { return showsAlone(*other, *f) }) {
			wrong = append(wrong, f)
		}
	}
	for _, f := range wrong { // only now: what is refuted refutes nothing
		f.Origin = nil
	}
}

// showsAlone reports whether a schedule of another test shows the like of f, and nothing that
// it could come of.
func showsAlone(other, f finding.Finding) bool {
	s, err := schedule.Parse(other.Evidence.Schedule)
	alone := other.Origin == nil || other.Origin.Kind == finding.OriginFunction
	return err == nil && len(s.Racing) == 0 && alone && other.SaysLike(f) && !overlap(testsOf(other), testsOf(f))
}

// oneOrigin joins wrong results that come of the same code, and puts behind them what else
// comes of a function.
func oneOrigin(g *grouping) {
	leads := func(f *finding.Finding) bool {
		return isTried(f) && f.Kind != finding.WrongResult
	}
	g.pairs(func(i, j int) {
		if g.all[i].Origin.Same(g.all[j].Origin) && !leads(g.all[i]) && !leads(g.all[j]) {
			g.join(i, j)
		}
	})
	for i, f := range g.all {
		result := slices.IndexFunc(g.all, func(r *finding.Finding) bool { return !leads(r) && r.Origin.Same(f.Origin) })
		if leads(f) && result >= 0 && !g.racesOtherwise(i) {
			g.put(i, result, finding.Consequence)
		}
	}
}

// racesOtherwise reports whether finding i is a data race that is told together with one which
// does not come of the same.
func (g *grouping) racesOtherwise(i int) bool {
	if !isRace(*g.all[i]) {
		return false
	}
	for j, f := range g.all {
		if isRace(*f) && g.head(j) == g.head(i) && !f.Origin.Same(g.all[i].Origin) {
			return true
		}
	}
	return false
}

// oneSchedule joins wrong results that one schedule shows, or of which one test complains:
// after the first there is not much that it could still find right.
func oneSchedule(g *grouping) {
	g.pairs(func(i, j int) {
		a, b := g.all[i], g.all[j]
		if a.Kind != finding.WrongResult || b.Kind != finding.WrongResult || a.Origin != nil && b.Origin != nil {
			return
		}
		if overlap(testsOf(*a), testsOf(*b)) {
			if b.Origin != nil {
				i, j = j, i
			}
			why := finding.Same
			if isTried(g.all[i]) && !isSteady(*g.all[j]) {
				why = finding.Likely
			}
			g.put(j, i, why)
		}
	})
}

// isTried reports whether f comes of a function, which has been tried. What is not in every run
// may come of something else, in the same test too.
func isTried(f *finding.Finding) bool {
	return f.Origin != nil && f.Origin.Kind == finding.OriginFunction
}

// inTheTests puts a data race within the tests' own code behind what happens in the
// learner's code in the same test, or in any where it is not known which one: the tests have
// none of their own.
func inTheTests(g *grouping) {
	for j, race := range g.all {
		if !isRace(*race) || !InTests(*race, g.isLearners) {
			continue
		}
		cause := slices.IndexFunc(g.all, func(f *finding.Finding) bool {
			same := len(testsOf(*race)) == 0 || overlap(testsOf(*f), testsOf(*race))
			return f != race && f.Kind != finding.WrongResult && same && !(isRace(*f) && InTests(*f, g.isLearners))
		})
		if cause >= 0 {
			g.put(j, cause, finding.Consequence)
		}
	}
}
