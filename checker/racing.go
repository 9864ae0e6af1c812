package checker

import (
	"context"
	"slices"

	"racelab/checker/evidence"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/program"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// A racing is a submission that was built once more, with yield points at the accesses that
// race: between those that the race detector reports, no scheduler decides otherwise.
type racing struct {
	check
	ws      *stage.Workspace // nil where there is none, and
	program *program.Program // so is this
	tests   []string         // that showed the races, and nothing else
}

// racing builds the submission once more, where there are data races among what was found.
// Where that is not possible our rewriting is to blame: the submission has been built before.
func (c check) racing(ctx context.Context, parsed *source.Package, found []finding.Finding) (racing, error) {
	lines, tests := evidence.Racing(found, parsed)
	if c.First || len(lines) == 0 || len(tests) == 0 && !c.Trace {
		return racing{}, nil
	}
	ws, err := stage.New(c.Exercise, parsed, c.runtime)
	if err != nil {
		return racing{}, err
	}
	ws.Racing = lines
	built, _, err := c.builder().BuildUnvetted(ctx, ws)
	if err != nil || built == nil {
		_ = ws.Close()
		return racing{}, ctx.Err()
	}
	return racing{check: c, ws: ws, program: built, tests: tests}, nil
}

func (r racing) close() {
	if r.ws != nil {
		_ = r.ws.Close()
	}
}

// consequences looks for what data races lead to: a wrong balance, a panic. The tests that
// showed the races are explored again.
//
// That adds findings and never a fault: the races alone fail the submission.
func (r racing) consequences(ctx context.Context, want *evidence.Reference) ([]finding.Finding, error) {
	if r.program == nil || len(r.tests) == 0 {
		return nil, nil
	}
	r.Progress("looking for what the data races lead to")
	shown, err := r.explorer(r.program, want).Consequences(ctx, r.tests)
	r.anonymise(shown.Findings, r.ws)
	return shown.Findings, err
}

// accesses is the interleaving of a schedule of the submission with the accesses that race as
// steps. ok is false where there is none: they stay between the steps.
func (r racing) accesses(ctx context.Context, want *evidence.Reference, asked schedule.Schedule, path explored.Path) (in finding.Interleaving, ok bool) {
	if r.program == nil {
		return in, false
	}
	reported := *r.program
	reported.Reported = true
	return r.explorer(&reported, want).Accesses(ctx, asked, path)
}

// mostShown bounds the schedules in which a check shows the accesses: each is run some times
// more.
const mostShown = 16

// showRaces shows the accesses of the data races among findings as steps of their
// interleavings, which are of schedules of p.
func (r racing) showRaces(ctx context.Context, p *program.Program, want *evidence.Reference, found []finding.Finding) {
	if r.program == nil {
		return
	}
	shown := map[string]finding.Interleaving{}
	for i := range found {
		f := &found[i]
		asked, err := schedule.Parse(f.Evidence.Schedule)
		if err != nil || f.Kind != finding.DataRace || f.Origin != nil || f.Evidence.Trace == nil || len(asked.Racing) > 0 {
			continue // where the race has an origin, that is shown
		}
		in, ran := shown[f.Evidence.Schedule]
		if !ran && len(shown) < mostShown {
			if path, ok := r.explorer(p, want).Path(ctx, asked); ok {
				in, _ = r.accesses(ctx, want, asked, path)
			}
			shown[f.Evidence.Schedule] = in
		}
		if explored.Shows(in, *f) {
			f.Evidence.Trace = &finding.Interleaving{Goroutines: in.Goroutines, Steps: slices.Clone(in.Steps), Left: in.Left}
		}
	}
}
