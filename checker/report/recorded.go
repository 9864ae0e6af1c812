package report

import (
	"regexp"
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// What an older racelab recorded has words and no data. Three of its sentences are
// read here, and nowhere else, for what a report does with the data: it says less
// of imports, names the two accesses of a race, and shows counters in narrow columns.

var (
	recordedImport  = regexp.MustCompile(`^the import (.*) is not allowed here; allowed are (.*)$`)
	recordedStart   = regexp.MustCompile(`^goroutine \d+ was started`)
	recordedCounter = regexp.MustCompile(`^counter (-?\d+)$`)
)

// fillRecorded fills in the data that a recorded finding lacks.
func fillRecorded(f *finding.Finding) {
	if f.Kind == finding.Policy && f.Fact.Breach == nil {
		if m := recordedImport.FindStringSubmatch(f.Message); m != nil {
			f.Fact.Breach = &finding.Breach{Rule: finding.RuleImport, Name: m[1], Allowed: strings.Split(m[2], ", ")}
		}
	}
	for i, r := range f.Related {
		if f.Kind == finding.DataRace && r.Role.Kind == "" && recordedStart.MatchString(r.Message) {
			f.Related[i].Role.Kind = finding.RoleStarted
		}
	}
}

func fillRecordedStep(s *finding.Step) {
	if m := recordedCounter.FindStringSubmatch(s.Value); m != nil && s.Counter == nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			s.Counter = &n
		}
	}
}
