package gostack

import (
	"regexp"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// Diagnose says what a crash was: a panic, a deadlock that the run-time saw
// itself, a map that goroutines used at the same time (a data race). A dump
// that SIGQUIT asked for is diagnosed by DiagnoseHang. There is at most one
// finding, and none when the text tells of no crash.
//
// The location is the learner's line. It is empty when the goroutine that
// crashed never entered the exercise: the fault may then be racelab's own, and
// the caller decides.
func Diagnose(d Dump, src finding.Sources) []finding.Finding {
	switch {
	case d.Reason == None:
		return nil
	case d.Reason == Quit || strings.HasPrefix(d.Message, "test timed out after "):
		return DiagnoseHang(d, src)
	case d.says("all goroutines are asleep"), d.says("no goroutines (main called runtime.Goexit)"),
		d.says("deadlock: all goroutines in bubble are blocked"):
		return hang(d, src, finding.Deadlock)
	case d.says("deadlock: main bubble goroutine has exited but blocked goroutines remain"):
		return hang(d, src, finding.GoroutineLeak)
	default:
		return []finding.Finding{diagnoseCrash(d, src)}
	}
}

// says reports whether one of the causes begins with text.
func (d Dump) says(text string) bool {
	return slices.ContainsFunc(d.causes(), func(c string) bool { return strings.HasPrefix(c, text) })
}

func (d Dump) causes() []string { return append([]string{d.Message}, d.Also...) }

// isMapMisuse matches the run-time's own check of maps, which is a data race
// caught in the act: "concurrent map read and map write".
func (d Dump) isMapMisuse() bool { return d.Reason == Fatal && d.says("concurrent map ") }

func diagnoseCrash(d Dump, src finding.Sources) finding.Finding {
	f := finding.Finding{
		Kind: finding.Panic, Detector: finding.Runtime, Severity: finding.Error,
		Fact:     crashFact(d),
		Evidence: finding.Evidence{Output: d.Raw},
	}
	if d.isMapMisuse() {
		f.Kind = finding.DataRace
	}
	if len(d.Goroutines) == 0 {
		return f
	}
	g := d.Goroutines[0]
	f.Location, f.Related = crashPlace(g, src)
	if start, ok := src.Place(g.CreatedBy); ok {
		f.Related = append(f.Related, finding.Related{
			Role:     finding.Role{Kind: finding.RoleStarted, Goroutines: []finding.GoroutineName{g.Called()}},
			Location: start,
		})
	}
	f.Evidence = Evidence(d.header(), d.Goroutines[:1], src)
	return f
}

// crashPlace is where the first panic of a goroutine happened, and where it
// panicked again. Below each call of panic on the stack stands who panicked; the
// outermost of them came first.
func crashPlace(g Goroutine, src finding.Sources) (first finding.Location, again []finding.Related) {
	var places []finding.Location
	below := g.Stack
	if place, ok := src.Place(below); ok {
		places = append(places, place)
	}
	for i, frame := range g.Stack {
		if frame.Function != "panic" {
			continue
		}
		below = g.Stack[i+1:]
		if place, ok := src.Place(below); ok && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	if len(places) == 0 {
		return finding.Location{}, nil
	}
	last := len(places) - 1
	for _, p := range slices.Backward(places[:last]) {
		again = append(again, finding.Related{Role: finding.Role{Kind: finding.RolePanicked}, Location: p})
	}
	return places[last], again
}

// crashFact is the cause, and what followed.
func crashFact(d Dump) finding.Fact {
	c := &finding.Crash{Map: d.isMapMisuse(), Fatal: d.Reason == Fatal && len(d.Also) == 0, Causes: []finding.Cause{cause(d.Message)}}
	for _, also := range d.Also {
		if also != d.Message && !c.Map {
			c.Causes = append(c.Causes, cause(also))
		}
	}
	return finding.Fact{Crash: c}
}

// anonymous matches what the run-time prints of a panic value that it cannot
// format: its type and its address, which is another one in every run.
var anonymous = regexp.MustCompile(`^\(([^ ()]+)\) (?:\(?0x[0-9a-f]+(?:, ?0x[0-9a-f]+)*\)?)$`)

const messageKept = 200 // bytes

// cause is what a panic said, cut to what fits on a line.
func cause(s string) finding.Cause {
	if m := anonymous.FindStringSubmatch(s); m != nil {
		return finding.Cause{Type: m[1]}
	}
	s, _, more := strings.Cut(s, "\n")
	if len(s) > messageKept {
		s, more = strings.ToValidUTF8(s[:messageKept], ""), true
	}
	if more {
		s += " …"
	}
	return finding.Cause{Text: s}
}

// header is what stands before the first goroutine.
func (d Dump) header() string {
	if len(d.Goroutines) == 0 || d.Reason == None {
		return ""
	}
	head, _, _ := strings.Cut(d.Raw, d.Goroutines[0].Raw)
	return strings.TrimRight(head, "\n") + "\n"
}
