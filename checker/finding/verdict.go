package finding

import (
	"cmp"
	"encoding/json"
	"slices"
)

// Schema is the version of the JSON object that a Verdict marshals to. Fields
// are only ever added within v1; readers must ignore what they do not know.
const Schema = "racelab/report/v1"

// Outcome is the answer to "is this fix right?".
type Outcome string

// Inconclusive means that racelab could not tell: a fault of the tool, the
// budget or the machine. It is never the learner's fault.
const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Inconclusive Outcome = "inconclusive"
)

// A Verdict is what racelab concluded about one submission. It marshals to
//
//	{"schema":"racelab/report/v1","exercise":"01-unlocked-balance",
//	 "verdict":"pass|fail|inconclusive","score":0,"max_score":10,
//	 "findings":[{"kind","detector","severity","message","fact":{…},
//	   "location":{"file","line"},"related":[…],"evidence":{…}}],
//	 "runs":[{"mode","executions","tests","procs","delayed","failing","schedules","coverage"}],
//	 "duration_ms":1234,"toolchain":"go1.26.8 linux/amd64"}
//
// File names are relative to the submission. Scores are points.
type Verdict struct {
	Schema     string    `json:"schema"`
	Exercise   string    `json:"exercise"`
	Outcome    Outcome   `json:"verdict"`
	Reason     string    `json:"reason,omitempty"`        // why it is inconclusive
	Cause      DoubtKind `json:"cause,omitempty"`         // and who has to do something about that
	Feedback   string    `json:"feedback,omitempty"`      // what the author says of exactly this wrong fix
	Like       string    `json:"feedback_like,omitempty"` // where there is none: what the author says of one that shows the same
	Score      int       `json:"score"`
	MaxScore   int       `json:"max_score"`
	Points     []Points  `json:"points"`
	Findings   []Finding `json:"findings"`
	LeftOut    int       `json:"findings_left_out,omitempty"` // how many more there were
	Since      *Since    `json:"since,omitempty"`             // the last check of the exercise in this lab, where there was one
	Runs       []Run     `json:"runs"`
	DurationMS int64     `json:"duration_ms"`
	Toolchain  string    `json:"toolchain"`
}

// Points is one line of the rubric.
type Points struct {
	Name   string `json:"name"`
	Points int    `json:"points"`
	Max    int    `json:"max"`
}

// A Run sums up the executions in one mode.
type Run struct {
	Mode       Mode `json:"mode"`
	Executions int  `json:"executions"` // processes run to their end
	// Planned is how many executions there were to be. There are fewer where each
	// takes long and would say the same; 0 in what an older racelab recorded.
	Planned int   `json:"planned,omitempty"`
	Tests   int   `json:"tests"`   // tests in each
	Procs   []int `json:"procs"`   // the values of GOMAXPROCS used
	Delayed int   `json:"delayed"` // executions with random waits at locks and atomics, among them
	Failing int   `json:"failing"` // executions, or schedules, that showed something
	// Schedules and Coverage say what was explored, in mode "explore".
	Schedules int        `json:"schedules,omitempty"`
	Coverage  []Coverage `json:"coverage,omitempty"`
	// Scenarios of the contract were explored as well, in so many schedules.
	Scenarios         int `json:"scenarios,omitempty"`
	ScenarioSchedules int `json:"scenario_schedules,omitempty"`
	// ScenariosCut are those of them of which nothing is known: they took too many steps.
	ScenariosCut int `json:"scenarios_cut,omitempty"`
}

// Errors returns the findings that decide the verdict.
func (v Verdict) Errors() []Finding { return v.bySeverity(Error) }

// Warnings returns the findings that do not.
func (v Verdict) Warnings() []Finding { return v.bySeverity(Warning) }

func (v Verdict) bySeverity(s Severity) []Finding {
	var out []Finding
	for _, f := range v.Findings {
		if f.Severity == s {
			out = append(out, f)
		}
	}
	return out
}

// MarshalJSON writes empty lists as [], so that readers need no null checks.
func (v Verdict) MarshalJSON() ([]byte, error) {
	type plain Verdict // without this method
	p := plain(v)
	p.Schema = Schema
	p.Points = notNil(p.Points)
	p.Runs = slices.Clone(notNil(p.Runs))
	for i := range p.Runs {
		p.Runs[i].Procs = notNil(p.Runs[i].Procs)
	}
	p.Findings = slices.Clone(notNil(p.Findings))
	for i := range p.Findings {
		p.Findings[i].Related = notNil(p.Findings[i].Related)
	}
	return json.Marshal(p)
}

func notNil[S ~[]E, E any](s S) S {
	if s == nil {
		return S{}
	}
	return s
}

// Sort puts findings into report order: errors first, then by kind, how easy they are
// to understand, whether the next check shows them too, and place. How often they were seen is
// a matter of luck.
func Sort(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)),
			cmp.Compare(a.Kind.Rank(), b.Kind.Rank()),
			cmp.Compare(madeUp(a), madeUp(b)),
			cmp.Compare(elsewhere(a), elsewhere(b)),
			cmp.Compare(byLuck(a), byLuck(b)),
			cmp.Compare(a.Location.File, b.Location.File),
			cmp.Compare(a.Location.Line, b.Location.Line),
			slices.Compare(a.Fact.order(), b.Fact.order()),
			slices.CompareFunc(a.Related, b.Related, func(a, b Related) int { return placeOf(a.Location).compare(placeOf(b.Location)) }),
		)
	})
}

// byLuck is 1 for what only native runs have shown.
func byLuck(f Finding) int {
	if f.comesAgain() {
		return 0
	}
	return 1
}

// order tells findings of one kind and place apart.
func (f Fact) order() []string {
	switch {
	case f.Failure != nil:
		return []string{f.Failure.Test, f.Failure.Text}
	case f.Quotation != nil:
		return []string{f.Quotation.Text}
	case f.Breach != nil:
		return []string{string(f.Breach.Rule), f.Breach.Name}
	case f.Leftover != nil:
		return []string{f.Leftover.Starter}
	}
	return []string{f.test()}
}

// madeUp is 1 when a scenario shows it: tests tell the exercise's story.
func madeUp(f Finding) int {
	if f.Evidence.Scenario != nil {
		return 1
	}
	return 0
}

// elsewhere is 1 when the other place lies in another file: a defect whose two
// places stand in one file is easier to understand.
func elsewhere(f Finding) int {
	if len(f.Related) > 0 && f.Related[0].File != f.Location.File {
		return 1
	}
	return 0
}

func severityRank(s Severity) int {
	if s == Error {
		return 0
	}
	return 1
}
