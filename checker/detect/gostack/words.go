package gostack

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
)

// openings begin the message of a hang, where there is more to say than what
// the kind does.
var openings = map[finding.Kind]string{
	finding.GoroutineLeak: "goroutines are left that nobody will ever wake: ",
}

// hangMessage says in one line who waits where for what.
func hangMessage(kind finding.Kind, groups []group) string {
	const kept = 3
	var parts []string
	more := 0
	for _, g := range byPlace(groups) {
		if len(parts) == kept {
			more += len(g.members)
			continue
		}
		if n := len(g.members); n > 1 {
			parts = append(parts, fmt.Sprintf("%d goroutines %s", n, g.at.At(true)))
		} else {
			parts = append(parts, "a goroutine "+g.at.At(false))
		}
	}
	s := openings[kind] + strings.Join(parts, ", ")
	if more > 0 {
		s += fmt.Sprintf(", and %d more", more)
	}
	return s
}

// byPlace joins groups that differ only in the lock they wait for.
func byPlace(groups []group) []group {
	var out []group
	for _, g := range groups {
		i := slices.IndexFunc(out, func(o group) bool { return o.at == g.at })
		if i < 0 {
			out = append(out, g)
			continue
		}
		out[i].members = slices.Concat(out[i].members, g.members)
	}
	return out
}

// starts are the go statements of the groups' goroutines, as far as they are in
// the exercise. What sync.WaitGroup.Go started was not.
func starts(groups []group, src finding.Sources) []finding.Related {
	var places []finding.Location
	members := map[finding.Location][]Goroutine{}
	for _, g := range groups {
		for _, m := range g.members {
			place, ok := src.Place(m.CreatedBy)
			if !ok {
				continue
			}
			if members[place] == nil {
				places = append(places, place)
			}
			members[place] = append(members[place], m)
		}
	}
	var out []finding.Related
	for _, p := range places {
		words := "goroutine %s was started here"
		if len(members[p]) > 1 {
			words = "goroutines %s were started here"
		}
		out = append(out, finding.Related{Message: fmt.Sprintf(words, numbers(members[p])), Location: p})
	}
	return out
}

// shown picks the goroutines for the evidence, from every group some.
func shown(groups []group) []Goroutine {
	const perGroup = 3
	var out []Goroutine
	for _, g := range groups {
		out = append(out, g.members[:min(len(g.members), perGroup)]...)
	}
	return out
}
