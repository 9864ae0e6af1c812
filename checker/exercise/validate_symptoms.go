package exercise

import (
	"maps"
	"slices"
	"strings"
)

// symptoms reports what is recorded of a version that is another now, or is none.
func (a *audit) symptoms() {
	file := a.inSolution(SymptomsFile)
	known, err := a.ex.Symptoms()
	if err != nil {
		a.add(file, 0, "%v", err)
		return
	}
	if known == nil {
		return
	}
	programs := map[string]map[string][]byte{Broken: a.ex.handedOut()}
	for _, v := range a.ex.Variants {
		if !v.Accepted {
			programs[v.ID()] = a.ex.Complete(v)
		}
	}
	stamp, err := a.ex.Stamps()
	if err != nil {
		a.add(file, 0, "%v", err)
		return
	}
	var old []string
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		if known[name].Of != stamp(programs[name]) {
			old = append(old, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if programs[name] == nil {
			old = append(old, name)
		}
	}
	if len(old) > 0 {
		a.add(file, 0, "what it says of %s is of other sources or tests: write it anew with `racelab dev check --record %02d`", strings.Join(old, ", "), a.ex.Number)
	}
}
