package main

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/classroom/appeal"
	"racelab/checker/report"
)

// sayHearing says of each line of the rubric what has cost its points, and what came of it.
func (a *app) sayHearing(h appeal.Hearing) {
	said := map[int]bool{}
	for _, l := range h.Lines {
		a.say("")
		a.paragraph("", fmt.Sprintf("%d of %s: %s", l.Points.Points, report.Count(l.Max, "point"), l.Name))
		for _, i := range l.Claims {
			c := h.Claims[i]
			a.paragraph("  ", report.Placed(c.Finding, report.Message(c.Finding)))
			if said[i] {
				a.paragraph("    ", "see above")
				continue
			}
			said[i] = true
			a.paragraph("    ", happened(c))
		}
	}
	a.say("")
}

// happened says what came of running it again.
func happened(c appeal.Claim) string {
	how := "The submission was checked again"
	if c.Replayed {
		how = "The schedule " + c.Evidence.Schedule + " was run again"
	}
	switch {
	case c.Fate == appeal.Unknown:
		return "It could not be run again: " + strings.TrimSuffix(c.Why, ".") + "."
	case c.Fate == appeal.Spared:
		return "It has no schedule, and was not looked for: what stands has cost these points already."
	case c.Fate == appeal.Falls:
		return how + ": it does not happen."
	case c.Seen != nil && !c.Same(*c.Seen):
		return how + ": another problem of this kind happens, " + report.Placed(*c.Seen, report.Message(*c.Seen)) + "."
	case c.Replayed:
		return how + ": it happens again."
	case c.Evidence.Mode == "":
		return how + ": it is as it was. This was read in the program, which need not run for it."
	case c.Seen != nil && c.Seen.Evidence.Runs > 0:
		return how + fmt.Sprintf(": it is seen again, in %d of %s.", c.Seen.Evidence.Seen, report.Count(c.Seen.Evidence.Runs, "run"))
	}
	return how + ": it is seen again."
}

// conclude says what follows.
func (a *app) concludeAppeal(c cause, h appeal.Hearing) error {
	switch h.Fate {
	case appeal.Falls:
		for _, l := range h.Lines {
			if l.Fate == appeal.Falls {
				a.paragraph("", fmt.Sprintf("%s for %q do not stand.", report.Count(l.Max-l.Points.Points, "lost point"), l.Name))
			}
		}
		a.say("`%s grade DIR --only %s --exercises %02d --regrade REASON` grades it again.", a.command, shellWord(c.Student), c.ex.Number)
		return verdictStatus(statusFail)
	case appeal.Unknown:
		a.paragraph("", "Not all of it could be run again. Nothing is decided: try again, or grade it again.")
		return verdictStatus(statusNotAble)
	}
	a.paragraph("", "All of it stands.")
	a.sayReplay(c, h)
	return nil
}

// sayReplay says how to see a problem happen, if there is a schedule for one.
func (a *app) sayReplay(c cause, h appeal.Hearing) {
	i := slices.IndexFunc(h.Claims, func(c appeal.Claim) bool { return c.Replayed })
	if i < 0 {
		return
	}
	a.say("To see it step by step, with what was handed in in FOLDER:")
	a.say("  %s replay %02d %s --from FOLDER", a.command, c.ex.Number, shellWord(h.Claims[i].Evidence.Schedule))
}
