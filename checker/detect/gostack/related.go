package gostack

import (
	"slices"

	"racelab/checker/finding"
)

// hangFact is who waits where for what.
func hangFact(kind finding.Kind, groups []group) finding.Fact {
	h := &finding.Hang{Left: kind == finding.GoroutineLeak}
	for i, g := range byPlace(groups) {
		if i >= relatedKept {
			h.More += len(g.members)
			continue
		}
		h.Groups = append(h.Groups, finding.Waiters{Count: len(g.members), Spot: g.at.Spot})
	}
	return finding.Fact{Hang: h}
}

// related is the place of a group, with who they are and what they do there.
func (g group) related() finding.Related {
	role := finding.Role{Kind: finding.RoleDoes, Spot: &g.at.Spot, Label: g.label}
	return finding.Related{Role: role.NameGoroutines(names(g.members)), Location: g.at.Place}
}

func names(gs []Goroutine) []finding.GoroutineName {
	var out []finding.GoroutineName
	for _, g := range gs {
		out = append(out, g.Called())
	}
	return out
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
		role := finding.Role{Kind: finding.RoleStarted}.NameGoroutines(names(members[p]))
		out = append(out, finding.Related{Role: role, Location: p})
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
