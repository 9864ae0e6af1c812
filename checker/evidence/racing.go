package evidence

import (
	"slices"

	"racelab/checker/finding"
	"racelab/checker/schedule"
	"racelab/checker/source"
)

// Racing returns the lines of the data races among findings, in groups of what races
// with what, and the tests that showed them. Tests in which exploring has found
// something else are left out: what the races lead to is known there.
func Racing(findings []finding.Finding, in *source.Package) (groups [][]schedule.Line, tests []string) {
	for _, f := range findings {
		if f.Kind != finding.DataRace {
			continue
		}
		var lines []schedule.Line
		for _, at := range accesses(f) {
			file := slices.IndexFunc(in.Files, func(s *source.File) bool { return s.Name == at.File })
			if file >= 0 && at.Line > 0 {
				lines = append(lines, schedule.Line{File: file, Number: at.Line})
			}
		}
		if len(lines) > 0 {
			groups, tests = join(groups, lines), append(tests, f.Evidence.Tests...)
		}
	}
	slices.Sort(tests)
	tests = slices.DeleteFunc(slices.Compact(tests), func(test string) bool { return known(findings, test) })
	return groups, tests
}

// accesses are the places of the two accesses of a race, as far as they are known.
func accesses(f finding.Finding) []finding.Location {
	places := []finding.Location{f.Location}
	for _, r := range f.Related {
		if r.Role.Kind == finding.RoleAccess {
			places = append(places, r.Location)
		}
	}
	return places
}

// InTests reports whether both accesses of a race are in the tests' own code, which may have
// been called by the learner's.
func InTests(race finding.Finding, isLearners func(finding.Location) bool) bool {
	c := race.Fact.Conflict
	theirs := func(a *finding.Access) bool { return a.Given() || !isLearners(a.Place) }
	return c != nil && theirs(&c.First) && (c.Second == nil || theirs(c.Second))
}

// join adds lines that race with each other to the groups: all that have one of them in
// common become one.
func join(groups [][]schedule.Line, lines []schedule.Line) [][]schedule.Line {
	var apart [][]schedule.Line
	for _, g := range groups {
		if slices.ContainsFunc(g, func(l schedule.Line) bool { return slices.Contains(lines, l) }) {
			lines = append(g, lines...)
		} else {
			apart = append(apart, g)
		}
	}
	slices.SortFunc(lines, schedule.Line.Compare)
	return append(apart, slices.Compact(lines))
}

func known(findings []finding.Finding, test string) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool {
		return f.Kind != finding.DataRace && f.Evidence.Schedule != "" && slices.Contains(f.Evidence.Tests, test)
	})
}
