package explored

import (
	"testing"

	"racelab/checker/finding"
)

// A pass rests on most of the scenarios.
func TestMostlyUnknown(t *testing.T) {
	for _, tt := range []struct {
		scenarios, cut int
		fault          bool
	}{{0, 0, false}, {10, 0, false}, {293, 54, false}, {10, 5, false}, {10, 6, true}, {1, 1, true}} {
		if fault := mostlyUnknown(finding.Run{Scenarios: tt.scenarios, ScenariosCut: tt.cut}).Why; (fault != "") != tt.fault {
			t.Errorf("%d of %d: %q", tt.cut, tt.scenarios, fault)
		}
	}
}
