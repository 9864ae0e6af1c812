package report

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// title says what is wrong, and how often it was seen.
func (v view) title(f finding.Finding) string {
	return titleOf(f) + v.seenIn(f.Evidence)
}

// seenIn says how often.
func (v view) seenIn(e finding.Evidence) string {
	switch {
	case e.Runs == 0:
		return ""
	case e.Mode == finding.ExploreMode:
		return fmt.Sprintf(", found in %s of %s", number(e.Seen), Count(e.Runs, "schedule"))
	case e.Runs < v.planned(e.Mode):
		return fmt.Sprintf(", found in %d of %s%s (no more were needed)", e.Seen, Count(e.Runs, "run"), unwatched(e))
	}
	return fmt.Sprintf(", found in %d of %s%s", e.Seen, Count(e.Runs, "run"), unwatched(e))
}

// unwatched says of a defect that it shows only where racelab does not take part.
func unwatched(e finding.Evidence) string {
	if e.Mode != finding.WrittenMode {
		return ""
	}
	return " without racelab's run-time, and in none with it"
}

// planned is how often the tests were to be run in a mode. The checker ends a mode
// early when every further run would only take long and say the same.
func (v view) planned(mode finding.Mode) int {
	for _, r := range v.v.Runs {
		if r.Mode == mode && r.Planned > 0 {
			return r.Planned
		}
	}
	return plannedBefore[mode]
}

// plannedBefore is for what was recorded when a Run did not say it yet.
var plannedBefore = map[finding.Mode]int{finding.RaceMode: 4, finding.LockMode: 2}

// message is the finding's. The list of what a policy allows is shown on demand.
func (v view) message(f finding.Finding) string {
	if v.full {
		return f.Message
	}
	if b := f.Fact.Breach; b != nil && b.Rule == finding.RuleImport {
		return importWords(*b) + "; `" + v.command("explain policy") + "` lists what is"
	}
	return f.Message
}

// brief names a finding in a line or two.
func (v view) brief(f finding.Finding) string {
	text, message := titleOf(f), v.headMessage(f)
	at, _, _ := placesOf(f)
	if place := placeOf(at); place != "" && !strings.Contains(message, place) {
		text += " at " + place
	}
	return text + ": " + message
}

// oneLine is brief for a line that is cut where it ends. Of a data race the two
// places come first, and of a lock that is kept where it was taken: they tell it from the
// others.
func (v view) oneLine(f finding.Finding) string {
	if k := keeperOf(f); k != nil {
		return keptLine(*k)
	}
	switch {
	case f.Fact.Relock != nil && f.Origin == nil:
		return Title(f)
	case f.Kind != finding.DataRace || f.Location.File == "":
		return v.brief(f)
	}
	text := wordsFor(f.Kind).title + ": " + shortPlace(f.Location)
	if len(f.Related) > 0 && f.Related[0].Role.Kind != finding.RoleStarted {
		text += " / " + shortPlace(f.Related[0].Location)
	}
	return text
}

// seenBy says which detector saw the defect, and in which tests; "" if that is
// not known.
func (v view) seenBy(f finding.Finding) string {
	const most = 4
	if f.Detector == "" {
		return ""
	}
	text := "Seen"
	if tests := f.Evidence.Tests; len(tests) > 0 {
		named := slices.Clone(tests)
		if !v.full && len(tests) > most {
			named = append(named[:most:most], fmt.Sprintf("%d more", len(tests)-most))
		}
		text += " in " + list(named)
	}
	return text + " by " + seer(f) + "."
}

// seer is what saw a defect.
func seer(f finding.Finding) string {
	if f.Kind == finding.LostConcurrency && f.Detector == finding.Scheduler {
		return "the controlled scheduler, on a virtual clock that the speed of this machine does not change"
	}
	return detectorName(f)
}

// goroutine says what a goroutine was doing, and where it was started. In full
// that is two whole stacks.
func (v view) goroutine(g finding.Goroutine) string {
	text := fmt.Sprintf("goroutine %d", g.ID)
	if g.State != "" {
		text += " [" + g.State + "]"
	}
	stack, created := g.Stack, g.CreatedBy
	if !v.full {
		stack, created = stack[:min(1, len(stack))], created[:min(1, len(created))]
	}
	return text + framesText(" at ", stack) + framesText(", started at ", created)
}

// byScenario is what stands for a place in the contract, and for those that follow.
var byScenario = map[string]string{
	" at ":          " in " + scenarioPlace,
	", called at ":  ", called by the scenario",
	", started at ": ", started by the scenario",
}

func framesText(first string, stack []finding.Frame) string {
	text, before := "", first
	for _, f := range stack {
		if f.File == finding.ContractFile {
			return text + byScenario[before]
		}
		at := f.File
		if f.Line > 0 {
			at += fmt.Sprintf(":%d", f.Line)
		}
		text += before + at + " in " + f.Function
		before = ", called at "
	}
	return text
}
