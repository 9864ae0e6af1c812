package report

import (
	"fmt"
	"go/parser"
	"strings"

	"racelab/checker/finding"
)

// answerWords says how a call of a scenario ended wrong.
func answerWords(a finding.Answer) string {
	text := subject(a.Call)
	switch a.Kind {
	case finding.NoReturn:
		return text + " does not return; with the reference solution it does, whatever the order of the calls"
	case finding.Woken:
		return fmt.Sprintf("%s returns only when %s is called in the end; with the reference solution it returns before, whatever the order of the calls", text, a.By)
	case finding.HeldUp:
		return fmt.Sprintf("%s waits for the function that %s was given, which takes long; with the reference solution it goes on meanwhile", text, a.By)
	}
	got, want := whereTheyDiffer(a.Got, a.Want)
	how := returnWords
	if text != a.Call {
		text, how = a.Call, proseWords
	}
	text += strings.TrimSuffix(how.got+got, " ")
	if a.Kind == finding.Early {
		return fmt.Sprintf("%s; with the reference solution it waits until %s is called in the end, whatever the order of the calls", text, a.By)
	}
	if !a.Alone {
		text += "; in no order of the calls does that happen with the reference solution"
	}
	switch {
	case len(want) == 0:
		return text
	case len(want) == 1 && want[0] == "":
		return text + how.nothing
	case len(want) == 1:
		return text + how.want + want[0]
	}
	return text + how.want + list2(want)
}

// resultWords tell a result.
type resultWords struct{ got, want, nothing string }

var (
	returnWords = resultWords{" returns ", "; there it returns ", "; there it just returns"}
	proseWords  = resultWords{"; what comes of it: ", "; there: ", "; there all is well"}
)

// subject is how a sentence about a call begins. A contract may also describe in words what
// is called; then the verb would be lost behind them.
func subject(call string) string {
	if _, err := parser.ParseExpr(call); err != nil {
		return call + ": this"
	}
	return call
}

const (
	// longResult is how long results may be that are told whole.
	longResult = 100
	// beforeIt and afterIt are what is told of longer ones, around the first difference.
	beforeIt, afterIt = 30, 60
)

// whereTheyDiffer cuts long results to where they begin to differ.
func whereTheyDiffer(got string, want []string) (string, []string) {
	if len(got) <= longResult || len(want) == 0 {
		return got, want
	}
	first := len(got)
	for _, w := range want {
		n := 0
		for n < min(len(got), len(w), first) && got[n] == w[n] {
			n++
		}
		first = n
	}
	cut := func(s string) string {
		from, to := max(0, min(first, len(s))-beforeIt), min(len(s), first+afterIt)
		if from > 0 {
			from += strings.IndexByte(s[from:to]+" ", ' ')
		}
		if at := strings.LastIndexByte(s[:to], ' '); to < len(s) && at > first {
			to = at
		}
		text := strings.ToValidUTF8(s[min(from, to):to], "")
		if from > 0 {
			text = "…" + text
		}
		if to < len(s) {
			text += " …"
		}
		return text
	}
	all := make([]string, len(want))
	for i, w := range want {
		all[i] = cut(w)
	}
	return cut(got), all
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
	for _, like := range alike(s.Threads) {
		calls := like.calls
		switch {
		case len(s.Threads) == 1:
			lines = append(lines, callLines("", calls)...)
		case like.times > fewAlike:
			lines = append(lines, [2]string{fmt.Sprintf("for range %d {", like.times), ""})
			lines = append(lines, callLines("\tgo ", calls)...)
			lines = append(lines, [2]string{"}", ""})
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

// fewAlike is how many goroutines that do the same are shown one by one.
const fewAlike = 3

// A likeGroup is what some goroutines have done, all the same.
type likeGroup struct {
	calls []finding.Made
	times int
}

// alike puts goroutines together that make one call each, and have the same result. Others,
// and those of which there are few, are groups of their own.
func alike(threads [][]finding.Made) (all []likeGroup) {
	times := map[finding.Made]int{}
	for _, calls := range threads {
		if len(calls) == 1 {
			times[calls[0]]++
		}
	}
	for _, calls := range threads {
		if len(calls) != 1 {
			all = append(all, likeGroup{calls, 1})
			continue
		}
		switch n := times[calls[0]]; {
		case n > fewAlike:
			all = append(all, likeGroup{calls, n})
			times[calls[0]] = 0 // the others are in this group
		case n > 0:
			all = append(all, likeGroup{calls, 1})
		}
	}
	return all
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
		lines = append(lines, [2]string{fmt.Sprintf("%s// … after %s", strings.TrimPrefix(before, "go "), Count(first, "other call")), ""})
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
		Count(r.Scenarios, "scenario"), Count(r.ScenarioSchedules, "schedule"))
	if r.ScenariosCut > 0 {
		text += fmt.Sprintf("; nothing is known of %d, which took too many steps", r.ScenariosCut)
	}
	return text
}
