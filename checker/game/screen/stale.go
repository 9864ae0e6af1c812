package screen

import (
	"slices"

	"racelab/checker/finding"
)

// readBefore says what a goroutine which is about to write has read before, and what it is by
// now, if others have written since: that will be lost.
func readBefore(write finding.Step, steps []finding.Step) string {
	read, ok := hasRead(write, steps)
	if !ok {
		return ""
	}
	text := ", has read " + read
	if now := valueOf(write.Object, steps); now != read {
		text += ", now " + now
	}
	return text
}

// undoing says of the writes on a way that undid what others had written, by the numbers of
// these steps, what their goroutines had read.
func undoing(steps []finding.Step) map[int]string {
	out := map[int]string{}
	for i, s := range steps {
		if s.Op != finding.OpWrite {
			continue
		}
		read, ok := hasRead(s, steps[:i])
		if was := valueOf(s.Object, steps[:i]); ok && was != read {
			out[s.Number] = " (read " + read + ", but it was " + was + ")"
		}
	}
	return out
}

// hasRead is the value that a goroutine which writes has read in the step before.
func hasRead(write finding.Step, before []finding.Step) (string, bool) {
	for _, s := range slices.Backward(before) {
		if s.Goroutine == write.Goroutine {
			return s.Value, s.Op == finding.OpRead && s.Object == write.Object && s.Value != ""
		}
	}
	return "", false
}

// valueOf is the value that was read or written last.
func valueOf(object string, steps []finding.Step) string {
	for _, s := range slices.Backward(steps) {
		if s.Object == object && s.Value != "" && (s.Op == finding.OpRead || s.Op == finding.OpWrite) {
			return s.Value
		}
	}
	return ""
}
