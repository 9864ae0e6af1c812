package gradebook

import (
	"path"

	"racelab/checker/finding"
)

// pathOf is where a file of an exercise lies in a student's repository. Whatever a file is
// called, it lies in there.
func pathOf(exercise, file string) string {
	return path.Join("exercises", path.Clean("/"+exercise), path.Clean("/"+file))
}

// shown is a place that a student may see: the contract of an exercise is not.
func shown(l finding.Location) bool { return l.File != "" && l.File != finding.ContractFile }

// placeOf is where to show a finding. Where it has no place of its own, such as a call that
// ends as it never should, it is that of what belongs to it. No File means the exercise as a
// whole, and no Line the file as a whole.
func placeOf(f finding.Finding) finding.Location {
	if shown(f.Location) {
		return f.Location
	}
	for _, r := range f.Related {
		if shown(r.Location) {
			return r.Location
		}
	}
	for _, g := range f.Evidence.Goroutines {
		for _, frame := range g.Stack {
			if l := (finding.Location{File: frame.File, Line: frame.Line, Function: frame.Function}); shown(l) {
				return l
			}
		}
	}
	return finding.Location{}
}
