package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"racelab/checker/finding"
)

// A tone is how good the news is.
type tone int

const (
	unclear tone = iota
	good
	bad
)

// A headline is the first line of a report.
type headline struct {
	tone tone
	text string
}

func toneOf(o finding.Outcome) tone {
	switch o {
	case finding.Pass:
		return good
	case finding.Fail:
		return bad
	}
	return unclear
}

func (v view) headline() headline {
	h := shortHeadline(v.v)
	switch h.tone {
	case good:
		h.text = "passes: " + h.text
	case bad:
		h.text = "does not pass yet: " + h.text
	}
	h.text = v.v.Exercise + " " + h.text
	return h
}

// shortHeadline leaves out which exercise it is.
func shortHeadline(v finding.Verdict) headline {
	switch v.Outcome {
	case finding.Pass:
		return headline{good, score(v)}
	case finding.Fail:
		return headline{bad, Count(len(v.Problems()), "problem") + ", " + score(v)}
	}
	return headline{unclear, "no verdict"}
}

func score(v finding.Verdict) string {
	return fmt.Sprintf("%d of %s", v.Score, Count(v.MaxScore, "point"))
}

// passedBefore is for a version that fails now and passed once; "" if it never did.
// One that cannot run must be another version.
func (v view) passedBefore() string {
	if v.Submission.Passed.IsZero() || v.cannotRun() {
		return ""
	}
	return "It passed on " + v.Submission.Passed.Format(time.DateOnly) +
		". If nothing was changed since, the failure depends on the order of the goroutines."
}

// inconclusive says why there is no verdict, and what that means.
func (v view) inconclusive() (reason, meaning string) {
	reason = v.v.Reason
	if reason == "" {
		reason = "racelab could not judge this program"
	}
	return reason, doubtWords[v.v.Cause]
}

// doubtWords say what it means that there is no verdict.
var doubtWords = map[finding.DoubtKind]string{
	finding.DoubtMachine:      nothingSaid,
	"":                        nothingSaid,
	finding.DoubtBudget:       "It is neither a pass nor a fail: your program takes more time, steps or memory than a check may. Make it take less.",
	finding.DoubtTampering:    "It is neither a pass nor a fail: what your program left behind contradicts itself, and somebody should look at it.",
	finding.DoubtUnreadable:   "It is neither a pass nor a fail: what you handed in cannot be read. Hand it in again, as files, a zip archive or a tar.gz.",
	finding.DoubtUndetermined: "It is neither a pass nor a fail: your program does now this and now that, and no order of the goroutines decides which.",
}

const nothingSaid = "This says nothing about your program: it is neither a pass nor a fail."

// learned rounds the exercise off.
func (v view) learned() string {
	return strings.Join(strings.Fields(v.Lesson.Learned), " ")
}

// kindsAndScore sums a verdict up: "2 of 10 points: data-race, wrong-result".
func kindsAndScore(v finding.Verdict) string {
	switch v.Outcome {
	case finding.Pass:
		return score(v)
	case finding.Fail:
		var names []string
		for _, f := range v.Errors() {
			if name := string(f.Kind); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return score(v) + ": " + strings.Join(names, ", ")
	}
	return "no verdict"
}
