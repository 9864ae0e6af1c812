package gostack

import (
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// Frames are those of a stack that the run-time recorded.
func Frames(stack []wire.CallFrame) []finding.Frame {
	var out []finding.Frame
	for _, f := range stack {
		out = append(out, finding.Frame{Function: f.Function, File: f.File, Line: f.Line})
	}
	return out
}
