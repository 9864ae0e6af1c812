package report

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/schedule"
)

// foundBy says how long it took to find a schedule that shows a defect, and how
// simple it is; "" for what was not found by exploring.
func foundBy(e finding.Evidence) string {
	if e.Schedule == "" {
		return ""
	}
	text := "There is a schedule that shows it"
	switch e.SchedulesRun {
	case 0:
	case 1:
		text = "The first schedule that was tried shows it"
	default:
		text = fmt.Sprintf("It took %s to find one that shows it", Count(e.SchedulesRun, "schedule"))
	}
	late, racing := notable(e.Schedule)
	switch n := e.Preemptions; {
	case n == nil:
	case *n == 0:
		text += ", without a preemption: each goroutine runs until it has to wait"
	case *n == 1 && late:
		text += ", with 1 preemption: a timer fires, once, before a goroutine goes on that could have"
	case *n == 1:
		text += ", with 1 preemption: one goroutine is interrupted, once, where it could have gone on"
	case late:
		text += fmt.Sprintf(", with %s: each time, a goroutine is interrupted, or overtaken by a timer, where it could have gone on", Count(*n, "preemption"))
	default:
		text += fmt.Sprintf(", with %s: each time, a goroutine is interrupted where it could have gone on", Count(*n, "preemption"))
	}
	if racing {
		text += ". It comes of the data races: on their lines, to read is one step and to write is another"
	}
	return text + "."
}

// notable says of a schedule whether a timer fires in it although a goroutine is
// runnable, and whether lines that race are steps in it.
func notable(text string) (late, racing bool) {
	s, err := schedule.Parse(text)
	return err == nil && s.Overtakes(), err == nil && len(s.Racing) > 0
}

// replaySteps offer to watch what was found happen, for each of the problems that are spelled
// out.
func (v view) replaySteps(spelledOut []finding.Problem) []step {
	var steps []step
	told := map[string]bool{}
	for _, p := range spelledOut {
		schedule := p.Schedule()
		if schedule == "" || told[schedule] {
			continue
		}
		told[schedule] = true
		what := "watch it happen, step by step"
		if len(spelledOut) > 1 {
			what = fmt.Sprintf("watch problem %d happen, step by step", p.Number)
		}
		steps = append(steps, step{v.replayCommand(p, len(steps) == 0), what})
	}
	return steps
}

// replayCommand replays a problem. The first that can be is found without its number; where
// racelab has not kept what the numbers are, the schedule says which it is.
func (v view) replayCommand(p finding.Problem, first bool) string {
	command := "replay " + v.number()
	switch {
	case !v.Submission.Remembered:
		command += " " + p.Schedule()
	case !first:
		command += fmt.Sprintf(" %d", p.Number)
	}
	return v.onSubmission(command)
}

// scheduleCommand replays a schedule, wherever one is.
func (v view) scheduleCommand(schedule string) string {
	return v.onSubmission("replay " + v.number() + " " + schedule)
}

// explored says how much of what can happen has been tried. Tests of which all
// was, and others, are told apart.
func explored(r finding.Run) claim {
	c := claim{text: fmt.Sprintf("%s of %s under the controlled scheduler and the race detector",
		Count(r.Schedules, "schedule"), Count(r.Tests, "test"))}
	groups := coverageGroups(r)
	switch {
	case len(r.Coverage) == 0:
	case len(groups) == 1:
		c.text += ": " + groups[0].claim()
	default:
		c.text += ":"
		for _, g := range groups {
			c.parts = append(c.parts, Count(g.tests, "test")+": "+g.scheduled()+g.claim())
		}
	}
	return c
}

// A coverageGroup is tests of which the same can be claimed.
type coverageGroup struct {
	complete     bool
	bound        int // where complete
	isSampled    bool
	undetermined bool
	timed        bool
	drawn        bool
	outside      string
	skipped      bool

	tests, schedules, interleavings, sampled, cut int
	outsideAt                                     string // of one of them
}

// coverageGroups are those of a run, in the order of their tests. Tests that were
// not explored at all come last.
func coverageGroups(r finding.Run) []coverageGroup {
	var groups []coverageGroup
	for i := range max(r.Tests, len(r.Coverage)) {
		var c finding.Coverage
		if i < len(r.Coverage) {
			c = r.Coverage[i]
		}
		key := coverageGroup{complete: c.Complete, isSampled: c.Sampled > 0, undetermined: c.Undetermined, timed: c.Timed, drawn: c.Drawn, outside: c.Outside, skipped: c.Skipped}
		if c.Complete {
			key.bound = c.Bound
		}
		at := slices.IndexFunc(groups, func(g coverageGroup) bool {
			g.tests, g.schedules, g.interleavings, g.sampled, g.cut, g.outsideAt = 0, 0, 0, 0, 0, ""
			return g == key
		})
		if at < 0 {
			at, groups = len(groups), append(groups, key)
		}
		groups[at].tests++
		groups[at].schedules += c.Schedules
		groups[at].interleavings += c.Interleavings
		groups[at].sampled += c.Sampled
		groups[at].cut += c.Cut
		if c.OutsideAt != nil && groups[at].outsideAt == "" {
			groups[at].outsideAt = " (" + placeOf(*c.OutsideAt) + ")"
		}
	}
	return groups
}

func (g coverageGroup) all() bool { return g.complete && g.bound < 0 && !g.timed && !g.drawn }

func (g coverageGroup) scheduled() string {
	if g.schedules == 0 {
		return ""
	}
	return Count(g.schedules, "schedule") + ", "
}

// claim is what may be said of the schedules of a group. Interleavings that differ
// only in the order of independent steps count as one, here and in the page about
// exploring.
func (g coverageGroup) claim() string {
	var text string
	switch {
	case g.skipped:
		return "not explored: testing.Short is true there, and then it skips itself"
	case g.schedules == 0:
		return "not explored"
	case g.undetermined:
		return "not all interleavings: the same schedule did not always do the same"
	case g.outside != "":
		return "not all interleavings: " + escapes[g.outside] + g.outsideAt
	case g.complete && g.bound < 0:
		return g.every()
	case !g.complete:
		text = "not all interleavings"
	case g.bound == 0:
		text = "among them all " + g.count() + " without a preemption"
	default:
		text = "among them all " + g.count() + " with at most " + Count(g.bound, "preemption")
	}
	if g.complete && g.timed && g.bound > 0 { // without a preemption no timer overtakes a goroutine
		text += " in which no timer overtakes a goroutine by more than 10 ms"
	}
	if g.complete && g.drawn {
		text += oneLuck
	}
	if g.sampled > 0 {
		text += "; " + number(g.sampled) + " were chosen at random"
	}
	if g.cut > 0 {
		text += "; " + number(g.cut) + " were stopped before their end"
	}
	return text
}

// oneLuck limits a claim.
const oneLuck = ", for one choice of random numbers and map orders"

// escapes say what took part that no schedule decides.
var escapes = map[string]string{
	"starts":     "code that racelab has not built started a goroutine",
	"waits":      "a goroutine waited inside code that racelab has not built",
	"process":    "a child process takes part",
	"descriptor": "a pipe or a connection takes part",
	"signal":     "signals of the operating system take part",
}

// every says that all interleavings were run.
func (g coverageGroup) every() string {
	text := "all " + g.count()
	if g.interleavings == g.tests {
		text = "there is no other interleaving"
	}
	switch {
	case g.timed:
		text += " in which no timer overtakes a goroutine"
	case g.interleavings != g.tests && !g.drawn:
		text += " there are"
	}
	if g.drawn {
		text += oneLuck
	}
	if g.drawn && g.sampled > 0 {
		text += "; " + number(g.sampled) + " with others"
	}
	return text
}

// count leaves the number out where a verdict does not tell it.
func (g coverageGroup) count() string {
	if g.interleavings == 0 {
		return "interleavings"
	}
	return Count(g.interleavings, "interleaving")
}

// wasExplored reports whether schedules were run at all.
func (v view) wasExplored() bool {
	return slices.ContainsFunc(v.v.Runs, func(r finding.Run) bool { return r.Mode == finding.ExploreMode })
}

// exploredAll reports whether all interleavings of all tests were run.
func (v view) exploredAll() bool {
	for _, r := range v.v.Runs {
		if r.Mode != finding.ExploreMode {
			continue
		}
		return !slices.ContainsFunc(coverageGroups(r), func(g coverageGroup) bool { return !g.all() })
	}
	return false
}
