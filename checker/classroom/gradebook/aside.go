package gradebook

import (
	"io"

	"racelab/checker/classroom/record"
)

// An Aside is what else a platform takes than what is printed: it names a file for that in a
// variable of the environment, and wants text added to it.
type Aside struct {
	Variable string
	Render   func(io.Writer, record.Stream) error
}

// Asides are those of formats that have one, by name.
var Asides = map[string]Aside{
	"github": {"GITHUB_STEP_SUMMARY", StepSummary},
}
