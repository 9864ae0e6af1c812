package appeal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"racelab/checker/exercise"
	"racelab/checker/finding"
)

var lines = []exercise.Line{
	{Name: "race", Kinds: []finding.Kind{finding.DataRace}},
	{Name: "right", Kinds: []finding.Kind{finding.WrongResult, finding.Deadlock}},
}

// found is an error of a kind, with a schedule if it has one.
func found(kind finding.Kind, schedule string) finding.Finding {
	return finding.Finding{Kind: kind, Severity: finding.Error, Evidence: finding.Evidence{Schedule: schedule}}
}

func TestHear(t *testing.T) {
	race, wrong := found(finding.DataRace, "TestA:1"), found(finding.WrongResult, "TestB:2")
	native := found(finding.DataRace, "")
	for _, c := range []struct {
		name    string
		claims  []finding.Finding
		replays map[string]finding.Replay // by schedule; another one is an error
		check   finding.Verdict
		changed bool
		fails   bool // the check
		want    string
	}{
		{"both happen again", []finding.Finding{race, wrong}, map[string]finding.Replay{"TestA:1": {Findings: []finding.Finding{race}}, "TestB:2": {Findings: []finding.Finding{native, wrong}}}, finding.Verdict{}, false, false, "race stands, right stands: stands"},
		{"one does not", []finding.Finding{race, wrong}, map[string]finding.Replay{"TestA:1": {Findings: []finding.Finding{race}}, "TestB:2": {Findings: []finding.Finding{race}}}, finding.Verdict{}, false, false, "race stands, right falls: falls"},
		{"one of two is enough", []finding.Finding{found(finding.Deadlock, "none"), wrong, race}, map[string]finding.Replay{"TestA:1": {Findings: []finding.Finding{race}}, "TestB:2": {Findings: []finding.Finding{wrong}}}, finding.Verdict{}, false, false, "race stands, right stands: stands"},
		{"one cannot be run", []finding.Finding{race, wrong}, map[string]finding.Replay{"TestA:1": {Findings: []finding.Finding{race}}}, finding.Verdict{}, false, false, "race stands, right unknown: unknown"},
		{"a warning is no error", []finding.Finding{race}, map[string]finding.Replay{"TestA:1": {Findings: []finding.Finding{{Kind: finding.DataRace, Severity: finding.Warning}}}}, finding.Verdict{}, false, false, "race falls, right falls: falls"},
		{"not the same twice", []finding.Finding{race}, map[string]finding.Replay{"TestA:1": {Undetermined: true}}, finding.Verdict{}, false, false, "race unknown, right unknown: unknown"},
		{"native, and seen again", []finding.Finding{native}, nil, finding.Verdict{Findings: []finding.Finding{native}}, false, false, "race stands, right stands: stands"},
		{"native, and not seen again", []finding.Finding{native}, nil, finding.Verdict{Outcome: finding.Pass}, false, false, "race falls, right falls: falls"},
		{"native, and the check fails", []finding.Finding{native}, nil, finding.Verdict{}, false, true, "race unknown, right unknown: unknown"},
		{"native, and nobody can tell", []finding.Finding{native}, nil, finding.Verdict{Outcome: finding.Inconclusive, Reason: "no"}, false, false, "race unknown, right unknown: unknown"},
		{"native, and another one is enough", []finding.Finding{{Kind: finding.Deadlock, Severity: finding.Error, Evidence: finding.Evidence{Mode: finding.LockMode}}, wrong, race}, map[string]finding.Replay{"TestA:1": {Findings: []finding.Finding{race}}, "TestB:2": {Findings: []finding.Finding{wrong}}}, finding.Verdict{}, false, true, "race stands, right stands: stands"},
		{"another racelab, whose check shows it", []finding.Finding{race}, map[string]finding.Replay{"TestA:1": {}}, finding.Verdict{Findings: []finding.Finding{race}}, true, false, "race stands, right stands: stands"},
		{"another racelab, whose check does not", []finding.Finding{race}, nil, finding.Verdict{Outcome: finding.Pass}, true, false, "race falls, right falls: falls"},
		{"it does not build", []finding.Finding{found(finding.Build, "")}, nil, finding.Verdict{Findings: []finding.Finding{found(finding.Build, "")}}, false, false, "race stands, right stands: stands"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := finding.Verdict{Findings: c.claims, Points: []finding.Points{{Name: "race", Max: 5}, {Name: "right", Max: 5}, {Name: "kept", Points: 1, Max: 1}}}
			checks := 0
			h, err := Hear(t.Context(), v, lines, Witnesses{
				Replay: func(_ context.Context, schedule string) (finding.Replay, error) {
					r, ok := c.replays[schedule]
					if !ok {
						return r, errors.New("no such schedule")
					}
					return r, nil
				},
				Check: func(context.Context) (finding.Verdict, error) {
					checks++
					if c.fails {
						return c.check, errors.New("no cable")
					}
					return c.check, nil
				},
				Changed: c.changed,
			})
			if err != nil || checks > 1 {
				t.Error(err, checks)
			}
			var fates []string
			for _, l := range h.Lines {
				fates = append(fates, l.Name+" "+string(l.Fate))
			}
			if got := fmt.Sprintf("%s: %s", strings.Join(fates, ", "), h.Fate); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// Whoever stops it learns nothing.
func TestHearStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := Witnesses{Check: func(context.Context) (finding.Verdict, error) { t.Error("checked"); return finding.Verdict{}, nil }}
	if _, err := Hear(ctx, finding.Verdict{Findings: []finding.Finding{found(finding.DataRace, "")}}, lines, w); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A schedule that shows several problems is run once, what is there by luck is not looked for,
// and the same problem is preferred to another one of its kind.
func TestHearOnce(t *testing.T) {
	at := func(line int) finding.Finding {
		f := found(finding.WrongResult, "TestB:2")
		f.Location = finding.Location{File: "bank.go", Line: line}
		return f
	}
	luck := found(finding.WrongResult, "")
	luck.Evidence.Mode = finding.RaceMode
	runs := 0
	h, err := Hear(t.Context(), finding.Verdict{Findings: []finding.Finding{at(3), at(5), at(7), luck}}, lines, Witnesses{
		Replay: func(context.Context, string) (finding.Replay, error) {
			runs++
			return finding.Replay{Findings: []finding.Finding{at(3), at(5)}}, nil
		},
	})
	if err != nil || runs != 1 || len(h.Claims) != 3 {
		t.Fatal(runs, len(h.Claims), err)
	}
	for i, same := range []bool{true, true, false} {
		if c := h.Claims[i]; c.Fate != Stands || c.Same(*c.Seen) != same {
			t.Errorf("%d: %+v", i, c)
		}
	}
}
