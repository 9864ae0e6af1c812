package checker

import (
	"strings"

	"racelab/checker/finding"
	"racelab/checker/stage"
)

// anonymise takes the names of this machine's folders out of the detectors' own
// output: a report is about the submission, wherever it was graded.
func (c check) anonymise(findings []finding.Finding, ws *stage.Workspace) {
	names := strings.NewReplacer(
		ws.Dir(stage.Instrumented)+"/", "",
		ws.Dir(stage.Plain)+"/", "",
		ws.Root, "$WORKSPACE",
		c.runtime, "$RACELAB",
		c.toolchain.GOROOT, "$GOROOT",
		c.toolchain.GOMODCACHE, "$GOMODCACHE",
	)
	for i := range findings {
		findings[i].Evidence.Output = names.Replace(findings[i].Evidence.Output)
	}
}
