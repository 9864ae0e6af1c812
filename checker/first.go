package checker

import (
	"context"

	"racelab/checker/evidence"
	"racelab/checker/finding"
	"racelab/checker/program"
	"racelab/checker/rubric"
)

// runUntilFirst runs the program in one mode after the other, until one shows an
// error. Exploring comes first: what it shows it shows every time.
func (c check) runUntilFirst(ctx context.Context, p *program.Program, want *evidence.Reference) (race, lock, schedules evidence.Shown, err error) {
	if schedules, err = c.explore(ctx, p, want); err != nil || c.fails(schedules.Findings) {
		return race, lock, schedules, err
	}
	if race, err = c.race(ctx, p, want); err != nil || c.fails(race.Findings) {
		return race, lock, schedules, err
	}
	lock, err = c.tester(p).Lock(ctx, race)
	return race, lock, schedules, err
}

// fails reports whether one of the findings is an error in this exercise.
func (c check) fails(findings []finding.Finding) bool {
	return rubric.Judge(c.Exercise, rubric.Evidence{Findings: findings}).Outcome == finding.Fail
}
