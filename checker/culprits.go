package checker

import (
	"context"
	"errors"
	"slices"

	"racelab/checker/evidence"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/mutate"
	"racelab/checker/program"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// mostCulprits bounds how many functions are tried, each alone and in pairs, and mostFlips how
// many operators in each.
const (
	mostCulprits = 6
	mostFlips    = 24
)

// blame looks for the functions that wrong results come of which every run shows: many tests
// may notice one of them. The submission is built once more, with the bodies that its
// functions have in the reference solution beside their own, and the tests run with one of
// them at a time.
//
// That changes nothing but what is told together, so that it is no fault when it cannot be
// done. Code that nobody has read is not built together with the reference.
func (c check) blame(ctx context.Context, ws *stage.Workspace, want *evidence.Reference, found []finding.Finding, ordered []string) error {
	steady := evidence.Steady(found)
	if c.First || c.Unread || want == nil || len(steady.Tests)+len(steady.Schedules) < 2 {
		return nil
	}
	inOrder := slices.ContainsFunc(steady.Tests, func(test string) bool { return slices.Contains(ordered, test) })
	trial, err := c.tryBodies(ctx, ws, want, func(s suspect) bool { return s.mayExplain(steady.Guessed, inOrder) })
	if err != nil || trial == nil {
		return ctx.Err()
	}
	defer trial.ws.Close()
	culprits, err := trial.culprits(ctx, steady)
	if err != nil {
		return ctx.Err()
	}
	evidence.Blame(found, culprits, ordered)
	return nil
}

// culprits are the suspects, with what passes without each.
func (t *trial) culprits(ctx context.Context, steady evidence.Unexplained) ([]evidence.Culprit, error) {
	before, err := t.passing(ctx, 0, steady.Tests, steady.Schedules)
	if err != nil {
		return nil, err
	}
	tests, schedules := without(steady.Tests, before.Tests), without(steady.Schedules, before.Schedules)
	var out []evidence.Culprit
	for _, suspect := range t.suspects {
		own, left, leftSchedules := evidence.Culprit{}, tests, schedules
		if len(suspect.Functions) > 1 { // what one function mends tells nothing of two
			alone := mended(out)
			own, left, leftSchedules = suspect.of(out), without(tests, alone.Tests), without(schedules, alone.Schedules)
		}
		seen, err := t.passing(ctx, suspect.number, left, leftSchedules)
		if err != nil {
			return nil, err
		}
		suspect.Tests, suspect.Schedules = append(own.Tests, seen.Tests...), append(own.Schedules, seen.Schedules...)
		if !suspect.Alone && len(suspect.flips) > 0 && len(seen.Tests)+len(seen.Schedules) > 1 {
			if suspect.Alone, err = t.oneFlipDoes(ctx, suspect); err != nil {
				return nil, err
			}
			suspect.SameSteps = suspect.Alone
		}
		out = append(out, suspect.Culprit)
	}
	return out, nil
}

// mended is what goes right without one of the culprits of one function.
func mended(culprits []evidence.Culprit) (all evidence.Culprit) {
	for _, c := range culprits {
		if len(c.Functions) == 1 {
			all.Tests, all.Schedules = append(all.Tests, c.Tests...), append(all.Schedules, c.Schedules...)
		}
	}
	return all
}

// of is what goes right with the other body of one of a pair.
func (s suspect) of(culprits []evidence.Culprit) evidence.Culprit {
	return mended(slices.DeleteFunc(slices.Clone(culprits), func(c evidence.Culprit) bool { return !slices.Contains(s.Functions, c.Functions[0]) }))
}

// oneFlipDoes reports whether one other operator in the function of a suspect does all that
// another body does: that is then the only thing that is wrong in it.
func (t *trial) oneFlipDoes(ctx context.Context, s suspect) (bool, error) {
	first := *t
	first.First = true
	for _, number := range s.flips {
		seen, err := first.passing(ctx, number, s.Tests, nil)
		if err == nil && len(without(s.Tests, seen.Tests)) == 0 {
			seen, err = first.passing(ctx, number, nil, s.Schedules)
			if err == nil && len(without(s.Schedules, seen.Schedules)) == 0 {
				return true, nil
			}
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}

// A trial is the submission with other bodies of its functions to choose from.
type trial struct {
	check
	ws       *stage.Workspace
	built    *program.Program
	want     *evidence.Reference
	suspects []suspect
}

// A suspect may be a culprit: a number chooses the other body of its functions.
type suspect struct {
	evidence.Culprit
	number int
	flips  []int // the numbers of other operators in its function, where much may be wrong there
}

// mayExplain reports whether s could be a culprit of something that has no explanation, or of
// something of which one is guessed. inOrder is set when a test shows something in which the
// order of goroutines does not matter.
func (s suspect) mayExplain(guessed, inOrder bool) bool {
	if guessed { // only a function that orders nothing otherwise refutes a guess
		return s.Alone && s.SameSteps
	}
	return s.Alone && (s.SameSteps || inOrder) || len(s.flips) > 0
}

// tryBodies builds a trial; nil where no suspect may explain anything.
func (c check) tryBodies(ctx context.Context, ws *stage.Workspace, want *evidence.Reference, mayExplain func(suspect) bool) (*trial, error) {
	c.Trace, c.Nearest = false, false
	t := &trial{check: c, want: want}
	schema, err := t.schema(ctx, ws)
	if err != nil || !slices.ContainsFunc(t.suspects, mayExplain) {
		return nil, err
	}
	c.Progress("looking for what the wrong results come of")
	if t.ws, err = stage.Lay(c.Exercise, submission.Submission{Files: schema}, c.runtime); err != nil {
		return nil, err
	}
	if t.built, _, err = c.builder().BuildUnvetted(ctx, t.ws); err != nil || t.built == nil { // our rewriting is to blame
		return nil, errors.Join(t.ws.Close(), ctx.Err())
	}
	t.built.Constants = source.Constants{} // of all bodies together
	return t, nil
}

// schema is the sources with all bodies in them, for a suspect each.
func (t *trial) schema(ctx context.Context, ws *stage.Workspace) (map[string][]byte, error) {
	reference, err := submission.Reference(t.Exercise)
	if err != nil {
		return nil, err
	}
	p := mutate.Program{Path: ws.Source.Path, GoVersion: ws.Source.GoVersion, Files: map[string][]byte{}}
	for _, name := range t.Exercise.Files {
		p.Files[name] = ws.Source.File(name).Text
	}
	if p.Imports, err = t.builder().Imports(ctx, ws); err != nil {
		return nil, err
	}
	p, all := mutate.Rightings(p, reference.Files)
	if len(all) > mostCulprits {
		return nil, nil
	}
	var mutants []mutate.Mutant
	for _, r := range all {
		mutants = append(mutants, r.Mutant)
		t.suspects = append(t.suspects, suspect{Culprit: culprit(r)})
	}
	pairs, programs := mutate.Together(p, reference.Files, all)
	for _, pair := range pairs {
		t.suspects = append(t.suspects, suspect{Culprit: culprit(all[pair[0]], all[pair[1]])})
	}
	mutants = append(mutants, programs...)
	var flipped []int // of each further mutant the suspect
	for i, r := range all {
		flips := mutate.Flips(p, r)
		if r.OneThing || len(flips) > mostFlips {
			continue
		}
		mutants, flipped = append(mutants, flips...), append(flipped, slices.Repeat([]int{i}, len(flips))...)
	}
	made := mutate.NewSchema(p, mutants, MutantChooser)
	for i, number := range made.Numbers {
		if i < len(t.suspects) {
			t.suspects[i].number = number
		} else if of := &t.suspects[flipped[i-len(t.suspects)]]; number > 0 {
			of.flips = append(of.flips, number)
		}
	}
	t.suspects = slices.DeleteFunc(t.suspects, func(c suspect) bool { return c.number == 0 })
	return made.Files, nil
}

func culprit(functions ...mutate.Righting) evidence.Culprit {
	out := evidence.Culprit{Alone: true, SameSteps: true}
	for _, r := range functions {
		out.Functions = append(out.Functions, finding.Location{File: r.File, Line: r.Line, Function: r.Function})
		out.Alone, out.SameSteps = out.Alone && r.OneThing, out.SameSteps && r.SameSteps
	}
	return out
}

// passing are the tests, and the schedules of scenarios, that are right with a number.
func (t *trial) passing(ctx context.Context, number int, tests, schedules []string) (evidence.Culprit, error) {
	var out evidence.Culprit
	one := *t.built
	one.Mutant = number
	x := t.explorer(&one, t.want)
	if len(tests) > 0 {
		shown, err := x.Try(ctx, tests)
		if err != nil {
			return out, err
		}
		out.Tests = shown.Passing()
	}
	for _, text := range schedules {
		ok, err := passes(ctx, x, text)
		if err != nil {
			return out, err
		}
		if ok {
			out.Schedules = append(out.Schedules, text)
		}
	}
	return out, nil
}

// passes reports whether a schedule shows nothing wrong.
func passes(ctx context.Context, x explored.Explorer, text string) (bool, error) {
	asked, err := schedule.Parse(text)
	if err != nil {
		return false, nil
	}
	r, _, err := x.Replay(ctx, asked)
	return err == nil && len(r.Findings) == 0 && !r.Undetermined, ctx.Err()
}
