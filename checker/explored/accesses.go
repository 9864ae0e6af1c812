package explored

import (
	"context"
	"slices"
	"strings"

	"racelab/checker/detect/interleave"
	"racelab/checker/detect/tsan"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// A Path is who took each step of a schedule that was run.
type Path []pathStep

type pathStep struct{ goroutine, tries int }

func pathOf(t wire.Trace) Path {
	var path Path
	for _, s := range t.Steps {
		path = append(path, pathStep{s.G, s.Case})
	}
	return path
}

// Path runs a schedule, to see who takes each step of it. ok is false where it does something
// else now.
func (x Explorer) Path(ctx context.Context, asked schedule.Schedule) (path Path, ok bool) {
	e := x.begin()
	defer e.workers.Close()
	job, err := e.job(asked)
	if err != nil {
		return nil, false
	}
	ran, err := explore.One(ctx, e.runner, job)
	if err != nil || !ran.Answered() || tooLong(ran) {
		return nil, false
	}
	_, diverged := asked.Print.Diverges(ran.Trace)
	return pathOf(ran.Trace), !diverged
}

// mostDetours bounds how often the same path is looked for in another program.
const mostDetours = 64

// Accesses runs a schedule of a program once more in one in which the racing accesses are
// steps, too, and returns that interleaving. ok is false where it cannot be done: the
// accesses are then not shown.
func (x Explorer) Accesses(ctx context.Context, asked schedule.Schedule, path Path) (in finding.Interleaving, ok bool) {
	e := x.begin()
	defer e.workers.Close()
	job, err := e.job(asked)
	if err != nil {
		return in, false
	}
	job.Picks = nil
	if e.spec == nil {
		job.Limit = max(wire.DefaultLimit, 4*len(path))
	}
	var tried wire.Picks
	for range mostDetours {
		ran, err := explore.One(ctx, e.runner, job)
		if err != nil || !ran.Answered() || tooLong(ran) {
			return in, false
		}
		picks, differs := detour(path, ran)
		if !differs {
			return e.interleaving(asked.Test, ran), true
		}
		i := slices.IndexFunc(picks, func(p wire.Pick) bool { return !slices.Contains(tried, p) })
		if i < 0 {
			return in, false
		}
		if i > 0 { // the first one did not help
			job.Picks = job.Picks[:len(job.Picks)-1]
		}
		tried = append(tried, picks[i])
		job.Picks = append(job.Picks, picks[i])
	}
	return in, false
}

// detour finds where a run first leaves path, the steps of which it has with accesses
// between them, and the picks that may help, the best first.
func detour(path Path, ran explore.Ran) (picks wire.Picks, differs bool) {
	accesses := map[int]bool{}
	for _, s := range interleave.Read(ran.Events, ran.Ending).Steps {
		accesses[s.Step-1] = s.Step > 0 && (s.Op == wire.OpRead || s.Op == wire.OpWrite)
	}
	turn, followed := wire.Pick{}, true // where the goroutine that goes now began, and whether it has followed the path since
	taken, last, at := map[int]int{}, 0, 0
	for i, s := range ran.Trace.Steps {
		if s.G != last {
			turn, followed = wire.Pick{Last: last, Steps: taken[last]}, false
		}
		switch {
		case accesses[i]:
		case at >= len(path):
			return nil, true
		case s.G != path[at].goroutine:
			now := wire.Pick{Last: last, Steps: taken[last], To: path[at].goroutine}
			if followed { // it goes on for too long
				return wire.Picks{now}, true
			}
			turn.To = now.To
			return wire.Picks{turn, now}, true
		case s.Case != path[at].tries:
			return wire.Picks{{Last: s.G, Steps: taken[s.G] + 1, Case: true, To: path[at].tries}}, true
		default:
			at, followed = at+1, true
		}
		taken[s.G]++
		last = s.G
	}
	return nil, at < len(path)
}

// Shows reports whether both accesses of a data race are steps of an interleaving, and it is
// marked there that they race.
func Shows(in finding.Interleaving, race finding.Finding) bool {
	c := race.Fact.Conflict
	if c == nil || c.Second == nil {
		return false
	}
	isAt := func(number int, a finding.Access) bool {
		i := finding.StepNumbered(in.Steps, number)
		return i >= 0 && in.Steps[i].Makes(a)
	}
	return slices.ContainsFunc(in.Steps, func(s finding.Step) bool {
		return s.Op == finding.OpRace && s.Fault != nil &&
			(isAt(s.Fault.First, c.First) && isAt(s.Fault.Second, *c.Second) || isAt(s.Fault.First, *c.Second) && isAt(s.Fault.Second, c.First))
	})
}

// markAccesses marks the two accesses of each race that is reported in an interleaving, as
// far as they are steps. Several reports may come at once.
func (e *session) markAccesses(in *finding.Interleaving, races []string) {
	reports, _ := tsan.Parse(strings.NewReader(strings.Join(races, "")))
	var pairs []pair
	for i, s := range in.Steps {
		if s.Op != finding.OpRace {
			continue
		}
		for j, r := range reports {
			first, second, ok := e.accessesOf(r, in.Steps[:i], s.Goroutine)
			if !ok {
				continue
			}
			p := pair{at: i, steps: [2]int{second, first}, report: r}
			p.choose(in.Steps)
			pairs, reports = append(pairs, p), reports[j+1:]
			break
		}
	}
	tellWrites(in.Steps, pairs)
	for _, p := range pairs {
		p.mark(in.Steps, e.Program.Sources)
	}
}

// A pair is the steps of the two accesses of a race, the later one first, as in its report.
type pair struct {
	at     int // the step that reports it
	steps  [2]int
	report tsan.Report
	// perhaps is set where the earlier one may be another step.
	perhaps bool
}

// choose looks again for the earlier access, which the goroutine may have made more than once
// in the line, with several variables: what the later one has read is what it has written.
func (p *pair) choose(steps []finding.Step) {
	later, last := steps[p.steps[0]], steps[p.steps[1]]
	read := later.Op == finding.OpRead && last.Op == finding.OpWrite && later.Value != ""
	if !isOneOfSeveral(last.Object) {
		return
	}
	n := 0
	for i, s := range slices.Backward(steps[:p.steps[1]+1]) {
		if s.Goroutine != last.Goroutine || s.Op != last.Op || s.Location != last.Location || read && s.Value != later.Value {
			continue
		}
		if n++; n == 1 {
			p.steps[1] = i
		}
	}
	p.perhaps = n != 1
}

// isOneOfSeveral reports whether what is called so may be another variable the next time: an
// element, whose index is no constant, or what has no name.
func isOneOfSeveral(object string) bool {
	_, index, isElement := strings.Cut(object, "[")
	return object == "" || isElement && !strings.ContainsAny(index[:1], "0123456789\"`'") || isElement && isOneOfSeveral(index)
}

// tellWrites makes writes of the steps that only read, as far as their lines tell, where what
// is called there writes. What that is called, and which value it has, is not known.
func tellWrites(steps []finding.Step, pairs []pair) {
	reads, writes := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		for k, i := range p.steps {
			if p.report.Accesses[k].Write {
				writes[i] = true
			} else {
				reads[i] = true
			}
		}
	}
	for i := range writes {
		if s := &steps[i]; s.Op == finding.OpRead && !reads[i] {
			s.Op, s.Object, s.Value = finding.OpWrite, "", ""
		}
	}
}

// mark marks a race at the step that reports it, if its accesses are what their steps say.
func (p pair) mark(steps []finding.Step, src finding.Sources) {
	later, earlier := steps[p.steps[0]], steps[p.steps[1]]
	for k, s := range []finding.Step{later, earlier} {
		if p.report.Accesses[k].Write != (s.Op == finding.OpWrite) {
			return
		}
	}
	steps[p.at].Location = later.Location
	steps[p.at].Fault = &finding.Fault{Kind: finding.FaultRace, First: earlier.Number, Second: later.Number, Perhaps: p.perhaps, Conflict: p.report.Conflict(src)}
}

// accessesOf finds the steps of the two accesses of a race of which the second was made by
// one goroutine just now: a report has it first.
func (e *session) accessesOf(r tsan.Report, steps []finding.Step, by finding.GoroutineName) (first, second int, ok bool) {
	if len(r.Accesses) < 2 {
		return 0, 0, false
	}
	now, known := e.Program.Sources.Place(r.Accesses[0].Stack)
	before, knownBefore := e.Program.Sources.Place(r.Accesses[1].Stack)
	if !known || !knownBefore {
		return 0, 0, false
	}
	second = lastAccess(steps, r.Accesses[0].Write, now, func(g finding.GoroutineName) bool { return g == by })
	if second < 0 {
		return 0, 0, false
	}
	first = lastAccess(steps[:second], r.Accesses[1].Write, before, func(g finding.GoroutineName) bool { return g != by })
	return first, second, first >= 0
}

// lastAccess is the last of the steps that is a write, or a read, at a line by one of some
// goroutines; -1 if there is none. What else the line does is not what the report is about.
// Where all that a line does is one step, a call mostly, that is what writes.
func lastAccess(steps []finding.Step, write bool, at finding.Location, by func(finding.GoroutineName) bool) int {
	read, wrote := -1, -1
	for i, s := range steps {
		if !by(s.Goroutine) || s.Location.File != at.File || s.Location.Line != at.Line {
			continue
		}
		switch s.Op {
		case finding.OpRead:
			read = i
		case finding.OpWrite:
			wrote = i
		}
	}
	if write && wrote >= 0 {
		return wrote
	}
	return read
}
