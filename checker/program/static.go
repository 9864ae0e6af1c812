package program

import (
	"context"
	"go/types"
	"slices"

	"racelab/checker/apidiff"
	"racelab/checker/detect/vet"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/policy"
	"racelab/checker/source"
	"racelab/checker/stage"
	"racelab/checker/submission"

	"golang.org/x/sync/errgroup"
)

// Build compiles what was staged, and meanwhile vets it and compares its API with
// that of our own version. No program means that the findings are all there will
// be.
func (b Builder) Build(ctx context.Context, ws *stage.Workspace, sub submission.Submission) (*Program, []finding.Finding, error) {
	if err := b.fetch(ctx, ws); err != nil {
		return nil, nil, err
	}
	ours, err := parseOurs(ws.Exercise)
	if err != nil {
		return nil, nil, err
	}
	exports, err := b.exports(ctx, ws, ws.Source, ours)
	if err != nil {
		return nil, nil, err
	}
	defer b.whenSlow().Stop()
	imports := source.Exported(exports)
	got, want := ws.Source.Check(imports), ours.Check(imports)
	var program *Program
	if placed := policy.CheckPlaces(got.Own); len(placed) > 0 {
		return nil, placed, nil
	}
	var vetted, changed, compiled []finding.Finding
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) { program, compiled, err = b.compile(ctx, ws, got, exports); return err })
	g.Go(func() (err error) { vetted, err = vetSources(got.Own); return err })
	g.Go(func() (err error) { changed, err = apidiff.Compare(want.Own, got.Own); return err })
	switch err := g.Wait(); {
	case err != nil:
		return nil, nil, err
	case len(changed) > 0:
		// What the compiler says of our tests then is a consequence.
		return nil, slices.Concat(changed, inEditable(ws.Exercise, compiled), vetted), nil
	case len(compiled) > 0:
		return nil, slices.Concat(compiled, extraFiles(ws.Exercise, sub)), nil
	}
	return program, vetted, nil
}

// BuildUnvetted compiles what needs no vetting: a version of our own, or a submission that
// was built before.
func (b Builder) BuildUnvetted(ctx context.Context, ws *stage.Workspace) (*Program, []finding.Finding, error) {
	exports, err := b.exports(ctx, ws, ws.Source)
	if err != nil {
		return nil, nil, err
	}
	defer b.whenSlow().Stop()
	return b.compile(ctx, ws, ws.Source.Check(source.Exported(exports)), exports)
}

// Imports returns an importer of what a submission and our own version of the exercise import.
func (b Builder) Imports(ctx context.Context, ws *stage.Workspace) (types.Importer, error) {
	ours, err := parseOurs(ws.Exercise)
	if err != nil {
		return nil, err
	}
	exports, err := b.exports(ctx, ws, ws.Source, ours)
	return source.Exported(exports), err
}

// parseOurs parses our own version of the exercise, without its tests.
func parseOurs(ex exercise.Exercise) (*source.Package, error) {
	ours, err := submission.Ours(ex)
	if err != nil {
		return nil, err
	}
	return source.Parse(ex.ImportPath(), stage.GoVersion, ours.Files), nil
}

// vetSources runs the concurrency analyzers on the submission as it was written.
// Code that does not compile is not vetted; the compiler says why.
func vetSources(submitted *source.Typed) ([]finding.Finding, error) {
	diagnostics, err := vet.Analyse(submitted)
	return vet.Findings(diagnostics), err
}

// mostExtra is how many files are named that are not submitted.
const mostExtra = 20

// extraFiles warns of files that are not submitted, which may be why it does
// not compile. The last one that is named tells how many there are besides.
func extraFiles(ex exercise.Exercise, sub submission.Submission) []finding.Finding {
	var out []finding.Finding
	for _, name := range sub.Extra[:min(mostExtra, len(sub.Extra))] {
		out = append(out, finding.Finding{
			Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Warning,
			Fact:     finding.Fact{Breach: &finding.Breach{Rule: finding.RuleNotRead, Name: name, Allowed: ex.Files}},
			Location: finding.Location{File: name},
		})
	}
	if more := len(sub.Extra) - len(out); more > 0 {
		out[len(out)-1].Fact.Breach.More = more
	}
	return out
}

func inEditable(ex exercise.Exercise, findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return !slices.Contains(ex.Files, f.Location.File)
	})
}
