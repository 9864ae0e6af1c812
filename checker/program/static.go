package program

import (
	"context"
	"fmt"
	"slices"

	"racelab/checker/apidiff"
	"racelab/checker/detect/vet"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/instrument"
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
	ours, err := submission.Ours(ws.Exercise)
	if err != nil {
		return nil, nil, err
	}
	var program *Program
	var vetted, changed, compiled []finding.Finding
	g, ctx := errgroup.WithContext(ctx)
	exports := b.exports(ctx, ws, instrument.Imports(ours.Files)...)
	g.Go(func() (err error) { program, compiled, err = b.compile(ctx, ws, exports); return err })
	g.Go(func() (err error) { vetted, err = vetSources(ws, sub, exports); return err })
	g.Go(func() (err error) { changed, err = compareAPI(ours, sub, exports); return err })
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

// BuildOurs compiles a version of our own: it needs no vetting.
func (b Builder) BuildOurs(ctx context.Context, ws *stage.Workspace) (*Program, []finding.Finding, error) {
	return b.compile(ctx, ws, b.exports(ctx, ws))
}

// vetSources runs the concurrency analyzers on the submission as it was written.
// Code that does not compile is not vetted; the compiler says why.
func vetSources(ws *stage.Workspace, sub submission.Submission, exports exporter) ([]finding.Finding, error) {
	files, err := exports()
	if err != nil {
		return nil, err
	}
	diagnostics, err := vet.Analyse(vet.Package{
		Path: ws.ImportPath(), GoVersion: stage.GoVersion, Files: sub.Files, Imports: instrument.Exported(files),
	})
	return vet.Findings(diagnostics), err
}

// compareAPI compares what the submission exports with what ours does.
func compareAPI(ours, theirs submission.Submission, exports exporter) ([]finding.Finding, error) {
	want, err := apidiff.Parse(ours.Files)
	if err != nil {
		return nil, fmt.Errorf("parse the reference: %w", err)
	}
	got, err := apidiff.Parse(theirs.Files)
	if err != nil {
		return nil, fmt.Errorf("parse the submission: %w", err) // the policy has parsed it before
	}
	files, err := exports()
	if err != nil {
		return nil, err
	}
	return apidiff.Compare(want, got, files)
}

// extraFiles warns of files that are not submitted, which may be why it does
// not compile.
func extraFiles(ex exercise.Exercise, sub submission.Submission) []finding.Finding {
	var out []finding.Finding
	for _, name := range sub.Extra {
		out = append(out, finding.Finding{
			Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Warning,
			Fact:     finding.Fact{Breach: &finding.Breach{Rule: finding.RuleNotRead, Name: name, Allowed: ex.Files}},
			Location: finding.Location{File: name},
		})
	}
	return out
}

func inEditable(ex exercise.Exercise, findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return !slices.Contains(ex.Files, f.Location.File)
	})
}
