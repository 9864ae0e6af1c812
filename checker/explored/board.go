package explored

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// ErrUndetermined means that the same choices led somewhere else when they were made again.
var ErrUndetermined = errors.New("the program does not do the same twice")

// A Board is a test of a program that is played: a game.Program. It has one process, for
// which a path of choices is one job more.
type Board struct {
	*session
	test  string
	index int
	luck  uint64
}

// Board begins a game. luck is what the program leaves to chance. The caller ends it
// with Close.
func (x Explorer) Board(test string, luck uint64) (*Board, error) {
	index := slices.Index(x.Program.Tests, test)
	if index < 0 {
		return nil, fmt.Errorf("%w: there is no test %s", ErrSchedule, test)
	}
	x.Workers = 1
	return &Board{session: x.begin(), test: test, index: index, luck: luck}, nil
}

// Close ends the process.
func (b *Board) Close() { b.workers.Close() }

// Run is game.Program's.
func (b *Board) Run(ctx context.Context, path []game.Choice, more int) (game.Run, error) {
	job := b.job(picksOf(path))
	if steps := len(path) + more; more >= 0 && steps < wire.DefaultLimit {
		job.Limit = limitOf(steps)
	}
	ran, err := b.ask(ctx, job)
	if err != nil {
		return game.Run{}, err
	}
	if err := b.unclear(ran); err != nil {
		return game.Run{}, err
	}
	turns := turnsOf(ran.Trace)
	if ran.Answered() && !follows(turns, path) {
		return game.Run{}, fmt.Errorf("%w: it depends on something that no schedule decides", ErrUndetermined)
	}
	out := game.Run{
		Turns: turns, Interleaving: b.interleaving(b.test, ran), Ended: !tooLong(ran),
		Endless: tooLong(ran) && (job.Limit == 0 || ran.Ending.End == wire.TooMuch),
	}
	asked := schedule.Schedule{Test: b.test, Luck: b.luck, Racing: b.Program.Racing}
	asked.Picks, _ = explore.PicksOf(ran.Trace)
	if asked.Print = schedule.Print(ran.Trace); out.Ended && ran.Answered() {
		out.Schedule = asked.String()
	}
	out.Findings = b.replayed(asked, ran)
	b.explain(&out.Interleaving, out.Findings, ran)
	if out.Ended && len(out.Findings) > 0 {
		markLast(&out.Interleaving, out.Findings[0].Fact)
	}
	return out, nil
}

// ask runs a job. A game goes on for long, in one process: if that is ended from outside, the
// job is given to another one.
func (b *Board) ask(ctx context.Context, job wire.Job) (explore.Ran, error) {
	ran, err := explore.One(ctx, b.runner, job)
	if err == nil && ran.Ending.End == explore.Died && ran.Code < 0 {
		return explore.One(ctx, b.runner, job)
	}
	return ran, err
}

// unclear says why what a path led to cannot be told, if it cannot.
func (b *Board) unclear(ran explore.Ran) error {
	for _, symptom := range b.symptoms(b.test, ran) {
		if doubt := b.doubtOf(b.test, explore.Failure{Symptom: symptom, Found: ran, Reproduced: true}); doubt != (finding.Doubt{}) {
			return fmt.Errorf("%w: %s", game.ErrNoEnd, doubt.Why)
		}
	}
	return nil
}

// Path are the choices of a schedule.
func (b *Board) Path(ctx context.Context, s schedule.Schedule) ([]game.Choice, error) {
	ran, err := b.ask(ctx, b.job(s.Picks))
	if err != nil {
		return nil, err
	}
	var path []game.Choice
	for _, t := range turnsOf(ran.Trace) {
		path = append(path, t.Choice)
	}
	return path, nil
}

func (b *Board) job(picks wire.Picks) wire.Job {
	return wire.Job{Test: b.index, Chooser: wire.Stay, Luck: b.luck, Picks: picks, Detail: true}
}

// limitOf is the limit of a job that is to stop after so many steps: 0 is not none.
func limitOf(steps int) int {
	if steps == 0 {
		return -1
	}
	return steps
}

// picksOf says each choice of a path, whether or not the chooser would make it as well.
func picksOf(path []game.Choice) wire.Picks {
	var picks wire.Picks
	steps := map[int]int{}
	last := 0
	for _, c := range path {
		g := indexOf(c.Goroutine)
		picks = append(picks, wire.Pick{Last: last, Steps: steps[last], To: g})
		steps[g]++
		if c.Case > 0 {
			picks = append(picks, wire.Pick{Last: g, Steps: steps[g], Case: true, To: c.Case})
		}
		last = g
	}
	return picks
}

// turnsOf are the choices of a trace.
func turnsOf(t wire.Trace) []game.Turn {
	var turns []game.Turn
	last := 0
	for _, s := range t.Steps {
		turn := game.Turn{Choice: game.Choice{Goroutine: nameOf(s.G)}, Taken: s.Taken}
		if s.Taken >= 0 {
			turn.Case = s.Case
		}
		if s.Stay {
			turn.Stayed = nameOf(last)
		}
		for _, p := range s.Enabled {
			turn.Could = append(turn.Could, game.Candidate{Goroutine: nameOf(p.G), Cases: p.Cases})
		}
		turns, last = append(turns, turn), s.G
	}
	return turns
}

// follows reports whether turns begin with a path. Where a select had to wait, the case
// that it tried first does not matter.
func follows(turns []game.Turn, path []game.Choice) bool {
	if len(turns) < len(path) {
		return false
	}
	for i, c := range path {
		if t := turns[i]; t.Goroutine != c.Goroutine || t.Taken >= 0 && t.Case != c.Case {
			return false
		}
	}
	return true
}

func nameOf(g int) finding.GoroutineName { return finding.GoroutineName(schedule.Letters(g)) }

func indexOf(name finding.GoroutineName) int {
	if name == finding.Clock {
		return wire.Clock
	}
	return name.Ordinal() - 1
}
