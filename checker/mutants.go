package checker

import (
	"context"
	"errors"
	"fmt"

	"racelab/checker/evidence"
	"racelab/checker/finding"
	"racelab/checker/labrt"
	"racelab/checker/program"
	"racelab/checker/rubric"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// MutantChooser is the package that tells a schema of mutants which of them it is.
const MutantChooser = labrt.Module + "/rt"

// Mutants are many mutants of a right fix, built as one program.
type Mutants struct {
	check
	ws    *stage.Workspace
	built *program.Program
	want  *evidence.Reference
}

// BuildMutants builds the submission of t, a schema of mutants. Close must be called.
func (g *Grader) BuildMutants(ctx context.Context, t Task) (*Mutants, error) {
	t.First = true
	m := &Mutants{check: g.check(t)}
	if err := m.build(ctx); err != nil {
		return nil, g.named(errors.Join(err, m.Close()))
	}
	return m, nil
}

func (m *Mutants) build(ctx context.Context) (err error) {
	if m.ws, err = stage.Lay(m.Exercise, m.Submission, m.runtime); err != nil {
		return err
	}
	built, findings, err := m.builder().BuildUnvetted(ctx, m.ws)
	if err != nil {
		return err
	}
	if built == nil {
		return fmt.Errorf("the mutants do not compile together: %s", findings[0].Evidence.Output)
	}
	m.built = built
	m.built.Constants = source.Constants{} // of all mutants together
	m.want, err = m.whatReferenceShows(ctx)
	return err
}

// Explore looks whether a glance at the mutant with a number shows a failure; number 0
// is the right fix. Only a verdict of fail is one: whoever gets another checks the
// mutant by itself.
func (m *Mutants) Explore(ctx context.Context, number int) (finding.Verdict, error) {
	return m.explore(ctx, number, m.want)
}

// lessOften is how many times fewer scenarios there are for a mutant of which nobody
// expects that it fails.
const lessOften = 8

// Doubt is Explore for a mutant with a reason why it need not fail: of the scenarios it
// takes some, others for each mutant.
func (m *Mutants) Doubt(ctx context.Context, number int) (finding.Verdict, error) {
	want := *m.want
	if want.Contract != nil {
		want.Contract = want.Contract.Part(number%lessOften, lessOften)
	}
	return m.explore(ctx, number, &want)
}

func (m *Mutants) explore(ctx context.Context, number int, want *evidence.Reference) (finding.Verdict, error) {
	one := *m.built
	one.Mutant = number
	shown, err := m.explorer(&one, want).Glance(ctx)
	if err != nil {
		return finding.Verdict{}, m.named(err)
	}
	return rubric.Judge(m.Exercise, rubric.Evidence{Findings: evidence.Fold(shown.Findings), Runs: []finding.Run{shown.Run}, Doubt: shown.Doubt}), nil
}

// Close removes what was built.
func (m *Mutants) Close() error {
	if m.ws == nil {
		return nil
	}
	return m.ws.Close()
}
