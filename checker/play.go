package checker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/evidence"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/policy"
	"racelab/checker/program"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// ErrTest means that an exercise has other tests than the one that was asked for.
var ErrTest = errors.New("there is no test")

// A Table is a test of a submission, ready to be played.
type Table struct {
	game.Program
	Known game.Known
	close []func()
}

// Close ends its process and takes its files away.
func (t *Table) Close() {
	for _, f := range slices.Backward(t.close) {
		f()
	}
}

// Table builds a submission and explores one of its tests: of these, or of all if there are
// none, the one that makes the best game.
func (g *Grader) Table(ctx context.Context, t Task, tests ...string) (*Table, error) {
	parsed, err := stage.Parse(t.Exercise, t.Submission)
	if err != nil {
		return nil, err
	}
	if found := policy.Check(t.Exercise, t.Submission, parsed); len(found) > 0 {
		return nil, notBuilt(found)
	}
	s := setting{check: g.check(t), parsed: parsed, table: &Table{}, in: map[*program.Program]*stage.Workspace{}}
	if err := s.lay(ctx, tests); err != nil {
		s.table.Close()
		return nil, g.named(err)
	}
	return s.table, nil
}

// A setting is a table while it is laid.
type setting struct {
	check
	parsed *source.Package
	want   *evidence.Reference
	table  *Table
	in     map[*program.Program]*stage.Workspace
}

// lay builds the program, and the one in which the lines that race are steps if there are
// any: there it shows what the races lead to.
func (s *setting) lay(ctx context.Context, tests []string) (err error) {
	built, err := s.build(ctx, nil)
	if err != nil {
		return err
	}
	for _, test := range tests {
		if !slices.Contains(built.Tests, test) {
			return fmt.Errorf("%w %s, only %s", ErrTest, test, strings.Join(built.Tests, ", "))
		}
	}
	if len(tests) == 0 {
		tests = built.Tests
	}
	if s.want, _, err = s.reference(ctx); err != nil {
		return err
	}
	s.Progress("exploring interleavings")
	candidates, err := s.candidates(ctx, built, tests)
	if err != nil {
		return err
	}
	c := slices.MinFunc(candidates, candidate.compare)
	if c.sort() == neverEnds {
		return fmt.Errorf("%w: %s", explored.ErrNoEnd, c.doubt.Why)
	}
	if c.on != built {
		s.Progress("exploring what the data races lead to")
	}
	shown, err := s.explorer(c.on, s.want).Survey(ctx, []string{c.test}, true)
	if err != nil {
		return err
	}
	return s.open(ctx, candidateOf(c.on, c.test, shown))
}

// build builds the submission, with racing lines as steps.
func (s *setting) build(ctx context.Context, racing [][]schedule.Line) (*program.Program, error) {
	ws, err := stage.New(s.Exercise, s.parsed, s.runtime)
	if err != nil {
		return nil, err
	}
	s.table.close = append(s.table.close, func() { ws.Close() })
	ws.Racing = racing
	built, found, err := s.builder().Build(ctx, ws, s.Submission)
	if err == nil && built == nil {
		err = notBuilt(found)
	}
	s.in[built] = ws
	return built, err
}

// candidates are the tests that may be played, on the program and, where they race, on the
// one in which the lines that race in any test are steps.
func (s *setting) candidates(ctx context.Context, built *program.Program, tests []string) ([]candidate, error) {
	var out []candidate
	var races []finding.Finding
	isAsked := func(test string) bool { return slices.Contains(tests, test) }
	others := slices.DeleteFunc(slices.Clone(built.Tests), isAsked)
	for _, test := range slices.Concat(tests, others) {
		shown, err := s.explorer(built, s.want).Survey(ctx, []string{test}, false)
		if err != nil {
			return nil, err
		}
		if isAsked(test) {
			out = append(out, candidateOf(built, test, shown))
		}
		races = append(races, shown.Findings...)
		if candidateOf(built, test, shown).sort() == neverEnds {
			break // nor will the others, and each takes long
		}
	}
	racing, _ := evidence.Racing(races, s.parsed)
	if len(racing) == 0 {
		return out, nil
	}
	stepwise, err := s.build(ctx, racing)
	if err != nil {
		return nil, err
	}
	for _, test := range tests {
		if !showsRace(races, test) {
			continue
		}
		shown, err := s.explorer(stepwise, s.want).Survey(ctx, []string{test}, false)
		if err != nil {
			return nil, err
		}
		out = append(out, candidateOf(stepwise, test, shown))
	}
	return out, nil
}

func showsRace(found []finding.Finding, test string) bool {
	return slices.ContainsFunc(found, func(f finding.Finding) bool {
		return f.Kind == finding.DataRace && slices.Contains(f.Evidence.Tests, test)
	})
}

// A candidate is a test that may be played.
type candidate struct {
	on    *program.Program
	test  string
	known game.Known
	asked schedule.Schedule // that fails with the fewest preemptions, if any does
	doubt finding.Doubt     // why nothing can be concluded, if so
}

func candidateOf(on *program.Program, test string, shown evidence.Shown) candidate {
	c := candidate{on: on, test: test, doubt: shown.Doubt, known: game.Known{Test: test, Failing: shown.Run.Failing, Racing: len(on.Racing) > 0}}
	if len(shown.Run.Coverage) > 0 {
		c.known.Coverage = shown.Run.Coverage[0]
	}
	for _, f := range shown.Findings {
		asked, err := schedule.Parse(f.Evidence.Schedule)
		if err != nil || f.Evidence.Preemptions == nil {
			continue
		}
		fewest := c.known.Preemptions
		if n := *f.Evidence.Preemptions; fewest == nil || n < *fewest || n == *fewest && asked.Print.Steps < c.asked.Print.Steps {
			c.known.Preemptions, c.known.Schedule, c.asked = &n, f.Evidence.Schedule, asked
		}
	}
	return c
}

// The sorts of game, the best first.
const (
	takesPreemptions = iota // some orders fail, and others do not
	failsByItself           // so does this one, but it takes no preemption
	failsAlways             // though there are several orders
	hasOneOrder             // which fails
	neverFails              // as far as is known
	neverEnds               // so that there is nothing to tell
)

func (c candidate) sort() int {
	n, of := c.known.Preemptions, c.known.Coverage
	switch some := c.known.Failing < of.Schedules; {
	case n == nil && of.Cut > 0 && of.Cut == of.Schedules && c.doubt != (finding.Doubt{}):
		return neverEnds
	case n == nil:
		return neverFails
	case *n > 0 && some:
		return takesPreemptions
	case some:
		return failsByItself
	case of.Interleavings > 1:
		return failsAlways
	}
	return hasOneOrder
}

// compare puts the better game first: of the same sort, the one in which few goroutines
// have to be interrupted, within few steps; where none is known to fail, the one with the
// most orders.
func (c candidate) compare(o candidate) int {
	if c.sort() != o.sort() || c.known.Preemptions == nil {
		return cmp.Or(cmp.Compare(c.sort(), o.sort()), cmp.Compare(o.known.Coverage.Interleavings, c.known.Coverage.Interleavings))
	}
	return cmp.Or(cmp.Compare(*c.known.Preemptions, *o.known.Preemptions), cmp.Compare(c.asked.Print.Steps, o.asked.Print.Steps))
}

// open begins the game's process.
func (s *setting) open(ctx context.Context, c candidate) error {
	board, err := s.explorer(c.on, s.want).Board(c.test, c.asked.Luck)
	if err != nil {
		return err
	}
	s.table.close = append(s.table.close, board.Close)
	s.table.Program = anonymous{board, func(f []finding.Finding) { s.anonymise(f, s.in[c.on]) }}
	s.table.Known = c.known
	s.table.Known.Exercise = s.Exercise.ID
	if c.known.Preemptions == nil {
		return nil
	}
	s.table.Known.Par, err = board.Path(ctx, c.asked)
	if err != nil {
		return fmt.Errorf("run the schedule that fails: %w", err)
	}
	return nil
}

// anonymous is a program whose findings do not name this machine's folders.
type anonymous struct {
	game.Program
	clean func([]finding.Finding)
}

// Run is game.Program's.
func (a anonymous) Run(ctx context.Context, path []game.Choice, more int) (game.Run, error) {
	r, err := a.Program.Run(ctx, path, more)
	a.clean(r.Findings)
	return r, err
}
