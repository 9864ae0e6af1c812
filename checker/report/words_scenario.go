package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// answerWords says how a call of a scenario ended wrong.
func answerWords(a finding.Answer) string {
	text := a.Call
	switch a.Kind {
	case finding.NoReturn:
		return text + " does not return; with the reference solution it does, whatever the order of the calls"
	case finding.HeldUp:
		return fmt.Sprintf("%s waits for the function that %s was given, which takes long; with the reference solution it goes on meanwhile", text, a.By)
	}
	if a.Got == "" {
		text += " returns"
	} else {
		text += " returns " + a.Got
	}
	if !a.Alone {
		text += "; in no order of the calls does that happen with the reference solution"
	}
	switch len(a.Want) {
	case 0:
		return text
	case 1:
		return text + fmt.Sprintf("; there it returns %s", a.Want[0])
	}
	return text + fmt.Sprintf("; there it returns %s", list2(a.Want))
}

// list2 names alternatives.
func list2(all []string) string {
	return strings.Join(all[:len(all)-1], "; ") + "; or " + all[len(all)-1]
}

// mostCalls is how many calls of a goroutine are shown: the last ones.
const mostCalls = 8

// scenarioLines are the calls as Go, each with what it returned.
func scenarioLines(s finding.Scenario) [][2]string {
	lines := [][2]string{{s.Setup, ""}}
	for _, calls := range s.Threads {
		switch {
		case len(s.Threads) == 1:
			lines = append(lines, callLines("", calls)...)
		case len(calls) == 1:
			lines = append(lines, callLines("go ", calls)...)
		default:
			lines = append(lines, [2]string{"go func() {", ""})
			lines = append(lines, callLines("\t", calls)...)
			lines = append(lines, [2]string{"}()", ""})
		}
	}
	if len(s.Finally) > 0 && len(s.Threads) > 1 {
		lines = append(lines, [2]string{"// and when all of them have returned, or cannot:", ""})
	}
	return append(lines, callLines("", s.Finally)...)
}

func callLines(before string, calls []finding.Made) [][2]string {
	var lines [][2]string
	end := len(calls)
	for i, c := range calls {
		if c.Blame {
			end = i + 1
		}
	}
	first := max(0, end-mostCalls)
	if first > 0 {
		lines = append(lines, [2]string{fmt.Sprintf("%s// … after %s", strings.TrimPrefix(before, "go "), count(first, "other call")), ""})
	}
	for _, c := range calls[first:end] {
		if c.Late {
			lines = append(lines, [2]string{strings.TrimPrefix(before, "go ") + "time.Sleep(…)", "until a timer is about to fire"})
		}
		lines = append(lines, [2]string{before + c.Call, madeWords(c)})
	}
	return lines
}

// madeWords says how a call ended.
func madeWords(c finding.Made) string {
	text := ""
	switch {
	case !c.Begun:
		text = "is never made"
	case !c.Returned:
		text = "does not return"
	case c.Result != "":
		text = c.Result
	}
	if c.Held && c.Begun {
		text = strings.TrimPrefix(text+"; its function takes long", "; ")
	}
	if c.Blame {
		text = strings.TrimSpace(text + " <- here")
	}
	return text
}

// scenarioClaim says what was compared with the reference solution call by call.
func scenarioClaim(r finding.Run) string {
	text := fmt.Sprintf("%s, each a few calls of the package made up by racelab, in %s: what they return, and who waits for whom, is what it can be with the reference solution",
		count(r.Scenarios, "scenario"), count(r.ScenarioSchedules, "schedule"))
	if r.ScenariosCut > 0 {
		text += fmt.Sprintf("; nothing is known of %d, which took too many steps", r.ScenariosCut)
	}
	return text
}
