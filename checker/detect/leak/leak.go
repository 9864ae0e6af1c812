// Package leak reads goleak's report of goroutines that outlived a test, and
// turns it into findings.
//
// It does not promise that they stay for ever: goleak waits a while, and a slow
// goroutine looks like one that is stuck but for its state.
package leak

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
)

// Parse reads the text of the error that goleak.Find returns, in which other
// lines may stand, and which may be indented as a test's log is. The error is
// the reader's.
func Parse(r io.Reader) ([]gostack.Goroutine, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var all []gostack.Goroutine
	lines := strings.Split(string(text), "\n")
	for i := 0; i < len(lines); {
		g, ok := parseHeader(lines[i])
		if !ok {
			i++
			continue
		}
		end := i + 1
		for end < len(lines) && !isHeader(lines[end]) {
			end++
		}
		stack, n := gostack.ParseStack(lines[i+1 : end])
		g.SetStack(stack)
		g.Raw = raw(lines[i : i+1+n])
		all = append(all, g)
		i = end
	}
	return all, nil
}

func isHeader(line string) bool {
	_, ok := parseHeader(line)
	return ok
}

// raw is a block without its indentation and the bracket that opens the list.
func raw(block []string) string {
	lines := slices.Clone(block)
	for i, l := range lines {
		lines[i] = strings.TrimLeft(strings.TrimRight(l, "\r"), " ")
	}
	lines[0] = strings.TrimPrefix(lines[0], "[")
	return strings.Join(lines, "\n")
}

// parseHeader reads "Goroutine 7 in state chan receive, with f on top of the stack:".
func parseHeader(line string) (g gostack.Goroutine, ok bool) {
	line = strings.TrimPrefix(strings.TrimLeft(line, " \t"), "[")
	rest, ok := strings.CutPrefix(line, "Goroutine ")
	number, rest, ok2 := strings.Cut(rest, " in state ")
	state, rest, ok3 := strings.Cut(rest, ", with ")
	id, err := strconv.Atoi(number)
	if !ok || !ok2 || !ok3 || err != nil || id < 0 || !strings.Contains(rest, " on top of the stack:") {
		return g, false
	}
	g.ID = id
	g.SetState(state)
	return g, true
}

// Findings returns one finding for each line of the exercise at which leaked
// goroutines are stuck: in the learner's files where possible, else where the
// learner started them. What a library started on the exercise's behalf, with
// no frame in the exercise, has an empty location.
func Findings(leaked []gostack.Goroutine, src finding.Sources) []finding.Finding {
	var groups []group
	index := map[string]int{}
	for _, g := range leaked {
		at, wait := locate(g, src), g.Wait(src)
		key := fmt.Sprint(at.File, ":", at.Line)
		if at.File == "" {
			key, wait = starter(g), gostack.WaitOf(g.State)
		}
		i, known := index[key]
		if !known {
			i = len(groups)
			index[key] = i
			groups = append(groups, group{place: at, wait: wait})
		}
		groups[i].members = append(groups[i].members, g)
	}
	var out []finding.Finding
	for _, g := range groups {
		out = append(out, g.finding(src))
	}
	return out
}

// locate is where a person should look: where the goroutine is stuck or was
// started in the learner's files, else where it is stuck or was started at all.
func locate(g gostack.Goroutine, src finding.Sources) finding.Location {
	stuck, _ := src.Place(g.Stack)
	started, _ := src.Place(g.CreatedBy)
	for _, p := range []finding.Location{stuck, started} {
		if src.IsEditable(p.File) {
			return p
		}
	}
	if stuck.File != "" {
		return stuck
	}
	return started
}

// A group is the goroutines that belong to one place.
type group struct {
	place   finding.Location
	wait    gostack.Wait
	members []gostack.Goroutine
}

func (g group) finding(src finding.Sources) finding.Finding {
	f := finding.Finding{
		Kind: finding.GoroutineLeak, Detector: finding.Goleak, Severity: finding.Error,
		Fact:     g.fact(),
		Location: g.place,
		Evidence: gostack.Evidence("", g.members, src),
	}
	for _, m := range g.members {
		if stuck, ok := src.Place(m.Stack); ok && stuck != g.place {
			spot := &finding.Spot{Doing: finding.Doing{Verb: m.Wait(src).Verb}}
			f.Related = note(f.Related, finding.Related{Role: finding.Role{Kind: finding.RoleDoes, Spot: spot}, Location: stuck})
		}
		if started, ok := src.Place(m.CreatedBy); ok {
			f.Related = note(f.Related, finding.Related{Role: finding.Role{Kind: finding.RoleStarted}, Location: started})
		}
	}
	slices.SortStableFunc(f.Related, func(a, b finding.Related) int {
		return cmp.Or(cmp.Compare(rank(a.Role), rank(b.Role)), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return f
}

// rank puts first where goroutines wait, then where they were started, then where
// those are that still move.
func rank(r finding.Role) int {
	switch {
	case r.Kind == finding.RoleStarted:
		return 1
	case r.Spot.Doing.Verb == finding.Waits:
		return 0
	}
	return 2
}

// note adds a place that is not known already.
func note(places []finding.Related, r finding.Related) []finding.Related {
	const kept = 8
	if slices.ContainsFunc(places, r.Equal) || len(places) == kept {
		return places
	}
	return append(places, r)
}

func (g group) fact() finding.Fact {
	l := &finding.Leftover{Count: len(g.members), Doing: g.wait.Doing}
	if g.place.File == "" {
		l.Outside, l.Starter = true, starter(g.members[0])
	}
	return finding.Fact{Leftover: l}
}

// starter names the function with the go statement; "" when it is not known.
func starter(g gostack.Goroutine) string {
	if len(g.CreatedBy) == 0 {
		return ""
	}
	f := g.CreatedBy[0].Function
	return f[strings.LastIndexByte(f, '/')+1:]
}
